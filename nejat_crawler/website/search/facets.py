"""To narrow a search down: which of the found articles the filters keep, and what each further filter would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from markupsafe import escape

from nejat_crawler.archive.reading.full_text.kinds import KINDS
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.search.article_index import CATEGORY, EDITION, STATUS, YEAR, ArticleIndex
from nejat_crawler.website.search.period import Period, read_period
from nejat_crawler.website.search.search_request import STATUSES, SearchRequest

KIND = "kind"
_MOST_CATEGORIES = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow a search down by."""

    value: str
    label: str
    count: int | None
    """None where it was not counted."""
    selected: bool
    address: str
    """The query string that adds it, or takes it away."""


def choice_items(choices: Iterable[Choice], path: str) -> str:
    """Markup: a line of a list for each choice, with a link to the search with it; `path` is that of searches."""
    start = escape(path)
    lines = []
    for choice in choices:
        selected, current = (' class="selected"', ' aria-current="true"') if choice.selected else ("", "")
        count = "" if choice.count is None else f' <span class="quiet">{choice.count:,}</span>'
        link = f'<a href="{start}?{escape(choice.address)}"{current}><bdi>{escape(choice.label)}</bdi></a>'
        lines.append(f"<li{selected}>{link}{count}</li>\n")
    return "".join(lines)


def filters(index: ArticleIndex, request: SearchRequest) -> dict[str, int]:
    """For each filter that is set, the set of articles that it lets through."""
    found = {}
    for by, chosen in ((EDITION, request.editions), (CATEGORY, request.categories), (STATUS, request.statuses)):
        if chosen:
            found[by] = _any_of(index, by, chosen)
    if days := request.days:
        found[YEAR] = index.within(*days)
    return found


def _any_of(index: ArticleIndex, by: str, values: Iterable[object]) -> int:
    return reduce(or_, (index.sets[by].get(value, 0) for value in values), 0)


def passed(articles: int, filters: dict[str, int], but: str = "") -> int:
    """Those of a set of articles that all filters let through, or all `but` one."""
    for by, bitset in filters.items():
        if by != but:
            articles &= bitset
    return articles


def choices(
    index: ArticleIndex,
    articles: int,
    filters: dict[str, int],
    request: SearchRequest,
    kinds: dict[str, int | None],
) -> dict[str, list[Choice]]:
    """For each thing to narrow down by, its values with the counts that the other filters leave; for kinds theirs."""

    def counted(by: str, chosen: tuple[str, ...] = ()) -> dict[Any, int]:
        none: dict[Any, int] = dict.fromkeys(chosen, 0)
        return none | index.counts(by, passed(articles, filters, but=by))

    editions = {code: number for code, number in counted(EDITION, request.editions).items() if code in EDITIONS}
    by_size = sorted(counted(CATEGORY, request.categories).items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
    kept = {name: number for at, (name, number) in enumerate(by_size) if at < _MOST_CATEGORIES}
    kept |= {name: number for name, number in by_size if name in request.categories}
    return {
        KIND: sorted(
            _toggles(kinds, request, "kinds", lambda name: KINDS[name].label),
            key=lambda choice: [*KINDS].index(choice.value),
        ),
        EDITION: _toggles(editions, request, "editions", lambda code: EDITIONS[code].name),
        CATEGORY: _toggles(kept, request, "categories", str),
        YEAR: [_year(year, number, request) for year, number in sorted(counted(YEAR).items(), reverse=True)],
        STATUS: _toggles(
            counted(STATUS, request.statuses), request, "statuses", lambda name: STATUSES.get(name, name)
        ),
    }


_LOOSER: dict[str, tuple[str, dict[str, Any]]] = {
    EDITION: ("in all editions", {"editions": ()}),
    CATEGORY: ("in all categories", {"categories": ()}),
    STATUS: ("whatever became of them", {"statuses": ()}),
    YEAR: ("of all dates", {"since": None, "until": None}),
}


def looser(articles: int, filters: dict[str, int], request: SearchRequest, kinds: Mapping[str, int]) -> list[Choice]:
    """The search without each filter that is set, without all of them, and in the `kinds` that were counted.

    Only where that finds something.
    """
    without = [
        Choice(by, label, passed(articles, filters, but=by).bit_count(), False, request.address(page=1, **changes))
        for by, (label, changes) in _LOOSER.items()
        if by in filters
    ]
    if len(filters) > 1:
        changes = {name: value for by in filters for name, value in _LOOSER[by][1].items()}
        label = "without any filter"
        without.append(Choice("all", label, articles.bit_count(), False, request.address(page=1, **changes)))
    for name, count in kinds.items():
        label = f"in {KINDS[name].label}"
        without.append(Choice(name, label, count, False, request.address(page=1, kinds=(name,))))
    return [choice for choice in without if choice.count]


@lru_cache(maxsize=256)
def _period_of(year: int) -> Period | None:
    return read_period(str(year))


def _year(year: int, number: int, request: SearchRequest) -> Choice:
    whole = _period_of(year)
    selected = whole is not None and request.days == (whole.first, whole.last)
    chosen = None if selected else whole
    return Choice(str(year), str(year), number, selected, request.address(page=1, since=chosen, until=chosen))


def _toggles(
    counts: Mapping[str, int | None], request: SearchRequest, name: str, label: Callable[[str], str]
) -> list[Choice]:
    chosen: tuple[str, ...] = getattr(request, name)

    def toggled(value: str) -> tuple[str, ...]:
        return tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)

    return [
        Choice(value, label(value), number, value in chosen, request.address(page=1, **{name: toggled(value)}))
        for value, number in sorted(counts.items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
    ]
