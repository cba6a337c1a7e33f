"""How long the head of an answer may be: Twisted keeps header lines without end, as long as they come."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool

from nejat_crawler.crawl.downloading.retry import LONGEST_HEAD, LongHeadError


class BoundedHeads(HTTP11DownloadHandler):
    """Scrapy's handler of HTTP, which breaks an answer off when its head is longer than LONGEST_HEAD."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        _bound_heads(self._pool)


def _bound_heads(pool: HTTPConnectionPool) -> None:
    made: Any = pool._factory

    class Bounded(made):  # type: ignore[misc]
        def buildProtocol(self, address: object) -> Any:  # noqa: N802 (Twisted calls it)
            protocol = super().buildProtocol(address)
            receive, length = protocol.dataReceived, 0

            def receive_bounded(data: bytes) -> None:
                nonlocal length
                parser = protocol._parser
                receive(data)
                # once it has its body, or is over, what comes next on this connection is another answer
                is_head = parser is not None and parser is protocol._parser and parser.state != "BODY"
                length = length + len(data) if is_head else 0
                if length > LONGEST_HEAD:
                    protocol._giveUp(Failure(LongHeadError()))  # type: ignore[no-untyped-call]  # Twisted's

            protocol.dataReceived = receive_bounded
            return protocol

    pool._factory = Bounded
