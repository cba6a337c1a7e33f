"""What Datasette's table pages need to walk a live archive without losing a row."""

from __future__ import annotations

import json
import os
import re
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from datasette.database import Database  # type: ignore[import-untyped]
from datasette.utils import escape_sqlite, path_with_removed_args, tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import BadRequest, Request  # type: ignore[import-untyped]
from datasette.utils.sqlite import sqlite3  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]
from datasette.views.table import TableView  # type: ignore[import-untyped]

from nejat_crawler.text import fold_for_search

#: Name under which the archive is served, whatever its file is called; addresses and templates depend on it.
NAME = "nejat"

_TIE_BREAKER: ContextVar[str] = ContextVar("_TIE_BREAKER", default="")
_SORTED_FIRST_PAGE = re.compile(r" order by (\[[^\]]+\]|\w+)( desc)?(?= limit \d+$)")
# Of a search in one column, Datasette looks the index's row numbers up among those of the table: other articles.
_ONE_COLUMN = ("rowid in (select rowid from articles_fts where ", "docid in (select rowid from articles_fts where ")
_LATER_PAGE = re.compile(
    r"\((\[[^\]]+\]|\w+) [<>] (:p\d+)(?: or \1 is null)? or \(\1 = \2 and [^?'\"]{1,400}?\)\)(?=\s|$)"
)


def open_readonly(path: str | Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open an archive for reading, with a table `vocabulary` of the words of its index; nothing can be written.

    Raises sqlite3.Error for what is no archive.
    """
    # Datasette puts the path into an address as it stands: a file called `1402#2.db` would not be found.
    address = Path(path).absolute().as_uri()
    mode = "immutable=1" if immutable or _is_at_rest(Path(path)) else "mode=ro"
    connection = sqlite3.connect(f"{address}?{mode}", uri=True, check_same_thread=False)
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'articles_fts', 'row')")
        connection.execute("PRAGMA query_only = 1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_at_rest(path: Path) -> bool:
    """Whether the file lies where nobody can write, and nothing waits to be written into it.

    SQLite opens a file that was in WAL mode only where it can make a `-shm` beside it.
    """
    waiting = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not (waiting.exists() and waiting.stat().st_size)


class Archive(Database):  # type: ignore[misc]
    """The file of the archive, open for reading only."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Return a new connection; raises sqlite3.OperationalError for writing."""
        if write:
            raise sqlite3.OperationalError("the published archive is read-only")
        connection = open_readonly(self.path, immutable=not self.is_mutable)
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, sql: str, *arguments: Any, **options: Any) -> Any:
        """Run `sql`; on the first page of a table, rows that sort alike come in the order of their keys.

        On a later page SQLite would look the condition "after the last row" up three times and sort what it
        found: for 60,000 articles 500 ms. Told that it is one condition, it walks the index: 8 ms.
        """
        if keys := _TIE_BREAKER.get():
            sql = _SORTED_FIRST_PAGE.sub(lambda match: f"{match[0]}, {keys}", sql)
            sql = sql.replace(*_ONE_COLUMN)
            sql = _LATER_PAGE.sub(lambda match: f"{match[0]} is true", sql)
        return await super().execute(sql, *arguments, **options)


class TablePages(TableView):  # type: ignore[misc]
    """Datasette's table pages, with an order that does not change from the first page to the second.

    Datasette 0.65 breaks ties by primary key from the second page on only: with several articles on one
    day, those round the page break were left out or came twice, in a streamed CSV of everything too.
    """

    async def data(
        self, request: Request, default_labels: bool = False, _next: str | None = None, _size: int | None = None
    ) -> Any:
        """Return what a page of the table shows; raises BadRequest for a search that cannot be answered."""
        if "_search" in request.args and not fold_for_search(request.args["_search"]).strip():
            # an empty search box asks for everything; to FTS5 an empty expression is a syntax error
            return self.redirect(
                request, self.ds.urls.path(path_with_removed_args(request, {"_search"})), forward_querystring=False
            )
        if request.args.get("_stream"):
            _size = self.ds.max_returned_rows  # else every page after the first has 50 rows: two minutes, not 3 s
        keys = await self.ds.get_database(NAME).primary_keys(tilde_decode(request.url_vars["table"]))
        token = _TIE_BREAKER.set(", ".join(map(escape_sqlite, keys)))
        try:
            return await super().data(request, default_labels, _next, _size)
        except (DatasetteError, json.JSONDecodeError) as error:  # a column that there is not: Datasette answers 500
            raise BadRequest(str(error)) from error
        finally:
            _TIE_BREAKER.reset(token)


def adopt(datasette: Any) -> None:
    """Open the archive of a `datasette` that was started without publish.py as an Archive too."""
    found = datasette.databases.get(NAME)
    if found and not isinstance(found, Archive):
        archive = Archive(datasette, path=found.path, is_mutable=found.is_mutable)
        archive.name = archive.route = NAME
        datasette.databases = {**datasette.databases, NAME: archive}
