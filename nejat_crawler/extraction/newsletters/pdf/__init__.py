"""The text of a newsletter that is a PDF file."""
