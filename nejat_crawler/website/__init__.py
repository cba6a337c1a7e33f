"""The website: Datasette on the archive with our own pages, and what publishes it."""
