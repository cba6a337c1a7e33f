"""The archive as a database of Datasette: open for reading only, in an order that stays from page to page."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from datasette.database import QueryInterrupted, Results  # type: ignore[import-untyped]
from datasette.utils import StartupError, allowed_sql_res, escape_sqlite, tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import Request  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.open_file import file_version, open_for_search, readonly_address
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.datasette_settings import NAME as NAME
from nejat_crawler.website.readers_sql.process_pool import (
    InterruptedSqlError,
    ProcessPool,
    Rows,
    Statement,
)
from nejat_crawler.website.table_definitions import DefinedDatabase

_LONGEST_ANSWER = 4 * 2**20
"""Bytes of the rows of one answer."""
_LONGEST_PAGE = 2**20
"""Of a page of a table, whose rows are as many as fit: while an answer is written, nobody else is answered."""
_LONGEST_STREAMED = 2 * 2**20
"""Of the rows of a file without end that are held at once, for as long as the reader takes to take them."""
#: What Datasette asks before each page, and on the way: how is this table written?
_SCHEMA_VERSION = "PRAGMA schema_version"
_SPELLING = "select name from sqlite_master where type in ('table', 'view') and name = ? collate nocase"
#: Statements that Datasette makes of a table's name and values come in a queue of their own: those that readers write
#: may take all of their time, and give way to whatever else the machine has to do.
_SIZE = 2
_POLITENESS = {"tables": 2, "sql": 5}
_QUEUE: ContextVar[str] = ContextVar("QUEUE", default="sql")
_NAMED = re.compile(r":(\w+)")
# Datasette's own tries each way to part white space in two: 20,000 spaces behind a comment, 10 seconds.
allowed_sql_res[:] = [
    re.compile(
        r"\s*+(?:(?:--[^\n]*+\n|/\*(?:(?!\*/)[\s\S])*+\*/)\s*+)*+"
        r"(?:explain\s++(?:query\s++plan\s++)?+)?+(?:select|with)\b"
    )
]

#: Primary keys, as SQL, by which the rows of the table page that is being answered are put in order.
_TIE_BREAKER: ContextVar[str] = ContextVar("TIE_BREAKER", default="")
_MOST_BYTES: ContextVar[int] = ContextVar("MOST_BYTES", default=_LONGEST_ANSWER)
_SORTED_FIRST_PAGE = re.compile(r" order by (\[[^\]]+\]|\w+)( desc)?(?= limit \d+$)")
# Of a search in one column, Datasette looks the index's row numbers up among those of the table: other articles.
_ONE_COLUMN = ("rowid in (select rowid from articles_fts where ", "docid in (select rowid from articles_fts where ")
_LATER_PAGE = re.compile(
    r"\((\[[^\]]+\]|\w+) [<>] (:p\d+)(?: or \1 is null)? or \(\1 = \2 and [^?'\"]{1,400}?\)\)(?=\s|$)"
)


class ArchiveDatabase(DefinedDatabase):
    """The file of the archive, open for reading only."""

    _counted: tuple[tuple[int, ...], dict[str, int | None]] = ((), {})
    _pools: dict[str, ProcessPool] | None = None

    def connect(self, write: bool = False, **_: Any) -> sqlite3.Connection:
        """Return a new connection; raises sqlite3.OperationalError for writing."""
        if write:
            raise sqlite3.OperationalError("the published archive is read-only")
        connection = open_for_search(self.path, immutable=not self.is_mutable)
        self._all_file_connections.append(connection)
        return connection

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The rows of each table, None where counting takes more than `limit` milliseconds; once for each state."""
        version = file_version(Path(self.path))
        if self._counted[0] != version:
            self._counted = version, await super().table_counts(limit)
        return self._counted[1]

    async def attached_databases(self) -> list[Any]:
        """None: SQLite would tell where the file lies."""
        return []

    async def execute(self, sql: str, params: Any = None, **how: Any) -> Results:
        """The rows of a statement, known ones or those of `_run`."""
        if sql == _SCHEMA_VERSION:
            found = await super().execute(sql, params)
            self.defined_as(found.rows[0][0])
            return found
        if sql == _SPELLING and isinstance(params, tuple):
            return await self.once((sql, *params), partial(self._run, sql, params))
        return await self._run(sql, params, **how)

    async def _run(self, sql: str, params: Any = None, **how: Any) -> Results:
        """Run `sql` in a process for readers' SQL; raises QueryInterrupted, sqlite3.OperationalError, BusyError.

        On the first page of a table, rows that sort alike come in the order of their keys. On a later page SQLite
        would look the condition "after the last row" up three times and sort what it found: for 60,000 articles
        500 ms. Told that it is one condition, it walks the index: 8 ms.
        """
        if keys := _TIE_BREAKER.get():
            sql = _SORTED_FIRST_PAGE.sub(lambda match: f"{match[0]}, {keys}", sql)
            sql = sql.replace(*_ONE_COLUMN)
            sql = _LATER_PAGE.sub(lambda match: f"{match[0]} is true", sql)
        limit_ms = min(self.ds.sql_time_limit_ms, how.get("custom_time_limit") or self.ds.sql_time_limit_ms)
        most_rows = self.ds.max_returned_rows if how.get("truncate") else 0
        if most_rows and most_rows == (how.get("page_size") or self.ds.page_size):
            most_rows += 1
        statement = Statement(sql, _plain(sql, params), limit_ms / 1000, most_rows, _MOST_BYTES.get())
        try:
            found = await self._pool(_QUEUE.get()).run(statement)
        except InterruptedSqlError as error:
            raise QueryInterrupted(error, sql, params) from error
        return _results(found)

    def begin(self) -> None:
        """Start a process of each queue."""
        for queue in _POLITENESS:
            self._pool(queue).begin()

    def _pool(self, name: str) -> ProcessPool:
        if self._pools is None:
            address = readonly_address(Path(self.path), immutable=not self.is_mutable)
            self._pools = {queue: ProcessPool(address, _SIZE, nice) for queue, nice in _POLITENESS.items()}
        return self._pools[name]


def _plain(sql: str, parameters: Any) -> Any:
    """Parameters as a list or a dictionary, and nothing cleverer: magic ones of the owner's queries are looked up."""
    if not isinstance(parameters, Mapping):
        return list(parameters or ())
    found = dict(parameters)
    if type(parameters) is not dict:
        for name in set(_NAMED.findall(sql)):
            with contextlib.suppress(KeyError):
                found[name] = parameters[name]
    return found


def _results(found: Rows) -> Results:
    """The rows as Datasette has them from SQLite itself."""
    named = ", ".join(f"NULL AS {_quoted(column)}" for column in found.columns)
    with contextlib.closing(sqlite3.connect(":memory:")) as nowhere:
        cursor = nowhere.execute(f"SELECT {named or 'NULL'} LIMIT 0")  # quoted
        rows = [sqlite3.Row(cursor, row) for row in found.rows]
        return Results(rows, found.more, cursor.description if found.columns else ())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@asynccontextmanager
async def in_order(datasette: Any, request: Request) -> AsyncIterator[None]:
    """Answer `request` for a table with rows that sort alike in the order of their keys, in its queue."""
    keys = await datasette.get_database(NAME).primary_keys(tilde_decode(request.url_vars["table"]))
    token = _TIE_BREAKER.set(", ".join(map(escape_sqlite, keys)))
    try:
        with queued(request):
            yield
    finally:
        _TIE_BREAKER.reset(token)


def queue_of(request: Request) -> str:
    """The queue of the processes in which what `request` asks for is run."""
    return "sql" if {"sql", "_where"} & set(request.args) else "tables"


@contextlib.contextmanager
def queued(request: Request) -> Iterator[None]:
    """Run what `request` asks for in its queue, with an answer as long as it may be."""
    queue = queue_of(request)
    most = _LONGEST_PAGE if queue == "tables" else _LONGEST_ANSWER
    tokens = (
        _QUEUE.set(queue),
        _MOST_BYTES.set(_LONGEST_STREAMED if request.url_vars.get("format") == "csv" else most),
    )
    try:
        yield
    finally:
        _QUEUE.reset(tokens[0])
        _MOST_BYTES.reset(tokens[1])


def is_empty_search(request: Request) -> bool:
    """Whether a search box was sent empty: it asks for everything, but to FTS5 no words are a syntax error."""
    return "_search" in request.args and not fold_for_search(request.args["_search"]).strip()


def begin(datasette: Any) -> None:
    """Start processes for what readers of the archive will ask, before they do."""
    found = datasette.databases.get(NAME)
    if isinstance(found, ArchiveDatabase):
        found.begin()


def adopt(datasette: Any) -> None:
    """Open the archive of a `datasette` that was started without publish.py as an ArchiveDatabase too.

    Raises StartupError where it serves another database: that would answer any SQL within the site's own process.
    """
    found = datasette.databases.get(NAME)
    if not found:
        return
    if others := [name for name in datasette.databases if name not in {NAME, "_internal"}]:
        raise StartupError(
            f"Beside the archive, {', '.join(others)} cannot be served: readers' SQL would have no limits"
        )
    if not isinstance(found, ArchiveDatabase):
        # where a link on the way leads now: `nejat publish` will turn it to another archive
        archive = ArchiveDatabase(datasette, path=str(Path(found.path).resolve()), is_mutable=found.is_mutable)
        archive.name = archive.route = NAME
        datasette.databases = {**datasette.databases, NAME: archive}
