"""What spiders have in common that ask nobody: they read what is kept on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from nejat_crawler.archive import Archive


class OfflineSpider(Spider):
    """Sends what `read` yields through the pipelines of a crawl."""

    #: Nobody is asked, nothing is followed: what asks servers costs a fifth of a second to load.
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 (as Scrapy has it)
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {},
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "s3", "ftp")),
    }
    always_recorded = False

    def __init__(self, name: str | None, archive: Archive | None) -> None:
        super().__init__(name)
        self.archive = archive

    async def start(self) -> AsyncIterator[Request]:
        """One empty request, whose answer is what is kept: Scrapy cannot stop a spider whose start yields items."""
        yield Request("data:,", self.read, dont_filter=True)

    def read(self, _: Response) -> Iterator[Any]:
        """Every item."""
        raise NotImplementedError
