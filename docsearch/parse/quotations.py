"""Where a quotation that runs over lines ends: an amending text quotes whole articles.

Files mix “ ”, " " and « », type two openings, and forget the closing. A mark is an opening or a
closing by what stands around it; a quotation ends on the first line after which no more marks
are open than before it began.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_MARKS: Final = re.compile(r"[“”„‟\"«»]")
_OPENING: Final = "“„«"
_MARKUP: Final = "*_¹²³⁴⁵⁶⁷⁸⁹⁰"  # what stands between a word and a mark, or after it
_STOPS: Final = '.,;:!?)]}”"»'


def unclosed(line: str) -> tuple[int, int | None]:
    """Return how many quotation marks a line leaves open, and where the first of them stands.

    Args:
        line: one line of a text.

    Returns:
        The balance, negative where more are closed than opened, and the position after the first
        opening mark that is not closed in the line, None where there is none.
    """
    balance = 0
    stack: list[int] = []
    for match in _MARKS.finditer(line):
        if _opens(line, match.start()):
            balance += 1
            stack.append(match.end())
        else:
            balance -= 1
            if stack:
                stack.pop()
    return balance, stack[0] if stack else None


def closing_lines(balances: Sequence[int]) -> list[int | None]:
    """Return, for every line, on which later line what it leaves open is closed.

    Args:
        balances: of each line of a text, in order.

    Returns:
        The 0-based number of the line that closes it; None where the line leaves nothing open or
        nothing ever closes it.
    """
    found: list[int | None] = [None] * len(balances)
    waiting: list[tuple[int, int]] = []  # depth before the line, and the line; depths rise
    depth = 0
    for i, balance in enumerate(balances):
        before, depth = depth, max(0, depth + balance)
        if balance < 0:
            while waiting and waiting[-1][0] >= depth:
                found[waiting.pop()[1]] = i
        elif balance > 0:
            waiting.append((before, i))
    return found


def _opens(line: str, at: int) -> bool:
    before = line[max(0, at - 4) : at].rstrip("*_")[-1:] or " "
    after = line[at + 1 : at + 6].lstrip(_MARKUP)[:1] or " "
    starts = before.isspace() or before in '([“"«'
    ends = after.isspace() or after in _STOPS
    if starts != ends:
        return starts
    return line[at] in _OPENING
