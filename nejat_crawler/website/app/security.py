"""Security middleware: requests that only read, plain addresses, security headers on every response."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

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
_STATIC = re.compile(r"/(-/)?static/")
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


def _refusal(scope: Scope) -> int:
    """The status for a request that may do more than read; 0 lets it in, to the endpoint of MCP alone.

    That protocol asks servers to refuse what a page of another site sends.
    """
    if not scope["path"].endswith("/-/mcp"):
        return 405
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return 0 if origin is None or origin.partition(b"://")[2] == headers.get(b"host") else 403


async def _answer(send: Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *headers]})
    await send({"type": "http.response.body", "body": text.encode()})


def secured(application: Application) -> Application:
    """`application` behind the security middleware: reading only, with security headers, also on errors and files."""

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        lasting = bool(_STATIC.match(scope["path"]))  # asked for with a digest of what the file holds

        async def send_secured(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = _with_security_headers(
                    message.get("headers", []), lasting=lasting and message["status"] == 200
                )
                message = {**message, "headers": headers}
            await send(message)

        path: bytes = (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0]  # httpx adds the query
        if scope["method"] not in {"GET", "HEAD"} and (status := _refusal(scope)):
            await _answer(send_secured, status, "Only GET and HEAD are answered here.\n", (b"allow", b"GET, HEAD"))
        elif plain := _SLASHES.search(path) and _SLASHES.sub(b"/", path):
            query = b"?" + scope["query_string"] if scope["query_string"] else b""
            await _answer(send_secured, 301, "", (b"location", plain + query))
        else:
            scope = {**scope, "query_string": _shortened(scope.get("query_string", b""))}
            await application(scope, receive, send_secured)

    return answer
