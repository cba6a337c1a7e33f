"""What can be read as a page: its declared encoding cannot be believed, and its length has an end."""

from __future__ import annotations

import codecs
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response, TextResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

#: Of so many characters one may be lost: old posts hold a stray byte of another encoding here and there.
_STRAY = 1000


class Decoding:
    """Downloader middleware: a page is read in the encoding that its bytes are in, or not at all.

    A server that begins to say `charset=iso-8859-1` over UTF-8 would turn every archived text into an edit of itself.
    """

    def __init__(self, longest_page: int) -> None:
        self._longest_page = longest_page

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read NEJAT_LONGEST_PAGE."""
        return cls(crawler.settings.getint("NEJAT_LONGEST_PAGE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy names it)
        """Give a page the encoding that fits; raise IgnoreRequest where none does, or the page is too long."""
        if not isinstance(response, TextResponse):
            return response
        if isinstance(response, HtmlResponse) and len(response.body) > self._longest_page:
            raise IgnoreRequest(f"the page is longer than NEJAT_LONGEST_PAGE ({self._longest_page} bytes)")
        encoding = find_encoding(response.body, (response.headers.get("Content-Type") or b"").decode("latin-1"))
        if encoding is None:
            raise IgnoreRequest("its bytes are not in the encoding that it declares, nor in UTF-8")
        return response.replace(encoding=encoding)


def find_encoding(body: bytes, content_type: str = "") -> str | None:
    """The encoding of a page's bytes: UTF-8 if they are valid in it, else one that the page declares and is in.

    WordPress writes UTF-8, and hardly any text of another encoding is valid in it. A few stray bytes in UTF-8 are
    borne. None where nothing fits.

    >>> find_encoding("café".encode(), "text/html; charset=iso-8859-1")
    'utf-8'
    >>> find_encoding("Caf\u00e9".encode("cp1252"), "text/html; charset=iso-8859-1")
    'cp1252'
    >>> find_encoding("\u06a9\u0648\u0647".encode("cp1256"), "text/html; charset=utf-8") is None
    True
    """
    declared = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    for name in ("utf-8", *(resolve_encoding(name) for name in declared if name)):
        if name and _fits(body, name):
            return name
    text = body.decode("utf-8", "replace")
    return "utf-8" if text.count("\ufffd") * _STRAY <= len(text) else None


def _fits(body: bytes, encoding: str) -> bool:
    try:
        codecs.decode(body, encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
