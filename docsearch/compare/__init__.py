"""Documents side by side: matrices of topics and places, coverage, shared text."""
