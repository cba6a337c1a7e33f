"""Other spellings of a name that the archive holds, and the word that was perhaps meant where nothing is found."""

from __future__ import annotations

import contextlib
import gc
import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nejat_crawler.paging import open_readonly
from nejat_crawler.text import fold_for_search
from nejat_crawler.web.query import Query
from nejat_crawler.web.spelling import alike, blurred, sound

_MOST = 8  # spellings offered for a word
_SAMPLED = 3  # articles looked into to tell a name from a word
_SMALL = 3000  # articles; the words of more are gathered beside the first searches: 2 s for 60,000
_KEPT = 5000  # words whose spellings are remembered
_LONGEST = 40
_PATIENCE = 100  # times as long as gathering takes, before it is done again
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another spelling of a word of the query."""

    term: str
    """The word, as it was typed."""
    word: str
    count: int
    """Articles in which it stands."""
    query: str
    """The query with this spelling beside the word, or in its place where nothing was found."""


@dataclass(slots=True)
class _Words:
    """Every word of the index with the number of articles that hold it, and words by their keys."""

    version: tuple[int, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    sounds: dict[str, list[str]] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)
    """Other spellings of what was asked for."""


class Vocabulary:
    """The words of one archive."""

    def __init__(self) -> None:
        self._held = _Words()
        self._lock = threading.Lock()
        self._read_at = 0.0
        self._took = 0.0

    def _current(self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int) -> _Words:
        waited = time.monotonic() - self._read_at
        if version != self._held.version and waited >= _PATIENCE * self._took and self._lock.acquire(blocking=False):
            if articles <= _SMALL:
                self._gather(connection, version)
            else:
                # a connection of its own: this one answers a reader, within a time limit
                address = connection.execute("PRAGMA database_list").fetchone()[2]
                threading.Thread(target=self._gather_alone, args=(address, version), daemon=True).start()
        return self._held

    def _gather_alone(self, path: str, version: tuple[int, ...]) -> None:
        with contextlib.closing(open_readonly(path)) as connection:
            self._gather(connection, version)

    def _gather(self, connection: sqlite3.Connection, version: tuple[int, ...]) -> None:
        try:
            started = time.monotonic()
            words = _Words(version)
            for row in connection.execute("SELECT term, doc FROM temp.vocabulary"):
                term, count = row[0], row[1]
                if len(term) <= _LONGEST and term.isalpha():
                    words.counts[term] = count
            words.listed = list(words.counts)
            for word in words.listed:
                if len(word) > 3:
                    key = sound.__wrapped__(word)  # each word once: nothing to keep
                    words.sounds.setdefault(key, []).append(word)
                    if word.isascii() and (rough := blurred(key)):
                        words.sounds.setdefault(rough, []).append(word)
            self._held = words
            gc.freeze()
            self._read_at = time.monotonic()
            self._took = self._read_at - started
        finally:
            self._lock.release()

    def counts(self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int) -> Mapping[str, int]:
        """The number of articles that hold each word; empty until they are counted."""
        return self._current(connection, version, articles).counts

    def spellings(
        self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int, query: Query
    ) -> list[Spelling]:
        """Other spellings of the words of `query` that the archive holds, the commonest first."""
        words = self._current(connection, version, articles)
        found: list[Spelling] = []
        for term in query.terms:
            if term.open or len(term.forms) != 1 or " " in term.typed:
                continue
            for word in self._others(connection, words, term.forms[0]):
                widened = _swap(query.typed, term.typed, f"({term.typed} OR {word})")
                found.append(Spelling(term.typed, word, words.counts[word], widened))
        return sorted(found, key=lambda spelling: -spelling.count)[:_MOST]

    def _others(self, connection: sqlite3.Connection, words: _Words, word: str) -> list[str]:
        if word in words.others:
            return words.others[word]
        key = sound(word)
        near = dict.fromkeys([*words.sounds.get(key, ()), *words.sounds.get(blurred(key) or "\0", ())])
        found = [other for other in near if other != word and alike(word, other) and _is_name(connection, other)]
        if len(words.others) < _KEPT:
            words.others[word] = found
        return found

    def meant(
        self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int, query: Query
    ) -> list[Spelling]:
        """Words of the archive near those of `query` that it does not hold."""
        words = self._current(connection, version, articles)
        found: list[Spelling] = []
        for term in query.terms:
            if term.open or " " in term.typed:
                continue
            word = re.sub(r"\W", "", term.forms[0])
            if not 3 < len(word) <= _LONGEST or word in words.counts:
                continue
            farthest = 1 if len(word) < 6 else 2
            near = process.extract(word, words.listed, scorer=OSA.distance, score_cutoff=farthest, limit=20)
            alike_too = [(other, 0, 0) for other in words.sounds.get(sound(word), ())]
            ranked = sorted([*alike_too, *near], key=lambda match: (match[1], -words.counts[match[0]]))
            for other in list(dict.fromkeys(match[0] for match in ranked))[:3]:
                replaced = _swap(query.typed, term.typed, other)
                found.append(Spelling(term.typed, other, words.counts[other], replaced))
        return found[:_MOST]


def _is_name(connection: sqlite3.Connection, word: str) -> bool:
    """Whether the archive writes a Latin word with a capital only, as a name; other scripts have none."""
    if not word.isascii():
        return True
    sql = """
        SELECT coalesce(body, excerpt), title FROM articles
        WHERE docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)
    """
    in_bodies = in_titles = 0
    for body, title in connection.execute(sql, [f'"{word}"', _SAMPLED]):
        for text, is_title in ((body or "", False), (title, True)):
            for written in _written(word, text):
                if written[0].islower():
                    return False
                in_titles, in_bodies = in_titles + is_title, in_bodies + (not is_title)
    return bool(in_bodies or in_titles)


def _written(word: str, text: str) -> list[str]:
    """How a folded word is written in a text."""
    first = word[0]
    return [
        match[0]
        for match in _WORDS.finditer(text)
        if match[0][0].lower() == first or not match[0][0].isascii()
        if fold_for_search(match[0]) in {word, f"{word}'s", f"{word}’s"}
    ]


def with_all(query: Query, spellings: Iterable[Spelling]) -> str:
    """The query with every one of `spellings` beside its word."""
    typed = query.typed
    beside: dict[str, list[str]] = {}
    for spelling in spellings:
        beside.setdefault(spelling.term, []).append(spelling.word)
    for term, others in beside.items():
        typed = _swap(typed, term, f"({' OR '.join([term, *others])})")
    return typed


def _swap(typed: str, old: str, new: str) -> str:
    pattern = re.compile(rf"(?<![^\s(:\"-]){re.escape(old)}(?![^\s)\"*])")
    return pattern.sub(lambda _: new, typed, count=1)
