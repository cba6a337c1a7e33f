"""What the archive holds as a whole: how much, how complete, how fresh."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from nejat_crawler.archive.reading.browse import (
    Freshness,
    latest_changes,
    latest_coverage,
    read_freshness,
    read_removals,
    read_summaries,
)
from nejat_crawler.archive.reading.query_rows import Rows, read_object
from nejat_crawler.website.rendering.month_chart import Chart, draw
from nejat_crawler.website.search.article_index import CATEGORY, EDITION, STATUS
from nejat_crawler.website.search.bitset import members
from nejat_crawler.website.search.searcher import Searcher

_NEWEST = 8
_LATEST = 5
_CATEGORIES = 24
_RUNS = 20  # the latest, in which an edition's coverage is looked for


@dataclass(slots=True)
class EditionSummary:
    """An edition: what is archived of what is known to exist. `known` is None where nobody has counted."""

    code: str
    articles: int
    first: str | None
    last: str | None
    known: int | None = None
    missing: int | None = None
    gone: int = 0
    sources: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Overview:
    """What the front page shows."""

    total: int
    undated: int
    editions: list[EditionSummary]
    categories: list[tuple[str, int]]
    chart: Chart
    newest: Rows
    changed: Rows
    gone: Rows
    fresh: Freshness


def read_overview(connection: sqlite3.Connection, searcher: Searcher) -> Overview:
    """Gather the front page."""
    index = searcher.index(connection)
    months: Counter[str] = Counter()
    spans: dict[str, tuple[str, str]] = {}
    for month, editions in index.months.items():
        months[month] = editions.total()
        for code in editions:
            first, last = spans.get(code, (month, month))
            spans[code] = (min(first, month), max(last, month))
    gone = index.counts(EDITION, index.sets[STATUS].get("gone", 0))
    found = []
    for code, number in Counter(index.counts(EDITION, index.everything)).most_common():
        span = spans.get(code)
        found.append(EditionSummary(code, number, span and span[0], span and span[1], gone=gone.get(code, 0)))
    _add_coverage(connection, found)
    return Overview(
        index.everything.bit_count(),
        index.undated,
        found,
        Counter(index.counts(CATEGORY, index.everything)).most_common(_CATEGORIES),
        draw(months),
        read_summaries(connection, [index.docids[at] for at in islice(members(index.everything), _NEWEST)]),
        latest_changes(connection, _LATEST),
        latest_removals(connection, searcher, _LATEST),
        read_freshness(connection),
    )


def _add_coverage(connection: sqlite3.Connection, found: list[EditionSummary]) -> None:
    """Fill in what the latest run that counted an edition says about it."""
    missing = {row.code: row for row in found}
    for coverage in latest_coverage(connection, _RUNS):
        for code, said in read_object(coverage).items():
            if code in missing and isinstance(said, dict):
                _fill_in(missing.pop(code), said)


def _fill_in(row: EditionSummary, said: dict[str, Any]) -> None:
    """Take over what a run has counted; what is no number or no list is not known: a file may come from anywhere."""
    known, missing, sources = said.get("known"), said.get("missing") or [], said.get("sources")
    row.known = known if type(known) is int else None
    row.missing = len(missing) if isinstance(missing, list) else None
    states = sources if isinstance(sources, dict) else {}
    row.sources = [f"{name}: {state.get('state', '')}" for name, state in states.items() if isinstance(state, dict)]


def latest_removals(connection: sqlite3.Connection, searcher: Searcher, limit: int, before: int = 0) -> Rows:
    """Articles that the site has taken down, the latest first; `removed_at` and `why` where they are known."""
    index = searcher.index(connection)
    docids = [index.docids[position] for position in members(index.sets[STATUS].get("gone", 0))]
    known = read_removals(connection)
    nothing = {"removed_at": None, "why": None}
    removed = {docid: known.get(index.ids[docid], nothing) for docid in docids}
    docids.sort(key=lambda docid: removed[docid]["removed_at"] or "", reverse=True)
    rows = read_summaries(connection, docids[before : before + limit], "last_seen")
    return [row | {name: removed[row["docid"]][name] for name in nothing} for row in rows]
