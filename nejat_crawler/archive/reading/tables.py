"""The rows of tables that belong to articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.fields import Table
from nejat_crawler.archive.reading.articles import Selection, read_sql


def read_table(db: Database, table: Table, selection: Selection) -> Iterator[tuple[Any, ...]]:
    """The exported fields of a table that has `article_id`, of the selected articles, in the order of its key."""
    condition, values = selection.condition(db)
    selected = f"(SELECT id FROM articles WHERE {condition})"
    names = table.exported()
    # a link out of the selection leads to no row of it
    shown = {"target": f"CASE WHEN target IN {selected} THEN target END"}
    columns = ", ".join(shown.get(name, name) for name in names)
    times = 1 + sum(name in shown for name in names)
    sql = f"SELECT {columns} FROM {table.name} WHERE article_id IN {selected} ORDER BY {', '.join(table.key)}"
    return read_sql(db, sql, values * times)
