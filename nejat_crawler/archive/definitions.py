"""What a file defines beside its rows, which SQLite runs: an archive has what the migrations make, no more."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

from sqlite_utils import Database, Migrations

from nejat_crawler.archive.schema import MIGRATIONS, blank_archive, register_functions

# A digest of the index that archives have until `index_without_texts` makes it anew: its tables and triggers.
_EARLIER_INDEX = "8ca079cda9a6c47e080d54694416955cd9e8429877dd66755f960532174b46e3"
# What a table may do to a row that is written to it.
_COMPUTES = re.compile(r"\b(check|default|as)\s*\(", re.IGNORECASE)

Definitions = dict[tuple[str, str], str]


def foreign_definitions(db: Database) -> list[str]:
    """What the database defines that no migration has made, or otherwise: `trigger spy`, `table articles`.

    Tables and indexes that somebody has added are let be where they compute nothing.
    """
    made = _indexes() | _made_by(tuple(migration.name for migration in MIGRATIONS.applied(db)))
    found = _without_earlier_index(_definitions(db), made)
    foreign = [
        f"{kind} {name}"
        for (kind, name), sql in found.items()
        if made.get((kind, name)) != sql
        if not (kind == "table" and _is_plain(db, name, sql))
        if not (kind == "index" and _is_plain_index(sql))
    ]
    missing = [f"{kind} {name}, which is missing" for kind, name in made.keys() - found.keys() if kind != "index"]
    return sorted(foreign + missing)


def _without_earlier_index(found: Definitions, made: Definitions) -> Definitions:
    index = {
        (kind, name): sql
        for (kind, name), sql in found.items()
        if "_fts" in name and (kind, name) not in made and (kind == "trigger" or sql.startswith("CREATE VIRTUAL"))
    }
    known = sha256(repr(sorted(index.items())).encode()).hexdigest() == _EARLIER_INDEX
    return {key: sql for key, sql in found.items() if key not in index} if known else found


def _is_plain(db: Database, name: str, sql: str) -> bool:
    """Whether a table holds nothing but values: early versions have made some of ours with other columns."""
    if not sql.lower().startswith("create table"):
        return name.startswith("sqlite_")  # SQLite's own, without a definition
    quoted = name.replace("'", "''")
    columns = db.execute(f"SELECT hidden FROM pragma_table_xinfo('{quoted}')")
    return not _COMPUTES.search(sql) and all(hidden == 0 for (hidden,) in columns)  # the others are generated


def _is_plain_index(sql: str) -> bool:
    """Whether an index holds columns, computes nothing and refuses nothing."""
    words = sql.lower()
    return not words or (words.startswith("create index") and words.count("(") == 1 and " where " not in words)


def _definitions(db: Database) -> Definitions:
    rows = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


@cache
def _indexes() -> Definitions:
    """The indexes of today's archives, which may stand in any."""
    return {key: sql for key, sql in _definitions(blank_archive()).items() if key[0] == "index"}


@cache
def _made_by(applied: tuple[str, ...]) -> Definitions:
    """What an archive holds that has gone through these migrations."""
    return _definitions(_migrated(applied))


def _migrated(applied: tuple[str, ...]) -> Database:
    if applied == tuple(migration.name for migration in MIGRATIONS.applied(blank_archive())):
        return blank_archive()
    blank = Database(memory=True)
    register_functions(blank)
    made = Migrations("nejat_crawler")
    for migration in MIGRATIONS.pending(blank):
        if migration.name in applied:
            made(name=migration.name)(migration.fn)
    made.apply(blank)
    return blank


_KINDS: dict[str, set[type]] = {"TEXT": {str}, "INTEGER": {int}, "REAL": {int, float}}


@cache
def column_kinds() -> dict[tuple[str, str], set[type]]:
    """Which types values have in each column of each table; SQLite keeps a blob among texts, and NULL in a key."""
    return {
        (table.name, column.name): _KINDS[column.type] | (set() if column.notnull or column.is_pk else {type(None)})
        for table in blank_archive().tables
        for column in table.columns
        if column.type in _KINDS
    }
