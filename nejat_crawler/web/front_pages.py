"""The front page, and what the archive is for people and machines."""

from __future__ import annotations

from typing import Any

from nejat_crawler.web.answers import ask, html
from nejat_crawler.web.overview import read_overview

DESCRIPTION = (
    "Articles of nejatngo.org in English, Persian, Arabic and Albanian: dated, searchable, "
    "with what changed and what vanished."
)


async def front(datasette: Any, _request: Any) -> Any:
    """`/`."""
    view = await ask(datasette, read_overview)
    return html(datasette, "front.html", {"view": view, "description": DESCRIPTION})


async def about(datasette: Any, request: Any) -> Any:
    """`/nejat/about`: addresses for machines, feeds, fair use."""
    base = datasette.absolute_url(request, datasette.urls.instance()).rstrip("/")
    return html(datasette, "about.html", {"base": base})
