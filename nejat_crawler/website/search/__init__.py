"""The search of the website."""
