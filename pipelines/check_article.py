"""Let through what is an article; drop the rest with a reason that is counted."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from nejat_crawler.crawl.run import RunComponent
from nejat_crawler.items import Article, Newsletter


def find_fault(article: Article) -> str | None:
    """Why `article` is none, or None."""
    if not any((article.title, article.body, article.excerpt, article.images, article.protected)):
        return "empty"
    return None


class CheckArticle(RunComponent):
    """Item pipeline around `find_fault`."""

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Raise DropItem for what is no article."""
        if isinstance(item, Article) and (fault := find_fault(item)):
            self._run.add_error(f"{item.edition}-{item.post_id} at {item.found_at} is {fault}, and is not archived")
            raise DropItem(fault, log_level="DEBUG")
        return item
