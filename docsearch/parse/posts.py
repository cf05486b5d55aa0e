"""News of a document: a web page that tells who issued it, without the document's own form."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from docsearch.parse import confidence
from docsearch.parse.bodies import body_at, body_end, normalise_body, territory_of
from docsearch.parse.document_types import type_pattern
from docsearch.parse.folding import flatten
from docsearch.parse.issuers import named_after, territory_span
from docsearch.records import Span, Stated

_TOP: Final = 1500  # code points of a page in which it tells its news
_CLAUSE: Final = re.compile(r"(?:^|[\n.;,])[ \t\u00a0]*")
_NAME: Final = 160  # code points of the name of a body and of what it issues
_PAUSE: Final = re.compile(r"[,.;:\n]")


@cache
def _issued() -> re.Pattern[str]:
    """What a body does that issues a document: "vừa ban hành Kế hoạch", "có công văn". Folded."""
    return re.compile(
        r"(?<!\w)(?:da |vua |moi |vua moi )?(?:ban hanh|lap|xay dung|co|ra|gui)\s"
        rf"{type_pattern()}(?!\w)"
    )


def find_poster(text: str) -> tuple[Stated | None, Stated | None]:
    """Return who issued the document that a page tells of, and its territory.

    Args:
        text: of a page that is no document itself.

    Returns:
        Both inferred: the first body at the beginning of a clause that issues a document, and the
        territory that its name or else its sentence holds at its level ("UBND huyện vừa ban hành
        Kế hoạch … trên địa bàn huyện Ân Thi"). None for what the page does not say; (None,
        None) without a body of a territory.
    """
    top = text[:_TOP]
    flat = flatten(top)
    for match in _CLAUSE.finditer(flat):
        start = match.end()
        name = _named_body(top[start : start + _NAME], flat[start : start + _NAME])
        found = _stated(text, Span(start, start + name)) if name else (None, None)
        if found[1] is not None:
            return found
    return None, None


def _named_body(window: str, flat: str) -> int | None:
    """Return where the body ends that begins a window and issues a document.

    Its field of work need not be known: "Trung tâm GDNN-GDTX huyện Đắk Song đã ban hành …".
    """
    entry = body_at(window)
    issues = _issued().search(flat) if entry and entry.kind in ("body", "organ") else None
    if issues is None:
        return None
    name = window[: issues.start()].rstrip()
    known = body_end(window, 0, names=False) == len(name) or body_end(window, 0) == len(name)
    territory = territory_of(name)
    if known or (territory and name.endswith(territory.name) and not _PAUSE.search(name)):
        return len(name)
    return None


def _stated(text: str, name: Span) -> tuple[Stated, Stated | None]:
    line = text.find("\n", name.end)
    after = Span(name.end, line if line >= 0 else len(text))
    own = normalise_body(name.of(text)).removeprefix("Chủ tịch ")
    body = named_after(own, after.of(text))
    issuer = Stated(value=body, span=name, inferred=True, confidence=confidence.BY_NEWS)
    territory = territory_of(body)
    if territory is None:
        return issuer, None
    span = territory_span(text, name if territory_of(own) else after, territory)
    place = Stated(value=str(territory), span=span, inferred=True, confidence=confidence.BY_NEWS)
    return issuer, place
