"""The item pipelines, a step a file, from Capture to archive; `nejat_crawler.settings.STEPS` is their order."""
