"""What a search asks for, as its address says it: words, filters, order, page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import quote_plus

from nejat_crawler.archive.reading.search_query import MOST_TYPED
from nejat_crawler.editions import EDITIONS

SORTS = {"rank": "best first", "newest": "newest first", "oldest": "oldest first"}
STATUSES = {"live": "on the site", "gone": "taken down", "unseen": "only imported"}
SIZE = 20
LARGEST_SIZE = 100
_FIRST_GREGORIAN = 1600  # a smaller year is one of the Persian calendar


_quoted = lru_cache(maxsize=2048)(quote_plus)  # a page of results repeats the same few values in fifty links


class QueryParameters(Protocol):
    """Parameters of an address, as Datasette gives them."""

    def get(self, name: str, default: Any = None) -> Any:
        """The first value."""

    def getlist(self, name: str) -> list[str]:
        """All values."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
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
    exact: bool = False
    """Whether words are looked for as typed only, not by their other forms."""

    @classmethod
    def read(cls, parameters: QueryParameters) -> SearchRequest:
        """Read the parameters of an address."""
        typed = (parameters.get("q") or "")[:MOST_TYPED]
        sort = parameters.get("sort") or ""
        return cls(
            typed,
            tuple(code for code in dict.fromkeys(parameters.getlist("edition")) if code in EDITIONS),
            tuple(dict.fromkeys(name[:MOST_TYPED] for name in parameters.getlist("category") if name))[:20],
            tuple(name for name in dict.fromkeys(parameters.getlist("status")) if name in STATUSES),
            _year(parameters.get("from")),
            _year(parameters.get("to")),
            sort if sort in SORTS and (sort != "rank" or typed.strip()) else ("rank" if typed.strip() else "newest"),
            read_number(parameters.get("page"), 1, 10**6),
            read_number(parameters.get("size"), SIZE, LARGEST_SIZE),
            parameters.get("exact") == "1",
        )

    def address(self, **changes: Any) -> str:
        """The query string of this search with some fields changed: a permanent link."""
        changed = replace(self, **changes)
        default_sort = "rank" if changed.typed.strip() else "newest"
        pairs: list[tuple[str, object]] = [("q", changed.typed)] if changed.typed else []
        pairs += [("edition", code) for code in changed.editions]
        pairs += [("category", name) for name in changed.categories]
        pairs += [("status", name) for name in changed.statuses]
        pairs += [(name, year) for name, year in (("from", changed.since), ("to", changed.until)) if year is not None]
        pairs += [("sort", changed.sort)] if changed.sort != default_sort else []
        pairs += [("page", changed.page)] if changed.page > 1 else []
        pairs += [("exact", 1)] if changed.exact else []
        pairs += [("size", changed.size)] if changed.size != SIZE else []
        return "&".join(f"{name}={_quoted(str(value))}" for name, value in pairs)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.editions or self.categories or self.statuses or self.since or self.until)


def read_number(text: str | None, default: int, most: int) -> int:
    """A whole number from 1 to `most`; `default` for what is none."""
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
