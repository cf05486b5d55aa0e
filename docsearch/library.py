"""The library as its users see it: ``build``, ``open``, ``Index``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Generator as Generation
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

from docsearch.answer import answer
from docsearch.cite import Check, Cited, check, cited
from docsearch.encode import Encoder, load_encoder
from docsearch.errors import QueryError
from docsearch.index.relations import Citing, MissingDocument, Resolver, missing
from docsearch.index.snapshot import Snapshot, is_changed, open_snapshot
from docsearch.index.store import Entry
from docsearch.payloads import (
    answer_payload,
    document_row,
    hit_payload,
    missing_row,
    model_payload,
    obligation_row,
    relation_row,
    target_row,
)
from docsearch.provenance import Provenance, corpus_hash, version
from docsearch.records import (
    Abstention,
    Answer,
    Citation,
    Document,
    Facts,
    Header,
    Hit,
    Relation,
    Span,
    Unit,
)
from docsearch.register.bodies import Gazetteer
from docsearch.register.query import (
    Due,
    ObligationQuery,
    Register,
    Searched,
    Stated,
    TargetQuery,
)
from docsearch.registers import (
    flat_obligations,
    nothing_found,
    obligations_html,
    obligations_text,
    targets_html,
    targets_text,
)
from docsearch.render import (
    answer_html,
    answer_text,
    cited_title,
    hits_html,
    hits_text,
    missing_html,
    missing_text,
    model_html,
    model_text,
    relations_html,
    relations_text,
)
from docsearch.search.diacritics import Restorer
from docsearch.search.query import Filters, Query
from docsearch.search.rerank import CrossEncoderReranker, Reranker
from docsearch.search.retrieve import Mode, allowed_documents, retrieve
from docsearch.search.understand import Corpus, understand
from docsearch.vocabulary import load

if TYPE_CHECKING:
    import pandas as pd
    from langchain_core.language_models import BaseChatModel

    from docsearch.compare.comparison import Comparison
    from docsearch.compare.coverage import Coverage
    from docsearch.compare.reuse_figure import Picture
    from docsearch.compare.reuse_result import Reuse
    from docsearch.generate import Generator, Limits, ModelReport, VerifiedSentence
    from docsearch.ics import CalendarFile
    from docsearch.index.build import BuildReport, Progress
    from docsearch.timeline import Timeline

StrPath = str | PathLike[str]

CORPUS: Final = "corpus"
INDEX: Final = "index"
MOST_SUBJECTS: Final = 100
"""Most subjects that are taken from headings."""
MAX_K: Final = 10_000
"""Most passages that one search returns."""


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """The answer to one question, or why there is none, as it is shown.

    ``result`` is the record; ``print(reply)`` and a notebook show it, ``to_dict`` is the JSON of
    the command line and the HTTP service. ``model`` says what a language model's part was, where
    one was named: what it wrote that stands, what was dropped and why.
    """

    result: Answer | Abstention
    model: ModelReport | None = None

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return isinstance(self.result, Answer)

    def to_dict(self) -> dict[str, Any]:
        """Return the reply as JSON values, the same as ``docsearch ask --json`` prints."""
        payload = answer_payload(self.result)
        return payload if self.model is None else payload | {"model": model_payload(self.model)}

    def to_pandas(self) -> pd.DataFrame:
        """Return one row an item: its first citation, its words and its fields.

        Where a field has a name of the citation's (a number that was asked for), the field stands.
        """
        import pandas as pd

        payload = self.to_dict()
        rows = []
        for item in payload["items"]:
            first = payload["citations"][item["citations"][0]] if item["citations"] else {}
            rows.append(
                {name: first.get(name) for name in ("source", "number", "place", "quote")}
                | {"text": item["text"], **item["fields"]}
            )
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return (
            f"<docsearch.Reply {'answered' if self.answered else 'abstained'}: {str(self)[:60]!r}>"
        )

    def __str__(self) -> str:
        text = answer_text(self.result)
        return text if self.model is None else f"{text}\n\n{model_text(self.model)}"

    def _repr_html_(self) -> str:
        html = answer_html(self.result)
        return html if self.model is None else html + model_html(self.model)


class ReplyStream(Iterator["VerifiedSentence"]):
    """A model's sentences as they are verified; ``reply`` is the whole answer after the last."""

    def __init__(
        self, sentences: Generation[VerifiedSentence, None, tuple[Answer | Abstention, ModelReport]]
    ) -> None:
        self._sentences = sentences
        self._reply: Reply | None = None

    def __next__(self) -> VerifiedSentence:
        try:
            return next(self._sentences)
        except StopIteration as stop:
            if self._reply is None:
                self._reply = Reply(*stop.value)
            raise StopIteration from None

    @property
    def reply(self) -> Reply:
        """The whole answer; sentences that were not taken yet are waited for."""
        for _ in self:
            pass
        assert self._reply is not None
        return self._reply

    def close(self) -> None:
        """Stop reading the model's reply."""
        self._sentences.close()


@dataclass(frozen=True, slots=True, repr=False)
class Hits(Sequence[Hit]):
    """Ranked passages, best first."""

    query: str
    hits: tuple[Hit, ...]
    entries: dict[str, Entry]
    duplicates: dict[str, tuple[str, ...]] = field(default_factory=dict)  # other files, by id
    understood: Query | None = None  # how the query was read

    @overload
    def __getitem__(self, position: int) -> Hit: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Hit]: ...
    def __getitem__(self, position: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[position]

    def __len__(self) -> int:
        return len(self.hits)

    def to_list(self) -> list[dict[str, Any]]:
        """Return the hits as JSON values, the same as ``docsearch search --json`` prints."""
        return [
            hit_payload(
                hit,
                self.entries[hit.passage.document_id],
                self.duplicates.get(hit.passage.document_id, ()),
                self.understood,
            )
            for hit in self.hits
        ]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a hit."""
        import pandas as pd

        return pd.DataFrame(self.to_list())

    def __repr__(self) -> str:
        return f"<docsearch.Hits {self.query!r}: {len(self.hits)} passages>"

    def __str__(self) -> str:
        return hits_text(self.to_list())

    def _repr_html_(self) -> str:
        return hits_html(self.query, self.to_list())


class Documents(Sequence[Entry]):
    """The documents of an index, by file name, duplicates too."""

    def __init__(
        self,
        entries: Iterable[Entry],
        duplicates: Mapping[str, tuple[str, ...]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._duplicates = duplicates or {}
        self._facts = facts or {}

    @overload
    def __getitem__(self, position: int) -> Entry: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Entry]: ...
    def __getitem__(self, position: int | slice) -> Entry | Sequence[Entry]:
        return self._entries[position]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __repr__(self) -> str:
        return f"<docsearch.Documents: {len(self._entries)}>"

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a document: id, source and what its header states."""
        return [
            document_row(entry, self._duplicates.get(entry.id, ()), self._relations(entry.id))
            for entry in self._entries
        ]

    def _relations(self, document: str) -> Mapping[str, int]:
        found = self._facts.get(document)
        return Counter(each.relation for each in found.references) if found else {}

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a document."""
        import pandas as pd

        return pd.DataFrame(self.to_list())

    def _repr_html_(self) -> str:
        return str(self.to_pandas().to_html(index=False))


class _Table(ABC):
    """Rows that print in a terminal and a notebook and turn into a frame."""

    @abstractmethod
    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a row, as ``--json`` prints them."""

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a frame."""
        import pandas as pd

        return pd.DataFrame(self.to_list())


class Relations(_Table, Sequence[Citing]):
    """What documents are based on, implement, amend, replace, cite."""

    def __init__(
        self,
        citations: Iterable[Citing],
        entries: Mapping[str, Entry],
        texts: Mapping[str, str],
        provenance: Provenance,
    ) -> None:
        self._citations = tuple(citations)
        self._entries = entries
        self._texts = texts
        self._provenance = provenance

    @overload
    def __getitem__(self, position: int) -> Citing: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Citing]: ...
    def __getitem__(self, position: int | slice) -> Citing | Sequence[Citing]:
        return self._citations[position]

    def __len__(self) -> int:
        return len(self._citations)

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a citation, the same as ``docsearch relations --json`` prints."""
        return [
            relation_row(each, self._entries[each.document], self._texts[each.document])
            for each in self._citations
        ]

    def plot(self) -> Picture:
        """Return the picture of who is based on, implements, amends or replaces what.

        Returns:
            The picture, with the documents that are missing; ``save(path)`` writes it.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: there are more documents than a picture holds.
        """
        from docsearch.compare.reuse_figure import relations_picture

        rows = self.to_list()
        titles = [cited_title(row) for row in rows]
        return relations_picture(rows, titles, self._entries, self._provenance)

    def __repr__(self) -> str:
        return f"<docsearch.Relations: {len(self._citations)}>"

    def __str__(self) -> str:
        return relations_text(self.to_list())

    def _repr_html_(self) -> str:
        return relations_html(self.to_list())


class MissingDocuments(_Table, Sequence[MissingDocument]):
    """Documents that are cited and not in the index, the most cited first."""

    def __init__(self, documents: Iterable[MissingDocument]) -> None:
        self._documents = tuple(documents)

    @overload
    def __getitem__(self, position: int) -> MissingDocument: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[MissingDocument]: ...
    def __getitem__(self, position: int | slice) -> MissingDocument | Sequence[MissingDocument]:
        return self._documents[position]

    def __len__(self) -> int:
        return len(self._documents)

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a document, the same as ``docsearch relations --missing --json``."""
        return [missing_row(missing) for missing in self._documents]

    def __repr__(self) -> str:
        return f"<docsearch.MissingDocuments: {len(self._documents)}>"

    def __str__(self) -> str:
        return missing_text(self.to_list())

    def _repr_html_(self) -> str:
        return missing_html(self.to_list())


@dataclass(frozen=True)
class Sources:
    """What the rows of a register need to know of their documents; texts are read when needed."""

    entries: Mapping[str, Entry]
    read: Callable[[], Mapping[str, str]]
    duplicates: Mapping[str, tuple[str, ...]]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts by the ids of their documents."""
        return self.read()


class Obligations(_Table, Sequence[Due]):
    """Obligations by the day on which they are due, those without a day last."""

    def __init__(self, found: Iterable[Due], sources: Sources, searched: Searched | None) -> None:
        self._found = tuple(found)
        self._sources = sources
        self._searched = searched

    @overload
    def __getitem__(self, position: int) -> Due: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Due]: ...
    def __getitem__(self, position: int | slice) -> Due | Sequence[Due]:
        return self._found[position]

    def __len__(self) -> int:
        return len(self._found)

    @property
    def nothing(self) -> str | None:
        """Where there is none: what was searched, and what would widen it."""
        return nothing_found(self._searched) if self._searched else None

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict an obligation, the same as ``docsearch obligations --json`` prints."""
        return [
            obligation_row(
                each,
                self._sources.entries[each.document],
                self._sources.texts[each.document],
                self._sources.duplicates.get(each.document, ()),
            )
            for each in self._found
        ]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row an obligation; the deadline's words and its parts are columns."""
        import pandas as pd

        return pd.DataFrame(flat_obligations(self.to_list()))

    def to_ics(self) -> CalendarFile:
        """Return the deadlines as a calendar file, and how many obligations have no day."""
        from docsearch.ics import calendar_of

        return calendar_of(self._found, self.to_list())

    def plot(self, *, year: int) -> Timeline:
        """Return the picture of a year's deadlines by actor; a notebook shows it.

        Args:
            year: the year.

        Returns:
            The picture; ``save(path)`` writes it as PNG or SVG.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: the year is out of range, or the rows are too many for a picture.
        """
        from docsearch.timeline import timeline_of

        return timeline_of(self._found, self.to_list(), year)

    def __repr__(self) -> str:
        return f"<docsearch.Obligations: {len(self._found)}>"

    def __str__(self) -> str:
        return self.nothing or obligations_text(self.to_list())

    def _repr_html_(self) -> str:
        return obligations_html(self.to_list())


class Targets(_Table, Sequence[Stated]):
    """Figures that documents set as targets or report as reached, by document."""

    def __init__(
        self, found: Iterable[Stated], sources: Sources, searched: Searched | None
    ) -> None:
        self._found = tuple(found)
        self._sources = sources
        self._searched = searched

    @overload
    def __getitem__(self, position: int) -> Stated: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Stated]: ...
    def __getitem__(self, position: int | slice) -> Stated | Sequence[Stated]:
        return self._found[position]

    def __len__(self) -> int:
        return len(self._found)

    @property
    def nothing(self) -> str | None:
        """Where there is none: what was searched, and what would widen it."""
        return nothing_found(self._searched, what="chỉ tiêu") if self._searched else None

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a figure, the same as ``docsearch targets --json`` prints."""
        return [
            target_row(
                each,
                self._sources.entries[each.document],
                self._sources.texts[each.document],
                self._sources.duplicates.get(each.document, ()),
            )
            for each in self._found
        ]

    def __repr__(self) -> str:
        return f"<docsearch.Targets: {len(self._found)}>"

    def __str__(self) -> str:
        return self.nothing or targets_text(self.to_list())

    def _repr_html_(self) -> str:
        return targets_html(self.to_list())


class Index:
    """An index opened for questions. It does not change while it is open."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __repr__(self) -> str:
        manifest = self.snapshot.manifest
        return (
            f"<docsearch.Index {self.snapshot.folder}: {manifest.documents} documents, "
            f"{manifest.passages} passages, {manifest.encoder}>"
        )

    def load(self) -> Index:
        """Load every part now instead of when it is first needed; return the index itself."""
        snapshot = self.snapshot
        _ = snapshot.store, snapshot.lexical, snapshot.vectors, snapshot.language
        _ = snapshot.entries, len(snapshot.facts), snapshot.groups
        _ = self.corpus, self._whole, self._gazetteer, self._duplicates
        return self

    @cached_property
    def corpus(self) -> Corpus:
        """What understanding a question needs to know of the documents."""
        phrases = [str(entry["phrase"]) for entry in load("questions")]
        places = {
            entry.header.place.value
            for entry in self.snapshot.entries.values()
            if entry.header.place
        }
        restorer = Restorer.of(self.snapshot.language, phrases)
        return Corpus(places=tuple(sorted(places)), restorer=restorer)

    @property
    def changed(self) -> bool:
        """Whether the folder holds another state than this object; cheap to ask."""
        return is_changed(self.snapshot)

    def refreshed(self) -> Index:
        """Return the index as it is in its folder now: this object while nothing changed."""
        if not self.changed:
            return self
        return Index(open_snapshot(self.snapshot.folder, self.snapshot.encoder))

    def add(
        self,
        paths: StrPath | Sequence[StrPath],
        *,
        wait: float = 0.0,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read files into the folder of this index; go on with ``refreshed()``.

        Args:
            paths: files and folders; documents that are there are replaced, none is removed.
            wait: seconds to wait for another build.
            progress: as for ``build``.

        Returns:
            What was done.

        Raises:
            SourceError: a path does not exist.
            IndexBusyError: another process or thread is writing the index.
        """
        from docsearch.index.build import build_index  # all the readers: not needed for asking

        given = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
        return build_index(
            [Path(path) for path in given],
            self.snapshot.folder,
            encoder=self.snapshot.encoder,
            wait=wait,
            progress=progress,
        )

    def remove(self, document: str, *, wait: float = 0.0) -> BuildReport:
        """Take a document out of the folder of this index; go on with ``refreshed()``.

        Args:
            document: its id, or the name of its file.
            wait: seconds to wait for another build.

        Returns:
            What was done.

        Raises:
            DocumentNotFoundError: there is none of that name.
            IndexBusyError: another process or thread is writing the index.
        """
        from docsearch.index.build import remove_documents

        snapshot = self.snapshot
        return remove_documents(
            snapshot.folder, [self._id(document)], encoder=snapshot.encoder, wait=wait
        )

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        model: str | BaseChatModel | Generator | None = None,
        limits: Limits | None = None,
    ) -> Reply:
        """Answer a question.

        Args:
            question: in Vietnamese, with or without diacritics, or in English.
            filters: what the documents are narrowed to before anything is looked for.
            model: a language model that words the answer: "openai:gpt-5", "ollama:qwen3",
                "http://127.0.0.1:8080/v1", or a LangChain chat model. Only sentences that are
                verified come out; where none is, the answer without a model. The question and
                the passages are sent to it; without a model nothing is sent anywhere.
            limits: time, tokens and tries of the model (``docsearch.generate.Limits``).

        Returns:
            The answer with its citations, or a typed abstention.

        Raises:
            QueryError: the question is empty.
            ModelError: the model cannot be used: unknown, no key, a wrong key.
            MissingDependencyError: the model's package is not installed.
        """
        if model is not None:
            return self.ask_stream(question, filters=filters, model=model, limits=limits).reply
        query = understand(question, self.corpus)
        shown, allowed = self._shown(filters)
        return Reply(answer(query, shown, documents=allowed))

    def ask_stream(
        self,
        question: str,
        *,
        model: str | BaseChatModel | Generator,
        filters: Filters | None = None,
        limits: Limits | None = None,
    ) -> ReplyStream:
        """Answer a question with a language model, sentence by sentence as they are verified.

        Args:
            question: as for ``ask``.
            model: as for ``ask``.
            filters: as for ``ask``.
            limits: as for ``ask``.

        Returns:
            An iterator over the model's sentences that stand, each with its citations; then its
            ``reply`` is what ``ask`` returns.

        Raises:
            QueryError: the question is empty.
            ModelError: the model cannot be used.
            MissingDependencyError: the model's package is not installed.
        """
        from docsearch.generate import Limits
        from docsearch.generate.answering import Asked, answer_with_model
        from docsearch.generate.chat_model import open_model

        limits = limits or Limits()
        query = understand(question, self.corpus)
        shown, allowed = self._shown(filters)
        found = answer(query, shown, documents=allowed)
        asked = Asked(query=query, snapshot=shown, documents=allowed, found=found)
        return ReplyStream(answer_with_model(asked, open_model(model, limits), limits))

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        place: str | None = None,
        filters: Filters | None = None,
        mode: Mode = "fused",
        rerank: str | Reranker | None = None,
        explain: bool = False,
    ) -> Hits:
        """Return the ``k`` passages that fit a query best.

        Args:
            query: words or a question; words in quotation marks have to stand so in a passage.
            k: how many; fewer come back when fewer match.
            place: shorthand for ``Filters(place=...)``.
            filters: what is narrowed to before the ``k`` best are taken.
            mode: "fused", "lexical" or "dense".
            rerank: what orders the best hits again: a cross-encoder of sentence-transformers by
                name or folder, or any object with ``name`` and ``scores``.
            explain: tell what each hit's score is made of, in ``Hit.parts`` and ``to_list()``.

        Returns:
            Hits, best first.

        Raises:
            QueryError: the query is empty, ``k`` is negative or too large, or ``place`` and
                ``filters`` are both given.
            EncoderError: there is no such model to rerank with.
            MissingDependencyError: sentence-transformers, which reranks, is not installed.
        """
        if not 0 <= k <= MAX_K:
            raise QueryError(f"k is {k}; give a number from 0 to {MAX_K}")
        if mode not in ("fused", "lexical", "dense"):
            raise QueryError(f"mode is {mode!r}; give fused, lexical or dense")
        if place is not None and filters is not None:
            raise QueryError("give the place in filters, or as place, not both")
        filters = Filters(place=place) if place is not None else filters
        understood = understand(query, self.corpus)
        shown, allowed = self._shown(filters)
        reranker = CrossEncoderReranker(rerank) if isinstance(rerank, str) else rerank
        hits = retrieve(
            understood,
            shown,
            k=k,
            documents=allowed,
            mode=mode,
            exact=True,
            reranker=reranker,
            explain=explain,
        )
        return Hits(query, tuple(hits), self.snapshot.entries, self._duplicates, understood)

    def documents(self, *, filters: Filters | None = None) -> Documents:
        """Return the documents of the index, by file name; duplicates are among them."""
        allowed = self._allowed(filters)
        entries = self.snapshot.entries.values()
        return Documents(
            (e for e in entries if allowed is None or e.id in allowed),
            self._duplicates,
            self.snapshot.facts,
        )

    def relations(
        self,
        document: str | None = None,
        *,
        relation: Relation | None = None,
        filters: Filters | None = None,
    ) -> Relations:
        """Return the documents that documents cite, how, and which of them are in the index.

        Args:
            document: id or file name of the document that cites; None means all.
            relation: only citations of this kind.
            filters: what the documents that cite are narrowed to.

        Returns:
            The citations, by document and place; of duplicates those of one.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        wanted = self._citing(document, filters)
        facts = self.snapshot.facts
        found = (
            each
            for citing in (wanted if len(wanted) == 1 else facts)
            if citing in wanted
            for each in self._resolved(citing)
        )
        return self._relations(
            [each for each in found if relation in (None, each.reference.relation)]
        )

    def cited_by(self, document: str) -> Relations:
        """Return how the other documents of the index cite one, by document and place.

        Args:
            document: its id or file name; its duplicates count as the same.

        Returns:
            The citations, those of the documents that cite it; of duplicates those of each.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        own = self.document(document).id
        members = self.snapshot.groups.get(own, ())
        names = dict.fromkeys((own, *(entry.id for entry in members)))
        found = [each for name in names for each in self._cited.get(name, ())]
        return self._relations([each for each in found if each.document not in names])

    def _relations(self, found: Collection[Citing]) -> Relations:
        texts = self.snapshot.store.texts({each.document for each in found})
        return Relations(found, self.snapshot.entries, texts, self.provenance)

    def _resolved(self, document: str) -> Iterator[Citing]:
        references = self.snapshot.facts[document].references
        for reference in self._resolver.resolve(document, references):
            yield Citing(document=document, reference=reference)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.snapshot.entries.values())

    @cached_property
    def _cited(self) -> dict[str, list[Citing]]:
        """The citations of each document by others, by its id."""
        found: dict[str, list[Citing]] = {}
        for document in self.snapshot.facts:
            for each in self._resolved(document):
                if each.reference.target:
                    found.setdefault(each.reference.target, []).append(each)
        return found

    def missing_documents(
        self, document: str | None = None, *, filters: Filters | None = None
    ) -> MissingDocuments:
        """Return the documents that are cited and not in the index, the most cited first.

        Args:
            document: id or file name of the document that cites; None means all.
            filters: what the documents that cite are narrowed to.

        Returns:
            The documents with those that cite them.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        if document is None and filters in (None, Filters()):
            return self._missing
        return self._lacking(self._citing(document, filters))

    @cached_property
    def _missing(self) -> MissingDocuments:
        return self._lacking(self._citing(None, None))

    def _lacking(self, wanted: Collection[str]) -> MissingDocuments:
        return MissingDocuments(
            missing(self.snapshot.entries.values(), self.snapshot.facts, wanted)
        )

    def obligations(
        self,
        *,
        before: str | date | None = None,
        after: str | date | None = None,
        on: str | date | None = None,
        within: str | None = None,
        overdue_at: str | date | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        action: str | None = None,
        place: str | None = None,
        filters: Filters | None = None,
        today: date | None = None,
    ) -> Obligations:
        """Return what has to be done, by whom and by when.

        Times are typed as 15/12/2024, 15/12, 6/2024, "quý II/2024", 2024, 2021-2025 or in ISO
        8601; a time without a year is meant in every year. ``docsearch.register.times`` says on
        which days a limit falls: what comes again each year or month falls into every window
        from the document's date of issue on, a period on its last day; "khẩn trương" and "30 ngày
        kể từ …" name no day, and no time finds them.

        Args:
            before: due by then, that day (or the month's last) included.
            after: due then or later.
            on: due on this day.
            within: due in this day, month, quarter, year or period.
            overdue_at: was due before this day: what is due once, after its document was issued;
                of what comes again the last time.
            actor: who has to do it, by what it is: "UBND xã" finds "Ủy ban nhân dân các xã";
                several with ";".
            recipient: who gets it, compared in the same way.
            action: words, in a row, of what has to be done.
            place: shorthand for ``Filters(place=...)``.
            filters: what the documents are narrowed to.
            today: of what comes again the next day from then on is shown; None means today.

        Returns:
            The obligations by due day, then by actor; of duplicates those of one document.

        Raises:
            QueryError: a time is not understood, or ``place`` and ``filters`` are both given.
        """
        query = ObligationQuery(
            before=_typed(before),
            after=_typed(after),
            on=_typed(on),
            within=within,
            overdue_at=_typed(overdue_at),
            actor=actor,
            recipient=recipient,
            action=action,
        )
        register = self._register(place, filters)
        near = today or date.today()
        found = register.obligations(query, today=near)
        searched = None if found else register.searched_obligations(query, today=near)
        return Obligations(found, self._sources({each.document for each in found}), searched)

    def targets(
        self,
        *,
        topic: str | None = None,
        place: str | None = None,
        period: str | None = None,
        kind: str | None = None,
        unit: str | None = None,
        filters: Filters | None = None,
    ) -> Targets:
        """Return the figures that documents set as targets or report as reached.

        Args:
            topic: words, in any order, of what is counted, its measure or the headings above.
            place: shorthand for ``Filters(place=...)``.
            period: a year or period; figures for periods in it, and for those that end with it.
            kind: "target" or "achieved"; None means both.
            unit: "%", "trường".
            filters: what the documents are narrowed to.

        Returns:
            The figures, by document and place in it; of duplicates those of one document.

        Raises:
            QueryError: the period or kind is not understood, or ``place`` and ``filters`` are
                both given.
        """
        query = TargetQuery(topic=topic, period=period, kind=kind, unit=unit)
        register = self._register(place, filters)
        found = register.targets(query)
        searched = None if found else register.searched_targets(query)
        return Targets(found, self._sources({each.document for each in found}), searched)

    def reuse(
        self,
        document: str | None = None,
        *,
        with_document: str | None = None,
        min_words: int = 15,
        min_share: float = 0.75,
        within: bool = True,
        filters: Filters | None = None,
    ) -> Reuse:
        """Return the text that documents share: the same or nearly, and what was changed in it.

        Args:
            document: id or file name: only what it shares; None means all documents.
            with_document: only what ``document`` shares with this one.
            min_words: words that agree; letterheads, closings, names of cited documents and
                standard sentences do not count.
            min_share: share of the words of both parts that agree, in (0, 1].
            within: what one document has twice, too.
            filters: what the documents are narrowed to.

        Returns:
            The shared parts, those of two documents first, the most words first.

        Raises:
            DocumentNotFoundError: there is no document of that name.
            QueryError: ``min_words`` is below 8, or ``min_share`` is out of range.
        """
        from docsearch.compare.reuse import Wanted, find_reuse
        from docsearch.compare.reuse_result import Reuse

        if min_words < 8 or not 0 < min_share <= 1:
            raise QueryError("give 8 words or more, and a share above 0 and up to 1")
        shown, allowed = self._shown(filters)
        names = [name and self._representative(name, shown) for name in (document, with_document)]
        wanted = Wanted(
            document=names[0],
            other=names[1],
            min_words=min_words,
            min_share=min_share,
            within=within,
        )
        found = find_reuse(shown, wanted, allowed)
        parts = [part for each in found.shared for part in (each.first, each.second)]
        ids = {part.document for part in parts}
        pages = {each: self.snapshot.store.document(each).pages for each in sorted(ids)}
        texts = self.snapshot.store.texts(ids)
        return Reuse(found, wanted, self.snapshot.entries, texts, pages, self.provenance)

    def cite(self, what: str | Citation | Hit, span: tuple[int, int] | Span | None = None) -> Cited:
        """Return a passage ready to be cited: as text, BibTeX, CSL-JSON.

        Args:
            what: id or file name of a document, or a citation of an answer, or a hit.
            span: code points of the document's text; only with a document's name, None means all.

        Returns:
            The citation; ``to_text()``, ``to_bibtex()``, ``to_csl()`` write it.

        Raises:
            DocumentNotFoundError: there is no document of that name.
            QueryError: the span does not lie in the text.
        """
        if isinstance(what, Citation):
            name, part = what.document, what.span
        elif isinstance(what, Hit):
            name, part = what.passage.document_id, what.passage.span
        else:
            length = len(self.document(what).text)
            start, end = (0, length) if span is None else _ends(span)
            if not 0 <= start < end <= length:
                raise QueryError(f"{what}: give a span A:B with 0 <= A < B <= {length}")
            name, part = what, Span(start, end)
        document = self.document(name)
        passages = self.snapshot.store.passages(self.snapshot.store.rows_of([document.id]))
        ordered = sorted(passages.values(), key=lambda each: each.span)
        whole = part == Span(0, len(document.text))
        path = next((p.path for p in ordered if p.span.overlaps(part)), ())
        entry = self.snapshot.entries[document.id]
        return cited(document, entry, part, () if whole else path, self.provenance)

    def check_citation(self, item: Mapping[str, Any]) -> Check:
        """Tell whether a citation still matches: a CSL-JSON item of ``cite(…).to_csl()``.

        Args:
            item: the item.

        Returns:
            "matches", "moved", "changed" or "missing".

        Raises:
            QueryError: the item is none of docsearch's.
        """
        try:
            return check(item, self._find)
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(
                "this is no citation of docsearch: custom.docsearch with document, start, end and "
                "text_sha256 is missing; make one with `docsearch cite … --format csl`"
            ) from error

    def _find(self, document: str, source: str) -> Document | None:
        for name in (document, source):
            found = self._id(name)
            if found in self.snapshot.entries:
                return self.document(found)
        return None

    def _representative(self, name: str, shown: Snapshot) -> str:
        """Return the document that stands for one of that name among those that are shown."""
        own = self.document(name).id
        members = self.snapshot.groups.get(own, ())
        return next((e.id for e in members if e.id in shown.entries), own)

    @cached_property
    def corpus_hash(self) -> str:
        """One hash of all documents: the same for the same files in any order."""
        return corpus_hash(self.snapshot.entries.values())

    @cached_property
    def provenance(self) -> Provenance:
        """The corpus and the versions behind every result of this index."""
        manifest = self.snapshot.manifest
        return Provenance(
            corpus_hash=self.corpus_hash,
            documents=manifest.documents,
            passages=manifest.passages,
            docsearch=version(),
            pipeline=manifest.pipeline,
            encoder=manifest.encoder,
            encoder_revision=manifest.revision,
        )

    def compare(
        self,
        topics: str | Sequence[str],
        places: str | Sequence[str] | None = None,
        aspects: str | Sequence[str] | None = None,
        *,
        filters: Filters | None = None,
    ) -> Comparison:
        """Return what the documents of each place say of one or several topics.

        Args:
            topics: "phân luồng học sinh sau THCS", with diacritics or without, or in English.
            places: "huyện Chi Lăng", "chi lang", "xã Tân Lập, tỉnh Bắc Kạn"; None means all that
                documents are of. One that the corpus has no document of is a column that says so.
            aspects: of a topic: "targets", "lead", "cooperating", "deadlines", "reporting",
                "budget", "measures" or "gist", or their Vietnamese names; None means all but the
                gist of one topic, and the gist of each of several.
            filters: what the documents are narrowed to.

        Returns:
            Rows of aspects or topics, columns of places. Every cell holds quotations, or says
            "không quy định" (searched and not found) or "chưa có văn bản" (no document of the
            place).

        Raises:
            QueryError: a topic has no word to look for, a place or aspect is not known, or a
                place is not the only one of its name.
        """
        from docsearch.compare.comparison import Comparison
        from docsearch.compare.matrix_build import compare

        shown, allowed = self._shown(filters)
        matrix = compare(
            shown,
            self.corpus,
            _listed(topics),
            places=None if places is None else _listed(places),
            aspects=None if aspects is None else _listed(aspects),
            documents=allowed,
        )
        return Comparison(matrix)

    def coverage(
        self,
        topics: Sequence[str] | None = None,
        *,
        most: int = 15,
        filters: Filters | None = None,
    ) -> Coverage:
        """Return which subjects the documents of each place speak of, and which not.

        Args:
            topics: the subjects; None means those of the documents' headings, put together by
                meaning and named in their own words.
            most: how many subjects are taken from the headings at most, from 1 to 100.
            filters: what the documents are narrowed to.

        Returns:
            Subjects × places. ``compare(coverage.topics)`` quotes what each says.

        Raises:
            QueryError: ``most`` is out of range, no heading names a subject, or as for
                ``compare``.
        """
        from docsearch.compare.coverage import Coverage
        from docsearch.compare.subjects import find_subjects

        if not 1 <= most <= MOST_SUBJECTS:
            raise QueryError(f"most is {most}; give a number from 1 to {MOST_SUBJECTS}")
        if topics is None:
            shown, allowed = self._shown(filters)
            entries = (e for e in shown.entries.values() if allowed is None or e.id in allowed)
            topics = find_subjects(shown, entries, most=most)
            if not topics:
                raise QueryError("no heading names a subject; name some with --topic TEXT")
        return Coverage(self.compare(topics, aspects=["gist"], filters=filters).matrix)

    def _register(self, place: str | None, filters: Filters | None) -> Register:
        if place is not None and filters is not None:
            raise QueryError("give the place in filters, or as place, not both")
        filters = Filters(place=place) if place is not None else filters
        shown, allowed = self._shown(filters)
        entries = [e for e in shown.entries.values() if allowed is None or e.id in allowed]
        return Register(entries, shown.some_facts([e.id for e in entries]), self._gazetteer)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.snapshot.entries.values())

    def _sources(self, documents: Collection[str]) -> Sources:
        read = partial(self.snapshot.store.texts, documents)
        return Sources(self.snapshot.entries, read, self._duplicates)

    def _citing(self, document: str | None, filters: Filters | None) -> frozenset[str]:
        if document is not None:
            return frozenset((self.document(document).id,))
        shown, allowed = self._shown(filters)
        return frozenset(shown.entries if allowed is None else allowed)

    def document(self, document: str) -> Document:
        """Return one document with its text.

        Args:
            document: its id, or the name of its file.

        Returns:
            The document.

        Raises:
            DocumentNotFoundError: there is none of that name.
        """
        return self.snapshot.store.document(self._id(document))

    def header(self, document: str) -> Header:
        """Return what a document says of itself, by its id or the name of its file."""
        return self.snapshot.entries[self.document(document).id].header

    def outline(self, document: str) -> Unit:
        """Return the tree of a document, by its id or the name of its file."""
        return self.snapshot.store.outline(self.document(document).id)

    def _id(self, name: str) -> str:
        if name in self.snapshot.entries:
            return name
        for entry in self.snapshot.entries.values():
            if entry.source == name:
                return entry.id
        return name

    def _shown(self, filters: Filters | None) -> tuple[Snapshot, frozenset[str] | None]:
        """Return one document of each group of those that pass, and their ids where narrowed."""
        return self._narrowed(filters or Filters())

    @cached_property
    def _narrowed(self) -> Callable[[Filters], tuple[Snapshot, frozenset[str] | None]]:
        """``_shown`` of filters; the last are kept, for comparing all headers takes a while."""

        @lru_cache(maxsize=16)
        def narrowed(filters: Filters) -> tuple[Snapshot, frozenset[str] | None]:
            allowed = self._allowed(filters)
            shown = self.snapshot.one_of_each(allowed) if allowed is not None else self._whole
            return shown, None if allowed is None else allowed - shown.left_out

        return narrowed

    @cached_property
    def _whole(self) -> Snapshot:
        return self.snapshot.one_of_each()

    @cached_property
    def _duplicates(self) -> dict[str, tuple[str, ...]]:
        return {document: self.snapshot.others(document) for document in self.snapshot.groups}

    def _allowed(self, filters: Filters | None) -> frozenset[str] | None:
        return allowed_documents(self.snapshot.entries, filters or Filters())


def _ends(span: tuple[int, int] | Span) -> tuple[int, int]:
    return (span.start, span.end) if isinstance(span, Span) else span


def _listed(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given


def _typed(time: str | date | None) -> str | None:
    return time.isoformat() if isinstance(time, date) else time


def build(
    paths: StrPath | Sequence[StrPath] = CORPUS,
    index: StrPath = INDEX,
    *,
    encoder: str | Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> Index:
    """Read documents into an index and open it; only what changed is done again.

    Args:
        paths: files and folders.
        index: the folder of the index.
        encoder: its name, or the encoder itself; None means DOCSEARCH_ENCODER or the offline one.
        prune: remove documents that are not under ``paths``.
        progress: called with a step's name, how much is done and how much there is.

    Returns:
        The index. Files that could not be read are left out; ``build_report`` names them.

    Raises:
        DocsearchError: nothing could be read, or the index cannot be written.
    """
    model = _encoder(encoder)
    build_report(paths, index, encoder=model, prune=prune, progress=progress)
    return Index(open_snapshot(Path(index), model))


def build_report(
    paths: StrPath | Sequence[StrPath] = CORPUS,
    index: StrPath = INDEX,
    *,
    encoder: str | Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Read documents into an index and return what was done; the arguments are ``build``'s."""
    from docsearch.index.build import build_index  # all the readers: not needed for asking

    given = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
    return build_index(
        [Path(path) for path in given],
        Path(index),
        encoder=_encoder(encoder),
        prune=prune,
        progress=progress,
    )


def open_index(index: StrPath = INDEX, *, encoder: str | Encoder | None = None) -> Index:
    """Open an index; ``docsearch.open`` is this function.

    Args:
        index: its folder.
        encoder: as for ``build``; it must be the one that the index was built with.

    Returns:
        The index.

    Raises:
        IndexFileError: there is no index, it is damaged, or the encoder is another one.
    """
    return Index(open_snapshot(Path(index), _encoder(encoder)))


def _encoder(encoder: str | Encoder | None) -> Encoder:
    return load_encoder(encoder) if encoder is None or isinstance(encoder, str) else encoder
