"""The words of the archive under the keys of their forms: the table `word_forms`, and what search reads of it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nejat_crawler.archive.word_forms import LANGUAGES, has_forms_as_name, keys
from nejat_crawler.archive.word_forms.dictionary import lemmas_at_hand, lemmas_by_form
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

if TYPE_CHECKING:
    from sqlite_utils import Database  # a second

_A_BATCH = 500
#: What is shown of documents, by edition; no authors: names have no other forms.
_TEXTS = (
    "SELECT edition, title, coalesce(body, excerpt) FROM articles WHERE docid IN ({docids})",
    "SELECT edition, caption, alt FROM images JOIN articles ON id = article_id WHERE docid IN ({docids})",
    "SELECT edition, name FROM article_tags JOIN articles ON id = article_id WHERE docid IN ({docids})",
    "SELECT edition, name FROM article_categories JOIN articles ON id = article_id WHERE docid IN ({docids})",
    "SELECT edition, article_versions.title, article_versions.body FROM article_versions"
    " JOIN articles ON id = article_id WHERE docid IN ({docids})",
    "SELECT edition, newsletter_stories.title, text FROM newsletter_stories"
    " JOIN newsletters ON newsletters.id = newsletter_id WHERE newsletter_stories.docid IN ({docids})",
)
# Each word has its keys, each key its words: a row for both, for most keys are words themselves.
_FILE_WORD = """
    INSERT INTO word_forms (language, word, keys) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET keys = excluded.keys
"""
_FILE_FORM = """
    INSERT INTO word_forms (language, word, forms) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET forms = coalesce(forms || ' ', '') || excluded.forms
"""
_MOST_FORMS = 200
_LONGEST_WORD = 60  # characters: what is longer is no word, and has no forms
_TOKEN = re.compile(r"[^\s.,;:!?()\[\]{}\"«»“”/|،؛؟…–—]+")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;|–—\n“\"(\[…»«]\s*)([^\W\d_]+)")
#: Of the scripts of the editions, those that run from left to right have capitals.
_HAS_CAPITALS = frozenset(row.language for row in EDITIONS.values() if row.direction == "ltr")
# Normalising sorts marks in a time that grows with the square of their number, as UAX 15 says, which cuts them so.
_MANY_MARKS = re.compile(r"([^\w\s]{30})[^\w\s]+")


def record_word_forms(db: Database) -> None:
    """File the words of documents that are new or changed; a transaction for some hundred of them.

    What is left by an interruption is done by the next run that writes.
    """
    while due := [row[0] for row in db.execute(f"SELECT docid FROM words_due LIMIT {_A_BATCH}").fetchall()]:
        texts: dict[str, list[str]] = defaultdict(list)
        marks = ", ".join("?" * len(due))
        for sql in _TEXTS:
            for edition, *parts in db.execute(sql.format(docids=marks), due):
                if edition in EDITIONS:  # not of an edition that another version knows
                    texts[EDITIONS[edition].language] += filter(None, parts)
        words = [
            (language, word, sorted(keys(word, language, lemmas_by_form(language)) - {word}))
            for language in LANGUAGES
            for word in sorted(_words(db, texts[language], language))  # two archives of the same are the same
        ]
        with db.conn:
            db.conn.executemany(_FILE_WORD, ((language, word, " ".join(others)) for language, word, others in words))
            db.conn.executemany(
                _FILE_FORM, ((language, key, word) for language, word, others in words for key in others)
            )
            db.execute(f"DELETE FROM words_due WHERE docid IN ({marks})", due)


def _words(db: Database, texts: Iterable[str], language: str) -> Iterator[str]:
    """The folded words of some texts that are not filed yet: a dictionary is read for them alone.

    Where the script has capitals, without those that are only written as names, but for peoples and places.
    """
    if language not in _HAS_CAPITALS:
        yield from _unfiled(db, _folded({token for text in texts for token in _TOKEN.findall(text)}), language)
        return
    small: set[str] = set()
    capital: set[str] = set()
    opening: set[str] = set()
    for text in texts:
        composed = unicodedata.normalize("NFC", _MANY_MARKS.sub(r"\1", text))
        for word in set(_WORD.findall(composed)):
            (small if word[0].islower() else capital).add(word)
        opening.update(_SENTENCE_BEGINS.findall(composed))
    words = _folded(small) | {word for word in _folded(capital) if has_forms_as_name(word, language)}
    yield from _unfiled(db, words, language)
    for word in _unfiled(db, _folded(opening) - words, language):
        if word in lemmas_by_form(language):
            yield word


def _unfiled(db: Database, words: Iterable[str], language: str) -> list[str]:
    sql = "SELECT 1 FROM word_forms WHERE word = ? AND language = ? AND keys IS NOT NULL"
    return [word for word in words if db.execute(sql, [word, language]).fetchone() is None]


def _folded(words: Iterable[str]) -> set[str]:
    found = _WORD.finditer(fold_for_search("\n".join(words)))
    return {match[0] for match in found if match.end() - match.start() <= _LONGEST_WORD}


def other_forms(connection: sqlite3.Connection, word: str, language: str) -> list[str]:
    """The folded words of the archive's texts in `language` that are forms of a folded word, itself left out.

    Raises sqlite3.OperationalError where the time that the caller has set runs out.
    """
    if language not in LANGUAGES:
        return []
    sql = "SELECT keys FROM word_forms WHERE word = ? AND language = ? AND keys IS NOT NULL"
    if filed := connection.execute(sql, [word, language]).fetchone():
        wanted = [word, *filed[0].split()]
    else:
        sql = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1"
        is_name = language in _HAS_CAPITALS and not has_forms_as_name(word, language)
        if is_name and connection.execute(sql, [f'"{word}"']).fetchone():
            return []  # Marta, whom no text writes small, has no forms of martë, a Tuesday
        wanted = sorted(keys(word, language, lemmas_at_hand(language)))
    sql = f"""
        SELECT CASE WHEN keys IS NULL THEN '' ELSE word END || ' ' || coalesce(forms, '') FROM word_forms
        WHERE language = ? AND word IN ({", ".join("?" * len(wanted))})
    """
    found = {form for (forms,) in connection.execute(sql, [language, *wanted]) for form in forms.split()}
    return sorted(found - {word})[:_MOST_FORMS]
