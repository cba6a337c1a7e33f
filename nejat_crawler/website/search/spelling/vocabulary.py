"""Every word of an archive's index, with the number of articles that hold it, filed by how it sounds."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
from dataclasses import dataclass, field

from nejat_crawler.archive.reading.full_text.matches import read_vocabulary, texts_with
from nejat_crawler.archive.reading.open_file import open_for_search, path_of
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.search.index_cache import IndexCache
from nejat_crawler.website.search.spelling.as_written import Written
from nejat_crawler.website.search.spelling.sounds import alike, is_latin, keys

_SAMPLED = 3  # articles looked into to tell a name from a word
_SMALL = 3000  # articles; the words of more are gathered beside the first searches
_LONGEST = 40
_SHORTEST = 3
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’]")
_BARE_HAMZA = re.compile("ء(?!ال)(?=.)")  # مسءول stands in the index for مسئول and مسؤول, in no text
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;|–—\n“\"(\[…»«])\s*$")


@dataclass(slots=True)
class Vocabulary:
    """The words of one state of the archive."""

    version: tuple[int, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    filed: dict[str, list[str]] = field(default_factory=dict)
    """Words by what they sound like (`spelling.keys`)."""
    listed: list[str] = field(default_factory=list)
    others: dict[object, list[tuple[str, int]]] = field(default_factory=dict)
    """Other spellings of what was asked for, with their counts."""
    names: dict[str, bool] = field(default_factory=dict)
    """Of words that were looked into, whether they are written as names."""
    written: Written = field(default_factory=dict)
    """Of words that were looked into, how they are written."""

    def like(self, word: str) -> list[str]:
        """Words that sound like a folded word, the commonest first, itself left out."""
        near = {other for key in keys(word) for other in self.filed.get(key, ())}
        found = [other for other in near if other != word and alike(word, other, self.counts)]
        return sorted(found, key=lambda other: (-self.counts[other], other))

    def is_name(self, connection: sqlite3.Connection, word: str) -> bool:
        """Whether the archive writes a Latin word with a capital within a sentence; other scripts have none.

        Addresses and tags write names small too, so a few small ones in many do not count.
        """
        if not is_latin(word):
            return True
        if word not in self.names:
            self.names[word] = _is_written_as_name(connection, word)
        return self.names[word]


class VocabularyCache:
    """The words of one archive, gathered again after it was written to."""

    def __init__(self) -> None:
        self._cache = IndexCache(Vocabulary(), pause=100)

    @property
    def version(self) -> tuple[int, ...]:
        """The state of the archive whose words these are, empty for none."""
        return self._cache.index.version

    def read(self, connection: sqlite3.Connection, version: tuple[int, ...], articles: int) -> Vocabulary:
        """The words of the archive; of more than 3,000 articles none, or those of before, until they are gathered."""
        if self._cache.is_due(version) and self._cache.lock.acquire(blocking=False):
            if articles <= _SMALL:
                self._gather(connection, version)
            else:
                # a connection of its own: this one answers a reader, within a time limit
                file = path_of(connection)
                threading.Thread(target=self._gather_alone, args=(file, version), daemon=True).start()
        return self._cache.index

    def _gather_alone(self, path: str, version: tuple[int, ...]) -> None:
        try:
            connection = open_for_search(path)
        except sqlite3.Error:  # the file is gone, or closed to us
            self._cache.lock.release()
            return
        with contextlib.closing(connection), contextlib.suppress(sqlite3.Error):
            self._gather(connection, version)

    def _gather(self, connection: sqlite3.Connection, version: tuple[int, ...]) -> None:
        try:
            self._cache.fill(lambda: _load(connection, version))
        finally:
            self._cache.lock.release()


def _load(connection: sqlite3.Connection, version: tuple[int, ...]) -> Vocabulary:
    words = Vocabulary(version)
    for term, count in read_vocabulary(connection):
        if len(term) <= _LONGEST and term.isalpha():
            words.counts[term] = count
    words.listed = list(words.counts)
    for word in words.listed:
        if len(word) >= _SHORTEST and not _BARE_HAMZA.search(word):
            for key in keys(word):
                words.filed.setdefault(key, []).append(word)
    return words


def _is_written_as_name(connection: sqlite3.Connection, word: str) -> bool:
    small = capital = opening = 0
    for _, *texts in texts_with(connection, word, _SAMPLED):
        for text in texts:
            for start, letter in _places(word, text):
                if letter.islower():
                    small += 1
                elif _SENTENCE_BEGINS.search(text, max(0, start - 3), start):
                    opening += 1
                else:
                    capital += 1
    return capital > 2 * small if capital or small else bool(opening)


def _places(word: str, text: str) -> list[tuple[int, str]]:
    """Where a folded word stands in a text, with its first letter there."""
    lowered = text.lower()
    if len(lowered) == len(text):  # not so for İ
        places, at = [], lowered.find(word)
        while at >= 0:
            end = at + len(word)
            if not (lowered[at - 1 : at].isalpha() or lowered[end : end + 1].isalpha()):
                places.append((at, text[at]))
            at = lowered.find(word, end)
        if places:
            return places
    return [  # with marks, or an apostrophe
        (match.start(), match[0][0])
        for match in _WORDS.finditer(text)
        if match[0][0].lower() == word[0] or not match[0][0].isascii()
        if _APOSTROPHE.sub("", fold_for_search(match[0])) == word
    ]
