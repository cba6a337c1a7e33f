"""The full-text index: the query language, and what the index finds."""
