"""The archive as a database of Datasette: open for reading only, in an order that stays from page to page."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from datasette.database import Database  # type: ignore[import-untyped]
from datasette.utils import escape_sqlite, tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import BadRequest, Request  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.open_file import file_version, open_for_search
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.datasette_settings import NAME as NAME

#: Primary keys, as SQL, by which the rows of the table page that is being answered are put in order.
_TIE_BREAKER: ContextVar[str] = ContextVar("TIE_BREAKER", default="")
_SORTED_FIRST_PAGE = re.compile(r" order by (\[[^\]]+\]|\w+)( desc)?(?= limit \d+$)")
# Of a search in one column, Datasette looks the index's row numbers up among those of the table: other articles.
_ONE_COLUMN = ("rowid in (select rowid from articles_fts where ", "docid in (select rowid from articles_fts where ")
_LATER_PAGE = re.compile(
    r"\((\[[^\]]+\]|\w+) [<>] (:p\d+)(?: or \1 is null)? or \(\1 = \2 and [^?'\"]{1,400}?\)\)(?=\s|$)"
)


class ArchiveDatabase(Database):  # type: ignore[misc]
    """The file of the archive, open for reading only."""

    _counted: tuple[tuple[int, ...], dict[str, int | None]] = ((), {})

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


@asynccontextmanager
async def in_order(datasette: Any, request: Request) -> AsyncIterator[None]:
    """Answer `request` for a table with rows that sort alike in the order of their keys; raises BadRequest."""
    keys = await datasette.get_database(NAME).primary_keys(tilde_decode(request.url_vars["table"]))
    token = _TIE_BREAKER.set(", ".join(map(escape_sqlite, keys)))
    try:
        yield
    except (KeyError, TypeError, ValueError, sqlite3.ProgrammingError) as error:  # `_through=1`, a null character
        raise BadRequest(f"One of the parameters makes no sense ({error})") from error
    finally:
        _TIE_BREAKER.reset(token)


def is_empty_search(request: Request) -> bool:
    """Whether a search box was sent empty: it asks for everything, but to FTS5 no words are a syntax error."""
    return "_search" in request.args and not fold_for_search(request.args["_search"]).strip()


def adopt(datasette: Any) -> None:
    """Open the archive of a `datasette` that was started without publish.py as an ArchiveDatabase too."""
    found = datasette.databases.get(NAME)
    if found and not isinstance(found, ArchiveDatabase):
        # where a link on the way leads now: `nejat publish` will turn it to another archive
        archive = ArchiveDatabase(datasette, path=str(Path(found.path).resolve()), is_mutable=found.is_mutable)
        archive.name = archive.route = NAME
        datasette.databases = {**datasette.databases, NAME: archive}
