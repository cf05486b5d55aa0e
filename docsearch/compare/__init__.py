"""Compare documents: matrix, coverage, shared text."""
