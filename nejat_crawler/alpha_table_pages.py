"""What table_pages.py mends, for the alpha of Datasette 1.0, whose pages of tables are a function."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from datasette.utils import escape_sqlite, path_with_removed_args, tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import BadRequest, Request, Response  # type: ignore[import-untyped]
from datasette.views import table  # type: ignore[import-untyped]

from nejat_crawler.paging import NAME, TIE_BREAKER
from nejat_crawler.text import fold_for_search


@asynccontextmanager
async def _in_order(datasette: Any, request: Request) -> AsyncIterator[None]:
    keys = await datasette.get_database(NAME).primary_keys(tilde_decode(request.url_vars["table"]))
    token = TIE_BREAKER.set(", ".join(map(escape_sqlite, keys)))
    try:
        yield
    except (KeyError, TypeError, ValueError, sqlite3.ProgrammingError) as error:  # `_through={`, a null character
        raise BadRequest(f"One of the parameters makes no sense ({error})") from error
    finally:
        TIE_BREAKER.reset(token)


class _Stream:
    """A stream, which reads its pages while it is sent."""

    def __init__(self, datasette: Any, request: Request, stream: Any) -> None:
        self._datasette, self._request, self._stream = datasette, request, stream

    async def asgi_send(self, send: Any) -> None:
        """Send it, as Datasette asks a response to."""
        async with _in_order(self._datasette, self._request):
            await self._stream.asgi_send(send)


async def table_page(datasette: Any, request: Request) -> Any:
    """What a page of a table shows, rows that sort alike by their keys; raises BadRequest."""
    if "_search" in request.args and not fold_for_search(request.args["_search"]).strip():
        return Response.redirect(datasette.urls.path(path_with_removed_args(request, {"_search"})))
    async with _in_order(datasette, request):
        page = await table.table_view(datasette, request)
    return page if hasattr(page, "body") else _Stream(datasette, request, page)
