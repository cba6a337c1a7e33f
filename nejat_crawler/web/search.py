"""Ranked search over all editions: what is asked for, what is found, and counts to narrow it down by."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from nejat_crawler.editions import EDITIONS
from nejat_crawler.web.highlight import Piece, excerpt, mark
from nejat_crawler.web.holdings import Holdings, Kind, Shelf
from nejat_crawler.web.query import MOST_TYPED, Query, read_query
from nejat_crawler.web.variants import Spelling, Vocabulary, with_all

SORTS = {"rank": "best first", "newest": "newest first", "oldest": "oldest first"}
STATUSES = {"live": "on the site", "gone": "taken down", "unseen": "only imported"}
SIZE = 20
LARGEST_SIZE = 100
_MOST_WEIGHED = 4000  # matches: to weigh 40,000 takes half a second, to list them 10 ms
_WEIGHTS = "10.0, 1.0, 0.5"  # a word in the title counts ten times one in the body
_MOST_CATEGORIES = 12
_FIRST_GREGORIAN = 1600  # a smaller year is one of the Persian calendar

COLUMNS = "id, edition, url, title, published, category, language, status, protected, changed_at"


class Arguments(Protocol):
    """Parameters of an address, as Datasette gives them."""

    def get(self, name: str, default: Any = None) -> Any:
        """The first value."""

    def getlist(self, name: str) -> list[str]:
        """All values."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; everything that makes no sense is left out of it."""

    typed: str = ""
    editions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    sort: str = "rank"
    page: int = 1
    size: int = SIZE

    @classmethod
    def read(cls, arguments: Arguments) -> Wanted:
        """Read the parameters of an address."""
        typed = (arguments.get("q") or "")[:MOST_TYPED]
        sort = arguments.get("sort") or ""
        return cls(
            typed,
            tuple(code for code in dict.fromkeys(arguments.getlist("edition")) if code in EDITIONS),
            tuple(name for name in dict.fromkeys(arguments.getlist("category")) if name)[:20],
            tuple(name for name in dict.fromkeys(arguments.getlist("status")) if name in STATUSES),
            _year(arguments.get("from")),
            _year(arguments.get("to")),
            sort if sort in SORTS and (sort != "rank" or typed.strip()) else ("rank" if typed.strip() else "newest"),
            _number(arguments.get("page"), 1, 10**6),
            _number(arguments.get("size"), SIZE, LARGEST_SIZE),
        )

    def address(self, **changes: Any) -> str:
        """The query string of this search with some fields changed: a permanent link."""
        wanted = replace(self, **changes)
        default_sort = "rank" if wanted.typed.strip() else "newest"
        pairs: list[tuple[str, object]] = [("q", wanted.typed)] if wanted.typed else []
        pairs += [("edition", code) for code in wanted.editions]
        pairs += [("category", name) for name in wanted.categories]
        pairs += [("status", name) for name in wanted.statuses]
        pairs += [(name, year) for name, year in (("from", wanted.since), ("to", wanted.until)) if year is not None]
        pairs += [("sort", wanted.sort)] if wanted.sort != default_sort else []
        pairs += [("page", wanted.page)] if wanted.page > 1 else []
        pairs += [("size", wanted.size)] if wanted.size != SIZE else []
        return urlencode(pairs)

    def misfits(self, kind: Kind) -> list[str]:
        """The filters that keep articles of a kind out, by name."""
        found = []
        if self.editions and kind.edition not in self.editions:
            found.append("edition")
        if self.statuses and kind.status not in self.statuses:
            found.append("status")
        if self.categories and not any(name in self.categories for name in kind.categories):
            found.append("category")
        if not self._spans(kind.year):
            found.append("year")
        return found

    def _spans(self, year: int | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return year is not None and (self.since or 0) <= year <= (self.until or 9999)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.editions or self.categories or self.statuses or self.since or self.until)


def _number(text: str | None, default: int, most: int) -> int:
    try:
        number = int(text or default)
    except ValueError:
        return default
    return min(max(number, 1), most)


def _year(text: str | None) -> int | None:
    try:
        year = int(text or "")
    except ValueError:
        return None
    if 1300 <= year < _FIRST_GREGORIAN:
        year += 621
    return year if _FIRST_GREGORIAN <= year <= 9999 else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow a search down by."""

    value: str
    label: str
    count: int
    selected: bool
    address: str
    """The query string that adds it, or takes it away."""


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
    docids: Sequence[int] = ()
    """All that was found, in order."""

    @property
    def widest(self) -> str:
        """The query with all other spellings; empty if there are fewer than two."""
        return with_all(self.query, self.spellings) if len(self.spellings) > 1 else ""

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.wanted.size))


class _Answer(NamedTuple):
    """What an expression finds in the whole archive."""

    docids: list[int]
    weighed: bool
    counted: Counter[Kind]


class Searcher:
    """Answers searches of one archive; what was found last is kept for its further pages."""

    _KEPT = 64

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shelf = Shelf()
        self.vocabulary = Vocabulary()
        self.pages: dict[tuple[str, str, str], Any] = {}
        """Pages as they were sent, as long as the archive has not changed."""
        self._answers: dict[tuple[object, ...], _Answer] = {}

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
        answer = self._answer(connection, holdings, query)
        ranked, found.weighed = answer.docids, answer.weighed
        found.choices = _choices(answer.counted, wanted)
        if wanted.narrowed:
            fits = [not wanted.misfits(kind) for kind in holdings.kinds]
            kinds = holdings.kind
            ranked = [docid for docid in ranked if fits[kinds[docid]]]
        if query.expression and wanted.sort != "rank":
            ranked = sorted(ranked, key=holdings.newest.__getitem__)
        if wanted.sort == "oldest":
            ranked = ranked[::-1]
        found.total, found.docids = len(ranked), ranked
        wanted = found.wanted = replace(wanted, page=min(wanted.page, found.pages))
        shown = ranked[(wanted.page - 1) * wanted.size : wanted.page * wanted.size]
        asked = (connection, holdings.version, len(holdings.by_date), query)
        if query.expression and wanted.page == 1:
            found.spellings = self.vocabulary.spellings(*asked)
        if query.expression and not answer.docids:
            found.meant = self.vocabulary.meant(*asked)
        found.hits = [_hit(row, query) for row in read_rows(connection, shown, f"{COLUMNS}, body, excerpt")]
        return found

    def _answer(self, connection: sqlite3.Connection, holdings: Holdings, query: Query) -> _Answer:
        key = (holdings.version, query.expression)
        if kept := self._answers.get(key):
            return kept
        ranked, weighed = holdings.by_date, True
        if query.expression:
            ranked, weighed = _rank(connection, holdings, query.expression)
        answer = self._answers[key] = _Answer(ranked, weighed, holdings.count(ranked))
        while len(self._answers) > self._KEPT:
            with contextlib.suppress(KeyError, RuntimeError):  # another thread was quicker
                del self._answers[next(iter(self._answers))]
        return answer


def _rank(connection: sqlite3.Connection, holdings: Holdings, expression: str) -> tuple[list[int], bool]:
    """All that `expression` finds, best first, and whether each was weighed."""
    held = holdings.ids
    # one value instead of 40,000 rows: 5 ms, not 25
    listed = "SELECT json_group_array(rowid) FROM articles_fts WHERE articles_fts MATCH ?"
    weigh = f"SELECT rowid, bm25(articles_fts, {_WEIGHTS}) FROM articles_fts WHERE articles_fts MATCH ?"  # noqa: S608
    newest = holdings.newest

    def list_all(expression: str) -> list[int]:
        hits: list[int] = json.loads(connection.execute(listed, [expression]).fetchone()[0])
        return [docid for docid in hits if docid < len(held) and held[docid]]

    def weigh_all(expression: str) -> list[int]:
        scores = {row[0]: row[1] for row in connection.execute(weigh, [expression])}
        scores = {docid: score for docid, score in scores.items() if docid < len(held) and held[docid]}
        return sorted(scores, key=lambda docid: (scores[docid], newest[docid]))

    hits = list_all(expression)
    if len(hits) <= _MOST_WEIGHED:
        return weigh_all(expression), True
    in_titles = f"{{title}} : ({expression})"
    best = weigh_all(in_titles) if len(list_all(in_titles)) <= _MOST_WEIGHED else []
    wanted = bytearray(len(held))
    for docid in hits:
        wanted[docid] = 1
    for docid in best:
        wanted[docid] = 0
    return [*best, *compress(holdings.by_date, map(wanted.__getitem__, holdings.by_date))], False


def read_rows(connection: sqlite3.Connection, docids: Sequence[int], columns: str = COLUMNS) -> list[dict[str, Any]]:
    """The rows of some articles, in the order asked for."""
    if not docids:
        return []
    places = ", ".join("?" * len(docids))
    cursor = connection.execute(f"SELECT docid, {columns} FROM articles WHERE docid IN ({places})", list(docids))  # noqa: S608
    names = [column[0] for column in cursor.description]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    return [rows[docid] for docid in docids if docid in rows]


def _hit(row: dict[str, Any], query: Query) -> Hit:
    text = row.pop("body")
    teaser = row.pop("excerpt")
    return Hit(
        row, mark(row["title"], query.terms), excerpt((text if text is not None else teaser) or "", query.terms)
    )


def _choices(counted: Counter[Kind], wanted: Wanted) -> dict[str, list[Choice]]:
    """For each thing to narrow down by, its values with the counts that the other filters leave."""
    editions: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    years: Counter[int] = Counter()
    statuses: Counter[str] = Counter()
    narrowed = wanted.narrowed
    for kind, number in counted.items():
        out = wanted.misfits(kind) if narrowed else []
        if len(out) > 1:
            continue
        counts_for = out[0] if out else "all"
        if counts_for in {"all", "edition"} and kind.edition in EDITIONS:
            editions[kind.edition] += number
        if counts_for in {"all", "status"}:
            statuses[kind.status] += number
        if counts_for in {"all", "year"} and kind.year:
            years[kind.year] += number
        if counts_for in {"all", "category"}:
            for name in kind.categories:
                categories[name] += number
    shown = dict(categories.most_common(_MOST_CATEGORIES)) | {name: categories[name] for name in wanted.categories}
    return {
        "edition": _toggles(editions, wanted, "editions", lambda code: EDITIONS[code].name),
        "category": _toggles(shown, wanted, "categories", str),
        "year": [
            Choice(
                str(year), str(year), number, wanted.since == year == wanted.until,
                wanted.address(page=1, **({"since": None, "until": None} if wanted.since == year == wanted.until
                                          else {"since": year, "until": year})),
            )
            for year, number in sorted(years.items(), reverse=True)
        ],
        "status": _toggles(statuses, wanted, "statuses", lambda name: STATUSES.get(name, name)),
    }  # fmt: skip


def _toggles(counts: dict[str, int], wanted: Wanted, name: str, label: Callable[[str], str]) -> list[Choice]:
    chosen: tuple[str, ...] = getattr(wanted, name)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Choice(
            value, label(value), number, value in chosen,
            wanted.address(
                page=1,
                **{name: tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)},
            ),
        )
        for value, number in ordered
    ]  # fmt: skip
