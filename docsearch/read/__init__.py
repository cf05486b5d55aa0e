"""File → Document: what a file holds, as one NFC text."""

from docsearch.read.files import MAX_BYTES, Found, find_files
from docsearch.read.isolated import Limits
from docsearch.read.reader import Reader, read

__all__ = ["MAX_BYTES", "Found", "Limits", "Reader", "find_files", "read"]
