"""Question → Query → hits."""
