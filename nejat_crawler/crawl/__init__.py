"""Scrapy's wiring: the run and its report, politeness settings, retries, drift and completeness."""
