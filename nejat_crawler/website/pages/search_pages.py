"""The search page, and what it finds as JSON, CSV and Atom."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from nejat_crawler.archive.reading.browse import read_freshness
from nejat_crawler.archive.reading.full_text.search_terms import Query
from nejat_crawler.website.rendering.atom import FeedEntry, atom
from nejat_crawler.website.responses import NO_CACHE, Stream, TooLongError, absolute_url, as_json, as_text, ask, html
from nejat_crawler.website.search.answer import COLUMNS, Listed, as_rows, count_documents, describe, plain
from nejat_crawler.website.search.search_request import SORTS, STATUSES, SearchRequest
from nejat_crawler.website.search.searcher import Searcher, SearchResult

_A_CHUNK = 500
_A_FEED = 50
_NEAR = 4  # pages named on each side of the one shown
TOO_LONG = "This search takes too long to answer: use longer words, or fewer of them."


async def search(datasette: Any, request: Any) -> Any:
    """`/nejat/search`, with `.json`, `.csv` or `.atom`."""
    kind = request.url_vars.get("format") or "html"
    search_request = SearchRequest.read(request.args)
    if kind == "atom":  # the address that a feed gives as its own has a `sort`
        sort = search_request.sort if "sort" in request.args else "newest"
        size = search_request.size if "size" in request.args else _A_FEED
        search_request = replace(search_request, sort=sort, size=size)
    problems = [*search_request.problems, *search_request.unknown]
    if problems and kind != "html":
        return _refused(kind, search_request, problems)
    if kind == "csv":
        try:
            listed = await ask(datasette, lambda connection, searcher: searcher.list_all(connection, search_request))
        except TooLongError:  # no file: an empty one would say that nothing is found
            return as_text(f"{TOO_LONG}\n", status=503)
        return Stream("search.csv", COLUMNS, _all_rows(datasette, listed))
    try:
        found = await ask(datasette, lambda connection, searcher: searcher.find(connection, search_request))
    except TooLongError:
        found = SearchResult(search_request, Query(search_request.typed), problems=[TOO_LONG], no_cache=True)
    if found.no_cache:
        request.scope[NO_CACHE] = True
    if kind == "json":
        fresh = await ask(datasette, lambda connection, _: read_freshness(connection))
        answer = describe(found, lambda path: absolute_url(datasette, request, path))
        only_results = request.args.get("_shape") == "array"
        return as_json(answer["results"] if only_results else answer | {"freshness": fresh.as_json()})
    if kind == "atom":
        return as_text(_feed(datasette, request, found), "application/atom+xml")
    context = {
        "found": found,
        "search_request": found.request,
        "near": _near(found),
        "sorts": SORTS,
        "statuses": STATUSES,
        "number": count_documents(found.total, found.stories),
    }
    return html(datasette, "search.html", context)


def _refused(kind: str, search_request: SearchRequest, problems: list[str]) -> Any:
    """What is not understood, with status 400: a program would take an answer without it for the whole."""
    said = "; ".join(problems)
    if kind == "json":
        return as_json({"query": search_request.typed, "problem": said, "problems": problems}, status=400)
    if kind == "atom":
        return as_text(f"<problem>{escape(said)}</problem>\n", "application/xml", status=400)
    return as_text(f"{said}\n", status=400)


def _near(found: SearchResult) -> list[int]:
    """Numbers of the pages to lead to: the first, the last, and those around the one shown."""
    shown = found.request.page
    around = range(max(1, shown - _NEAR), min(found.pages, shown + _NEAR) + 1)
    return sorted({1, found.pages, *around})


async def _all_rows(datasette: Any, listed: Listed) -> AsyncIterator[list[dict[str, Any]]]:
    for start in range(0, len(listed), _A_CHUNK):

        def read(connection: sqlite3.Connection, _: Searcher, start: int = start) -> list[dict[str, Any]]:
            return as_rows(connection, listed[start : start + _A_CHUNK])

        yield await ask(datasette, read)


def _feed(datasette: Any, request: Any, found: SearchResult) -> str:
    query = found.request.address(sort="newest", page=1, size=20)
    here = absolute_url(datasette, request, f"/nejat/search.atom?{query}")
    page = absolute_url(datasette, request, f"/nejat/search?{query}")
    entries = [
        FeedEntry(
            hit.row["id"],
            hit.row["title"],
            absolute_url(datasette, request, hit.path),
            hit.row["changed_at"] or hit.row["published"] or hit.row["first_seen"],
            hit.row["language"],
            plain(hit.excerpt),
            hit.row["published"],
            hit.row["category"],
        )
        for hit in found.hits
    ]
    return atom(found.request.typed, here, page, entries)
