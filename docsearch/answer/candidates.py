"""What could answer a question: obligations, targets and sentences of the hits, weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from docsearch.answer.quoting import Quoter
from docsearch.answer.relevance import Layer, Relevance
from docsearch.facts.deadlines import find_deadlines
from docsearch.index.snapshot import Snapshot
from docsearch.index.tokens import alike
from docsearch.orthography import canonical
from docsearch.parse.dates import find_dates
from docsearch.parse.posts import find_poster
from docsearch.parse.sentences import clauses, sentences
from docsearch.parse.view import view
from docsearch.records import (
    AbstentionReason,
    Deadline,
    Heading,
    Hit,
    Obligation,
    Passage,
    Span,
    Target,
)
from docsearch.search.query import Query
from docsearch.search.synonyms import find_synonyms

Fact = TypeVar("Fact")

# What a match counts where it stands. Arbitrary but for the order: the words themselves, the
# rest of their paragraph and the headings above, what the document says it is about.
CLAUSE, PARAGRAPH, HEADINGS, DOCUMENT = 1.0, 0.55, 0.7, 0.3
NAMED = 0.7  # the name of who issued the document, said in full

SPOKEN_OF = 0.5
"""A question of which at most this share stands nowhere near is about what documents speak of."""
AGREED, AGREED_NARROWED = 0.97, 0.75
"""Fused score of a passage that both kinds of search find first, and one of them well before the
others; in all documents, and in those that the question's place or number leads to."""
AGREED_ON = frozenset(("who", "when", "to_whom", "yes_no"))
"""Intents for which such a passage answers though it shares few words with the question. A number
of the same passage may be of anything, so that figures are not among them."""
LEAST, LEAST_NARROWED = 0.38, 0.15
"""Share of the question that it has to account for all the same: anywhere, and in documents that
the question's place or number leads to. Chosen on questions in other words than the documents'."""
MOST_MISSING_AGREED = 0.8
"""Share of the question that may stand nowhere near such a passage."""

MOST_READ = 200
"""Documents that are read whole for one answer; of more only those with hits. Arbitrary: reading
that many takes about 0.1 s, and looking for names in them half a second."""

PRIOR, TIGHT = 0.15, 0.15
"""Shares of the search score and of tightness in a candidate's score; the rest is coverage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Generic[Fact]):
    """A fact or sentence of a document with what speaks for it."""

    fact: Fact
    document: str
    span: Span
    headings: tuple[Heading, ...]
    coverage: float  # share of the topic that it accounts for, in [0, 1]
    missing: float  # share of the topic that neither it nor what surrounds it has, in [0, 1]
    score: float  # what candidates of one kind are ordered by, in [0, 1]


@dataclass
class Context:
    """Everything that answering one question needs, computed when it is first used."""

    query: Query
    snapshot: Snapshot
    documents: Collection[str] | None  # what may be answered from; None means all
    hits: Sequence[Hit]
    lenient: bool = False  # one of several parts: less has to agree
    quoter: Quoter = field(init=False)
    _layers: dict[str, Layer] = field(init=False, default_factory=dict)
    _issuers: dict[str, Layer | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.quoter = Quoter(self.snapshot, self.hits)

    def enough(self, share: float) -> float:
        """Return how much of the question has to be accounted for, given the usual share."""
        return 0.6 * share if self.lenient else share

    def tolerated(self, share: float) -> float:
        """Return how much of the question may stand nowhere near, given the usual share."""
        return 1.5 * share if self.lenient else share

    @property
    def _narrowed(self) -> bool:
        """Whether the question itself says which documents it means."""
        query = self.query
        return self.documents is not None and bool(
            query.places or query.numbers or query.spoken_places
        )

    @cached_property
    def agreed(self) -> Hit | None:
        """The passage that words and meaning both find first; None where they find others."""
        return self.first_of_both if self.query.intent in AGREED_ON else None

    @property
    def first_of_both(self) -> Hit | None:
        """The same, whatever is asked."""
        least = AGREED_NARROWED if self._narrowed else AGREED
        return self.hits[0] if self.hits and self.hits[0].score >= least else None

    def subject_coverage(self, document: str) -> float:
        """Return the share of the topic that what a document is about accounts for, in [0, 1]."""
        about = self.about(document)
        return self.relevance.coverage([replace(about, weight=1.0)])

    def is_agreed(self, candidate: Candidate[Any]) -> bool:
        """Return whether a candidate stands in the passage that both kinds of search find first."""
        hit = self.agreed
        if hit is None or hit.passage.document_id != candidate.document:
            return False
        least = LEAST_NARROWED if self._narrowed else LEAST
        return (
            hit.passage.span.overlaps(candidate.span)
            and candidate.coverage >= least
            and candidate.missing <= MOST_MISSING_AGREED
        )

    @property
    def silence(self) -> AbstentionReason:
        """Why nothing was found: the documents meant do not say it, or none speaks of it."""
        if self.documents is not None:
            return "not_stated"
        best = next(iter(self.sentences()), None)
        spoken_of = best is not None and best.missing <= SPOKEN_OF
        return "not_stated" if spoken_of else "not_in_corpus"

    @cached_property
    def relevance(self) -> Relevance:
        """The weights of the question's topic."""
        query, language = self.query, self.snapshot.language
        topic = query.topic
        if query.intent == "how_many":  # the period of a figure is compared by itself
            years = {year for years in query.years for year in years.split("/")} | {"năm"}
            topic = tuple(word for word in topic if word not in years) or topic
            topic = _without_aims(topic) or topic
        synonyms = (*query.synonyms, *find_synonyms(topic, language.words))
        return Relevance.of(topic, language, synonyms)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Ids of the documents that may be answered from."""
        return frozenset(self.snapshot.entries if self.documents is None else self.documents)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the documents that may be answered from with their texts, by id."""
        near = self.allowed
        if len(near) > MOST_READ:
            near = near & self.hits_by_document.keys()
        self.quoter.read_texts(near)
        for document in sorted(near):
            yield document, self.quoter.text(document)

    @cached_property
    def hits_by_document(self) -> dict[str, list[Hit]]:
        """The hits of each document, best first."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            found[hit.passage.document_id].append(hit)
        return found

    def about(self, document: str) -> Layer:
        """Return what a document says it is about."""
        if document not in self._layers:
            header = self.snapshot.entries[document].header
            stated = [header.type, header.number, header.place, header.issuer, header.subject]
            text = "\n".join(field.value for field in stated if field)
            if header.subject is None or header.place is None:
                text += "\n" + self.quoter.beginning(document)
            self._layers[document] = Layer.of(text, DOCUMENT)
        return self._layers[document]

    def _named_issuer(self, document: str) -> Layer | None:
        """Return the name of who issued a document, when the question says it in full.

        These words are accounted for by the document itself: no clause of it says them again.
        """
        if document not in self._issuers:
            header = self.snapshot.entries[document].header
            issuer = header.issuer
            if issuer is None and header.place is None:
                issuer, _ = find_poster(self.quoter.beginning(document))
            name = alike(issuer.value) if issuer else ""
            said = bool(name) and name in self._asked
            self._issuers[document] = Layer.of(name, NAMED) if said else None
        return self._issuers[document]

    @cached_property
    def _asked(self) -> str:
        return alike(self.query.spelled)

    def weigh(
        self, document: str, span: Span, headings: Sequence[Heading], extra: str = ""
    ) -> tuple[float, float, float]:
        """Return coverage, missing and score of a stretch of a document."""
        hit = self._hit(document, span)
        layers = [
            Layer.of(f"{self.quoter.words(document, span)}\n{extra}", CLAUSE),
            Layer.of("\n".join(heading.text for heading in headings), HEADINGS),
            self.about(document),
        ]
        if named := self._named_issuer(document):
            layers.append(named)
        if hit:
            layers.append(Layer.of(hit.passage.text, PARAGRAPH))
        coverage = self.relevance.coverage(layers)
        prior = hit.score if hit else 0.0
        return (
            coverage,
            self.relevance.missing(layers),
            (1 - PRIOR - TIGHT) * coverage
            + PRIOR * prior
            + TIGHT * self.relevance.tightness(layers[0]),
        )

    def has_any(
        self, words: Sequence[str], document: str, span: Span, headings: Sequence[Heading]
    ) -> bool:
        """Return whether a stretch, its paragraph, headings or document's subject has a word."""
        hit = self._hit(document, span)
        texts = [self.quoter.words(document, span), *(heading.text for heading in headings)]
        words_near = "\n".join([*texts, hit.passage.text if hit else ""])
        layers = [Layer.of(words_near, CLAUSE), self.about(document)]
        return any(self.relevance.has(word, layers) for word in words)

    def _candidate(
        self,
        fact: Fact,
        document: str,
        span: Span,
        headings: tuple[Heading, ...],
        extra: str = "",
    ) -> Candidate[Fact]:
        coverage, missing, score = self.weigh(document, span, headings, extra)
        return Candidate(
            fact=fact,
            document=document,
            span=span,
            headings=headings,
            coverage=coverage,
            missing=missing,
            score=score,
        )

    def _hit(self, document: str, span: Span) -> Hit | None:
        """Return the hit that holds a stretch: its passage, else the first that stands below it.

        "… gửi về Huyện ủy chậm nhất ngày 15-10; trong đó cần:" is a heading of its list.
        """
        below = None
        for hit in self.hits_by_document.get(document, ()):
            if hit.passage.span.overlaps(span):
                return hit
            if below is None and any(head.span.overlaps(span) for head in hit.passage.headings):
                below = hit
        return below

    def obligations(
        self, wanted: Callable[[Obligation], bool] | None = None
    ) -> list[Candidate[Obligation]]:
        """Return obligations, best first.

        Args:
            wanted: which ones, looked for in all allowed documents; None means those of the hits.

        Returns:
            The obligations, weighed.
        """
        documents = self.allowed if wanted else self.hits_by_document.keys() & self.allowed
        chosen = [
            (document, fact)
            for document, facts in self.snapshot.some_facts(documents).items()
            for fact in facts.obligations
            if (wanted(fact) if wanted else self._hit(document, fact.evidence[0]))
        ]
        if wanted:
            self.quoter.read_texts({document for document, _ in chosen})
        found = []
        for document, fact in chosen:
            extra = "\n".join(self.quoter.line(document, other) for other in fact.evidence[1:])
            if fact.recipient and _REPORTS.search(canonical(fact.action.text)):
                extra += "\nbáo cáo, gửi, nộp"
            found.append(self._candidate(fact, document, fact.evidence[0], fact.headings, extra))
        return _ordered(found)

    # Several ways of answering ask for the same candidates: they are weighed once.

    def targets(self) -> list[Candidate[Target]]:
        """Return the targets in the hits, best first."""
        return self._targets

    @cached_property
    def _targets(self) -> list[Candidate[Target]]:
        found = []
        for document in self.hits_by_document:
            for fact in self.snapshot.facts[document].targets:
                hit = self._hit(document, fact.span)
                if hit is None:
                    continue
                span = fact.span if fact.subject else _with_name(fact.span, hit.passage)
                extra = f"{fact.subject}\n{fact.indicator}\n{_years_of(fact.period)}"
                found.append(self._candidate(fact, document, span, fact.headings, extra))
        return _ordered(found)

    @cached_property
    def _asks_subject(self) -> bool:
        """Whether what a document is about may be what is asked for."""
        query = self.query
        if query.intent in AGREED_ON:
            return False
        content = query.intent == "what" and _CONTENT.search(canonical(query.spelled))
        return not content

    def _is_title(self, document: str, span: Span) -> bool:
        """Return whether a sentence is what a document says it is about, and nothing more."""
        subject = self.snapshot.entries[document].header.subject
        return subject is not None and subject.span.overlaps(span) and span.end <= subject.span.end

    def timed(self) -> list[Candidate[Deadline]]:
        """Return the clauses of the hits that hold a time, best first.

        The date of issue, and a date inside the citation of another document, are left out.
        """
        return self._timed

    @cached_property
    def _timed(self) -> list[Candidate[Deadline]]:
        found = []
        for hit in self.hits:
            document = hit.passage.document_id
            issued_on = self.snapshot.entries[document].header.issued_on
            cited = [reference.span for reference in self.snapshot.facts[document].references]
            cited += [issued_on.span] if issued_on else []
            for span, deadline in _times(hit.passage, issued_on.value if issued_on else None):
                if issued_on and deadline.value == issued_on.value:
                    continue
                if any(other.overlaps(deadline.span) for other in cited):
                    continue
                found.append(self._candidate(deadline, document, span, hit.passage.headings))
        return _ordered(found)

    def sentences(self) -> list[Candidate[Hit]]:
        """Return the sentences of the hits, best first; lists of addressees are no sentences."""
        return self._sentences

    @cached_property
    def _sentences(self) -> list[Candidate[Hit]]:
        found = []
        for hit in self.hits:
            if hit.passage.level == "closing" or _LISTS.search(" / ".join(hit.passage.path)):
                continue
            for span in _spans(hit):
                document = hit.passage.document_id
                if _LETTERHEAD.search(self.quoter.words(document, span)):
                    continue  # names who issues it, and says nothing
                if not self._asks_subject and self._is_title(document, span):
                    continue
                found.append(self._candidate(hit, document, span, hit.passage.headings))
        return _ordered([*found, *self._openings()])

    def _openings(self) -> Iterator[Candidate[Hit]]:
        """Yield the sentences that open a list and stand above its passages as headings."""
        seen = set()
        for hit in self.hits:
            document = hit.passage.document_id
            for level, heading in enumerate(hit.passage.headings):
                if len(heading.text) < OPENING or (document, heading.span) in seen:
                    continue
                seen.add((document, heading.span))
                if not _LISTS.search(heading.text):
                    above = hit.passage.headings[:level]
                    yield self._candidate(hit, document, heading.span, above)


_AIMS = frozenset((("phấn", "đấu"), ("mục", "tiêu"), ("chỉ", "tiêu")))
"""What only says that a figure is a goal, which is compared by itself."""


def _without_aims(topic: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for word in topic:
        if kept and (kept[-1], word) in _AIMS:
            kept.pop()
        else:
            kept.append(word)
    return tuple(kept)


def _with_name(span: Span, passage: Passage) -> Span:
    """Return a figure with what stands before it in its part of a list: "Xã Hoàng Lưu: 74%"."""
    start, end = span.start - passage.span.start, span.end - passage.span.start
    part = re.search(r"[^;\n]*$", passage.text[: max(start, 0)])
    before = part[0].lstrip(" -+•*") if part else ""
    if not re.search(r"[^\W\d_]{2}", before) or len(before) > MOST_NAME:
        return span
    closing = passage.text.startswith(")", end) and "(" in before
    return Span(span.start - len(before), span.end + closing)


OPENING = 90
"""Code points from which a heading is a sentence; arbitrary."""

MOST_NAME = 80
"""Code points of what a figure of a list is of; arbitrary."""


def _spans(hit: Hit) -> Iterator[Span]:
    passage = hit.passage
    rows = [match.span() for match in _ROW.finditer(passage.text)]
    if len(rows) > 1:
        for start, end in rows:
            yield Span(passage.span.start + start, passage.span.start + end)
        return
    line = view(passage.text, [Span(0, len(passage.text))])
    for start, end in sentences(line):
        span = line.span(start, end)
        yield Span(passage.span.start + span.start, passage.span.start + span.end)


_ROW = re.compile(r"(?m)^(?=[^\n]*\S \| \S)[^\n]*\S")
# "báo kết quả … về", "gửi đề xuất về", "nộp …": ways to say that somebody has to report
_REPORTS = re.compile(r"(?<!\w)(?:báo|gửi|gởi|nộp|báo cáo)\b.*\b(?:về|cho|đến|lên|qua)\b")
_LETTERHEAD = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM\s*$"
    r"|(?i:cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam\W+độc\s+lập)"
)
# "Những hạn chế … là gì", "gồm những gì": not "về việc gì", "là kế hoạch gì"
_CONTENT = re.compile(
    r"(?<!\w)(?:những|các|mấy) (?!văn bản|kế hoạch|nghị quyết)[^?]{3,}?"
    r" (?:là gì|là những gì|nào|gì)(?!\w)"
    r"|(?<!\w)(?:gồm|có) những (?:gì|\w+ \w+ (?:nào|gì))|(?:như thế nào|thế nào|ra sao|làm gì)\W*$"
)
_LISTS = re.compile(r"(?i)nơi nhận|kính gửi")
_HOURS = re.compile(
    r"(?:từ )?\d{1,2} ?(?:giờ|h)(?: ?\d{2})?"
    r"(?: ?(?:đến|-|–) ?\d{1,2} ?(?:giờ|h)(?: ?\d{2})?)?(?!\w)"
)


def _times(passage: Passage, issued_on: str | None) -> Iterator[tuple[Span, Deadline]]:
    """Return the times of a passage, each with the clause that holds it."""
    line = view(passage.text, [Span(0, len(passage.text))])
    limits = list(find_deadlines(line, issued_on=issued_on))
    for mention in find_dates(line.text):
        if mention.value is None:
            continue
        span = line.span(mention.span.start, mention.span.end)
        if not any(limit.span.overlaps(span) for limit in limits):
            text = line.text[mention.span.start : mention.span.end]
            limits.append(
                Deadline(text=text, span=span, kind="date", bound="on", value=mention.value)
            )
    for match in _HOURS.finditer(line.text):
        hours = line.span(*match.span())
        limits.append(Deadline(text=match[0], span=hours, kind="period", bound="on", value=None))
    for bounds in sentences(line):
        for start, end in clauses(line, *bounds):
            clause = line.span(start, end)
            for limit in limits:
                if clause.covers(limit.span):
                    moved = _moved(limit.span, passage.span.start)
                    yield _moved(clause, passage.span.start), replace(limit, span=moved)


def _years_of(period: str | None) -> str:
    """Return a period in the words of a question: "2021/2025" -> "năm 2021 2025"."""
    years = re.findall(r"(?:19|20)\d\d", period or "")
    return f"năm {' '.join(years)}" if years else ""


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _ordered(found: list[Candidate[Fact]]) -> list[Candidate[Fact]]:
    return sorted(found, key=lambda item: (-item.score, item.document, item.span.start))
