"""Articles out of the archive, as the contract describes them.

SQLite itself writes the rows: to build articles in Python and to take them apart again takes three times as long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveError
from nejat_crawler.archive.fields import ARTICLE_LISTS, ARTICLES, VERSIONS
from nejat_crawler.archive.reading.word_search import match_condition

#: Fields of an exported article, in order.
FIELDS = ARTICLES.exported()

#: What tells apart the rows of one article, where each of its states is a row.
VERSION, REEXTRACTED = OF_A_STATE = ("version", "reextracted_at")

#: What is given only where it is asked for: the sanitised markup, and the earlier states of an edited article.
BODY_HTML, EARLIER = "body_html", "earlier"

#: Fields that are lists, and the tables that hold them.
LISTS = dict(zip(("categories", "tags", "images", "links"), ARTICLE_LISTS, strict=True))

# Of an earlier state only this was kept; every other column of its row is empty.
_EARLIER_COLUMNS = {
    **{name: f"articles.{name}" for name in ("id", "edition", "post_id", "url", "language", "versions")},
    **{name: f"article_versions.{name}" for name in (*OF_A_STATE, "title", "body", "source")},
    "category": "json_extract(article_versions.categories, '$[0]')",
    "first_seen": "seen_from",
    "last_seen": "seen_until",
}

_NUMBERS = frozenset(field.name for field in ARTICLES.fields if field.kind in ("number", "truth"))

#: `json`: an object of the contract. `cells`: a column a field, lists joined by `|`. Texts are UTF-8 in both: to
#: decode a text only to encode it again takes a third of the time.
Shape = Literal["json", "cells"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles; what is not given does not select. `since` and `until` are days, both included.

    `category` matches any of an article's categories, `query` what the site's search box finds.
    """

    editions: tuple[str, ...] = ()
    category: str | None = None
    since: str | None = None
    until: str | None = None
    query: str | None = None
    status: str | None = None

    def condition(self, db: Database) -> tuple[str, list[str]]:
        """What follows WHERE in a query of `articles`, and the values to bind."""
        matched, typed = ("1", []) if self.query is None else match_condition(db.conn, self.query)
        parts: list[tuple[str, tuple[str | None, ...]]] = [
            (f"edition IN ({', '.join('?' * len(self.editions))})", self.editions or (None,)),
            ("id IN (SELECT article_id FROM article_categories WHERE name = ?)", (self.category,)),
            ("published >= ?", (self.since,)),
            ("published <= ?", (self.until,)),
            (matched, tuple(typed)),
            ("status = ?", (self.status,)),
        ]
        given = [(sql, values) for sql, values in parts if None not in values]
        return " AND ".join(["1", *(sql for sql, _ in given)]), [str(value) for _, bound in given for value in bound]


EVERYTHING = Selection()

#: The order of every export.
ORDER = "ORDER BY edition, published, post_id, id"


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """One state of the archive for all that is read inside, whatever a crawl writes meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()  # if there is anything left: SQLite ends a transaction itself where its disk is full


def count_articles(db: Database, selection: Selection = EVERYTHING) -> int:
    """How many articles are selected."""
    condition, values = selection.condition(db)
    return int(next(read_sql(db, f"SELECT count(*) FROM articles WHERE {condition}", values))[0])


def read_articles(
    db: Database, selection: Selection = EVERYTHING, fields: Sequence[str] = FIELDS
) -> Iterator[dict[str, Any]]:
    """The selected articles by the contract, in a fixed order (edition, date, id); memory does not grow with them."""
    return (json.loads(text) for (text,) in read_rows(db, "json", selection, fields))


def read_rows(
    db: Database,
    shape: Shape,
    selection: Selection = EVERYTHING,
    fields: Sequence[str] = FIELDS,
    *,
    versions: bool = False,
) -> Iterator[tuple[Any, ...]]:
    """The selected articles as tuples of one JSON text, or of a cell a field; order as in `read_articles`.

    With `versions`, each earlier state of an edited article is a row of its own before it, and every row ends with
    OF_A_STATE: its number (the current state's is `versions`), and when an extractor read it anew.
    """
    condition, values = selection.condition(db)
    names = [*fields, *(OF_A_STATE if versions else ())]
    current = [column("versions" if name == "version" else name, shape) for name in names]
    sql = f"SELECT {_shaped(names, current, shape)}, id, versions FROM articles WHERE {condition} {ORDER}"
    earlier = [_earlier_column(name, shape) for name in names]
    earlier_sql = f"""
        SELECT {_shaped(names, earlier, shape)}
        FROM article_versions JOIN articles ON articles.id = article_id WHERE article_id = ? ORDER BY version
    """
    for *row, article_id, count in read_sql(db, sql, values):
        if versions and count > 1:
            yield from read_sql(db, earlier_sql, [article_id])
        yield tuple(row)


def read_sql(db: Database, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query; raises ArchiveError where the file is broken."""
    try:
        # `yield from` would, where the reader breaks off, close a cursor whose database is closed
        for row in db.execute(sql, list(values)):  # noqa: UP028
            yield row
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"the archive cannot be read to its end: {error}") from error


def read_content(db: Database, fields: Sequence[str], selection: Selection) -> Iterator[tuple[str, bytes]]:
    """The id of each selected article and the JSON list of the values of `fields`, as UTF-8; in the order of ids."""
    condition, values = selection.condition(db)
    columns = ", ".join(column(field, "json") for field in fields)
    sql = f"SELECT id, CAST(json_array({columns}) AS BLOB) FROM articles WHERE {condition} ORDER BY id"
    return ((article_id, text) for article_id, text in read_sql(db, sql, values))


def _shaped(names: Sequence[str], columns: Sequence[str], shape: Shape) -> str:
    if shape == "cells":
        cells = zip(names, columns, strict=True)
        return ", ".join(column if name in _NUMBERS else f"CAST({column} AS BLOB)" for name, column in cells)
    pairs = ", ".join(f"'{name}', {column}" for name, column in zip(names, columns, strict=True))
    return f"CAST(json_object({pairs}) AS BLOB)"


def column(field: str, shape: Shape) -> str:
    """A field as SQL, in a query of `articles`."""
    if field in LISTS:
        ordered = f"(SELECT * FROM {LISTS[field].name} WHERE article_id = articles.id ORDER BY position)"
        return _gathered(field, "name", ordered, shape)
    if field == EARLIER:
        keys = [key for key in VERSIONS.exported()[1:] if key != "replaced"]
        values = ", ".join(f"'{key}', {'json(categories)' if key == 'categories' else key}" for key in keys)
        kept = "iif(json_valid(replaced), json_object('replaced', json(replaced)), '{}')"  # a key where it is known
        ordered = "(SELECT * FROM article_versions WHERE article_id = articles.id ORDER BY version)"
        return f"json((SELECT json_group_array(json_patch(json_object({values}), {kept})) FROM {ordered}))"
    if field == "protected" and shape == "json":
        return "json(iif(protected, 'true', 'false'))"
    return field


def _earlier_column(field: str, shape: Shape) -> str:
    if field == "categories":
        return _gathered(field, "value", "json_each(article_versions.categories)", shape)
    return _EARLIER_COLUMNS.get(field, "NULL")


def _gathered(field: str, name: str, table: str, shape: Shape) -> str:
    """A list: as JSON; or its names, the file of an image (else what stands for it), the address of a link."""
    if shape == "json":
        values = {"lead": "json(iif(lead, 'true', 'false'))"}
        keys = LISTS[field].exported()[2:]  # behind article and position
        pairs = ", ".join(f"'{key}', {values.get(key, key)}" for key in keys)
        item = name if keys == ("name",) else f"json_object({pairs})"
        return f"json((SELECT json_group_array({item}) FROM {table}))"
    text = {"images": "coalesce(nullif(src, ''), alt)", "links": "url"}.get(field, name)
    escaped = rf"replace(replace({text}, '\', '\\'), '|', '\|')"  # a category may hold the sign that joins
    return f"(SELECT group_concat({escaped}, '|') FROM {table})"


def count_by(db: Database, column: str, selection: Selection) -> dict[str, int]:
    """The number of selected articles for each value of a column."""
    condition, values = selection.condition(db)
    sql = f"SELECT {column}, count(*) FROM articles WHERE {condition} GROUP BY 1 ORDER BY 1"
    return dict(read_sql(db, sql, values))


def last_seen(db: Database, selection: Selection) -> str | None:
    """When the archive last met any of the selected articles: `2026-11-21T08:00:00Z`."""
    condition, values = selection.condition(db)
    [[moment]] = read_sql(db, f"SELECT max(last_seen) FROM articles WHERE {condition}", values)
    return moment  # type: ignore[no-any-return]
