"""What is wrong with an archive's rows, all of which are read: SQLite's own check looks at none of them."""

from __future__ import annotations

import sqlite3

from nejat_crawler.archive.definitions import column_kinds

_INDEX = "articles_fts"
_LARGEST_DOCID = 10_000_000  # the site's index of articles has a place for each number
_SAID = {bytes: "a blob", str: "a text", type(None): "nothing"}


def content_fault(connection: sqlite3.Connection) -> str:
    """`ok`, or what is wrong with index, texts, numbers and days."""
    connection.execute("BEGIN")  # one state of the archive, whatever a crawl writes meanwhile
    (held,) = connection.execute("SELECT coalesce(sum(cnt), 0) FROM temp.vocabulary").fetchone()
    (totals,) = connection.execute(f"SELECT block FROM {_INDEX}_data WHERE id = 1").fetchone() or (b"",)
    if held != sum(_numbers(totals)[1:]):
        return "the index of its words does not hold them all"
    indexed, articles = "SELECT id FROM articles_fts_docsize", "SELECT docid FROM articles"
    for one, other in ((indexed, articles), (articles, indexed)):
        if connection.execute(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1").fetchone():
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


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold texts: those of the index, in which columns are blobs, but for the copy of the texts."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    return [name for (name,) in rows if not name.startswith(f"{_INDEX}_") or name == f"{_INDEX}_content"]


def _numbers(block: bytes) -> list[int]:
    """The numbers that FTS5 writes, seven bits a byte; its first record holds those of rows and of words a column."""
    found, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
