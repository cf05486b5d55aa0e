"""Time to build the index of the corpus, and time to answer in a new process, with their limits.

Prints one table. A limit is missed when the median is above it; the exit status is then 1.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCSEARCH = [sys.executable, "-m", "docsearch"]
QUESTION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
BUILD_LIMIT, ASK_LIMIT = 60.0, 3.0  # seconds of wall time


def timed(arguments: list[str]) -> float:
    """Return the seconds that one command takes as a whole process."""
    started = time.perf_counter()
    subprocess.run([*DOCSEARCH, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> int:
    """Run the commands and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        builds = [timed(["build", "corpus", "--index", f"{folder}/{n}"]) for n in range(2)]
        again = [timed(["build", "corpus", "--index", f"{folder}/0"]) for _ in range(3)]
        asks = [timed(["ask", QUESTION, "--index", f"{folder}/0"]) for _ in range(5)]
    rows = [
        ("build, five documents", builds, BUILD_LIMIT),
        ("build, nothing changed", again, ASK_LIMIT),
        ("ask, a new process", asks, ASK_LIMIT),
    ]
    print(f"{'seconds of wall time':<26}{'min':>8}{'median':>8}{'max':>8}{'limit':>8}")
    missed = False
    for name, seconds, limit in rows:
        median = statistics.median(seconds)
        missed |= median > limit
        print(f"{name:<26}{min(seconds):>8.2f}{median:>8.2f}{max(seconds):>8.2f}{limit:>8.0f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
