"""docsearch inside other frameworks; each module imports its own framework and no other."""
