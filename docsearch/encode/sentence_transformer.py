"""Any other sentence-transformers model, by its name on the hub or by its folder."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from docsearch.encode.bulk import batches, unit_rows
from docsearch.encode.protocol import Floats2d
from docsearch.encode.quiet import quiet_libraries
from docsearch.encode.segment import join_words
from docsearch.errors import EncoderError, MissingDependencyError
from docsearch.vocabulary import load

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_END_BYTES: Final = 64 * 1024  # arbitrary
_WEIGHTS: Final = (".bin", ".safetensors")
_PASSAGE_PROMPTS: Final = ("passage", "document", "corpus")  # as models name them
_HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_HUB_SECONDS: Final = 10.0  # arbitrary: the hub answers within one
_HELP: Final = (
    "give the folder of a sentence-transformers model, or the name of one on the hub that is in "
    "its cache or can be fetched; the offline encoder is 'multilingual-e5-small'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelNeeds:
    """What a model wants to be given."""

    query_prompt: str
    passage_prompt: str
    segmented: bool  # the syllables of a word joined by "_"


class SentenceTransformerEncoder:
    """A sentence-transformers model with the prompts and the segmentation that it wants.

    What a model wants is in ``vocabulary/encoders.json``. Of a model that is not there, the prompts
    "query" and "passage" (or "document") of its own configuration are used, and none where it has
    none.

    A text beyond the model's limit of tokens is cut there.
    """

    def __init__(self, name_or_folder: str) -> None:
        """Load the model.

        Args:
            name_or_folder: a name on the hub ("BAAI/bge-m3") or a folder.

        Raises:
            EncoderError: there is no such model, or it cannot be loaded.
            MissingDependencyError: sentence-transformers is not installed.
        """
        folder = Path(name_or_folder).expanduser()
        local = folder.is_dir()
        self._model = _load(str(folder) if local else name_or_folder, local=local)
        self._needs = model_needs(name_or_folder) or _own_prompts(self._model)
        self.name = folder.resolve().name if local else name_or_folder
        self.revision = folder_revision(folder) if local else _hub_revision(name_or_folder)
        self.dim = _dimension(self._model, name_or_folder)

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return the vectors of questions.

        Args:
            texts: questions.

        Returns:
            (n, dim) float32, rows of length 1, row i for text i.
        """
        return self._encode(texts, prompt=self._needs.query_prompt, progress=None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        """Return the vectors of passages.

        Args:
            texts: passages.
            progress: called with the number of texts just finished; the numbers add up to n.

        Returns:
            (n, dim) float32, rows of length 1, row i for text i.
        """
        return self._encode(texts, prompt=self._needs.passage_prompt, progress=progress)

    def _encode(
        self, texts: Sequence[str], *, prompt: str, progress: Callable[[int], None] | None
    ) -> Floats2d:
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        ready = [join_words(text) for text in whole] if self._needs.segmented else whole
        vectors = np.empty((len(ready), self.dim), dtype=np.float32)
        for batch in batches([len(text) for text in ready]):
            vectors[batch] = self._model.encode(
                [ready[row] for row in batch],
                prompt=prompt,
                batch_size=len(batch),
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            if progress is not None:
                progress(len(batch))
        return unit_rows(vectors)


def model_needs(name_or_folder: str) -> ModelNeeds | None:
    """Return what the model table says of a model.

    Args:
        name_or_folder: a name on the hub, or a folder with the name of a model of the table:
            ``…/bge-m3``, or ``…/models--BAAI--bge-m3/snapshots/…`` in the cache of the hub.

    Returns:
        What it needs, or None where the table has no such model.
    """
    table = _model_table()
    if name_or_folder in table:
        return table[name_or_folder]
    for part in reversed(Path(name_or_folder).parts):
        for name, needs in table.items():
            owner, _, model = name.partition("/")
            if part in {model, f"models--{owner}--{model}"}:
                return needs
    return None


def folder_revision(folder: Path) -> str:
    """Return a name for the content of a model's folder.

    Args:
        folder: the folder of a sentence-transformers model.

    Returns:
        16 hexadecimal digits of a SHA-256 over every file's path and size, the whole of the JSON
        files, and the first and last 64 KiB of the weights. Files that begin with a dot and
        ``README.md`` do not count.
    """
    digest = hashlib.sha256()
    files = {file.relative_to(folder): file for file in folder.rglob("*") if file.is_file()}
    for relative in sorted(files):
        if relative.name == "README.md" or any(part.startswith(".") for part in relative.parts):
            continue
        size = files[relative].stat().st_size
        digest.update(f"{relative.as_posix()}\0{size}\n".encode("utf-8", "surrogateescape"))
        if relative.suffix == ".json":
            digest.update(files[relative].read_bytes())
        elif relative.suffix in _WEIGHTS:
            with files[relative].open("rb") as stream:
                digest.update(stream.read(_END_BYTES))
                stream.seek(max(0, size - _END_BYTES))
                digest.update(stream.read())
    return digest.hexdigest()[:16]


@cache
def _model_table() -> dict[str, ModelNeeds]:
    return {
        str(entry["name"]): ModelNeeds(
            query_prompt=str(entry["query_prompt"]),
            passage_prompt=str(entry["passage_prompt"]),
            segmented=bool(entry["segmented"]),
        )
        for entry in load("encoders")
    }


def _own_prompts(model: SentenceTransformer) -> ModelNeeds:
    prompts = {name: prompt for name, prompt in model.prompts.items() if prompt}
    passage = next((prompts[name] for name in _PASSAGE_PROMPTS if name in prompts), "")
    return ModelNeeds(
        query_prompt=prompts.get("query", ""), passage_prompt=passage, segmented=False
    )


def _load(name_or_folder: str, *, local: bool) -> SentenceTransformer:
    if not local and not _HUB_NAME.fullmatch(name_or_folder):
        raise _not_loaded(name_or_folder, "no such folder, and no name of the form owner/model")
    try:
        with quiet_libraries():
            from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingDependencyError(
            f"encoder {name_or_folder!r} needs sentence-transformers; "
            "run: pip install 'docsearch[encoders]'"
        ) from error
    try:
        with quiet_libraries():
            return SentenceTransformer(name_or_folder, local_files_only=True)
    except Exception as error:  # a dozen classes of four libraries, without a common parent
        if local:
            raise _not_loaded(name_or_folder, f"the folder is no model: {_brief(error)}") from error
    return _fetch(name_or_folder)


def _fetch(name: str) -> SentenceTransformer:
    """Return a model from the hub, after one quick question whether the hub has it."""
    from huggingface_hub import HfApi, constants
    from sentence_transformers import SentenceTransformer

    if constants.HF_HUB_OFFLINE:
        raise _not_loaded(name, "no such folder, not in the cache, and HF_HUB_OFFLINE is set")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            HfApi().model_info(name, timeout=_HUB_SECONDS)  # loading alone would retry for a minute
            return SentenceTransformer(name)
    except Exception as error:  # as above, and those of the network
        found = f"no such folder, not in the cache, not fetched: {_brief(error)}"
        raise _not_loaded(name, found) from error


def _not_loaded(name: str, found: str) -> EncoderError:
    return EncoderError(f"encoder {name!r}: {found}; {_HELP}")


def _brief(error: Exception) -> str:
    """Return a third party's exception on one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__


def _dimension(model: SentenceTransformer, name: str) -> int:
    dim = model.get_embedding_dimension()
    if dim is None:
        raise EncoderError(f"encoder {name!r}: the model does not say how long its vectors are")
    return int(dim)


def _hub_revision(name: str) -> str:
    """Return the commit of the cached model, or "unknown"."""
    from huggingface_hub import try_to_load_from_cache

    for file in ("modules.json", "config.json"):
        found = try_to_load_from_cache(name, file)
        if isinstance(found, str):
            return Path(found).parent.name
    return "unknown"
