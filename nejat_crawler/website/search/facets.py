"""To narrow a search down, or to widen it: what each further filter would leave, what would be found without."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from typing import Any

from markupsafe import escape

from nejat_crawler.archive.reading.full_text.kinds import KINDS, USUAL
from nejat_crawler.archive.reading.full_text.matches import count_matches
from nejat_crawler.archive.reading.full_text.search_terms import Term
from nejat_crawler.archive.reading.word_search import WordSearch
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.search.article_index import CATEGORY, EDITION, STATUS, YEAR, ArticleIndex
from nejat_crawler.website.search.period import Period, read_period
from nejat_crawler.website.search.search_request import STATUSES, SearchRequest
from nejat_crawler.website.search.spelling.rewritten import taken_apart

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


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word or phrase of a search, and the number of documents of the whole archive that hold it."""

    typed: str
    count: int
    other_forms: list[str]
    """Words that were counted beside it."""


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


def count_categories(
    index: ArticleIndex, articles: int, filters: dict[str, int], request: SearchRequest
) -> dict[str, int]:
    """How many of some articles stand in each category, with those that were asked for; the largest first."""
    none = dict.fromkeys(request.categories, 0)
    counts: dict[str, int] = none | index.counts(CATEGORY, passed(articles, filters, but=CATEGORY))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def choices(
    index: ArticleIndex,
    articles: int,
    filters: dict[str, int],
    request: SearchRequest,
    kinds: dict[str, int | None],
    categories: dict[str, int],
) -> dict[str, list[Choice]]:
    """For each thing to narrow down by, its values with the counts that the other filters leave.

    Those of kinds and categories are given; of many categories the largest are choices.
    """

    def counted(by: str, chosen: tuple[str, ...] = ()) -> dict[Any, int]:
        none: dict[Any, int] = dict.fromkeys(chosen, 0)
        return none | index.counts(by, passed(articles, filters, but=by))

    editions = {code: number for code, number in counted(EDITION, request.editions).items() if code in EDITIONS}
    kept = dict(islice(categories.items(), _MOST_CATEGORIES))
    kept |= {name: categories[name] for name in request.categories}
    of_kinds = (
        replace(request, kinds=()) if request.everywhere else request
    )  # where all are asked for, none is chosen
    return {
        KIND: sorted(
            _toggles(kinds, of_kinds, "kinds", lambda name: KINDS[name].label),
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


def wider(request: SearchRequest) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Ways to look for the words less strictly: a name, a label, and what to change of the search."""
    if request.exact:
        yield "exact", "with other forms of the words", {"exact": False}
    if (typed := taken_apart(request.typed)) != request.typed:
        yield "apart", "without quotation marks or NEAR", {"typed": typed, "exact": False}
    if request.kinds and not set(USUAL) <= set(request.kinds):
        yield KIND, "wherever the words stand", {"kinds": ()}


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


def count_word(connection: sqlite3.Connection, search: WordSearch, written: WordSearch, term: Term) -> WordCount:
    """What a word finds by itself, with its forms in any language, which are told as `written`."""

    def same_as(term: Term, search: WordSearch) -> list[Term]:
        queries = (search.query, *search.by_edition.values())
        return [other for query in queries for other in query.terms if other.span == term.span]

    same = same_as(term, search)
    expression = " OR ".join(dict.fromkeys(other.expression for other in same))
    column = f"{term.column} : " if term.column else ""
    forms = list(dict.fromkeys(form for other in same_as(term, written) for form in other.others))
    return WordCount(term.typed, count_matches(connection, f"{column}({expression})"), forms)
