"""What the extractor is measured by; `python -m benchmarks.evaluate --help`."""
