"""What is new in the archive, what changed, and what the site has taken down: as pages and as feeds."""

from __future__ import annotations

import sqlite3
from typing import Any

from nejat_crawler.archive.reading import browse
from nejat_crawler.archive.reading.query_rows import Rows
from nejat_crawler.website.pages.list_pages import PAGE_ROWS, page_number, require_page
from nejat_crawler.website.pages.overview import latest_removals
from nejat_crawler.website.rendering.atom import FeedEntry, atom
from nejat_crawler.website.responses import absolute_url, as_text, ask, html
from nejat_crawler.website.search.searcher import Searcher

_FEED = 50
_KINDS = {
    "new": ("New in the archive", "first_seen"),
    "changes": ("Changes", "changed_at"),
    "removals": ("Removals", "removed_at"),
}


async def activity(datasette: Any, request: Any) -> Any:
    """`/nejat/new`, `/nejat/changes`, `/nejat/removals`, each as a page and as `.atom`."""
    kind = request.url_vars["kind"]
    number = page_number(request)

    def find(connection: sqlite3.Connection, searcher: Searcher) -> Rows:
        limit, before = PAGE_ROWS + 1, (number - 1) * PAGE_ROWS
        if kind == "changes":
            return browse.latest_changes(connection, limit, before)
        if kind == "removals":
            return latest_removals(connection, searcher, limit, before)
        return browse.newest_articles(connection, limit, before)

    rows = await ask(datasette, find)
    require_page(request, number, rows)
    title, moment = _KINDS[kind]
    if request.url_vars.get("format") == "atom":
        return as_text(_feed(datasette, request, kind, title, moment, rows[:_FEED]), "application/atom+xml")
    context = {"heading": title, "kind": kind, "moment": moment, "rows": rows[:PAGE_ROWS], "page": number}
    return html(datasette, "activity.html", context | {"more": len(rows) > PAGE_ROWS})


def _feed(datasette: Any, request: Any, kind: str, title: str, moment: str, rows: Rows) -> str:
    fragment = "#history" if kind == "changes" else ""
    entries = [
        FeedEntry(
            row["id"] if kind == "new" else f"{row['id']}/{kind}/{row[moment] or row.get('last_seen')}",
            row["title"],
            absolute_url(datasette, request, f"/nejat/articles/{row['id']}") + fragment,
            row[moment] or row.get("last_seen") or "2003-01-01",
            row["language"],
            row.get("why") or (f"{row['versions']} versions so far." if kind == "changes" else ""),
            row["published"],
            row["category"],
        )
        for row in rows
    ]
    page = absolute_url(datasette, request, f"/nejat/{kind}")
    return atom(title, absolute_url(datasette, request, f"/nejat/{kind}.atom"), page, entries)
