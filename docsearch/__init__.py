"""Answers with verbatim citations over Vietnamese administrative documents.

>>> import docsearch as ds
>>> index = ds.build("corpus/", "index/")
>>> print(index.ask("Đơn vị nào phải báo cáo trước ngày 15/12?"))
"""

from docsearch.errors import DocsearchError
from docsearch.library import Documents, Hits, Index, Reply, build, build_report
from docsearch.library import open_index as open
from docsearch.records import Abstention, Answer, Citation, Document, Hit, Passage, Span
from docsearch.search.query import Filters

__version__ = "0.1.0"

__all__ = [
    "Abstention",
    "Answer",
    "Citation",
    "DocsearchError",
    "Document",
    "Documents",
    "Filters",
    "Hit",
    "Hits",
    "Index",
    "Passage",
    "Reply",
    "Span",
    "__version__",
    "build",
    "build_report",
    "open",
]
