"""Which files have been imported, and what their articles were then: reading one again would bring nothing."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from nejat_crawler.items import Article

_PACKAGE = Path(__file__).parents[2]
#: What decides how a file is read and what becomes of it, beside this package.
_LIBRARIES = ("dateparser", "nh3", "selectolax")
#: What articles become by an import that says nothing which it would have to say again.
_SETTLED = frozenset({"new", "completed", "same"})
_STATE = """
    SELECT id, title, versions, changed_at, published, category, source, theme, own_page, protected,
        length(body), length(body_html), length(excerpt)
    FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""


class ImportedFiles:
    """The files of an import: those that are known need not be read, the others are noted as their articles come."""

    def __init__(self, db: Database) -> None:
        self.known = 0
        """How many files needed not be read."""
        self._db = db
        self._read: dict[str, tuple[str, int]] = {}
        self._met: dict[str, list[str]] = {}

    def known_articles(self, digest: str) -> list[str]:
        """The ids of the articles of a file that are archived just as they were when it was imported; else none."""
        sql = "SELECT articles, state FROM imported_files WHERE digest = ? AND code = ?"
        for articles, state in self._db.execute(sql, [digest, code_digest()]).fetchall():
            if self._state_of(articles) == state:
                self.known += 1
                return list(json.loads(articles))
        return []

    def see(self, item: object) -> None:
        """Note what has become of an article; one that has to be told again is read again, too."""
        if isinstance(item, Article):
            met = self._met.setdefault(item.found_at, [])
            quiet = not (item.hidden_words or item.undated) and item.post_id is not None
            met += [f"{item.edition}-{item.post_id}"] * (item.outcome in _SETTLED and quiet)

    def note(self, found_at: str, digest: str, count: int) -> None:
        """Note that a file was read without a complaint, and has so many articles."""
        self._read[found_at] = digest, count

    def remember(self) -> None:
        """Keep the files whose articles have all been archived; those that another version has read are forgotten."""
        code = code_digest()
        self._db.execute("DELETE FROM imported_files WHERE code != ?", [code])
        for found_at, (digest, count) in self._read.items():
            met = self._met.get(found_at, ())
            if count and len(met) == count:
                articles = json.dumps(sorted(met))
                row = [digest, code, articles, self._state_of(articles)]
                self._db.execute("INSERT OR REPLACE INTO imported_files VALUES (?, ?, ?, ?)", row)

    def _state_of(self, articles: str) -> str:
        return _digest(repr(self._db.execute(_STATE, [articles]).fetchall()).encode())


def file_digest(data: bytes, found_at: str, edition: str | None) -> str:
    """A digest of a file, of where it stands and of how it is to be read."""
    return _digest(f"{edition}\0{found_at}\0".encode(errors="surrogateescape") + data)


@cache
def code_digest(*rooms: str) -> str:
    """A digest of the program as it stands, or of some of its rooms, and of libraries that decide what is read."""
    folders = [_PACKAGE / room for room in rooms or (".", "../spiders", "../pipelines")]
    sources = sorted(source for folder in folders for source in folder.rglob("*.py"))
    versions = "".join(map(version, _LIBRARIES)).encode()
    return _digest(versions + b"".join(source.read_bytes() for source in sources))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
