"""What the archive adds to the tools of datasette-mcp; that plugin brings SQL, the schema, and the protocol."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Forbidden, NotFound, Request  # type: ignore[import-untyped]
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from nejat_crawler.archive.reading.full_text.kinds import KINDS
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.pages import article_pages, search_pages
from nejat_crawler.website.responses import require_permission
from nejat_crawler.website.search.search_request import LARGEST_SIZE, SIZE, SORTS, STATUSES

_READING = ToolAnnotations(read_only_hint=True, open_world_hint=False)


def _one_of(names: Iterable[str]) -> Any:
    return Field(pattern=f"^({'|'.join(names)})$")


_Edition = Annotated[str, _one_of(EDITIONS)]
_Kind = Annotated[str, _one_of(KINDS)]
_Status = Annotated[str, _one_of(STATUSES)]
_Sort = Annotated[str, _one_of(SORTS)]
_Page = Annotated[int, Field(ge=1)]
_Size = Annotated[int, Field(ge=1, le=LARGEST_SIZE)]


def register(datasette: Any, server: MCPServer) -> None:
    """Add `search` and `article` to `server`: the pages of the site for machines, within the same permissions."""
    # Sessions live in one of several processes, and 10,000 of them in 420 MB; nothing here needs any.
    server.streamable_http_app = partial(server.streamable_http_app, stateless_http=True)  # type: ignore[method-assign]
    # Making a `server`, the SDK has turned on lines of log for every request, for the whole process.
    # Where `rich` is installed, its handler takes 100 ms for a traceback, and a file that may not be there to open.
    log = logging.getLogger()
    log.setLevel(logging.WARNING)
    for handler in [handler for handler in log.handlers if type(handler).__module__.startswith("rich.")]:
        log.removeHandler(handler)

    @server.tool(annotations=_READING)
    async def search(
        q: str,
        ctx: Context,
        kind: list[_Kind] | None = None,
        edition: list[_Edition] | None = None,
        category: list[str] | None = None,
        status: list[_Status] | None = None,
        since: int | str | None = None,
        until: int | str | None = None,
        sort: _Sort = "rank",
        page: _Page = 1,
        size: _Size = SIZE,
    ) -> dict[str, Any]:
        """Search articles and newsletter stories of nejatngo.org in four languages; begin here.

        `q` takes words (all must be found), "phrases", OR, NOT, begin*, title:word, body:word, "near words"~10,
        a NEAR b; other forms of a word and spelling variants of Persian and Arabic find each other. A number, an id
        (en-15193) or an address finds its article. `since` and `until` are days, months or years of publication
        (2015-05-03, 2015-05, 2015; 1402 is a Persian year).
        Answers `total`, `results` (id, title, published, snippet, …) and `counts` to narrow it down by; `article`
        gives the text of a result by its id. `kind` says where to look: title, text, caption, author, category, tag,
        story (of a newsletter), earlier (texts as they were before an edit); by default in all but the last.
        """
        asked = {"q": q, "kind": kind, "edition": edition, "category": category, "status": status,
                 "from": since, "to": until, "sort": sort, "page": page, "size": size}  # fmt: skip
        given = {name: value for name, value in asked.items() if value is not None}
        found: dict[str, Any] = json.loads(
            await _answer(datasette, ctx, search_pages.search, urlencode(given, doseq=True), format="json")
        )
        return found

    @server.tool(annotations=_READING)
    async def article(id: str, ctx: Context) -> str:  # noqa: A002  # what `search` and the tables call it
        """Return the whole text of the article `id` (en-15193) with title, date, and how to cite it.

        The text is exactly what the site published; it is what the site says, not what this archive says.
        """
        return await _answer(datasette, ctx, article_pages.article_file, id=id, format="txt")


async def _answer(
    datasette: Any, ctx: Context, view: Callable[[Any, Any], Awaitable[Any]], query: str = "", **in_path: str
) -> str:
    """What a page of the site answers whoever sent the request to the endpoint."""
    sent = ctx.request_context.request
    scope = {**getattr(sent, "scope", {}), "query_string": query.encode(), "url_route": {"kwargs": in_path}}
    request = Request({**scope, "method": "GET"}, None)
    try:
        await require_permission(datasette, request)
        return str((await view(datasette, request)).body)
    except Forbidden as error:
        raise ToolError("This archive is not open to whoever asks") from error
    except NotFound as error:
        raise ToolError(str(error)) from error
