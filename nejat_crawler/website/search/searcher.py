"""Ranked search over all editions: what is found, in which order, and counts to narrow it down by."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from nejat_crawler.archive.reading.browse import read_summaries
from nejat_crawler.archive.reading.full_text.matches import count_matches
from nejat_crawler.archive.reading.full_text.search_terms import Query, Term
from nejat_crawler.archive.reading.word_search import WordSearch, read_word_search
from nejat_crawler.website.search.article_index import CATEGORY, ArticleIndex, ArticleIndexCache
from nejat_crawler.website.search.facets import Choice, choices, filters, looser, passed
from nejat_crawler.website.search.highlight import Piece, excerpt, highlight
from nejat_crawler.website.search.ranking import Ranking, rank, with_named
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.spelling.suggestions import Spelling, SpellingSuggestions, with_all

_LONGEST_NAME = 80  # characters of a category that are repeated


@dataclass(slots=True)
class Hit:
    """An article that was found; its title and an excerpt of its text in pieces, marked and not."""

    row: dict[str, Any]
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word or phrase of a search, and the number of articles of the whole archive that hold it."""

    typed: str
    count: int
    other_forms: list[str]
    """Folded words that were counted beside it."""


@dataclass(slots=True)
class SearchResult:
    """The answer to a search."""

    request: SearchRequest
    query: Query
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    weighed: bool = True
    """False where there were too many matches to weigh each: then the newest come after those in titles."""
    spellings: list[Spelling] = field(default_factory=list)
    did_you_mean: list[Spelling] = field(default_factory=list)
    other_forms: list[str] = field(default_factory=list)
    """Folded words that were looked for as other forms of those typed."""
    named: frozenset[int] = frozenset()
    """The docids of articles that were found by their number, id or address."""
    problems: list[str] = field(default_factory=list)
    """Sentences: why nothing was looked for."""
    notes: list[str] = field(default_factory=list)
    """Sentences: what else is to be known of the answer."""
    words: list[WordCount] = field(default_factory=list)
    """Where nothing is found, what each word finds by itself."""
    looser: list[Choice] = field(default_factory=list)
    """Where nothing is found, what would be without a filter."""
    no_cache: bool = False
    """Whether another answer is to be expected soon, though the archive does not change."""

    @property
    def widest(self) -> str:
        """The query with all other spellings; empty if there are fewer than two."""
        return with_all(self.query, self.spellings) if len(self.spellings) > 1 else ""

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.request.size))


@dataclass(frozen=True, slots=True)
class _Matches:
    """What a search finds; `kept` is the set of those that its `filters` let through."""

    index: ArticleIndex
    search: WordSearch
    ranking: Ranking
    filters: dict[str, int]
    kept: int

    def docids(self, sort: str) -> Iterator[int]:
        return (self.index.docids[position] for position in self.ranking.positions(self.kept, sort))


class Searcher:
    """Answers searches of one archive; what was found last is kept for its further pages."""

    _KEPT = 1000  # rankings, of 60,000 articles 20 KB each at most

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index_cache = ArticleIndexCache()
        self.suggestions = SpellingSuggestions()
        self._rankings: dict[tuple[object, ...], Ranking] = {}

    def index(self, connection: sqlite3.Connection) -> ArticleIndex:
        """All articles."""
        return self.index_cache.read(connection, self.path)

    def find(self, connection: sqlite3.Connection, request: SearchRequest) -> SearchResult:
        """Answer a search; runs in one of the threads that query the archive.

        Raises sqlite3.OperationalError where the time that the caller has set runs out.
        """
        if request.problems:
            return SearchResult(request, Query(request.typed), problems=[*request.problems])
        matches = self._match(connection, request)
        index, search, ranking = matches.index, matches.search, matches.ranking
        query = search.query
        found = SearchResult(request, query, other_forms=search.other_forms)
        found.problems = [query.problem] if query.problem else []
        if found.problems:
            return found
        found.named = frozenset(search.named)
        found.notes = [*query.notes, *self._not_held(index, request)]
        found.weighed, found.total = ranking.weighed, matches.kept.bit_count()
        found.choices = choices(index, ranking.found, matches.filters, request)
        request = found.request = replace(request, page=min(request.page, found.pages))
        start = (request.page - 1) * request.size
        shown = islice(matches.docids(request.sort), start, start + request.size)
        asked = (connection, index.version, len(index.docids), query)
        if query.expression and request.page == 1:
            found.spellings = self.suggestions.spellings(*asked)
        if query.expression and not ranking.found:
            found.did_you_mean = self.suggestions.did_you_mean(*asked)
        if not found.total:
            found.looser = looser(ranking.found, matches.filters, request)
            found.words = [_count(connection, search, term) for term in query.terms] if query.expression else []
        found.no_cache = bool(query.expression) and not self.suggestions.is_of(index.version)
        found.hits = [_hit(row, search) for row in read_summaries(connection, list(shown), "body", "excerpt")]
        return found

    @staticmethod
    def _not_held(index: ArticleIndex, request: SearchRequest) -> list[str]:
        """A sentence for each category that was asked for and that no article has."""
        unknown = (name for name in request.categories if name not in index.sets[CATEGORY])
        return [f"No article is in a category {name[:_LONGEST_NAME]}." for name in unknown]

    def list_all(self, connection: sqlite3.Connection, request: SearchRequest) -> list[int]:
        """The docids of all that a search finds, in its order."""
        return list(self._match(connection, request).docids(request.sort))

    def _match(self, connection: sqlite3.Connection, request: SearchRequest) -> _Matches:
        index = self.index(connection)
        search = read_word_search(connection, request.typed, exact=request.exact)
        ranking = self._ranking(connection, index, search)
        let_through = filters(index, request)
        return _Matches(index, search, ranking, let_through, passed(ranking.found, let_through))

    def _ranking(self, connection: sqlite3.Connection, index: ArticleIndex, search: WordSearch) -> Ranking:
        known = [index.positions[docid] for docid in search.named if docid < len(index.positions)]
        named = sorted(position for position in known if position >= 0)
        if search.query.problem or (not search.query.expression and search.named):
            return with_named(Ranking(0), named)
        if not search.query.expression:
            return Ranking(index.everything)
        key = (index.version, search.expressions)
        if (found := self._rankings.get(key)) is None:
            found = self._rankings[key] = rank(connection, index, search)
            while len(self._rankings) > self._KEPT:
                with contextlib.suppress(KeyError, RuntimeError):  # another thread was quicker
                    del self._rankings[next(iter(self._rankings))]
        return with_named(found, named) if named else found


def _count(connection: sqlite3.Connection, search: WordSearch, term: Term) -> WordCount:
    """What a word finds by itself, with its forms in any language."""
    queries = (search.query, *search.by_edition.values())
    same = [other for query in queries for other in query.terms if other.span == term.span]
    expression = " OR ".join(dict.fromkeys(other.expression for other in same))
    column = f"{term.column} : " if term.column else ""
    forms = list(dict.fromkeys(form for other in same for form in other.others))
    return WordCount(term.typed, count_matches(connection, f"{column}({expression})"), forms)


def _hit(row: dict[str, Any], search: WordSearch) -> Hit:
    text = row.pop("body")
    teaser = row.pop("excerpt")
    terms = search.by_edition.get(row["edition"], search.query).terms
    return Hit(row, highlight(row["title"], terms), excerpt((text if text is not None else teaser) or "", terms))
