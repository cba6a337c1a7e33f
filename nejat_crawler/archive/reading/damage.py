"""Whether the file of an archive is damaged: more than SQLite looks at by itself."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from nejat_crawler.archive.definitions import column_kinds
from nejat_crawler.archive.errors import ArchiveDamagedError
from nejat_crawler.archive.reading.open_file import clear_errors, damaged, open_for_search
from nejat_crawler.archive.search_index import VERSION_BITS

#: The indexes, each with the table of its words and the documents that it holds.
_INDEXES = {
    "articles_fts": ("vocabulary", "SELECT docid FROM articles UNION ALL SELECT docid FROM newsletter_stories"),
    "versions_fts": (
        "earlier_vocabulary",
        f"SELECT docid << {VERSION_BITS} | version FROM article_versions JOIN articles ON id = article_id",
    ),
}
_LARGEST_DOCID = 10_000_000  # the site's index of articles has a place for each number
_SAID = {bytes: "a blob", str: "a text", type(None): "nothing"}


def require_undamaged(db: Database, path: Path) -> None:
    """Raise ArchiveDamagedError if pages are damaged; the whole file is read, a second for some 100 MB.

    SQLite looks at a damaged page only when it comes upon it, and a crawl may never do so.
    """
    with clear_errors(path):
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found == "ok" and "articles_fts" in db.table_names():
            found = _content_fault(path)
    if found != "ok":
        raise ArchiveDamagedError(damaged(path, " ".join(found.removeprefix("*** in database main ***").split())))


def _content_fault(path: Path) -> str:
    """`ok`, or what is wrong with index and texts, bytes to SQLite's own check: all of them are read."""
    with contextlib.closing(open_for_search(path)) as connection:
        connection.execute("BEGIN")  # one state of the archive, whatever a crawl writes meanwhile
        for index, (words, documents) in _INDEXES.items() if _is_indexed(connection) else ():
            (held,) = connection.execute(f"SELECT coalesce(sum(cnt), 0) FROM temp.{words}").fetchone()
            (totals,) = connection.execute(f"SELECT block FROM {index}_data WHERE id = 1").fetchone() or (b"",)
            if held != sum(_numbers(totals)[1:]):
                return "the index of its words does not hold them all"
            indexed = f"SELECT id FROM {index}_docsize"
            for one, other in ((indexed, documents), (documents, indexed)):
                sql = f"SELECT 1 FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})) LIMIT 1"
                if connection.execute(sql).fetchone():
                    return "the index of its words is of other articles"
        for table in _tables(connection):
            if fault := _table_fault(connection, table):
                return fault
        odd = f"docid NOT BETWEEN 1 AND {_LARGEST_DOCID}"
        for column in ("published", "substr(last_seen, 1, 10)"):
            odd += f" OR {column} IS NOT date({column}) OR {column} < '0001'"
        if found := connection.execute(f"SELECT docid, published, last_seen FROM articles WHERE {odd}").fetchone():
            return "an article has the number {}, is of the day {}, and was seen {}".format(*found)
    return "ok"


def _table_fault(connection: sqlite3.Connection, table: str) -> str:
    """What is wrong with the values of a table, or nothing.

    They are read as text: rubbish at the end of a long one breaks no rule of SQLite's.
    """
    try:
        rows = connection.execute(f"SELECT * FROM [{table}]")
        found = {tuple(map(type, row)) for row in rows}
    except sqlite3.OperationalError as error:
        if "UTF-8" not in str(error):
            raise
        return f"a text in {table} is none"
    for (column, *_), *kinds in zip(rows.description, *found, strict=True):
        if odd := set(kinds) - column_kinds().get((table, column), set(kinds)):
            return f"{table}.{column} holds what it may not: {_SAID.get(odd.pop(), 'a number')}"
    return ""


def _is_indexed(connection: sqlite3.Connection) -> bool:
    """Whether the archive has both indexes: an older one gets them made anew."""
    sql = "SELECT count(*) FROM sqlite_master WHERE name IN ('articles_fts', 'versions_fts')"
    return bool(connection.execute(sql).fetchone()[0] == len(_INDEXES))


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold texts: not those of the index, in which columns are blobs."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    return [name for (name,) in rows if "_fts_" not in name]


def _numbers(block: bytes) -> list[int]:
    """The numbers that FTS5 writes, seven bits a byte; its first record holds those of rows and of words a column."""
    found, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
