"""To narrow a search down: which of the found articles the filters keep, and what each further filter would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.search.article_index import CATEGORY, EDITION, STATUS, YEAR, Holdings
from nejat_crawler.website.search.search_request import STATUSES, Wanted

_MOST_CATEGORIES = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow a search down by."""

    value: str
    label: str
    count: int
    selected: bool
    address: str
    """The query string that adds it, or takes it away."""


def filters(holdings: Holdings, wanted: Wanted) -> dict[str, int]:
    """For each filter that is set, the set of articles that it lets through."""
    found = {}
    for by, chosen in ((EDITION, wanted.editions), (CATEGORY, wanted.categories), (STATUS, wanted.statuses)):
        if chosen:
            found[by] = _any_of(holdings, by, chosen)
    if wanted.since is not None or wanted.until is not None:
        first, last = wanted.since or 0, wanted.until or 9999
        years = [year for year in holdings.sets[YEAR] if isinstance(year, int) and first <= year <= last]
        found[YEAR] = _any_of(holdings, YEAR, years)
    return found


def _any_of(holdings: Holdings, by: str, values: Iterable[object]) -> int:
    return reduce(or_, (holdings.sets[by].get(value, 0) for value in values), 0)


def passed(articles: int, filters: dict[str, int], but: str = "") -> int:
    """Those of a set of articles that all filters let through, or all `but` one."""
    for by, bits in filters.items():
        if by != but:
            articles &= bits
    return articles


def choices(holdings: Holdings, articles: int, filters: dict[str, int], wanted: Wanted) -> dict[str, list[Choice]]:
    """For each thing to narrow down by, its values with the counts that the other filters leave."""

    def counted(by: str, chosen: tuple[str, ...] = ()) -> dict[Any, int]:
        none: dict[Any, int] = dict.fromkeys(chosen, 0)
        return none | holdings.counts(by, passed(articles, filters, but=by))

    editions = {code: number for code, number in counted(EDITION, wanted.editions).items() if code in EDITIONS}
    by_size = sorted(counted(CATEGORY, wanted.categories).items(), key=lambda pair: (-pair[1], pair[0]))
    kept = {name: number for at, (name, number) in enumerate(by_size) if at < _MOST_CATEGORIES}
    kept |= {name: number for name, number in by_size if name in wanted.categories}
    return {
        EDITION: _toggles(editions, wanted, "editions", lambda code: EDITIONS[code].name),
        CATEGORY: _toggles(kept, wanted, "categories", str),
        YEAR: [_year(year, number, wanted) for year, number in sorted(counted(YEAR).items(), reverse=True)],
        STATUS: _toggles(counted(STATUS, wanted.statuses), wanted, "statuses", lambda name: STATUSES.get(name, name)),
    }


def _year(year: int, number: int, wanted: Wanted) -> Choice:
    selected = wanted.since == year == wanted.until
    chosen = None if selected else year
    return Choice(str(year), str(year), number, selected, wanted.address(page=1, since=chosen, until=chosen))


def _toggles(counts: dict[str, int], wanted: Wanted, name: str, label: Callable[[str], str]) -> list[Choice]:
    chosen: tuple[str, ...] = getattr(wanted, name)

    def toggled(value: str) -> tuple[str, ...]:
        return tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)

    return [
        Choice(value, label(value), number, value in chosen, wanted.address(page=1, **{name: toggled(value)}))
        for value, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
