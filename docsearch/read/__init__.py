"""File → Document: what a file holds, as one NFC text."""

from docsearch.read.files import MAX_BYTES, find_files
from docsearch.read.text import read

__all__ = ["MAX_BYTES", "find_files", "read"]
