"""Document.text → header, outline, passages, references."""
