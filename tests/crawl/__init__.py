"""Tests of the crawl, its walks and imports."""
