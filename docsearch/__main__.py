"""``python -m docsearch``: the command line."""

from docsearch.cli import main

main()
