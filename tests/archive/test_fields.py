"""Every column of the archive is described once, and what is published of it says the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import yaml
from sqlite_utils import Database

from nejat_crawler.archive import Archive
from nejat_crawler.archive.fields import TABLES
from tests.support import field_docs

_MADE = "changed by hand, or archive/fields was: run `python -m tests.support.field_docs`"


def test_every_column_of_every_table_is_described(tmp_path: Path) -> None:
    Archive.open(tmp_path / "new.db").close()
    with closing(Database(tmp_path / "new.db")) as db:
        columns = {
            name: {column.name for column in db.table(name).columns}
            for name in db.table_names()
            if not name.startswith(("articles_fts", "versions_fts", "_sqlite", "sqlite_"))
        }
        keys = {name: set(db.table(name).pks) for name in columns}
    assert {table.name: {field.name for field in table.columns()} for table in TABLES} == columns
    assert {table.name: set(table.key) for table in TABLES} == keys
    assert all(field.about.endswith(".") for table in TABLES for field in table.fields)


def test_datasette_shows_what_the_fields_mean() -> None:
    assert field_docs.METADATA.read_text("utf-8") == field_docs.metadata(), _MADE
    published = yaml.safe_load(field_docs.metadata())["databases"]["nejat"]["tables"]
    for table in TABLES:
        described = {field.name: field.about for field in table.columns()}
        assert (published[table.name]["title"], published[table.name]["columns"]) == (table.title, described)


def test_the_docs_say_what_the_fields_mean() -> None:
    assert field_docs.ARTICLE.read_text("utf-8") == field_docs.article(), _MADE
    assert "`checked_at`" in field_docs.article()
