"""Datasette's pages of tables and rows: no row is lost, nothing asked is a crash."""

from __future__ import annotations

from typing import Any

from datasette.utils import path_with_removed_args, tilde_decode, urlsafe_components  # type: ignore[import-untyped]
from datasette.utils.asgi import BadRequest, NotFound, Request  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]
from datasette.views.row import RowView  # type: ignore[import-untyped]
from datasette.views.table import TableView  # type: ignore[import-untyped]

from nejat_crawler.website.database import NAME, in_order, is_empty_search

_MOST_FACETS = 12  # each may take a second


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
            try:
                return await super().data(request, default_labels, _next, _size)
            except DatasetteError as error:  # a column that there is not: Datasette answers 500
                raise BadRequest(str(error)) from error


class RowPages(RowView):  # type: ignore[misc]
    """Datasette's pages of rows; where there is no such table, or not so many keys, it answers 400 and 500."""

    async def data(self, request: Request, default_labels: bool = False) -> Any:
        """Return what a page of a row shows; raises NotFound."""
        database = self.ds.get_database(NAME)
        table = tilde_decode(request.url_vars["table"])
        if table not in {*await database.table_names(), *await database.view_names()}:
            raise NotFound(f"There is no page or table {table}")
        keys = await database.primary_keys(table) or ["rowid"]
        if len(urlsafe_components(request.url_vars["pks"])) != len(keys):
            raise NotFound(f"A row of {table} is named by {', '.join(keys)}")
        return await super().data(request, default_labels)
