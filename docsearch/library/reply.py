"""The answer to one question, as it is shown."""

from __future__ import annotations

from collections.abc import Generator as Generation
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docsearch.payloads import answer_payload, model_payload
from docsearch.records import Abstention, Answer
from docsearch.render import answer_html, answer_text, model_html, model_text

if TYPE_CHECKING:
    import pandas as pd

    from docsearch.generate import ModelReport, VerifiedSentence


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
