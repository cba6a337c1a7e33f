"""What is typed, as expressions of the full-text index: as it stands, and by other forms of its words.

The site's search, the tables' search box and `nejat export --query` find the same by it.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from functools import partial

from nejat_crawler.archive.reading.search_query import Query, read_query
from nejat_crawler.archive.word_forms.form_table import other_forms
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

_NOTHING = '""'  # an expression that finds nothing
_WORDS = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile("['’‘`´′ʼ]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordSearch:
    """What is to be found: by the words as typed in all editions, by other forms in those of a form's language."""

    query: Query
    """As typed."""
    by_edition: dict[str, Query] = field(default_factory=dict)
    """With the other forms that the edition's language has of the words; only where there are any."""

    @property
    def expressions(self) -> tuple[str, ...]:
        """All that is looked for: tells two searches apart."""
        return self.query.expression, *(query.expression for query in self.by_edition.values())

    @property
    def other_forms(self) -> list[str]:
        """The folded words that are looked for beside those typed."""
        found = (form for query in self.by_edition.values() for term in query.terms for form in term.others)
        return list(dict.fromkeys(found))


def read_word_search(connection: sqlite3.Connection, typed: str, *, exact: bool = False) -> WordSearch:
    """Read what is typed; with `exact`, no other forms are looked for.

    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    query = read_query(typed)
    if exact or not query.expression:
        return WordSearch(query)
    by_edition = {}
    for edition in EDITIONS.values():
        widened = read_query(typed, partial(_forms, connection, edition.language))
        if widened.expression != query.expression:
            by_edition[edition.code] = widened
    return WordSearch(query, by_edition)


def _forms(connection: sqlite3.Connection, language: str, typed: str) -> list[str]:
    found: list[str] = []
    for written in dict.fromkeys((typed, _POSSESSIVE.sub("", typed))):
        match _WORDS.findall(fold_for_search(written)):
            case [word]:
                found += [word, *other_forms(connection, word, language)]
    return found


def match_condition(connection: sqlite3.Connection, typed: str) -> tuple[str, list[str]]:
    """The articles that a search finds, as what follows WHERE in a query of `articles`, and the values to bind."""
    search = read_word_search(connection, typed)
    matched = "docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    parts, values = [matched], [search.query.expression or _NOTHING]
    for edition, query in search.by_edition.items():
        parts.append(f"edition = ? AND {matched}")
        values += [edition, query.expression]
    return f"({' OR '.join(parts)})", values


def match_expression(connection: sqlite3.Connection, typed: str | None) -> str:
    """What FTS5 is to MATCH for a query, whatever the edition; an expression that finds nothing for an empty one."""
    search = read_word_search(connection, typed or "")
    found = [expression for expression in dict.fromkeys(search.expressions) if expression]
    return " OR ".join(f"({expression})" for expression in found) or _NOTHING
