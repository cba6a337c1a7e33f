"""Pages are made one after another, and what is asked for again is not made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from hashlib import blake2b
from typing import Any

from datasette.utils.asgi import Response  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.open_file import file_version
from nejat_crawler.website.responses import NO_CACHE, require_permission, searcher_of

View = Callable[[Any, Any], Awaitable[Any]]

_KEPT = 256  # pages
_KEPT_IN_ALL = 20_000_000  # characters
_LONGEST_KEPT = 300_000  # characters
_LONGEST_ADDRESS = 2000  # characters: an address may have half a million, and so has what it is kept under
_LONGEST_WAIT = 0.5  # seconds


class PageCache:
    """The pages of a site as they were sent, for as long as the archive does not change."""

    def __init__(self) -> None:
        self._version: tuple[int, ...] = ()
        self._pages: dict[tuple[str, ...], Response] = {}
        self._size = 0
        self._making = asyncio.Lock()

    def get(self, version: tuple[int, ...], key: tuple[str, ...]) -> Response | None:
        """The page of an address, if it was made of this version of the archive."""
        if version != self._version:
            self._pages.clear()
            self._version, self._size = version, 0
        return self._pages.get(key)

    def store(self, version: tuple[int, ...], key: tuple[str, ...], page: Any) -> None:
        """Keep a page of the latest version, unless it is long, a stream, or no success."""
        body = getattr(page, "body", None)
        if not isinstance(body, str) or page.status != 200 or len(body) > _LONGEST_KEPT or version != self._version:
            return
        if key in self._pages or sum(map(len, key)) > _LONGEST_ADDRESS:
            return
        self._pages[key] = page
        self._size += len(body)
        while len(self._pages) > _KEPT or self._size > _KEPT_IN_ALL:
            self._size -= len(self._pages.pop(next(iter(self._pages))).body)

    @asynccontextmanager
    async def one_at_a_time(self) -> AsyncIterator[None]:
        """Wait until the page before is made, half a second at most.

        A process computes one thing at a time anyhow. Four searches at once each took four times as long, and those
        that were asked for last came late: of 16 readers' searches the slowest twentieth took 550 ms, not 330.
        """
        taken = False
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                taken = await self._making.acquire()
        except TimeoutError:
            pass  # the one before waits for something else, or takes as long as it may: three seconds
        try:
            yield
        finally:
            if taken:
                self._making.release()


def cached(view: View, pages: PageCache, *, uses_index: bool = True) -> View:
    """`view` with permissions checked and its pages cached; `uses_index`: its pages may lag behind, as that may."""

    async def answer(datasette: Any, request: Any) -> Any:
        await require_permission(datasette, request)
        if request.actor or request.cookies:  # to whom Datasette may show more, and messages
            return await view(datasette, request)
        searcher = searcher_of(datasette)
        version = file_version(searcher.path)
        key = (request.scheme, request.host, request.full_path)
        if kept := pages.get(version, key):
            return _unless_known(request, kept)
        async with pages.one_at_a_time():
            if kept := pages.get(version, key):  # made meanwhile
                return _unless_known(request, kept)
            # asked before, too: others may read the index anew while this page is made of the old one
            lags = uses_index and not searcher.index_cache.is_of(version)
            page = await view(datasette, request)
        lags = lags or (uses_index and not searcher.index_cache.is_of(version))
        if not lags and NO_CACHE not in request.scope and file_version(searcher.path) == version:
            pages.store(version, key, page)
        return _unless_known(request, page)

    return answer


def _unless_known(request: Any, response: Any) -> Any:
    """`response`, or 304 to a reader of feeds that has it already: most ask every hour, and nothing is new."""
    if not isinstance(getattr(response, "body", None), str) or response.status != 200:
        return response
    if "etag" not in response.headers:
        # weak: nginx may compress what it stands for
        response.headers["etag"] = f'W/"{blake2b(response.body.encode(), digest_size=12).hexdigest()}"'
    known = [tag.strip() for tag in (request.headers.get("if-none-match") or "").split(",")]
    tag = response.headers["etag"]
    if tag in known or tag.removeprefix("W/") in known or "*" in known:
        return Response("", status=304, headers={"etag": tag})
    return response
