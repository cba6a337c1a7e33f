"""WARC files, record by record: read, however they are packed or damaged, and written."""
