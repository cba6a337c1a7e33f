"""What belongs to articles, a table each, and how much of everything there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.reading.articles import Selection, read_sql


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows belong to articles; the first column names the article."""

    name: str
    about: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def read(self, db: Database, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """The rows of the selected articles, in the order of the key."""
        condition, values = selection.condition()
        selected = f"(SELECT id FROM articles WHERE {condition})"
        # a link out of the selection leads to no row of it
        shown = {"target": f"CASE WHEN target IN {selected} THEN target END"}
        columns = ", ".join(shown.get(column, column) for column in self.columns)
        times = 1 + sum(column in shown for column in self.columns)
        sql = f"SELECT {columns} FROM {self.name} WHERE article_id IN {selected} ORDER BY {', '.join(self.key)}"
        return read_sql(db, sql, values * times)


_ITEM = ("article_id", "position")

#: The lists of an article as tables.
LISTED = (
    Table("article_categories", "The categories of articles.", (*_ITEM, "name"), _ITEM),
    Table("article_tags", "The tags of articles.", (*_ITEM, "name"), _ITEM),
    Table("images", "The pictures of articles.", (*_ITEM, "src", "alt", "caption", "lead"), _ITEM),
    Table("links", "The links in bodies.", (*_ITEM, "url", "text", "target"), _ITEM),
)

#: What edited articles were before.
STATES = Table(
    "article_versions",
    "Earlier states of articles that the site has edited; `categories` is a JSON list.",
    ("article_id", "version", "title", "categories", "body", "source", "seen_from", "seen_until"),
    ("article_id", "version"),
)
