"""How our own pages ask the archive and answer: within Datasette's permissions, threads and time limit."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from datasette.utils import sqlite_timelimit  # type: ignore[import-untyped]
from datasette.utils.asgi import Response  # type: ignore[import-untyped]
from jinja2 import Template

from nejat_crawler.archive.reading.corpus_version import CachedVersion
from nejat_crawler.website.database import NAME
from nejat_crawler.website.search.searcher import Searcher

Result = TypeVar("Result")
Ask = Callable[[sqlite3.Connection, Searcher], Result]


_ODD = re.compile(r"[^A-Za-z0-9._-]")  # in the name of a file, where a quotation mark would end it


#: Set in the scope of a request whose answer is soon out of date, though nothing is written any more.
NO_CACHE = "nejat.no_cache"


class BrokenOffError(BaseException):
    """A file that is being sent cannot be sent to its end; no Exception, for Datasette would write that into it."""


class TooLongError(Exception):
    """The archive was not done within the time limit for queries."""


def _shared(datasette: Any, name: str, make: Callable[[Any], Result]) -> Result:
    """What all requests of a site share; it is made once of the database, and kept there."""
    database = datasette.get_database(NAME)
    if not hasattr(database, name):
        setattr(database, name, make(database))
    found: Result = getattr(database, name)
    return found


def searcher_of(datasette: Any) -> Searcher:
    """The searcher of a site."""
    return _shared(datasette, "searcher", lambda database: Searcher(Path(database.path)))


async def ask(datasette: Any, question: Ask[Result]) -> Result:
    """Ask the archive; raises TooLongError."""
    searcher = searcher_of(datasette)
    limit = datasette.setting("sql_time_limit_ms")

    def answer(connection: sqlite3.Connection) -> Result:
        # of 100,000 articles a second's work: if it were cut short, each reader would begin it again
        searcher.index(connection)
        with sqlite_timelimit(connection, limit):
            return question(connection, searcher)

    try:
        found: Result = await datasette.get_database(NAME).execute_fn(answer)
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise TooLongError from error
        raise
    return found


async def corpus_version_of(datasette: Any, request: Any, *, wait: bool = True) -> str:
    """The version of the corpus, by which a paper can say exactly what it used.

    The first request waits for it (60,000 articles: three seconds), or gets "" if it would not `wait`; while a crawl
    writes it may be ten minutes old. An answer to `request` that holds an old one is not to be kept.
    """
    cached = _shared(datasette, "corpus_version", lambda database: CachedVersion(Path(database.path), pause=600))
    if cached.is_current():
        return cached.get_soon()  # at once: no other thread is needed
    version = await asyncio.to_thread(cached.get if wait else cached.get_soon)
    if not cached.is_current():
        request.scope[NO_CACHE] = True
    return version


async def require_permission(datasette: Any, request: Any) -> None:
    """Raise Datasette's Forbidden where the site's owner does not permit the archive to whoever sent `request`."""
    await datasette.ensure_permissions(request.actor, [("view-database", NAME), "view-instance"])


def absolute_url(datasette: Any, request: Any, path: str) -> str:
    """The whole address of a path of this site, under the host that `request` asked."""
    return str(datasette.absolute_url(request, datasette.urls.path(path)))


def html(datasette: Any, template: str | list[str | Template], context: Mapping[str, Any]) -> Response:
    """A page made of one of our templates, the first of several that there is.

    They are rendered at one go: Datasette's way, a step for each piece of text, takes 8 ms for a page of results.
    """
    environment = _shared(
        datasette, "environment", lambda _: datasette.jinja_env.overlay(enable_async=False, auto_reload=False)
    )
    text = environment.get_or_select_template(template).render({**context, "urls": datasette.urls})
    return Response.html(text)


def as_json(content: Any, status: int = 200) -> Response:
    """JSON, readable by scripts of other sites: everything here is public."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    headers = {"access-control-allow-origin": "*"}
    return Response(text, status=status, content_type="application/json; charset=utf-8", headers=headers)


def as_text(text: str, kind: str = "text/plain", name: str = "", status: int = 200) -> Response:
    """Text of some kind; with `name`, a file to save."""
    headers = {"content-disposition": f'attachment; filename="{_ODD.sub("_", name)}"'} if name else {}
    return Response(text, status=status, content_type=f"{kind}; charset=utf-8", headers=headers)


class Stream:
    """A CSV file sent while it is made: all matches may be 60,000 lines."""

    def __init__(self, name: str, columns: Iterable[str], rows: AsyncIterator[list[dict[str, Any]]]) -> None:
        self.name = name
        self.columns = list(columns)
        self.rows = rows

    async def asgi_send(self, send: Any) -> None:
        """Send it, as Datasette asks a response to."""
        headers = {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": f'attachment; filename="{self.name}"',
        }
        encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": encoded})
        await self._write(send, [dict(zip(self.columns, self.columns, strict=True))])
        async for rows in self.rows:
            await self._write(send, rows)
        await send({"type": "http.response.body", "body": b""})

    async def _write(self, send: Any, rows: list[dict[str, Any]]) -> None:
        lines = io.StringIO()
        csv.DictWriter(lines, self.columns, extrasaction="ignore").writerows(rows)
        await send({"type": "http.response.body", "body": lines.getvalue().encode(), "more_body": True})
