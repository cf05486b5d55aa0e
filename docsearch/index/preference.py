"""Which of several documents with the same text is shown."""

from __future__ import annotations

from docsearch.index.store import Entry


def preference(entry: Entry, length: int) -> tuple[int, int, str, int]:
    """Return what the members of a group are ordered by, the one to be shown first.

    Args:
        entry: a member.
        length: code points of its text.

    Returns:
        Fields of the header that it lacks; the text's length, negative; its source and part.
    """
    header = entry.header
    stated = [header.type, header.number, header.issuer, header.place, header.issued_on]
    stated += [header.subject, header.symbol, header.parent_body]
    lists = [header.signatories, header.recipients, header.addressees]
    missing = sum(field is None for field in stated) + sum(not each for each in lists)
    return (missing, -length, entry.source, entry.part)
