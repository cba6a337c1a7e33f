"""Security middleware: requests that only read, plain addresses, security headers on every response."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from nejat_crawler.website.responses import BrokenOffError

#: Every page is made by our own templates, which hold neither script nor inline style.
POLICY = "; ".join([
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
])  # fmt: skip
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
}

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Any, Send], Awaitable[None]]

# Datasette repeats a page's address in a Link header; 10,000 characters of search make one that clients refuse.
_LONGEST_LINK = 2000
_LONG_QUERY = 8000  # bytes
_MOST_TYPED = 1000  # characters of a search that are read
_LIST = re.compile(r"/nejat/names(\.json|\.csv)?$")
_STATIC = re.compile(r"/(-/)?static/")
_LONGEST_BODY = 2**20  # bytes of what is sent to the endpoint of MCP
_LOOK_AFTER = 2**20  # bytes of a file, after which to look whether anybody still takes it
_RETRY_AFTER = b"5"  # seconds, where too many ask at once
_SLASHES = re.compile(rb"[/\\]{2,}|\\")  # browsers take `\` for `/`; "//a.example/" would lead to another host


def _shortened(query: bytes) -> bytes:
    """`query` with what is searched for cut: Datasette takes it apart a hundred times, 4 s for 10,000 letters."""
    if len(query) <= _LONG_QUERY:
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode(
        [(name, value[:_MOST_TYPED] if name in {"_search", "q"} else value) for name, value in pairs]
    ).encode()


def _with_security_headers(headers: Iterable[tuple[bytes, bytes]], *, lasting: bool) -> list[tuple[bytes, bytes]]:
    kept = [
        (name, value)
        for name, value in ((bytes(name).lower(), value) for name, value in headers)
        if name not in HEADERS and (name != b"link" or len(value) <= _LONGEST_LINK)
    ]
    if lasting and all(name != b"cache-control" for name, _ in kept):
        kept.append((b"cache-control", b"max-age=3600"))
    return [*kept, *HEADERS.items()]


def takes_list(path: str) -> bool:
    """Whether `path` takes a list of names that is longer than an address can be; it reads, and changes nothing."""
    return bool(_LIST.search(path))


def _refusal(scope: Scope) -> int:
    """The status for a request that may do more than read; 0 lets it in: to the endpoint of MCP, or a list of names.

    That protocol asks servers to refuse what a page of another site sends.
    """
    if not scope["path"].endswith("/-/mcp") and not (scope["method"] == "POST" and takes_list(scope["path"])):
        return 405
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return 0 if origin is None or origin.partition(b"://")[2] == headers.get(b"host") else 403


def raw_path(scope: Scope) -> bytes:
    """The path as it was sent."""
    sent: bytes = scope.get("raw_path") or scope["path"].encode()
    return sent.partition(b"?")[0]  # httpx adds the query


async def send_text(
    send: Send, status: int, text: str, *headers: tuple[bytes, bytes], kind: bytes = b"text/plain"
) -> None:
    """Answer without Datasette, which takes as long for a refusal as for some pages."""
    of_text = (b"content-type", kind + b"; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [of_text, *headers]})
    await send({"type": "http.response.body", "body": text.encode()})


def _is_legible(header: tuple[bytes, bytes]) -> bool:
    """Whether Datasette can read a header: of `Cookie: =` Python says that its name is illegal."""
    name, value = header
    if name.lower() != b"cookie":
        return True
    try:
        SimpleCookie(value.decode("ascii"))
    except (CookieError, ValueError):
        return False
    return True


async def _whole_body(scope: Scope, receive: Any) -> bytes | None:
    """What was sent with a request; None where whoever sends it hangs up.

    Raises ValueError where it is too long, or says that it will be.
    """
    if int(dict(scope["headers"]).get(b"content-length", b"0")) > _LONGEST_BODY:
        raise ValueError
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > _LONGEST_BODY:
            raise ValueError
        if not message.get("more_body"):
            return bytes(body)


def replayed(body: bytes, receive: Any) -> Any:
    """`receive` for an application that has not read the `body` yet."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again


async def is_gone(receive: Any) -> bool:
    """Whether whoever asked has hung up."""
    try:
        async with asyncio.timeout(0):
            while (await receive())["type"] == "http.request":
                pass
    except TimeoutError:
        return False
    return True


def secured(application: Application, begin: Callable[[], None]) -> Application:
    """`application` behind the security middleware: reading only, with security headers, also on errors and files.

    `begin` is called when the server begins.
    """

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] == "lifespan":
            begin()
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        lasting = bool(_STATIC.match(scope["path"]))  # asked for with a digest of what the file holds

        sent = 0

        async def send_secured(message: dict[str, Any]) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                headers = _with_security_headers(
                    message.get("headers", []), lasting=lasting and message["status"] == 200
                )
                if message["status"] == 503:
                    headers.append((b"retry-after", _RETRY_AFTER))
                message = {**message, "headers": headers}
            elif message.get("more_body"):
                sent += len(message["body"])
                if sent > _LOOK_AFTER and scope["method"] == "GET":
                    sent = 0
                    if await is_gone(receive):  # else the rest would be made for nobody: 450 MB of articles
                        raise BrokenOffError
            await send(message)

        path = raw_path(scope)
        if scope["method"] not in {"GET", "HEAD"} and (status := _refusal(scope)):
            await send_text(send_secured, status, "Only GET and HEAD are answered here.\n", (b"allow", b"GET, HEAD"))
        elif plain := _SLASHES.search(path) and _SLASHES.sub(b"/", path):
            query = b"?" + scope["query_string"] if scope["query_string"] else b""
            await send_text(send_secured, 301, "", (b"location", plain + query))
        else:
            headers = [header for header in scope["headers"] if _is_legible(header)]
            scope = {**scope, "headers": headers, "query_string": _shortened(scope.get("query_string", b""))}
            if scope["method"] == "POST":
                try:
                    body = await _whole_body(scope, receive)
                except ValueError:
                    await send_text(send_secured, 413, f"At most {_LONGEST_BODY:,} bytes are read.\n")
                    return
                if body is None:  # the SDK of MCP would log where in it that happened
                    return
                receive = replayed(body, receive)
            with contextlib.suppress(BrokenOffError):  # without its end, whoever takes it sees that it is not whole
                await application(scope, receive, send_secured)

    return answer
