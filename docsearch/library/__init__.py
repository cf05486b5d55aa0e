"""The library as its users see it: ``build``, ``open``, ``Index``, and what they return.

``Index`` is put together by subject: ``opened`` (the documents), ``asking``, ``registers``,
``relating``, ``comparing``, and ``index`` itself (changing it, citing). What its methods return
stands in ``reply``, ``found``, ``cited`` and ``stated``.
"""

from docsearch.library.asking import MAX_K
from docsearch.library.cited import MissingDocuments, Relations
from docsearch.library.comparing import MOST_SUBJECTS
from docsearch.library.found import Documents, Hits
from docsearch.library.index import Index, StrPath
from docsearch.library.opening import CORPUS, INDEX, build, build_report, open_index
from docsearch.library.reply import Reply, ReplyStream
from docsearch.library.stated import Obligations, Sources, Targets

__all__ = [
    "CORPUS",
    "INDEX",
    "MAX_K",
    "MOST_SUBJECTS",
    "Documents",
    "Hits",
    "Index",
    "MissingDocuments",
    "Obligations",
    "Relations",
    "Reply",
    "ReplyStream",
    "Sources",
    "StrPath",
    "Targets",
    "build",
    "build_report",
    "open_index",
]
