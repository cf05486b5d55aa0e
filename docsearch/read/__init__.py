"""Files → documents: what a file holds, as one NFC text each."""

from docsearch.read.files import MAX_BYTES, find_files
from docsearch.read.parts import read_file
from docsearch.read.text import read

__all__ = ["MAX_BYTES", "find_files", "read", "read_file"]
