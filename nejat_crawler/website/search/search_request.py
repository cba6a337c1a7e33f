"""What a search asks for, as its address says it: words, filters, order, page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import quote_plus

from nejat_crawler.archive.reading.full_text.kinds import KINDS, USUAL
from nejat_crawler.archive.reading.full_text.search_query import MOST_TYPED
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.search.period import Period, describe_days, read_period

SORTS = {"rank": "best first", "newest": "newest first", "oldest": "oldest first"}
STATUSES = {"live": "on the site", "gone": "taken down", "unseen": "only imported"}
SIZE = 20
LARGEST_SIZE = 100
PARAMETERS = ("q", "kind", "edition", "category", "status", "from", "to", "sort", "page", "size", "exact")
_OF_MACHINES = ("_shape",)
# Scripts add "?x=17" or jQuery's "_=1732" to get past caches, mails and networks "utm_source=..." and "fbclid=..." to
# their links: nobody asks for anything with these.
_IGNORED = re.compile(r"_|x|cb|ts|rnd|nocache|utm_\w{1,20}|fbclid|gclid|msclkid")
_MOST_CATEGORIES = 20
_MOST_PAGES = 10**6
_MOST_SAID = 5
_NUMBER = re.compile("[0-9]{1,9}")
_LONGEST_NAMED = 40  # characters of something not understood that are repeated


_quoted = lru_cache(maxsize=2048)(quote_plus)  # a page of results repeats the same few values in a hundred links


def _pairs(name: str, values: Iterable[str]) -> str:
    return "&".join([f"{name}={_quoted(value)}" for value in values])


class QueryParameters(Protocol):
    """Parameters of an address, as Datasette gives them."""

    def get(self, name: str, default: Any = None) -> Any:
        """The first value."""

    def getlist(self, name: str) -> list[str]:
        """All values."""

    def __iter__(self) -> Iterator[str]:
        """The names."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked for, and what of it is not understood."""

    typed: str = ""
    editions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None
    sort: str = "rank"
    page: int = 1
    size: int = SIZE
    exact: bool = False
    """Whether words are looked for as typed only, not by their other forms."""
    kinds: tuple[str, ...] = ()
    """Of KINDS, where to look; none for where a search looks that does not say where."""
    typed_days: tuple[str, str] = ("", "")
    """What was typed as the first and the last day, understood or not."""
    problems: tuple[str, ...] = ()
    """A sentence for each value that is not understood: nothing is searched for then."""
    unknown: tuple[str, ...] = ()
    """A sentence for each parameter that is none of a search: readers get an answer without it, machines none."""

    @classmethod
    def read(cls, parameters: QueryParameters) -> SearchRequest:
        """Read the parameters of an address."""
        reader = _ParameterReader(parameters)
        typed = reader.single("q")[:MOST_TYPED]
        default_sort = "rank" if typed.strip() else "newest"
        sort = reader.one_of("sort", SORTS) or default_sort
        since, until = reader.period("from"), reader.period("to")
        if since and until and since.first > until.last:
            reader.problems.append(f"from={since.typed} is later than to={until.typed}")
            since = until = None
        read = cls(
            typed,
            reader.several("edition", EDITIONS),
            reader.categories(),
            reader.several("status", STATUSES),
            since,
            until,
            sort if typed.strip() or sort != "rank" else default_sort,
            reader.number("page", 1, _MOST_PAGES),
            reader.number("size", SIZE, LARGEST_SIZE),
            reader.one_of("exact", ("1", "0")) == "1",
            reader.kinds(),
            (reader.typed.get("from", ""), reader.typed.get("to", "")),
            unknown=reader.unknown(),
        )
        return replace(read, problems=tuple(reader.problems))

    def address(self, **changes: Any) -> str:
        """The query string of this search with some fields changed: a permanent link."""
        changed = changes.get  # no other request: a page of results has a hundred links
        typed, sort = changed("typed", self.typed), changed("sort", self.sort)
        since, until = changed("since", self.since), changed("until", self.until)
        page, size = changed("page", self.page), changed("size", self.size)
        parts = (
            _pairs("q", (typed,)) if typed else "",
            _pairs("kind", changed("kinds", self.kinds)),
            _pairs("edition", changed("editions", self.editions)),
            _pairs("category", changed("categories", self.categories)),
            _pairs("status", changed("statuses", self.statuses)),
            _pairs("from", (since.typed,)) if since else "",
            _pairs("to", (until.typed,)) if until else "",
            _pairs("sort", (sort,)) if sort != ("rank" if typed.strip() else "newest") else "",
            f"page={page}" if page > 1 else "",
            "exact=1" if changed("exact", self.exact) else "",
            f"size={size}" if size != SIZE else "",
        )
        return "&".join(filter(None, parts))

    @property
    def places(self) -> tuple[str, ...]:
        """Of KINDS, where is looked."""
        return self.kinds or USUAL

    @property
    def everywhere(self) -> bool:
        """Whether all kinds are asked for."""
        return set(self.kinds) == set(KINDS)

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day that are asked for, if any are."""
        if self.since is None and self.until is None:
            return None
        return self.since.first if self.since else "", self.until.last if self.until else "~"

    @property
    def published(self) -> str:
        """The days that are asked for, on both calendars; empty where none are."""
        return describe_days(self.since, self.until)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.kinds or self.editions or self.categories or self.statuses or self.since or self.until)


def read_number(text: str | None, default: int, most: int) -> int:
    """A whole number from 1 to `most`; `default` for what is none."""
    try:
        number = int(text or default)
    except ValueError:
        return default
    return min(max(number, 1), most)


class _ParameterReader:
    """Reads parameters one by one; what makes no sense is left out, and said in `problems`."""

    def __init__(self, parameters: QueryParameters) -> None:
        self._parameters = parameters
        self.problems: list[str] = []
        self.typed: dict[str, str] = {}

    def _refuse(self, name: str, value: str, why: str) -> None:
        self.problems.append(f"{name}={_shown(value)} {why}")

    def single(self, name: str) -> str:
        """The value of a parameter that may have only one; empty if it has none."""
        values = list(dict.fromkeys(value for value in self._parameters.getlist(name) if value.strip()))
        if len(values) > 1:
            self._refuse(name, values[1], f"is a second value: {name} takes one")
        return values[0] if values else ""

    def one_of(self, name: str, known: Iterable[str]) -> str:
        value = self.single(name).strip().lower()
        if value and value not in known:
            self._refuse(name, value, f"is not known: {', '.join(known)} are")
            return ""
        return value

    def several(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Values that stand apart, or with commas; `all` is as good as none."""
        parts = [part for value in self._parameters.getlist(name) for part in value.split(",")]
        values = dict.fromkeys(part.strip().lower() for part in parts if part.strip())
        for value in values:
            if value not in known and value != "all":
                self._refuse(name, value, f"is not known: {', '.join(known)} are")
        return () if "all" in values else tuple(value for value in values if value in known)

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked for; `all` is more than none is."""
        everywhere = any("all" in value.lower().split(",") for value in self._parameters.getlist("kind"))
        return tuple(KINDS) if everywhere else self.several("kind", KINDS)

    def categories(self) -> tuple[str, ...]:
        names = dict.fromkeys(name for name in self._parameters.getlist("category") if name.strip())
        if len(names) > _MOST_CATEGORIES:
            self.problems.append(f"category is given {len(names)} times: {_MOST_CATEGORIES} are read")
        for name in names:
            if len(name) > MOST_TYPED:
                self._refuse("category", name, "is too long for a category")
        return tuple(name for name in names if len(name) <= MOST_TYPED)[:_MOST_CATEGORIES]

    def period(self, name: str) -> Period | None:
        value = self.typed[name] = self.single(name)
        found = read_period(value) if value else None
        if value and not found:
            self._refuse(name, value, "is no day, month or year such as 2015-05-03, 2015-05, 2015 or 1402")
        return found

    def number(self, name: str, default: int, most: int) -> int:
        value = self.single(name).strip()
        if not value:
            return default
        digits = fold_for_search(value)
        if not _NUMBER.fullmatch(digits) or not 1 <= int(digits) <= most:
            self._refuse(name, value, f"is no number from 1 to {most}")
            return default
        return int(digits)

    def unknown(self) -> tuple[str, ...]:
        shape = self._parameters.get("_shape")
        if shape not in (None, "", "array"):
            self._refuse("_shape", shape, "is not known: array is")
        known = (*PARAMETERS, *_OF_MACHINES)
        return tuple(
            f"{_shown(name)} is no parameter of a search: {', '.join(PARAMETERS)} are"
            for name in dict.fromkeys(self._parameters)
            if name not in known and not _IGNORED.fullmatch(name)
        )[:_MOST_SAID]


def _shown(value: str) -> str:
    shown = "".join(character if character.isprintable() else "\ufffd" for character in value)
    return shown if len(shown) <= _LONGEST_NAMED else f"{shown[:_LONGEST_NAMED]}…"
