"""In which order articles are shown that hold what was looked for."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from nejat_crawler.archive.reading.matches import count_matches, list_matches, weigh_matches
from nejat_crawler.website.search.article_index import ArticleIndex
from nejat_crawler.website.search.bitset import gather, members

_MOST_WEIGHED = 3000  # matches: to weigh 40,000 takes 100 ms, to list them 10 ms
_MOST_TITLES = 1000  # where there are more, the words say little and their weights less


@dataclass(frozen=True, slots=True)
class Ranking:
    """What an expression finds in the whole archive: a set of articles, and which of them come first."""

    found: int
    best: Sequence[int] = ()
    """Places of those that were weighed, best first; the others follow by date."""
    weighed: bool = True
    """False where there were too many matches to weigh each."""

    def positions(self, within: int, sort: str) -> Iterator[int]:
        """The positions of those in the set `within`, as `sort` (one of SORTS) says."""
        kept = self.found & within
        if sort != "rank" or not self.best:
            return members(kept, backwards=sort == "oldest")
        flags = kept.to_bytes(kept.bit_length() // 8 + 1, "little")
        last = 8 * len(flags)
        best = [position for position in self.best if position < last and flags[position >> 3] >> (position & 7) & 1]
        return chain(best, members(kept & ~gather(best, last)))


def rank(connection: sqlite3.Connection, index: ArticleIndex, expression: str) -> Ranking:
    """Find what `expression` of the full-text index matches.

    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    positions = index.positions

    def find(expression: str) -> int:
        return index.set_of(list_matches(connection, expression))

    def weigh(expression: str) -> Sequence[int]:
        scores = weigh_matches(connection, expression)
        known = [
            (score, positions[docid]) for docid, score in scores if docid < len(positions) and positions[docid] >= 0
        ]
        return array("I", (position for _, position in sorted(known)))  # 4 bytes each: rankings are kept

    found = find(expression)
    if found.bit_count() <= _MOST_WEIGHED:
        return Ranking(found, weigh(expression))
    in_titles = f"{{title}} : ({expression})"
    few = count_matches(connection, in_titles) <= _MOST_TITLES
    return Ranking(found, weigh(in_titles) if few else (), weighed=False)
