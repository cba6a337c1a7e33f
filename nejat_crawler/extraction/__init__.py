"""From a source to fields, as plain functions: no Scrapy, no SQLite."""
