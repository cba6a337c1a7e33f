"""Ranked search over all editions: what is found, in which order, and counts to narrow it down by."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from nejat_crawler.archive.reading.full_text.kinds import EARLIER, KINDS, OF_ARTICLES, STORY
from nejat_crawler.archive.reading.full_text.search_terms import Query
from nejat_crawler.archive.reading.word_search import WordSearch, read_word_search
from nejat_crawler.website.search import facets
from nejat_crawler.website.search import ranking as rankings
from nejat_crawler.website.search.article_index import CATEGORY, ArticleIndex, ArticleIndexCache
from nejat_crawler.website.search.facets import Choice, WordCount, filters, passed
from nejat_crawler.website.search.hits import Hit, read_hits
from nejat_crawler.website.search.ranking import Ranking, everything_of, find_all, find_kinds, with_named
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.spelling.suggestions import Spelling, SpellingSuggestions, with_all
from nejat_crawler.website.search.word_sets.common_words import CommonWordsCache

_Found = TypeVar("_Found")
_LONGEST_NAME = 80  # characters of a category that are repeated
_MOST_COUNTED = 1000  # documents found, of which those with the words in each kind of place are counted


@dataclass(slots=True)
class SearchResult:
    """The answer to a search."""

    request: SearchRequest
    query: Query
    total: int = 0
    stories: int = 0
    """How many of them are stories of newsletters."""
    hits: list[Hit] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    """Of all categories, how many articles of each are found; `choices` has the largest."""
    weighed: bool = True
    """False where there were too many matches to weigh each: then the newest come after those in titles."""
    spellings: list[Spelling] = field(default_factory=list)
    did_you_mean: list[Spelling] = field(default_factory=list)
    other_forms: list[str] = field(default_factory=list)
    """Words that were looked for as other forms of those typed, as the archive writes them."""
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


class Searcher:
    """Answers searches of one archive; what was found last is kept for its further pages."""

    _KEPT = 1000  # rankings, of 60,000 articles 20 KB each at most, and sets for each kind

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index_cache = ArticleIndexCache()
        self.suggestions = SpellingSuggestions()
        self._common = CommonWordsCache()
        self._found: dict[tuple[object, ...], Any] = {}

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
        found = SearchResult(request, query)
        found.problems = [query.problem] if query.problem else []
        if found.problems:
            return found
        found.named = frozenset(search.named)
        found.notes = [*query.notes, *self._not_held(index, request)]
        found.weighed, found.total = ranking.weighed, matches.kept.bit_count()
        found.stories = (matches.kept & index.stories).bit_count()
        kinds = self._count_kinds(connection, matches, request)
        found.categories = facets.count_categories(index, ranking.found, matches.filters, request)
        found.choices = facets.choices(index, ranking.found, matches.filters, request, kinds, found.categories)
        if found.total and request.page > found.pages:
            found.notes.append(f"There is no page {request.page}: the last, page {found.pages}, is shown.")
        request = found.request = replace(request, page=min(request.page, found.pages))
        start = (request.page - 1) * request.size
        if ranking.to_weigh and start + request.size > (matches.kept & ranking.as_typed).bit_count():
            ranking = self._ranking(connection, index, search, request, True)
        shown = islice(ranking.positions(matches.kept, request.sort), start, start + request.size)
        state = (connection, index.version, len(index.docids))
        if query.expression and request.page == 1:
            found.spellings = self.suggestions.spellings(*state, query)
        if query.expression and not ranking.found:
            found.did_you_mean = self.suggestions.did_you_mean(*state, query)
        written = self.suggestions.as_written(*state, search)
        found.other_forms = written.other_forms
        if not found.total:
            elsewhere = {name: count for name, count in kinds.items() if count and name not in request.places}
            found.looser = [
                *self._wider(connection, request),
                *facets.looser(ranking.found, matches.filters, request, elsewhere),
            ]
            terms = query.terms if query.expression else []
            found.words = [facets.count_word(connection, search, written, term) for term in terms]
        found.no_cache = bool(query.expression) and not self.suggestions.is_of(index.version)
        found.hits = read_hits(connection, [index.docids[at] for at in shown], search, request.places)
        return found

    def _count_kinds(
        self, connection: sqlite3.Connection, matches: _Matches, request: SearchRequest
    ) -> dict[str, int | None]:
        """How many documents have the words in each of KINDS; where much is found, None for parts of articles."""
        index, search = matches.index, matches.search
        if search.query.expression:
            much = matches.ranking.found.bit_count() > _MOST_COUNTED
            wanted = (STORY, EARLIER) if much else tuple(KINDS)
            # of what was looked into as a whole the stories are known: listed again, a common word takes milliseconds
            known = {STORY: matches.ranking.found & index.stories} if STORY in request.places else {}
            sought = tuple(kind for kind in wanted if kind not in known)
            sets = known | self._kept(
                ("kinds", index.version, search.expressions, sought),
                lambda: find_kinds(connection, index, search, sought),
            )
            sets = {kind: sets[kind] for kind in wanted}
        else:
            much = False
            kept = () if search.named else (STORY, EARLIER)
            sets = {kind: self._everything(connection, index, (kind,)) for kind in kept}
        found = {kind: passed(bitset, matches.filters).bit_count() for kind, bitset in sets.items()}
        uncounted: dict[str, int | None] = dict.fromkeys(OF_ARTICLES if much else ())
        asked = () if request.everywhere else request.kinds
        return uncounted | {kind: number for kind, number in found.items() if number or kind in asked}

    def _wider(self, connection: sqlite3.Connection, request: SearchRequest) -> list[Choice]:
        """The search with its words read less strictly, where that finds something."""
        found = [
            Choice(name, label, self._match(connection, replace(request, **changes)).kept.bit_count(), False,
                   request.address(page=1, **changes))
            for name, label, changes in facets.wider(request)
        ]  # fmt: skip
        return [choice for choice in found if choice.count]

    @staticmethod
    def _not_held(index: ArticleIndex, request: SearchRequest) -> list[str]:
        """A sentence for each category that was asked for and that no article has."""
        unknown = (name for name in request.categories if name not in index.sets[CATEGORY])
        return [f"No article is in a category {name[:_LONGEST_NAME]}." for name in unknown]

    def list_all(self, connection: sqlite3.Connection, request: SearchRequest) -> list[tuple[int, list[str]]]:
        """All that a search finds, in its order: docids, each with the kinds of places in which the words stand."""
        matches = self._match(connection, request, whole=True)
        index, words = matches.index, matches.search.any_word()
        found = {
            kind: find_all(connection, index, words, (kind,)) if words.query.expression else 0
            for kind in request.places
        }
        flags = {kind: bitset.to_bytes(len(index.docids) // 8 + 1, "little") for kind, bitset in found.items()}
        return [
            (index.docids[at], [kind for kind, bits in flags.items() if bits[at >> 3] >> (at & 7) & 1])
            for at in matches.ranking.positions(matches.kept, request.sort)
        ]

    def _match(self, connection: sqlite3.Connection, request: SearchRequest, *, whole: bool = False) -> _Matches:
        index = self.index(connection)
        search = read_word_search(connection, request.typed, exact=request.exact)
        ranking = self._ranking(connection, index, search, request, whole)
        let_through = filters(index, request)
        return _Matches(index, search, ranking, let_through, passed(ranking.found, let_through))

    def _ranking(
        self,
        connection: sqlite3.Connection,
        index: ArticleIndex,
        search: WordSearch,
        request: SearchRequest,
        whole: bool,
    ) -> Ranking:
        """What is found; with `whole`, other forms are weighed where their order is asked for."""
        known = index.positions_of(search.named)
        named = sorted(position for position in known if position >= 0)
        if search.query.problem or (not search.query.expression and search.named):
            return with_named(Ranking(0), named)
        if not search.query.expression:
            return Ranking(self._everything(connection, index, tuple(request.kinds or OF_ARTICLES)))
        kinds = request.places
        key = (index.version, search.expressions, kinds)

        def ranked() -> Ranking:
            counts = self.suggestions.counts(connection, index.version, len(index.docids))
            common = self._common.read(self.path, index, counts)
            return rankings.rank(connection, index, search, kinds, common)

        found = self._kept(key, ranked)
        if whole and found.to_weigh and request.sort == "rank":
            found = self._kept(("whole", *key), lambda: rankings.weigh_others(connection, index, found, kinds))
        return with_named(found, named) if named else found

    def _everything(self, connection: sqlite3.Connection, index: ArticleIndex, kinds: tuple[str, ...]) -> int:
        """`everything_of`, kept: to list what was edited takes thirty milliseconds, whatever is filtered by."""
        key = ("everything", index.version, kinds)
        return self._kept(key, lambda: everything_of(connection, index, kinds))

    def _kept(self, key: tuple[object, ...], find: Callable[[], _Found]) -> _Found:
        """What `find` returns, or has returned for the same key."""
        found: _Found | None = self._found.get(key)
        if found is None:
            found = self._found[key] = find()
            while len(self._found) > self._KEPT:
                with contextlib.suppress(KeyError, RuntimeError):  # another thread was quicker
                    del self._found[next(iter(self._found))]
        return found
