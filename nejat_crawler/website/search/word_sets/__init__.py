"""Sets of the documents that hold a word, kept for the commonest words."""
