"""Progress of long work on stderr: how much is done, how fast, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

STEPS: Final = {
    "reading": ("đọc / reading", "tệp / files"),
    "pages": ("trang / pages", "trang / pages"),
    "parsing": ("phân tích / parsing", "văn bản / docs"),
    "encoding": ("mã hóa / encoding", "đoạn / passages"),
    "indexing": ("lập chỉ mục / indexing", "đoạn / passages"),
    "asking": ("hỏi / asking", "câu / questions"),
}


class RateColumn(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, empty while none is known."""
        speed = task.finished_speed or task.speed
        unit = str(task.fields.get("unit", ""))
        return Text(f"{speed:,.0f} {unit}/s" if speed else "", style="progress.data.speed")


class progress_bar:  # noqa: N801  # used as a function: with progress_bar(console) as report
    """A progress bar for each step; ``report(step, done, total)`` moves it.

    Where the console is no terminal nothing is shown.
    """

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            RateColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bar.start()
        return self._report

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def _report(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            words, unit = STEPS.get(step, (step, ""))
            self._tasks[step] = self._bar.add_task(words, total=total, unit=unit)
        self._bar.update(self._tasks[step], completed=done, total=total)
