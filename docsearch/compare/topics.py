"""Whether a passage speaks of a topic, and how well a fact of it fits.

The best passage of a place is judged by the share of the topic's words that one of its sentences
accounts for, with half of the weight for the rest of its paragraph and more for the headings above
it. Measured on 128 pairs of topic and place that were judged by reading
(``tests/quality/topics.jsonl``): the cosine of the encoder separates worse (F1 0.83 against 0.93)
and depends on the encoder; it helps to find the passages, not to judge them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docsearch.answer.relevance import Layer, Relevance
from docsearch.errors import QueryError
from docsearch.index.language import Language
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import Heading, Hit, Passage, Span
from docsearch.search.query import Query
from docsearch.search.understand import Corpus, understand

ABOUT: Final = 0.63
"""Share of a topic that makes a passage speak of it. Measured: 0.45 to 0.80 tried, 0.60 to 0.68
alike; of these pairs, precision 0.956 and recall 0.935."""
SENTENCE, HEADINGS, PARAGRAPH, LONG_PARAGRAPH = 1.0, 0.7, 0.55, 0.35
"""What a word counts by where it stands: in the sentence, above it, elsewhere in its paragraph."""
LONG: Final = 700
"""Code points from which on a paragraph holds many things."""
LIGHT: Final = frozenset(
    (
        *("sau", "trước", "trên", "dưới", "giữa", "ngoài", "bằng", "cùng", "đối", "qua", "lại"),
        *("khi", "nhằm", "thuộc", "khác", "công", "tác", "việc"),
    )
)
"""Syllables that relate things and name none. In a corpus of one subject they are rarer than the
words of that subject, and would weigh more."""
_NO_SENTENCES: Final = frozenset(("closing",))  # lists of recipients, signatures


@dataclass(frozen=True)
class Topic:
    """What is compared, as somebody types it, and what its words weigh."""

    text: str
    query: Query
    relevance: Relevance

    @classmethod
    def of(cls, text: str, corpus: Corpus, language: Language) -> Topic:
        """Return a topic.

        Args:
            text: words, with diacritics or without, or in English.
            corpus: what is known of the documents.
            language: their syllables.

        Returns:
            The topic; it has at least one word to look for.

        Raises:
            QueryError: there is no word, or only such as every document has.
        """
        line = " ".join(text.split())
        if not line:
            raise QueryError("no topic; give one such as: phân luồng học sinh sau THCS")
        query = understand(line, corpus)
        words = tuple(word for word in query.topic if word not in LIGHT)
        if not any(len(word) > 1 for word in words):
            raise QueryError(
                f"the topic {line!r} has no word to look for; "
                "give what the documents should speak of, such as: xã hội hóa giáo dục"
            )
        return cls(line, query, Relevance.of(words, language))

    def weigh(
        self, words: str, headings: Sequence[Heading], paragraph: str = "", *, around: str = ""
    ) -> float:
        """Return how much of the topic some words account for, in [0, 1].

        Args:
            words: of a sentence or fact.
            headings: above it.
            paragraph: that it stands in.
            around: the sentence, where the words are a clause of it.

        Returns:
            The share.
        """
        return self.relevance.coverage(
            [
                Layer.of(words, SENTENCE),
                Layer.of("\n".join((*(heading.text for heading in headings), around)), HEADINGS),
                Layer.of(paragraph, PARAGRAPH if len(paragraph) < LONG else LONG_PARAGRAPH),
            ]
        )

    def covers(self, words: str) -> bool:
        """Tell whether words by themselves speak of the topic: the subject of a document."""
        return self.relevance.coverage([Layer.of(words, 1.0)]) >= ABOUT


@dataclass(frozen=True)
class Weighed:
    """One passage of a place and what it has to do with a topic."""

    topic: Topic
    hit: Hit

    @property
    def passage(self) -> Passage:
        """The passage."""
        return self.hit.passage

    @cached_property
    def sentences(self) -> tuple[tuple[Span, str, float], ...]:
        """Its sentences in order: where they stand in the document, on one line, their score."""
        passage = self.passage
        line = view(passage.text, [Span(0, len(passage.text))])
        found = []
        for start, end in sentences(line):
            span, words = line.span(start, end), line.text[start:end]
            at = Span(passage.span.start + span.start, passage.span.start + span.end)
            found.append((at, words, self.topic.weigh(words, passage.headings, passage.text)))
        return tuple(found)

    @cached_property
    def score(self) -> float:
        """The score of its best sentence, in [0, 1]."""
        if self.passage.level in _NO_SENTENCES:
            return 0.0
        most = self.topic.weigh(self.passage.text, self.passage.headings)
        if most < ABOUT:
            return most  # no sentence of it accounts for more
        return max((score for _, _, score in self.sentences), default=0.0)

    @property
    def speaks(self) -> bool:
        """Whether it speaks of the topic."""
        return self.score >= ABOUT
