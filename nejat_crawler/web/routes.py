"""The addresses of our own pages. Everything else is Datasette's."""

from __future__ import annotations

from typing import Any

from nejat_crawler.paging import NAME, TablePages
from nejat_crawler.web import search_pages


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """Regular expressions of paths, and what answers them; the first that fits is asked."""
    return [
        (rf"/{NAME}/search(\.(?P<format>json|csv|atom))?$", search_pages.search),
        (rf"/(?P<database>{NAME})/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$", TablePages.as_view(datasette)),
    ]
