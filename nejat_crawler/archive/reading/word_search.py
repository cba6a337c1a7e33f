"""What is typed, as expressions of the full-text index: as it stands, and by other forms of its words.

The site's search, the tables' search box and `nejat export --query` find the same by it.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from nejat_crawler.archive.reading.article_details import find_named
from nejat_crawler.archive.reading.full_text.search_query import QUOTES, read_query
from nejat_crawler.archive.reading.full_text.search_terms import Query
from nejat_crawler.archive.word_forms.form_table import other_forms
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

_NOTHING = '""'  # an expression that finds nothing
NO_ADDRESS = "No article with this address is archived."
_WORDS = re.compile(r"[^\W_]+")
_LINKING = re.compile(r"(?<!\S)(?:i|e|t[eë]|s[eë])\s+(?=\w)", re.IGNORECASE)
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_POSSESSIVE = re.compile("['’‘`´′ʼ]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordSearch:
    """What is to be found: by the words as typed in all editions, by other forms in those of a form's language."""

    query: Query
    """As typed."""
    by_edition: dict[str, Query] = field(default_factory=dict)
    """With the other forms that the edition's language has of the words; only where there are any."""

    named: tuple[int, ...] = ()
    """The docids of articles whose number, id or address was typed; they come first."""

    @property
    def expressions(self) -> tuple[str, ...]:
        """All that is looked for in the index: tells two searches apart, but for what is `named`."""
        return self.query.expression, *(query.expression for query in self.by_edition.values())

    @property
    def other_forms(self) -> list[str]:
        """The folded words that are looked for beside those typed."""
        found = (form for query in self.by_edition.values() for term in query.terms for form in term.others)
        return list(dict.fromkeys(found))

    def any_word(self) -> WordSearch:
        """A search for any of the words and phrases that are looked for."""
        by_edition = {edition: _any_of(query) for edition, query in self.by_edition.items()}
        return WordSearch(_any_of(self.query), by_edition)


def _any_of(query: Query) -> Query:
    terms = (f"{term.column} : {term.expression}" if term.column else term.expression for term in query.terms)
    return Query(query.typed, " OR ".join(f"({term})" for term in terms), query.terms)


def read_word_search(connection: sqlite3.Connection, typed: str, *, exact: bool = False) -> WordSearch:
    """Read what is typed; with `exact`, no other forms are looked for.

    An address is looked for as such alone; so is an id, where there is such an article.
    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    called = find_named(connection, typed)
    if called is None:
        return _read_words(connection, typed, exact=exact)
    places = ", ".join("?" * len(called.ids))
    sql = f"SELECT docid FROM articles WHERE id IN ({places}) ORDER BY docid"
    named = tuple(row[0] for row in connection.execute(sql, called.ids))
    if called.kind == "number" or (called.kind == "id" and not named):
        search = _read_words(connection, typed, exact=exact)
        if called.kind == "id":
            search.query.notes.append(f"No article has the id {typed.strip()}: it was looked for as a word.")
        return replace(search, named=named)
    return WordSearch(Query(typed.strip(), problem="" if named else NO_ADDRESS), named=named)


def _read_words(connection: sqlite3.Connection, typed: str, *, exact: bool = False) -> WordSearch:
    query = read_query(typed)
    if exact or not query.expression:
        return WordSearch(query)
    by_edition = {}
    for edition in EDITIONS.values():
        widened = read_query(_looked_for_in(typed, edition.language), partial(_forms, connection, edition.language))
        if widened.expression != query.expression:
            by_edition[edition.code] = widened
    return WordSearch(query, by_edition)


def _looked_for_in(typed: str, language: str) -> str:
    """What is typed, with spaces for Albanian articles of adjectives: e madhe and të mëdha are forms of i madh."""
    if language != "sq" or '"' in typed.translate(QUOTES):
        return typed
    return _LINKING.sub(lambda match: " " * len(match[0]), typed)


def _forms(connection: sqlite3.Connection, language: str, typed: str) -> list[str]:
    found: list[str] = []
    for word in _words_of(typed):
        found += [word, *other_forms(connection, word, language)]
    if _COMPOUND.fullmatch(typed):  # ex-members, as a phrase
        *before, last = _WORDS.findall(fold_for_search(typed))
        found += (" ".join((*before, form)) for form in other_forms(connection, last, language))
    return found


@lru_cache(maxsize=256)  # a query is read once for each language
def _words_of(typed: str) -> list[str]:
    """The folded word that was typed, and what it is a possessive of; nothing for more than one word."""
    written = dict.fromkeys((typed, _POSSESSIVE.sub("", typed)))
    folded = (_WORDS.findall(fold_for_search(each)) for each in written)
    return [words[0] for words in folded if len(words) == 1]


def match_condition(connection: sqlite3.Connection, typed: str) -> tuple[str, list[str]]:
    """The articles that a search finds, as what follows WHERE in a query of `articles`, and the values to bind."""
    search = read_word_search(connection, typed)
    places = ", ".join(map(str, search.named))
    matched = "docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    parts, values = [f"docid IN ({places})", matched], [search.query.expression or _NOTHING]
    for edition, query in search.by_edition.items():
        parts.append(f"edition = ? AND {matched}")
        values += [edition, query.expression]
    return f"({' OR '.join(parts)})", values


def match_expression(connection: sqlite3.Connection, typed: str | None) -> str:
    """What FTS5 is to MATCH for a query, whatever the edition; an expression that finds nothing for an empty one.

    The index knows no addresses: they are words here.
    """
    search = _read_words(connection, typed or "")
    found = [expression for expression in dict.fromkeys(search.expressions) if expression]
    return " OR ".join(f"({expression})" for expression in found) or _NOTHING
