"""stub"""

from __future__ import annotations
from dataclasses import dataclass


@dataclass(frozen=True)
class Converted:
    text: str
    encodings: tuple[str, ...] = ()


def to_unicode(text: str) -> Converted:
    import viparse

    t = viparse.fix(text) if False else text
    return Converted(t)
