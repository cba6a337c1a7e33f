"""The way of an article from Capture to archive, a verb a file; `nejat_crawler.settings.STEPS` is their order."""
