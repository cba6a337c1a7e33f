"""Copies of the archive, which are archives themselves: of a part of it, and of all, compact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from graphlib import TopologicalSorter
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from nejat_crawler.archive.reading.articles import Selection
from nejat_crawler.archive.schema import MIGRATIONS, register_functions
from nejat_crawler.archive.search_index import fill_index


class CopyError(Exception):
    """The copy cannot be written; the message says why in a few words."""


def copy_archive(db: Database, selection: Selection, target: Path) -> list[str]:
    """Write the selected articles, and what belongs to them, into a new archive at `target`.

    The foreign keys of the schema decide: where a row would be deleted with its parent it is copied with it, and
    where the reference would be set to null it is. Tables that lead to no article come whole, of the editions
    selected. The same archive gives the same bytes. Returns the names of tables that are no archive's and were not
    copied; raises CopyError.
    """
    try:
        with closing(sqlite3.connect(target)) as connection:
            empty = Database(connection)
            register_functions(empty)
            MIGRATIONS.apply(empty)
            triggers = _drop_triggers(connection)
        db.execute("PRAGMA query_only = OFF")  # the archive itself is open for reading
        db.execute("ATTACH ? AS copy", [f"{target.resolve().as_uri()}?mode=rw"])
        try:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON"):
                db.execute(f"PRAGMA copy.{pragma}").fetchall()
            db.execute("BEGIN")  # one state of the archive, whatever a crawl writes meanwhile
            left_out = _copy_tables(db, selection)
            db.execute("COMMIT")
        finally:
            db.conn.rollback()
            db.execute("DETACH copy")
            db.execute("PRAGMA query_only = ON")
        with closing(sqlite3.connect(target)) as connection:
            register_functions(Database(connection))
            _index(connection, triggers)
        return left_out
    except sqlite3.Error as error:
        raise CopyError(str(error)) from error


def _drop_triggers(connection: sqlite3.Connection) -> list[str]:
    """Take the triggers away, which would index each article by itself; returns them."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in found]


def _index(connection: sqlite3.Connection, triggers: Iterable[str]) -> None:
    """Fill the index of a copy, which its triggers keep from then on."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    with connection:
        connection.execute("BEGIN")
        fill_index(Database(connection), quiet=True)
        for sql in triggers:
            connection.execute(sql)


_MOMENT = 100_000  # of SQLite's steps: between two of them an interruption is noticed


def copy_compact(db: Database, target: Path) -> dict[str, int]:
    """Write all of the archive to `target`, without the room of what was deleted and without a journal.

    Returns the number of rows of each table. Raises CopyError, and KeyboardInterrupt also while SQLite copies.
    """
    try:
        # without it nothing of Python's runs until all is copied, the answer to Ctrl-C least of all
        db.conn.set_progress_handler(lambda: 0, _MOMENT)
        db.execute("PRAGMA query_only = OFF")  # the archive itself is open for reading
        db.execute("VACUUM main INTO ?", [target.resolve().as_uri()])
        db.execute("PRAGMA query_only = ON")
        with closing(sqlite3.connect(target)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA optimize")
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            # an index has no rows to count, for it keeps no texts, but the length of each
            counted = {name: f"{name}_docsize" if f"{name}_docsize" in names else name for name in names}
            return {
                name: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
                for name, table in sorted(counted.items())
            }
    except sqlite3.Error as error:
        if str(error) == "interrupted":  # by what the handler above let through, and sqlite3 then swallowed
            raise KeyboardInterrupt from error
        raise CopyError(str(error)) from error


def _copy_tables(db: Database, selection: Selection) -> list[str]:
    ours = {row[0] for row in db.execute("SELECT name FROM copy.sqlite_master WHERE type = 'table'")}
    tables = [
        table
        for table in db.table_names()
        if table in ours
        if not table.startswith("sqlite_") and "_fts" not in table  # made anew from the rows
    ]
    keys = {table: db.table(table).foreign_keys for table in tables}
    parents = {table: {key.other_table for key in keys[table]} - {table} for table in tables}
    for table in TopologicalSorter(dict(sorted(parents.items()))).static_order():
        db.execute(f"DELETE FROM copy.[{table}]")  # the migrations have noted when they made the copy
        _copy_table(db, table, keys[table], selection)
    return sorted(name for name in db.table_names() if name not in ours and not name.startswith("sqlite_"))


def _copy_table(db: Database, table: str, keys: Iterable[ForeignKey], selection: Selection) -> None:
    columns = {column.name: f"[{column.name}]" for column in db.table(table).columns}
    conditions: list[str] = ["1"]
    values: list[str] = []
    if table == "articles":
        columns["rowid"] = "[docid]"
        condition, values = selection.condition(db)
        conditions.append(condition)
    elif "edition" in columns and selection.editions:
        conditions.append(f"edition IN ({', '.join('?' * len(selection.editions))})")
        values = list(selection.editions)
    for key in keys:
        copied = f"[{key.column}] IN (SELECT [{key.other_column}] FROM copy.[{key.other_table}])"
        if key.on_delete == "SET NULL":
            columns[key.column] = f"CASE WHEN {copied} THEN [{key.column}] END"
        else:
            conditions.append(copied)
    names = ", ".join(f"[{name}]" for name in columns)
    db.execute(
        f"INSERT INTO copy.[{table}] ({names}) "
        f"SELECT {', '.join(columns.values())} FROM main.[{table}] WHERE {' AND '.join(conditions)}",
        values,
    )
