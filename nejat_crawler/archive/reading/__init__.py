"""What the archive answers: articles with their lists and states, searches, the corpus and its version."""
