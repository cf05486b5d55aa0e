"""The command line: ``docsearch build``, ``ask``, ``search`` and the others."""

from docsearch.cli.commands import app, main

__all__ = ["app", "main"]
