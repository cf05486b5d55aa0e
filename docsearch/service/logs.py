"""The log of the service on stderr: one JSON object a line, or lines for people."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from docsearch.service.problems import request_id

NAME = "docsearch.service"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, message, the fields of the record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line; line breaks in it are escaped."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if "request_id" not in line and (identifier := request_id.get()):
            line["request_id"] = identifier
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, and its traceback below it."""
        fields = getattr(record, "fields", {})
        words = [record.levelname.lower(), json.dumps(record.getMessage(), ensure_ascii=False)]
        words += [f"{name}={value}" for name, value in fields.items() if value is not None]
        if record.exc_info:
            words.append("\n" + self.formatException(record.exc_info))
        return " ".join(words)


def set_up_log(form: Literal["json", "text"]) -> None:
    """Send what docsearch and uvicorn log to stderr in one form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    for name, level in (
        ("docsearch", logging.INFO),
        ("uvicorn.error", logging.WARNING),
    ):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
