"""WARC files byte by byte, so that they can be as wrong as those of the world."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

PAGE = b"<!DOCTYPE html>\n<html><head><title>Hut</title></head><body><p>The hut is open.</p></body></html>\n"
HTML = "Content-Type: text/html; charset=UTF-8"
DAY = "2019-05-04T03:02:01Z"


def http(body: bytes = PAGE, *fields: str, status: str = "HTTP/1.1 200 OK", kind: str = HTML) -> bytes:
    """An answer over HTTP."""
    return "\r\n".join([status, *filter(None, [kind]), *fields, "", ""]).encode() + body


def record(
    block: bytes,
    *fields: str,
    url: str = "https://www.nejatngo.org/en/posts/7",
    kind: str = "response",
    media: str = "application/http;msgtype=response",
    date: str = DAY,
    length: int | str | None = None,
) -> bytes:
    """A record; `length`: what its Content-Length says, where that is wrong."""
    size = len(block) if length is None else length
    head = [
        f"WARC/1.1\r\nWARC-Type: {kind}",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {url}",
        f"Content-Type: {media}",
    ]
    return "\r\n".join([*head, *fields, f"Content-Length: {size}", "", ""]).encode() + block + b"\r\n\r\n"


def members(records: Iterable[bytes]) -> bytes:
    """Records compressed one by one, as the standard has it."""
    return b"".join(map(gzip.compress, records))


def chunked(body: bytes, size: int = 40, end: bytes = b"0\r\n\r\n") -> bytes:
    """A body in chunks."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + end


def raw_deflate(body: bytes) -> bytes:
    """A body as some servers send `deflate`: without zlib's head."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()
