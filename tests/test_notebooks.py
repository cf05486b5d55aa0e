"""Every notebook runs from top to bottom, and what is stored of it is what it says."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

ANSWERS = {
    "01-hoi-dap": "Phòng Giáo dục và Đào tạo huyện",
    "02-nhiem-vu": "2024-07-12: Phòng Giáo dục và Đào tạo → UBND huyện",
    "03-so-sanh": "huyện Kon Rẫy 70 %, xã Na Mèo 70 %",
    "04-van-ban-chung": "Trường Cao đẳng Kon Tum",
    "05-kho-rieng": "đúng 100%",
    "06-mo-hinh": "2 câu đạt, 4 câu bị bỏ, mọi trích dẫn đều nguyên văn",
}
"""What the outputs of a notebook have to say."""

MAX_BYTES = 250_000
"""Of a stored notebook; arbitrary, keeps outputs small."""

by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def load(path: Path) -> NotebookNode:
    text = path.read_text("utf-8")
    notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def output_text(notebook: NotebookNode) -> str:
    """Return all outputs of a notebook, as text."""
    parts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            parts.append(output.get("text", ""))
            parts.extend(map(str, output.get("data", {}).values()))
    return "\n".join(parts)


def faults(notebook: NotebookNode) -> list[str]:
    """Return what went wrong in the cells: errors, and anything on stderr."""
    return [
        str(output.get("evalue") or output.get("text"))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


@pytest.mark.model
@by_name
def test_a_notebook_runs(path: Path, corpus_folder: Path, tmp_path: Path) -> None:
    index = shutil.copytree(corpus_folder, tmp_path / "index")
    environment = os.environ | {
        "DOCSEARCH_INDEX": str(index),
        "DOCSEARCH_ENCODER": "default",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    notebook = load(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute(env=environment)
    assert faults(notebook) == []
    assert ANSWERS.get(path.stem, "") in output_text(notebook)


@by_name
def test_a_notebook_is_stored_with_its_outputs(path: Path) -> None:
    notebook = load(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert faults(notebook) == []
    assert ANSWERS.get(path.stem, "") in output_text(notebook)
    assert path.stat().st_size < MAX_BYTES


@by_name
def test_a_notebook_names_no_machine(path: Path) -> None:
    found = re.findall(
        r"(?<![\w.:/])/(?:home|root|tmp|work|Users|usr|var|mnt)/\S*", path.read_text("utf-8")
    )
    assert found == []


@by_name
def test_a_notebook_opens_with_a_question_and_closes_with_its_answer(path: Path) -> None:
    cells = load(path).cells
    assert "?" in cells[0].source
    last = [cell.source for cell in cells if cell.cell_type == "markdown"][-1]
    assert last.startswith("## Trả lời")


def test_there_is_a_notebook() -> None:
    assert "01-hoi-dap" in {path.stem for path in NOTEBOOKS}
