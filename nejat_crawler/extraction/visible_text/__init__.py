"""What of a text its readers see: without the boxes of plugins, and without what styles hide."""
