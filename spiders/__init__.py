"""Spiders only find pages and cut them into one Capture an article."""
