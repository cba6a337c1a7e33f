"""Datasette's pages of tables, rows and queries: no row is lost, and nothing is a crash."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from datasette.database import QueryInterrupted  # type: ignore[import-untyped]
from datasette.utils import (  # type: ignore[import-untyped]
    InvalidSql,
    MultiParams,
    path_with_format,
    path_with_removed_args,
    tilde_decode,
    urlsafe_components,
)
from datasette.utils.asgi import BadRequest, NotFound, Request, Response  # type: ignore[import-untyped]
from datasette.views import table as datasette_tables  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]
from datasette.views.database import DatabaseView  # type: ignore[import-untyped]
from datasette.views.row import RowView  # type: ignore[import-untyped]
from datasette.views.table import TableView  # type: ignore[import-untyped]

from nejat_crawler.website.app.turns import BUSY
from nejat_crawler.website.database import NAME, in_order, is_empty_search, queued
from nejat_crawler.website.readers_sql.permitted import LONGEST_STATEMENT
from nejat_crawler.website.readers_sql.process_pool import BusyError, TooLongAnswerError
from nejat_crawler.website.responses import BrokenOffError, absolute_url, html

_MOST_FACETS = 12  # each may take a second
_TRIES = 5  # of a page of a file that is being sent
_WITHOUT_CELLS = frozenset({"articles"})  # tables whose template shows rows
_columns_and_cells = datasette_tables.display_columns_and_rows


async def _columns_and_needed_cells(
    datasette: Any, database: str, table: str, description: Any, rows: Any, **how: Any
) -> Any:
    """Datasette's columns and cells, no cells where none is shown: 900, by all plugins, took a third of a page."""
    needed = [] if table in _WITHOUT_CELLS else rows
    return await _columns_and_cells(datasette, database, table, description, needed, **how)


datasette_tables.display_columns_and_rows = _columns_and_needed_cells


class OnceReadRequest(Request):  # type: ignore[misc]
    """A request whose parameters are read once: for a page of a table Datasette asks for them 35 times."""

    _read: tuple[str, Any] = ("", MultiParams({}))

    @property
    def args(self) -> Any:
        """The parameters of its address."""
        query = self.query_string
        if query != self._read[0]:
            self._read = query, super().args
        return self._read[1]


class TablePages(TableView):  # type: ignore[misc]
    """Datasette's table pages, with an order that does not change from the first page to the second.

    Datasette 0.65 breaks ties by primary key from the second page on only: with several articles on one
    day, those round the page break were left out or came twice, in a streamed CSV of everything too.
    """

    async def data(
        self, request: Request, default_labels: bool = False, _next: str | None = None, _size: int | None = None
    ) -> Any:
        """Return what a page of the table shows; raises BadRequest for a search that cannot be answered."""
        if is_empty_search(request):
            return self.redirect(
                request, self.ds.urls.path(path_with_removed_args(request, {"_search"})), forward_querystring=False
            )
        asked = [name for name in request.args if name.startswith("_facet") and name != "_facet_size"]
        if sum(len(request.args.getlist(name)) for name in asked) > _MOST_FACETS:
            raise BadRequest(f"At most {_MOST_FACETS} columns can be counted at once")
        if request.args.get("_stream"):
            _size = self.ds.max_returned_rows  # else every page after the first has 50 rows: two minutes, not 3 s
        async with in_order(self.ds, request):
            if _next is None:
                return await self._as_many_as_fit(request, default_labels, _next, _size)
            return await self._next_page(request, default_labels, _next, _size)

    async def render(self, templates: list[Any], request: Request, context: dict[str, Any]) -> Response:
        """The page, at one go: Datasette's way, a step for each piece of text, takes three times as long."""
        as_json = absolute_url(self.ds, request, path_with_format(request=request, format="json"))
        page = html(self.ds, templates, {**context, "request": request, "alternate_url_json": as_json})
        page.headers["Link"] = f'{as_json}; rel="alternate"; type="application/json+datasette"'
        return page

    async def _as_many_as_fit(self, *asked: Any) -> Any:
        """A page of so many rows that they are no more bytes than an answer may have: the next page goes on."""
        *others, size = asked
        while True:
            try:
                return await super().data(*others, size)
            except TooLongAnswerError as error:
                if size == 1:
                    raise
                size = max(1, min(error.rows - 1, (size or error.rows) // 2))

    async def _next_page(self, *asked: Any) -> Any:
        """A later page of a file that is being sent: where it cannot be had, the file breaks off, and is seen to."""
        for pause in range(_TRIES):
            try:
                return await self._as_many_as_fit(*asked)
            except Exception as error:  # Datasette would write it into the file as its last line
                if not isinstance(error, BusyError):
                    raise BrokenOffError from error
            await asyncio.sleep(pause)
        raise BrokenOffError


class RowPages(RowView):  # type: ignore[misc]
    """Datasette's pages of rows; where there is no such table, or not so many keys, it answers 400 and 500."""

    async def data(self, request: Request, default_labels: bool = False) -> Any:
        """Return what a page of a row shows; raises NotFound."""
        database = self.ds.get_database(NAME)
        table = tilde_decode(request.url_vars["table"])
        with queued(request):
            if table not in {*await database.table_names(), *await database.view_names()}:
                raise NotFound(f"There is no page or table {table}")
            keys = await database.primary_keys(table) or ["rowid"]
            if len(urlsafe_components(request.url_vars["pks"])) != len(keys):
                raise NotFound(f"A row of {table} is named by {', '.join(keys)}")
            return await super().data(request, default_labels)


class QueryPages(DatabaseView):  # type: ignore[misc]
    """Datasette's page of the database, and of what a reader's SQL finds."""

    async def data(self, request: Request, default_labels: bool = False, _size: int | None = None) -> Any:
        """Return what the page shows; raises BadRequest."""
        if len(request.args.get("sql") or "") > LONGEST_STATEMENT:
            raise BadRequest(f"A query may have {LONGEST_STATEMENT:,} characters")
        if request.url_vars.get("format") == "csv" and not request.args.get("sql"):
            raise BadRequest("Name a query with ?sql=, or a table")
        with queued(request):
            return await super().data(request, default_labels, _size)


@contextmanager
def answered() -> Iterator[None]:
    """Turn what goes wrong into an answer that says so."""
    try:
        yield
    except BusyError as error:
        raise DatasetteError(BUSY, status=503) from error
    except QueryInterrupted as error:  # of a file: Datasette answers 500
        raise DatasetteError("This query took longer than is allowed", title="SQL Interrupted", status=400) from error
    except DatasetteError as error:  # a column that there is not: Datasette answers 500
        if error.status == 500:
            raise BadRequest(str(error)) from error
        raise
    except (sqlite3.Error, InvalidSql) as error:
        raise BadRequest(str(error)) from error
    # `_through=1`, a null character, `_json_infinity=x`, `year__gt=99999999999999999999`
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
        raise BadRequest(f"One of the parameters makes no sense ({error})") from error
