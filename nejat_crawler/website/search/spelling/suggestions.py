"""Other spellings of a name that the archive holds, and the word that was perhaps meant where nothing is found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nejat_crawler.archive.reading.full_text.matches import count_matches, edition_of
from nejat_crawler.archive.reading.full_text.search_terms import Query, Term
from nejat_crawler.archive.reading.word_search import WordSearch
from nejat_crawler.folding import search_forms
from nejat_crawler.website.search.spelling.as_written import as_written
from nejat_crawler.website.search.spelling.rewritten import quoted, swap, with_beside
from nejat_crawler.website.search.spelling.vocabulary import Vocabulary, VocabularyCache

_MOST = 8  # spellings offered for a word
_MOST_IN_ALL = 16
_KEPT = 5000  # words whose spellings are remembered
_LONGEST = 40
_MOST_WORDS = 4  # of a phrase whose other spellings are looked for
_LIKE_EACH = 3  # spellings of each word of a phrase that are tried
_LEAST_PART = 3  # letters of each part of a name in two parts
_MOST_PARTINGS = 4
_APOSTROPHES = re.compile(r"['’‘`´ʼʻʾʿ]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another spelling of a word or phrase of the query."""

    term: str
    """The word, as it was typed."""
    word: str
    """As the archive writes it."""
    count: int
    """Articles of the whole archive in which it stands; for `title:` or `body:`, stands there."""
    query: str
    """The query with this spelling beside the word, or in its place where nothing was found."""
    span: tuple[int, int] = (0, 0)
    """Where the word stands in the query."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something in the query that may be spelled otherwise: a word, a phrase, or two words side by side."""

    typed: str
    words: tuple[str, ...]
    """Folded."""
    column: str
    span: tuple[int, int]
    beside: bool = False
    """Two words that were not typed as a phrase: each is asked for by itself, too."""


class SpellingSuggestions:
    """What is suggested for the queries of one archive."""

    def __init__(self) -> None:
        self._cache = VocabularyCache()

    def is_of(self, version: tuple[int, ...]) -> bool:
        """Whether the words are those of a state of the archive, and not of one before or not yet gathered."""
        return self._cache.version == version

    def counts(self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int) -> Mapping[str, int]:
        """The number of articles that hold each word; empty until they are counted."""
        return self._cache.read(connection, version, articles).counts

    def spellings(
        self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int, query: Query
    ) -> list[Spelling]:
        """Other spellings of the words of `query` that the archive holds, the commonest first."""
        words = self._cache.read(connection, version, articles)
        known = {form for term in query.terms for form in term.forms}
        found: list[Spelling] = []
        for asked in _asked(query):
            others = [other for other in _others(connection, words, asked) if other[0] not in known]
            for word, count in others[:_MOST]:
                known.add(word)
                written, number = _shown(connection, words, word, asked.column, count)
                widened = swap(query.typed, asked.span, f"({asked.typed} OR {quoted(written)})")
                found.append(Spelling(asked.typed, written, number, widened, asked.span))
        return sorted(found, key=lambda spelling: -spelling.count)[:_MOST_IN_ALL]

    def did_you_mean(
        self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int, query: Query
    ) -> list[Spelling]:
        """What the archive holds near the words of `query` that it does not hold, the nearest first."""
        words = self._cache.read(connection, version, articles)
        found: list[Spelling] = []
        for asked in _asked(query):
            for word in () if asked.beside else asked.words:
                for other in _near(words, word):
                    near = " ".join(other if each == word else each for each in asked.words)
                    if count := _count(connection, near, asked.column):
                        written, number = _shown(connection, words, near, asked.column, count)
                        replaced = swap(query.typed, asked.span, quoted(written))
                        found.append(Spelling(asked.typed, written, number, replaced, asked.span))
        return list({spelling.word: spelling for spelling in reversed(found)}.values())[: -_MOST - 1 : -1]

    def as_written(
        self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int, search: WordSearch
    ) -> WordSearch:
        """`search` with other forms as the texts of each edition write them: for readers, not to find anything by."""
        known = self._cache.read(connection, version, articles).written

        def written(term: Term, edition: str) -> Term:
            return replace(term, others=tuple(as_written(connection, known, term.others, edition)))

        by_edition = {
            edition: replace(query, terms=[written(term, edition) for term in query.terms])
            for edition, query in search.by_edition.items()
        }
        return replace(search, by_edition=by_edition)


def _asked(query: Query) -> Iterator[_Asked]:
    for term in query.terms:
        if not (term.open or term.fixed) and (words := _words(term)):
            yield _Asked(_typed(query, term.span), words, term.column, term.span)
    for one, other in pairwise(query.terms):
        between = query.typed[one.span[1] : other.span[0]]
        words = _words(one) + _words(other)
        if (
            between.isspace()
            and len(words) == 2
            and not any(term.open or term.fixed or term.column for term in (one, other))
        ):
            span = one.span[0], other.span[1]
            yield _Asked(_typed(query, span), words, "", span, beside=True)


def _typed(query: Query, span: tuple[int, int]) -> str:
    return query.typed[slice(*span)]


def _words(term: Term) -> tuple[str, ...]:
    """The folded words of a term, an apostrophe being none: Mas'ud is masud."""
    words = re.findall(r"\w+", _APOSTROPHES.sub("", term.forms[0]))
    fit = len(words) <= _MOST_WORDS and all(word.isalpha() and len(word) <= _LONGEST for word in words)
    return tuple(words) if fit else ()


def _others(connection: sqlite3.Connection, words: Vocabulary, asked: _Asked) -> list[tuple[str, int]]:
    """Other spellings of what is asked for, with the number of articles, the commonest first."""
    key = (asked.words, asked.column, asked.beside)
    if key not in words.others:
        found = _find(connection, words, asked) if words.counts else []
        if asked.column:
            found = [(other, _count(connection, other, asked.column)) for other, _ in found]
        found = sorted(((other, count) for other, count in found if count), key=lambda pair: -pair[1])
        if len(words.others) >= _KEPT:
            return found
        words.others[key] = found
    return words.others[key]


def _find(connection: sqlite3.Connection, words: Vocabulary, asked: _Asked) -> list[tuple[str, int]]:
    joined = "".join(asked.words)
    if len(asked.words) == 1 and joined in words.counts and not words.is_name(connection, joined):
        return []
    like = [other for other in words.like(joined) if words.is_name(connection, other)]
    found = like[:_MOST]
    if len(asked.words) > 1 and joined in words.counts and words.is_name(connection, joined):
        found.insert(0, joined)
    found += _in_parts(connection, words, [joined, *like[:_LIKE_EACH]])
    if len(asked.words) > 1 and not asked.beside:
        each = ([word, *_names_like(connection, words, word)[:_LIKE_EACH]] for word in asked.words)
        found += [" ".join(parts) for parts in product(*each)]
    itself = " ".join(asked.words)
    return [
        (other, words.counts[other] if other in words.counts else _count(connection, other))
        for other in dict.fromkeys(found)
        if other != itself
    ]


def _names_like(connection: sqlite3.Connection, words: Vocabulary, word: str) -> list[str]:
    if word in words.counts and not words.is_name(connection, word):
        return []
    return [other for other in words.like(word) if words.is_name(connection, other)]


def _in_parts(connection: sqlite3.Connection, words: Vocabulary, names: Iterable[str]) -> list[str]:
    """Names in two parts that are also written as one: gholam reza of gholamreza."""
    found = []
    for name in names:
        partings = [(name[:at], name[at:]) for at in range(_LEAST_PART, len(name) - _LEAST_PART + 1)]
        held = [parts for parts in partings if parts[0] in words.counts and parts[1] in words.counts]
        held.sort(key=lambda parts: -min(words.counts[parts[0]], words.counts[parts[1]]))
        for parts in held[:_MOST_PARTINGS]:
            apart = " ".join(parts)
            # not where the name stands as one word too: Mas'oud is held as mas oud and masoud
            if count_matches(connection, f'"{apart}" NOT "{name}"') and words.is_name(connection, parts[0]):
                found.append(apart)
    return found


def _shown(connection: sqlite3.Connection, words: Vocabulary, word: str, column: str, count: int) -> tuple[str, int]:
    """A folded word or phrase as it is written, and the number of documents that hold it however that is read."""
    [written] = as_written(connection, words.written, [word], edition_of(connection, word))
    forms = search_forms(written)
    return written, count if forms == [word] else _count(connection, '" OR "'.join(forms), column)


def _count(connection: sqlite3.Connection, form: str, column: str = "") -> int:
    """The number of articles that hold a word or phrase."""
    return count_matches(connection, f'{column} : ("{form}")' if column else f'"{form}"')


def _near(words: Vocabulary, word: str) -> list[str]:
    """Words that may have been meant by one that the archive does not hold."""
    if len(word) <= 3 or word in words.counts:
        return []
    farthest = 1 if len(word) < 6 else 2
    near = process.extract(word, words.listed, scorer=OSA.distance, score_cutoff=farthest, limit=20)
    ranked = [(other, 0.0) for other in words.like(word)] + [(other, distance) for other, distance, _ in near]
    ranked.sort(key=lambda match: (match[1], -words.counts[match[0]]))
    return list(dict.fromkeys(other for other, _ in ranked))[:3]


def with_all(query: Query, spellings: Iterable[Spelling]) -> str:
    """The query with every one of `spellings` beside its word."""
    return with_beside(query.typed, ((spelling.span, spelling.word) for spelling in spellings))
