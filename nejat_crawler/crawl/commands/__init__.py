"""Scrapy's own commands, where this project makes them say more."""
