"""A second look at the best hits, by a model that reads question and passage together.

Off by default: it costs a run of the model for every hit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from docsearch.encode.quiet import quiet_libraries
from docsearch.errors import EncoderError, MissingDependencyError
from docsearch.records import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


_HUB_SECONDS: Final = 10


class Reranker(Protocol):
    """Question and passages in, one score per passage out."""

    @property
    def name(self) -> str:
        """What hits name as their scorer."""

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """Return how well each passage answers the question; higher is better.

        Args:
            query: the question as it was asked.
            texts: passages, each with the headings above it.

        Returns:
            One finite score per passage, in their order.
        """


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers, by name or folder."""

    def __init__(self, name_or_folder: str) -> None:
        """Load the model.

        Args:
            name_or_folder: a folder, or a name that the cache of the hub or the hub has.

        Raises:
            EncoderError: there is no such model, or it is no cross-encoder with one score.
            MissingDependencyError: sentence-transformers is not installed.
        """
        folder = Path(name_or_folder).expanduser()
        local = folder.is_dir()
        self.name = folder.resolve().name if local else name_or_folder
        self._model = _load(str(folder) if local else name_or_folder, local=local)

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """Return how well each passage answers the question.

        Args:
            query: the question.
            texts: passages.

        Returns:
            One score per passage, in their order; higher is better.
        """
        if not texts:
            return ()
        pairs = [(query, text) for text in texts]
        found = self._model.predict(pairs, show_progress_bar=False)
        return tuple(float(score) for score in found)


def reranked(hits: Sequence[Hit], query: str, reranker: Reranker) -> list[Hit]:
    """Return hits in the order of a reranker's scores, ties by passage id.

    Args:
        hits: best first.
        query: the question.
        reranker: what orders them.

    Returns:
        The same passages with new ranks, the reranker's scores and its name.
    """
    texts = [". ".join((*hit.passage.path[-2:], hit.passage.text)) for hit in hits]
    scored = zip(hits, reranker.scores(query, texts), strict=True)
    ordered = sorted(scored, key=lambda pair: (-pair[1], pair[0].passage.id))
    return [
        replace(hit, rank=rank, score=score, scorer=reranker.name)
        for rank, (hit, score) in enumerate(ordered, start=1)
    ]


def _load(name_or_folder: str, *, local: bool) -> CrossEncoder:
    try:
        with quiet_libraries():
            from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise MissingDependencyError(
            f"reranker {name_or_folder!r} needs sentence-transformers; "
            "run: pip install 'docsearch[encoders]'"
        ) from error
    try:
        with quiet_libraries():
            model: CrossEncoder = _from_cache_or_hub(CrossEncoder, name_or_folder, local=local)
    except Exception as error:  # a dozen classes of four libraries, without a common parent
        found = " ".join(str(error).split())[:200]
        raise EncoderError(
            f"reranker {name_or_folder!r}: cannot be loaded ({type(error).__name__}: {found}); "
            "name a cross-encoder of sentence-transformers, or its folder"
        ) from error
    if model.num_labels != 1:
        raise EncoderError(
            f"reranker {name_or_folder!r}: gives {model.num_labels} scores a passage; "
            "name a cross-encoder with one"
        )
    return model


def _from_cache_or_hub(
    encoder: Callable[..., CrossEncoder], name_or_folder: str, *, local: bool
) -> CrossEncoder:
    try:
        return encoder(name_or_folder, local_files_only=True)
    except Exception:
        if local:
            raise
    from huggingface_hub import HfApi

    HfApi().model_info(name_or_folder, timeout=_HUB_SECONDS)  # loading would retry for a minute
    return encoder(name_or_folder)
