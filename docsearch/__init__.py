"""Answers with verbatim citations over Vietnamese administrative documents."""
