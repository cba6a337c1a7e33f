"""In which order articles are shown that hold what was looked for."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import or_

from nejat_crawler.archive.reading.full_text.matches import count_matches, list_matches, weigh_matches
from nejat_crawler.archive.reading.word_search import WordSearch
from nejat_crawler.website.search.article_index import EDITION, ArticleIndex
from nejat_crawler.website.search.bitset import gather, members

_MOST_WEIGHED = 3000  # matches: to weigh 40,000 takes 100 ms, to list them 10 ms
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

    def positions(self, within: int, sort: str) -> Iterator[int]:
        """The positions of those in the set `within`, as `sort` (one of SORTS) says."""
        kept = self.found & within
        if sort != "rank":
            return members(kept, backwards=sort == "oldest")
        flags = kept.to_bytes(kept.bit_length() // 8 + 1, "little")
        last = 8 * len(flags)
        best = [position for position in self.best if position < last and flags[position >> 3] >> (position & 7) & 1]
        kept &= ~gather(best, last)
        return chain(best, members(kept & self.as_typed), members(kept & ~self.as_typed))


def with_named(ranking: Ranking, named: Sequence[int]) -> Ranking:
    """A ranking with some articles, by their positions, before all others."""
    bits = gather(named, max(named, default=0) + 1)
    best = [*named, *(position for position in ranking.best if position not in named)]
    return replace(ranking, found=ranking.found | bits, as_typed=ranking.as_typed | bits, best=best)


def find_all(connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch) -> int:
    """The set of all that a search finds in the whole archive."""
    as_typed, further = _find(connection, index, search)
    return reduce(or_, further.values(), as_typed)


def _find(connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch) -> tuple[int, dict[str, int]]:
    """The set of articles that hold the words as typed, and those that each expression of other forms adds."""
    as_typed = index.set_of(list_matches(connection, search.query.expression))
    further: dict[str, int] = {}
    for edition, query in search.by_edition.items():
        # of two languages the expressions may be the same
        found = index.set_of(list_matches(connection, query.expression)) & index.sets[EDITION].get(edition, 0)
        further[query.expression] = further.get(query.expression, 0) | (found & ~as_typed)
    return as_typed, further


def rank(connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch) -> Ranking:
    """Find what a search matches.

    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    positions, typed = index.positions, search.query.expression

    def weigh(*expressions: str) -> Sequence[int]:
        scores = [pair for expression in expressions for pair in weigh_matches(connection, expression)]
        known = [
            (score, positions[docid]) for docid, score in scores if docid < len(positions) and positions[docid] >= 0
        ]
        return array("I", (position for _, position in sorted(known)))  # 4 bytes each: rankings are kept

    as_typed, further = _find(connection, index, search)
    others = reduce(or_, further.values(), 0)
    if (as_typed | others).bit_count() <= _MOST_WEIGHED:
        best = weigh(typed)
        if others:
            weighed = weigh(*(expression for expression, found in further.items() if found))
            best = [*best, *(position for position in dict.fromkeys(weighed) if others >> position & 1)]
        return Ranking(as_typed | others, as_typed, best)
    in_titles = f"{{title}} : ({typed})"
    few = count_matches(connection, in_titles) <= _MOST_TITLES
    return Ranking(as_typed | others, as_typed, weigh(in_titles) if few else (), weighed=False)
