"""Datasette's plugin: routes, security headers, the page cache, table views."""
