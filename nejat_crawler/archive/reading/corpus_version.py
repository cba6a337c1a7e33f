"""The version of the corpus: a digest that tells exactly which articles, in which state, somebody used."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveError
from nejat_crawler.archive.reading.articles import EVERYTHING, FIELDS, Selection, read_content
from nejat_crawler.archive.reading.open_file import file_version, open_database

#: The fields that a crawl writes about its own work: no part of what was published.
BOOKKEEPING = frozenset({"first_seen", "last_seen", "changed_at", "versions", "source", "theme"})

#: The fields that the version stands for.
CONTENT = tuple(field for field in FIELDS if field not in BOOKKEEPING)

_DIGITS = 16  # of SHA-256: two states of a corpus share them once in 2**64


def content_hash(article: Mapping[str, Any]) -> bytes:
    """SHA-256 of an article's content: of the JSON list of the values of CONTENT, without spaces, in UTF-8."""
    values = [article[field] for field in CONTENT]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def version_of(hashes: Iterable[tuple[str, bytes]]) -> str:
    """The version of articles given by id and content hash, in the order of their ids.

    It is the first 16 hex digits of SHA-256 over a line an article: id, space, hash in hex.
    """
    digest = hashlib.sha256()
    for article_id, content in hashes:
        digest.update(f"{article_id} {content.hex()}\n".encode())
    return digest.hexdigest()[:_DIGITS]


def corpus_version(db: Database, selection: Selection = EVERYTHING) -> str:
    """The version of what is selected, by default of the whole archive."""
    contents = read_content(db, CONTENT, selection)
    return version_of((article_id, hashlib.sha256(text).digest()) for article_id, text in contents)


class CachedVersion:
    """The version of the archive at `path` for a page that is shown often.

    It is worked out again only when the file has changed, and never more often than every `pause` seconds: a crawl
    writes several times a second, and 60,000 articles take some seconds. Where that takes longer than a moment, the
    last one is given meanwhile. Threads may share it.
    """

    _MOMENT = 0.1  # seconds

    def __init__(self, path: Path, pause: float = 60.0) -> None:
        self._path = path
        self._pause = pause
        self._lock = threading.Lock()
        self._read: tuple[int, ...] = ()
        self._version = ""
        self._due = 0.0
        self._took = 0.0

    def get(self) -> str:
        """The version, or the last one while the archive cannot be read; the first one is waited for.

        Raises ArchiveError if there is no archive.
        """
        if self._version and self._took > self._MOMENT:
            return self.get_soon()
        with self._lock:
            if self._is_due():
                try:
                    self._work_out()
                except (ArchiveError, sqlite3.Error):
                    if not self._version:
                        raise
                    self._due = time.monotonic() + self._pause
        return self._version

    def get_soon(self) -> str:
        """The version as it was last known, empty if it was not yet, while the new one is worked out."""
        if self._is_due() and self._lock.acquire(blocking=False):
            working = threading.Thread(target=self._work_out_and_release, daemon=True)
            try:
                working.start()
            except RuntimeError:  # there are too many threads
                self._lock.release()
            else:
                working.join(self._MOMENT)
        return self._version

    def is_current(self) -> bool:
        """Whether what was last returned is still true of the archive."""
        return bool(self._version) and file_version(self._path) == self._read

    def _is_due(self) -> bool:
        return not self._version or (file_version(self._path) != self._read and time.monotonic() >= self._due)

    def _work_out(self) -> None:
        started, read = time.monotonic(), file_version(self._path)
        with closing(open_database(self._path)) as db:
            self._version = corpus_version(db)
        self._read = read
        self._took = time.monotonic() - started
        self._due = started + self._took + self._pause

    def _work_out_and_release(self) -> None:
        try:
            self._work_out()
        except (ArchiveError, sqlite3.Error):
            self._due = time.monotonic() + self._pause  # who waits for it is told
        finally:
            self._lock.release()
