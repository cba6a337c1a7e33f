"""Let through what is an article; drop the rest with a reason that is counted."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from nejat_crawler.crawl.run import Run
from nejat_crawler.items import Article, Newsletter


def find_fault(article: Article) -> str | None:
    """Why `article` is none, or None."""
    if not any((article.title, article.body, article.excerpt, article.images, article.protected)):
        return "empty"
    return None


class CheckArticle:
    """Scrapy's door to `find_fault`."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Report to the crawl's run."""
        return cls(Run.of(crawler))

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Raise DropItem for what is no article."""
        if isinstance(item, Article) and (fault := find_fault(item)):
            self._run.report(f"{item.edition}-{item.post_id} at {item.found_at} is {fault}, and is not archived")
            raise DropItem(fault, log_level="DEBUG")
        return item
