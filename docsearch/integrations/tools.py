"""What an agent can do with an index, as plain functions with typed arguments.

``langchain_tools`` and ``mcp`` offer the same functions; their descriptions are the docstrings and
the fields here.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from docsearch.library import Index
from docsearch.search.query import Filters

MOST: Final = 50
"""Passages or duties that one call returns; more than a model reads well."""

Json = dict[str, Any]

Question = Annotated[
    str, Field(description="A question, in Vietnamese (with or without diacritics) or English.")
]
Words = Annotated[str, Field(description="Words or a question to search for.")]
Count = Annotated[int, Field(ge=1, le=MOST, description="How many passages, best first.")]
Place = Annotated[
    str | None, Field(description='Only documents of this place: "huyện Chi Lăng", "xã Na Mèo".')
]
Type = Annotated[str | None, Field(description='Only documents of this type: "kế hoạch".')]
Number = Annotated[str | None, Field(description="Only the document with this number.")]
Time = Annotated[
    str | None, Field(description="15/12/2024, 15/12, 6/2024, quý II/2024, 2024 or ISO 8601.")
]
Body = Annotated[str | None, Field(description='A body: "UBND xã", "Phòng Nội vụ".')]


class IndexTools:
    """The functions over one index; each returns JSON values."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search_documents(
        self,
        query: Words,
        k: Count = 5,
        place: Place = None,
        type: Type = None,
        number: Number = None,
        mode: Literal["fused", "lexical", "dense"] = "fused",
    ) -> list[Json]:
        """Search Vietnamese administrative documents.

        Returns the passages that fit best, verbatim, with their document, place in the outline
        and position.
        """
        filters = Filters(place=place, type=type, number=number)
        return self.index.search(query, k=k, filters=filters, mode=mode).to_list()

    def ask_documents(
        self, question: Question, place: Place = None, type: Type = None, number: Number = None
    ) -> Json:
        """Answer a question from Vietnamese administrative documents.

        Every part of the answer is a verbatim quotation with its document and position. A status
        "abstained" with a reason means that the documents do not say: do not answer from
        elsewhere then.
        """
        filters = Filters(place=place, type=type, number=number)
        return self.index.ask(question, filters=filters).to_dict()

    def list_obligations(
        self,
        before: Time = None,
        after: Time = None,
        actor: Body = None,
        recipient: Body = None,
        action: Annotated[str | None, Field(description="Words of what has to be done.")] = None,
        place: Place = None,
        limit: Annotated[int, Field(ge=1, le=MOST, description="How many at most.")] = 20,
    ) -> Json:
        """List who has to do what by when and report to whom, by due day.

        "total" says how many there are; at most ``limit`` are listed.
        """
        found = self.index.obligations(
            before=before,
            after=after,
            actor=actor,
            recipient=recipient,
            action=action,
            place=place,
        )
        return {"total": len(found), "obligations": found.to_list()[:limit]}

    def compare_districts(
        self,
        topics: Annotated[
            list[str], Field(min_length=1, max_length=5, description="What is compared.")
        ],
        places: Annotated[
            list[str] | None, Field(description="Places to compare; default: all that there are.")
        ] = None,
    ) -> Json:
        """Compare what places stipulate on topics.

        Returns a matrix of topics and places; its cells quote the documents, or say that the
        place stipulates nothing or has no document.
        """
        return self.index.compare(topics, places).to_dict()

    @property
    def functions(self) -> tuple[Any, ...]:
        """The functions, in the order in which they are offered."""
        return (
            self.search_documents,
            self.ask_documents,
            self.list_obligations,
            self.compare_districts,
        )
