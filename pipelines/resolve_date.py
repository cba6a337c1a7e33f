"""Turn the date that a page prints into the day on the site's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nejat_crawler.dates import ResolvedDate, read_date
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.items import Article, Newsletter


def resolve_date(article: Article) -> Article:
    """`article`, now with `published` and `published_at`, or with the reason why it has no date."""
    theme = BY_NAME.get(article.theme)  # a layout of a text capture is none
    order = theme.day_order if theme else None
    date = read_date(article.published_at, article.published_text, article.edition, order)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    if date.published and date.published > tomorrow:
        date = ResolvedDate(None, None, "a day to come")
    article.published, article.published_at, article.undated = date.published, date.published_at, date.reason
    return article


class ResolveDate:
    """Item pipeline around `resolve_date`."""

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Date an article; a newsletter's stories are dated already."""
        return item if isinstance(item, Newsletter) else resolve_date(item)
