"""Ranked search over all editions: what is found, in which order, and counts to narrow it down by."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from nejat_crawler.archive.reading.browse import read_summaries
from nejat_crawler.archive.reading.search_query import Query, read_query
from nejat_crawler.website.search.article_index import Holdings, Shelf
from nejat_crawler.website.search.facets import Choice, choices, filters, passed
from nejat_crawler.website.search.highlight import Piece, excerpt, mark
from nejat_crawler.website.search.ranking import Ranking, rank
from nejat_crawler.website.search.search_request import Wanted
from nejat_crawler.website.search.spelling.suggestions import Spelling, Vocabulary, with_all


@dataclass(slots=True)
class Hit:
    """An article that was found; its title and an excerpt of its text in pieces, marked and not."""

    row: dict[str, Any]
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(slots=True)
class Found:
    """The answer to a search."""

    wanted: Wanted
    query: Query
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    weighed: bool = True
    """False where there were too many matches to weigh each: then the newest come after those in titles."""
    spellings: list[Spelling] = field(default_factory=list)
    meant: list[Spelling] = field(default_factory=list)
    passing: bool = False
    """Whether another answer is to be expected soon, though the archive does not change."""

    @property
    def widest(self) -> str:
        """The query with all other spellings; empty if there are fewer than two."""
        return with_all(self.query, self.spellings) if len(self.spellings) > 1 else ""

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.wanted.size))


class Searcher:
    """Answers searches of one archive; what was found last is kept for its further pages."""

    _KEPT = 1000  # rankings, of 60,000 articles 20 KB each at most

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shelf = Shelf()
        self.vocabulary = Vocabulary()
        self._rankings: dict[tuple[object, ...], Ranking] = {}

    def holdings(self, connection: sqlite3.Connection) -> Holdings:
        """What the archive holds."""
        return self.shelf.read(connection, self.path)

    def find(self, connection: sqlite3.Connection, wanted: Wanted) -> Found:
        """Answer a search; runs in one of the threads that query the archive.

        Raises sqlite3.OperationalError where the time that the caller has set runs out.
        """
        holdings = self.holdings(connection)
        query = read_query(wanted.typed)
        found = Found(wanted, query)
        if query.problem:
            return found
        ranking = self._ranking(connection, holdings, query)
        set_filters = filters(holdings, wanted)
        kept = passed(ranking.found, set_filters)
        found.weighed, found.total = ranking.weighed, kept.bit_count()
        found.choices = choices(holdings, ranking.found, set_filters, wanted)
        wanted = found.wanted = replace(wanted, page=min(wanted.page, found.pages))
        start = (wanted.page - 1) * wanted.size
        shown = [holdings.docids[at] for at in islice(ranking.places(kept, wanted.sort), start, start + wanted.size)]
        asked = (connection, holdings.version, len(holdings.docids), query)
        if query.expression and wanted.page == 1:
            found.spellings = self.vocabulary.spellings(*asked)
        if query.expression and not ranking.found:
            found.meant = self.vocabulary.meant(*asked)
        found.passing = bool(query.expression) and not self.vocabulary.is_of(holdings.version)
        found.hits = [_hit(row, query) for row in read_summaries(connection, shown, "body", "excerpt")]
        return found

    def list_all(self, connection: sqlite3.Connection, wanted: Wanted) -> list[int]:
        """The docids of all that a search finds, in its order."""
        holdings = self.holdings(connection)
        query = read_query(wanted.typed)
        if query.problem:
            return []
        ranking = self._ranking(connection, holdings, query)
        kept = passed(ranking.found, filters(holdings, wanted))
        return [holdings.docids[at] for at in ranking.places(kept, wanted.sort)]

    def _ranking(self, connection: sqlite3.Connection, holdings: Holdings, query: Query) -> Ranking:
        if not query.expression:
            return Ranking(holdings.everything)
        key = (holdings.version, query.expression)
        if kept := self._rankings.get(key):
            return kept
        found = self._rankings[key] = rank(connection, holdings, query.expression)
        while len(self._rankings) > self._KEPT:
            with contextlib.suppress(KeyError, RuntimeError):  # another thread was quicker
                del self._rankings[next(iter(self._rankings))]
        return found


def _hit(row: dict[str, Any], query: Query) -> Hit:
    text = row.pop("body")
    teaser = row.pop("excerpt")
    return Hit(
        row, mark(row["title"], query.terms), excerpt((text if text is not None else teaser) or "", query.terms)
    )
