"""Which documents hold what was looked for, and in which order they are shown."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import or_

from nejat_crawler.archive.reading.full_text.kinds import EARLIER, KINDS, OF_ARTICLES, STORY
from nejat_crawler.archive.reading.full_text.matches import count_matches, list_edited, list_matches, weigh_matches
from nejat_crawler.archive.reading.full_text.search_terms import Clauses
from nejat_crawler.archive.reading.word_search import WordSearch
from nejat_crawler.website.search.article_index import EDITION, ArticleIndex
from nejat_crawler.website.search.bitset import chosen, gather, members
from nejat_crawler.website.search.word_sets.common_words import CommonWords, find_with

_MOST_WEIGHED = 3000  # matches: to weigh 40,000 takes 100 ms, to list them 10 ms
_OFTEN = frozenset({"title", "text"})
_MOST_TITLES = 1000  # where there are more, the words say little and their weights less


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search finds in the whole archive: a set of articles, and which of them come first."""

    found: int
    as_typed: int = 0
    """Those of them that hold the words as typed: they come before those that hold other forms."""
    best: Sequence[int] = ()
    """Places of those that were weighed, best first; the others follow by date."""
    weighed: bool = True
    """False where there were too many matches to weigh each."""
    to_weigh: tuple[str, ...] = ()
    """Expressions of other forms by which those that are not `as_typed` are not weighed yet."""

    def positions(self, within: int, sort: str) -> Iterator[int]:
        """The positions of those in the set `within`, as `sort` (one of SORTS) says."""
        kept = self.found & within
        if sort != "rank":
            return members(kept, backwards=sort == "oldest")
        return chain(chosen(self.best, kept), self._behind(kept))

    def _behind(self, kept: int) -> Iterator[int]:
        """Those of a set that follow the best: found out only where so many are shown."""
        size = kept.bit_length()
        kept &= ~gather((position for position in self.best if position < size), size)
        yield from members(kept & self.as_typed)
        yield from members(kept & ~self.as_typed)


def with_named(ranking: Ranking, named: Sequence[int]) -> Ranking:
    """A ranking with some articles, by their positions, before all others."""
    bits = gather(named, max(named, default=0) + 1)
    best = [*named, *(position for position in ranking.best if position not in named)]
    return replace(ranking, found=ranking.found | bits, as_typed=ranking.as_typed | bits, best=best)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look: in some documents, in all columns of their index or in those of `columns`."""

    documents: int
    columns: str = ""
    earlier: bool = False
    """Whether earlier versions of the documents are looked into."""

    def expression(self, expression: str) -> str:
        """An expression that matches here."""
        return f"{self.columns} : ({expression})" if self.columns else expression


def _places(index: ArticleIndex, kinds: Sequence[str]) -> list[_Place]:
    columns = " ".join(column for name in kinds for column in KINDS[name].columns)
    stories = index.stories if STORY in kinds else 0
    if set(OF_ARTICLES) <= set(kinds):
        found = [_Place(index.everything | stories)]
    else:
        found = [_Place(index.everything, f"{{{columns}}}")] if columns else []
        found += [_Place(stories)] if stories else []
    return [*found, _Place(index.everything, earlier=True)] if EARLIER in kinds else found


def everything_of(connection: sqlite3.Connection, index: ArticleIndex, kinds: Sequence[str]) -> int:
    """The set of documents that have places of some kinds: where no words are looked for."""
    found = index.stories if STORY in kinds else 0
    if set(OF_ARTICLES) & set(kinds):
        return found | index.everything
    return found | index.set_of(list_edited(connection)) if EARLIER in kinds else found


def find_all(connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch, kinds: Sequence[str]) -> int:
    """The set of all that a search finds in the whole archive, looking into KINDS."""
    as_typed, further = _find(connection, index, search, _places(index, kinds), {})
    return reduce(or_, further.values(), as_typed)


def find_kinds(
    connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch, kinds: Sequence[str]
) -> dict[str, int]:
    """For each of KINDS the set of what a search finds that looks into it alone."""
    found = {}
    seldom = [kind for kind in kinds if kind not in _OFTEN]
    # what stands in none of some columns stands in no single one; but `a NOT b` may find a in one, and b in another
    if all(" NOT " not in expression for expression in search.expressions) and not find_all(
        connection, index, search, [kind for kind in seldom if KINDS[kind].columns]
    ):
        found = {kind: 0 for kind in seldom if KINDS[kind].columns}
    return {kind: found[kind] if kind in found else find_all(connection, index, search, (kind,)) for kind in kinds}


def _find(
    connection: sqlite3.Connection,
    index: ArticleIndex,
    search: WordSearch,
    places: Sequence[_Place],
    common: CommonWords,
) -> tuple[int, dict[str, int]]:
    """The set of documents that hold the words as typed, and those that each expression of other forms adds."""

    def matches(expression: str, clauses: Clauses) -> int:
        everywhere = not any(place.columns or place.earlier for place in places)
        known = find_with(connection, index, common, clauses) if everywhere else None
        if known is not None:
            return known & reduce(or_, (place.documents for place in places), 0)
        listed = (
            index.set_of(list_matches(connection, place.expression(expression), earlier=place.earlier))
            & place.documents
            for place in places
        )
        return reduce(or_, listed, 0)

    typed = search.query.expression
    as_typed = matches(typed, search.query.clauses)
    editions: dict[str, tuple[int, Clauses]] = {}  # of two languages the expressions may be the same
    for edition, query in search.by_edition.items():
        of_edition = index.sets[EDITION].get(edition, 0) | editions.get(query.expression, (0, ()))[0]
        editions[query.expression] = of_edition, query.clauses
    # NOT: a common word would be listed once more for each language that has forms of it
    return as_typed, {
        widened: matches(f"({widened}) NOT ({typed})", clauses) & of_editions & ~as_typed
        for widened, (of_editions, clauses) in editions.items()
    }


def rank(
    connection: sqlite3.Connection,
    index: ArticleIndex,
    search: WordSearch,
    kinds: Sequence[str],
    common: CommonWords,
) -> Ranking:
    """Find what a search matches, looking into KINDS; other forms are left `to_weigh`: few readers come to these.

    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    typed, places = search.query.expression, _places(index, kinds)
    as_typed, further = _find(connection, index, search, places, common)
    others = reduce(or_, further.values(), 0)
    if (as_typed | others).bit_count() <= _MOST_WEIGHED:
        to_weigh = tuple(expression for expression, found in further.items() if found)
        return Ranking(as_typed | others, as_typed, _weigh(connection, index, places, [typed]), to_weigh=to_weigh)
    in_titles = f"{{title}} : ({typed})"
    few = count_matches(connection, in_titles) <= _MOST_TITLES
    best = _weigh(connection, index, places, [in_titles]) if few else ()
    return Ranking(as_typed | others, as_typed, best, weighed=False)


def weigh_others(
    connection: sqlite3.Connection, index: ArticleIndex, ranking: Ranking, kinds: Sequence[str]
) -> Ranking:
    """A ranking with the other forms weighed, too; raises as `rank` does."""
    others = ranking.found & ~ranking.as_typed
    best = _weigh(connection, index, _places(index, kinds), ranking.to_weigh, others)
    return replace(ranking, best=[*ranking.best, *best], to_weigh=())


def _weigh(
    connection: sqlite3.Connection,
    index: ArticleIndex,
    places: Sequence[_Place],
    expressions: Sequence[str],
    among: int | None = None,
) -> Sequence[int]:
    """The positions of what matches, or of what of the set `among` does, the best first."""
    docids = None if among is None else [index.docids[position] for position in members(among)]
    weighed = [
        pair
        for expression in expressions
        for place in places
        for pair in weigh_matches(connection, place.expression(expression), earlier=place.earlier, among=docids)
    ]
    positions = index.positions_of([docid for docid, _ in weighed])
    ordered = sorted(zip([score for _, score in weighed], positions, strict=True))
    best = dict.fromkeys(position for _, position in ordered if position >= 0)
    return array("I", best)  # 4 bytes each: rankings are kept
