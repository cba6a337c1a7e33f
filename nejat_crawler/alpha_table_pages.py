"""What table_pages.py mends, for the alpha of Datasette 1.0, whose pages of tables are a function."""

from __future__ import annotations

from typing import Any

from datasette.utils import path_with_removed_args  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]
from datasette.views import table  # type: ignore[import-untyped]

from nejat_crawler.paging import in_order, is_empty_search


class _Stream:
    """A stream, which reads its pages while it is sent."""

    def __init__(self, datasette: Any, request: Request, stream: Any) -> None:
        self._datasette, self._request, self._stream = datasette, request, stream

    async def asgi_send(self, send: Any) -> None:
        """Send it, as Datasette asks a response to."""
        async with in_order(self._datasette, self._request):
            await self._stream.asgi_send(send)


async def table_page(datasette: Any, request: Request) -> Any:
    """What a page of a table shows, rows that sort alike by their keys; raises BadRequest."""
    if is_empty_search(request):
        return Response.redirect(datasette.urls.path(path_with_removed_args(request, {"_search"})))
    async with in_order(datasette, request):
        page = await table.table_view(datasette, request)
    return page if hasattr(page, "body") else _Stream(datasette, request, page)
