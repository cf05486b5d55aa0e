"""The documents name every command, option and public name, and their Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

import docsearch
from docsearch.cli import app

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.vi.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_described(readme: str) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name in commands:
        assert f"`docsearch {name}" in text(readme), name


def test_every_option_is_described() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    described = text("README.md")
    options = {
        option
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option not in ("--help", "--k")
    }
    assert {option for option in options if option not in described} == set()


@pytest.mark.parametrize("name", ["build", "open", "build_report", "Filters"])
def test_the_verbs_of_the_library_are_described(name: str) -> None:
    assert name in docsearch.__all__
    assert f"ds.{name}" in text("README.md")


@pytest.mark.model
@pytest.mark.parametrize("readme", READMES)
def test_the_python_of_the_readme_runs(
    readme: str, corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", text(readme), re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block.replace("index/", str(corpus_folder)), {})


@pytest.mark.model
def test_the_answer_in_the_readme_is_the_answer(corpus_index: docsearch.Index) -> None:
    reply = corpus_index.ask("Đơn vị nào phải báo cáo trước ngày 15/12?")
    quote = " ".join(reply.to_dict()["citations"][0]["quote"].split())
    shown = text("README.md").replace("‹", "").replace("›", "")
    assert quote in shown
    assert text("README.vi.md").replace("‹", "").replace("›", "").count(quote) == 1


@pytest.mark.parametrize("target", ["ask", "test", "check", "fix", "quality", "bench", "help"])
def test_the_makefile_has_what_is_promised(target: str) -> None:
    assert re.search(rf"^{target}:", text("Makefile"), re.MULTILINE)
