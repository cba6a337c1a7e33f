"""The front page, and what the archive is for people and machines."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.browse import read_freshness
from nejat_crawler.website.pages.overview import read_overview
from nejat_crawler.website.responses import ask, corpus_version_of, html

DESCRIPTION = (
    "Articles of nejatngo.org in English, Persian, Arabic and Albanian: dated, searchable, "
    "with what changed and what vanished."
)


async def front(datasette: Any, request: Any) -> Any:
    """`/`."""
    view = await ask(datasette, read_overview)
    version = await corpus_version_of(datasette, request, wait=False)
    return html(datasette, "front.html", {"view": view, "description": DESCRIPTION, "version": version})


async def about(datasette: Any, request: Any) -> Any:
    """`/nejat/about`: addresses for machines, feeds, fair use."""
    base = datasette.absolute_url(request, datasette.urls.instance()).rstrip("/")
    fresh = await ask(datasette, lambda connection, _: read_freshness(connection))
    version = await corpus_version_of(datasette, request)
    return html(datasette, "about.html", {"base": base, "version": version, "fresh": fresh})


async def not_found(_datasette: Any, request: Any) -> Any:
    """What Datasette has pages for and this site has not; raises NotFound."""
    raise NotFound(f"There is no page {request.path}")
