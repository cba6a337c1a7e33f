"""Whose turn it is: our own pages come first; of what else is asked for a little is made at once, the rest waits.

A process computes one thing at a time. What is no page of ours (tables, readers' SQL, files without end, addresses
that there are not) is begun when none of ours is being made, and refused at little cost where too much of it waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import re
import time
from collections.abc import Callable
from typing import Any

from datasette.utils.asgi import Request  # type: ignore[import-untyped]

from nejat_crawler.website.app.security import Application, Scope, Send, is_gone, raw_path, replayed, send_text
from nejat_crawler.website.database import NAME, queue_of

#: How many are made at once. A page of a table may hold rows of 4 MB, and waits for its processes most of the time.
_PLACES = {"tables": 2, "sql": 2, "mcp": 2, "files": 40, "others": 1}
_LONGEST_PAUSE = 0.25  # seconds after a page, in which our own come: as many as it took to make it,
_QUIET = 1  # unless for so many seconds nobody has asked for one of ours
_LONGEST_WAIT = 5  # seconds for one of them to be made
_LONGEST_YIELD = 0.5  # seconds in which our own pages come first
_MOST_WAITING = 40  # of each kind: more would fill up the connections that the site may have
_PORTION = 64 * 1024  # bytes of a file that are sent at once; a row of a table is some 100 µs by itself
#: What is said where too many ask.
BUSY = "Too many others ask for tables and queries just now: try again in a moment"
_OF_TABLES = re.compile(rf"/{NAME}(?=[/.]|$)")

Leave = Callable[[], None]


class Turns:
    """Counts what is being made and what waits for it."""

    def __init__(self) -> None:
        self._places = {kind: asyncio.Semaphore(places) for kind, places in _PLACES.items()}
        self._waiting = dict.fromkeys(_PLACES, 0)
        self._ours = 0
        self._asked_for_ours = -math.inf
        self._none_of_ours = asyncio.Event()
        self._none_of_ours.set()

    def begin_ours(self) -> Leave:
        """Begin one of our own pages; call what comes back when it is made."""
        self._ours += 1
        self._asked_for_ours = time.monotonic()
        self._none_of_ours.clear()
        return self._end_ours

    def _end_ours(self) -> None:
        self._ours -= 1
        if not self._ours:
            self._none_of_ours.set()

    async def begin(self, kind: str) -> Leave:
        """Wait for one of the places of a kind; raises TimeoutError where too many others do so, or for too long."""
        if self._waiting[kind] >= _MOST_WAITING:
            raise TimeoutError
        self._waiting[kind] += 1
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                await self._places[kind].acquire()
        finally:
            self._waiting[kind] -= 1
        began = time.monotonic()

        def leave() -> None:
            now = time.monotonic()
            if now - self._asked_for_ours > _QUIET:
                self._places[kind].release()
            else:
                asyncio.get_running_loop().call_later(min(now - began, _LONGEST_PAUSE), self._places[kind].release)

        return leave

    async def give_way(self) -> None:
        """Wait until none of our own pages is being made, half a second at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_YIELD):
                await self._none_of_ours.wait()


def _kind(scope: Scope, path: str) -> str:
    if path.endswith(".csv"):
        return "files"
    if path.endswith("/-/mcp"):
        return "mcp"
    return queue_of(Request(scope, None)) if _OF_TABLES.match(path) else "others"


async def _refuse(scope: Scope, send: Send) -> None:
    """Say that there is too much to do."""
    if scope["path"].endswith(".json"):
        refusal = json.dumps({"ok": False, "error": BUSY, "status": 503})
        await send_text(send, 503, refusal, kind=b"application/json")
    else:
        await send_text(send, 503, f"{BUSY}.\n")


def in_turn(application: Application, is_ours: Callable[[str], bool]) -> Application:
    """`application`, asked for our own pages at once, and for others when their turn has come.

    `is_ours` says of a path whether it is one of our own pages.
    """
    turns = Turns()

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        path = raw_path(scope).decode("latin-1")
        ours = is_ours(path)
        kind = "" if ours else _kind(scope, path)
        try:
            leave: Leave | None = turns.begin_ours() if ours else await turns.begin(kind)
        except TimeoutError:
            await _refuse(scope, send)
            return
        held = bytearray()

        def made() -> None:
            nonlocal leave
            if leave:
                leave()
                leave = None

        async def send_on(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and kind != "files":  # what follows waits for who reads it
                made()
            if message.get("more_body") and kind != "mcp":  # where each event is waited for
                held.extend(message["body"])
                if len(held) < _PORTION:
                    return
                await turns.give_way()
            if held:
                message = {**message, "body": bytes(held) + (b"" if message.get("more_body") else message["body"])}
                held.clear()
            await send(message)

        try:
            if not ours:
                await turns.give_way()
                if scope["method"] == "GET":
                    if await is_gone(receive):
                        return  # nobody waits for it any more
                    receive = replayed(b"", receive)
            await application(scope, receive, send_on)
        finally:
            made()

    return answer
