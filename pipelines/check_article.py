"""Let through what is an article; drop the rest with a reason that is counted."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from nejat_crawler.crawl.run import RunComponent
from nejat_crawler.items import Article, Newsletter


class CheckArticle(RunComponent):
    """Item pipeline that drops what holds nothing."""

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Raise DropItem for what is no article."""
        if isinstance(item, Article) and not any((item.title, item.body, item.excerpt, item.images, item.protected)):
            self._run.add_error(f"{item.edition}-{item.post_id} at {item.found_at} is empty, and is not archived")
            raise DropItem("empty", log_level="DEBUG")
        return item
