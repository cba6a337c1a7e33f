"""How Datasette shows the archive; without Datasette, which takes a second to import."""

from __future__ import annotations

from pathlib import Path

#: Name under which the archive is served, whatever its file is called; addresses and templates depend on it.
NAME = "nejat"

#: Datasette's folder: metadata, templates, styles and the plugin.
CONFIG_DIR = Path(__file__).parent / "config_dir"

#: Datasette's settings; measured on 60,000 articles of 600 words (700 MB).
SETTINGS: dict[str, int | bool] = {
    "default_page_size": 30,
    "max_returned_rows": 1000,
    "default_facet_size": 30,
    "facet_time_limit_ms": 1000,  # 90 ms for the commonest word; from a cold disk ten times that
    "suggest_facets": False,  # would count every column, bodies too, on every page
    "sql_time_limit_ms": 3000,  # 250 ms for the slowest page
    "num_sql_threads": 4,
    "truncate_cells_html": 300,  # tables are for finding; the article's own page shows everything
    "allow_download": False,  # the file is being written to: a copy of it alone lacks what is in the WAL
    "allow_csv_stream": True,
    "max_csv_mb": 2000,  # all articles are 450 MB; beyond the limit the file would end in the middle
    "default_cache_ttl": 5,
    "template_debug": False,
    "trace_debug": False,
}
