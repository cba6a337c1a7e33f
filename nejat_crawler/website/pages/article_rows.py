"""What the page of an article shows: everything that the archive knows of it, gathered in one visit."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from nejat_crawler.archive.reading.article_details import read_details, read_named_row
from nejat_crawler.archive.reading.query_rows import Rows
from nejat_crawler.archive.reading.states import Change, StatusChange, read_history
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.search.similar import related_articles


@dataclass(frozen=True, slots=True)
class ArticleContent:
    """An article with all that belongs to it; changes are the latest first."""

    row: dict[str, Any]
    """With the names of its `categories` and `tags`."""
    lists: dict[str, Rows]
    """By the names of `read_details`."""
    near: dict[str, Rows]
    """By the names of `related_articles`."""
    changes: list[Change]
    status_changes: list[StatusChange]

    def local_addresses(self, page: str) -> dict[str, str]:
        """For each address in the text that leads to an archived article, its page: `page` and the id."""
        return {link["url"]: page + link["target"] for link in self.lists["links"] if link["target"]}


def read_article(connection: sqlite3.Connection, searcher: Searcher, article_id: str) -> ArticleContent | None:
    """Everything about an article; None if there is no such article."""
    row = read_named_row(connection, article_id)
    history = read_history(connection, article_id)
    if row is None or history is None:
        return None
    return ArticleContent(
        row,
        read_details(connection, article_id),
        related_articles(connection, searcher, row),
        [*history.changes()][::-1],
        history.status_changes[::-1],
    )
