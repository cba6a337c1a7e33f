"""Lists of everything: by month, category, tag, newsletter, picture; what is new, changed and gone."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sized
from itertools import islice
from typing import Any

from datasette.utils import tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import NotFound, Response  # type: ignore[import-untyped]

from nejat_crawler.archive.reading import browse
from nejat_crawler.archive.reading.query_rows import Rows
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.rendering.month_chart import draw
from nejat_crawler.website.responses import ask, html
from nejat_crawler.website.search.article_index import CATEGORY, EDITION
from nejat_crawler.website.search.bitset import members
from nejat_crawler.website.search.period import read_period
from nejat_crawler.website.search.search_request import read_number
from nejat_crawler.website.search.searcher import Searcher

#: Rows of a page of a list.
PAGE_ROWS = 50
_MOST_NAMES = 2000
_LATEST_PAGE = 100_000


def page_number(request: Any) -> int:
    """The page of a list that is asked for, from 1."""
    return read_number(request.args.get("page"), 1, _LATEST_PAGE)


def require_page(request: Any, number: int, rows: Sized) -> None:
    """Raise NotFound for a page behind the last: "none so far" would not be true of the list."""
    if number > 1 and not rows:
        raise NotFound(f"This list has no page {request.args.get('page')[:20]}")


async def timeline(datasette: Any, _request: Any) -> Any:
    """`/nejat/timeline`: a picture of all months, and years by edition."""

    def count(connection: sqlite3.Connection, searcher: Searcher) -> dict[str, Any]:
        months = searcher.index(connection).months
        years: dict[str, Counter[str]] = {}
        for month_, editions in months.items():
            years.setdefault(month_[:4], Counter()).update(editions)
        chart = draw({name: editions.total() for name, editions in months.items()})
        return {"chart": chart, "years": sorted(years.items(), reverse=True), "codes": list(EDITIONS)}

    return html(datasette, "timeline.html", await ask(datasette, count))


async def month(datasette: Any, request: Any) -> Any:
    """`/nejat/timeline/2023-05` and `/nejat/timeline/2023`: what was published then, a day after another.

    A year or month of the Persian calendar leads to a search: its days lie in two of the other calendar.
    """
    period = request.url_vars["month"]
    if (read := read_period(period)) and read.first[:4] != period[:4]:
        return Response.redirect(datasette.urls.path(f"/nejat/search?from={period}&to={period}&sort=oldest"))
    number = page_number(request)
    edition = request.args.get("edition") or None
    if edition and edition not in EDITIONS:
        raise NotFound(f"edition={edition[:20]} is not known: {', '.join(EDITIONS)} are")

    def find(connection: sqlite3.Connection, searcher: Searcher) -> dict[str, Any]:
        index = searcher.index(connection)
        months = sorted(index.months)
        if not any(name.startswith(period) for name in months):
            raise NotFound(f"There is no article from {period} in the archive")
        total, found = browse.published_in(connection, period, edition, PAGE_ROWS, (number - 1) * PAGE_ROWS)
        by_day: dict[str, Rows] = {}
        for row in browse.read_summaries(connection, found):
            by_day.setdefault(row["published"], []).append(row)
        whole = period[:7]
        names = months if len(period) > 4 else sorted({name[:4] for name in months})
        here, after = bisect_left(names, whole), bisect_right(names, whole)
        return {
            "days": by_day,
            "total": total,
            "earlier": names[here - 1] if here else None,
            "later": names[after] if after < len(names) else None,
            "within": [name for name in months if name.startswith(period)] if len(period) == 4 else [],
        }

    context = await ask(datasette, find)
    require_page(request, number, context["days"])
    context |= {"period": period, "edition": edition, "page": number, "pages": -(-context["total"] // PAGE_ROWS)}
    return html(datasette, "month.html", context)


async def categories(datasette: Any, _request: Any) -> Any:
    """`/nejat/categories`: every category with its articles by edition."""

    def count(connection: sqlite3.Connection, searcher: Searcher) -> dict[str, Any]:
        index = searcher.index(connection)
        names = {name: Counter(index.counts(EDITION, bitset)) for name, bitset in index.sets[CATEGORY].items()}
        ordered = sorted(names.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return {"names": ordered[:_MOST_NAMES], "total": len(ordered), "codes": list(EDITIONS)}

    return html(datasette, "categories.html", await ask(datasette, count))


async def tags(datasette: Any, _request: Any) -> Any:
    """`/nejat/tags`: the commonest tags."""
    names = await ask(datasette, lambda connection, _: browse.common_tags(connection, _MOST_NAMES))
    return html(datasette, "tags.html", {"names": names, "most": _MOST_NAMES})


async def tag(datasette: Any, request: Any) -> Any:
    """`/nejat/tags/NAME`: the articles with a tag, newest first."""
    name = tilde_decode(request.url_vars["name"])
    number = page_number(request)

    def find(connection: sqlite3.Connection, searcher: Searcher) -> tuple[int, Rows]:
        index = searcher.index(connection)
        tagged = index.set_of(browse.tagged(connection, name))
        shown = islice(members(tagged), (number - 1) * PAGE_ROWS, number * PAGE_ROWS)
        return tagged.bit_count(), browse.read_summaries(connection, [index.docids[position] for position in shown])

    total, rows = await ask(datasette, find)
    if not total:
        raise NotFound("There is no article with this tag in the archive")
    require_page(request, number, rows)
    context = {
        "heading": name,
        "kind": "Tag",
        "rows": rows,
        "total": total,
        "page": number,
        "pages": -(-total // PAGE_ROWS),
    }
    return html(datasette, "list.html", context)


async def issues(datasette: Any, _request: Any) -> Any:
    """`/nejat/issues`: issues of the newsletter, and the posts that announce them."""

    def find(connection: sqlite3.Connection, _: Searcher) -> dict[str, Rows]:
        return {"issues": browse.read_issues(connection), "posts": browse.read_announcements(connection)}

    return html(datasette, "issues.html", await ask(datasette, find))


async def pictures(datasette: Any, request: Any) -> Any:
    """`/nejat/pictures`: what the pictures show, as the site says, with the articles that they stand in."""
    number = page_number(request)
    start = (number - 1) * PAGE_ROWS
    rows = await ask(datasette, lambda connection, _: browse.read_pictures(connection, PAGE_ROWS + 1, start))
    require_page(request, number, rows)
    return html(datasette, "pictures.html", {"rows": rows[:PAGE_ROWS], "page": number, "more": len(rows) > PAGE_ROWS})
