"""What a file defines beside its rows, which SQLite runs: an archive has what the migrations make, no more."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database

from nejat_crawler.archive.schema import MIGRATIONS, register_functions

_INDEX = "articles_fts"
_NOTED = "_sqlite_migrations"  # by sqlite-utils, in its own words

Definitions = dict[tuple[str, str], str]


def foreign_definitions(db: Database) -> list[str]:
    """What the database defines that no migration has made, or otherwise: `trigger spy`, `table articles`.

    Tables and indexes that somebody has added are let be where they compute nothing.
    """
    made = _made_by(tuple(migration.name for migration in MIGRATIONS.applied(db)))
    found = _definitions(db)
    foreign = [
        f"{kind} {name}"
        for (kind, name), sql in found.items()
        if made.get((kind, name)) != sql
        if not (kind == "table" and _is_plain(db, name, sql, known=(kind, name) in made))
        if not (kind == "index" and (kind, name) not in made and _is_plain_index(sql))
    ]
    return sorted(foreign + [f"{kind} {name}, which is missing" for kind, name in made.keys() - found.keys()])


def _is_plain(db: Database, name: str, sql: str, *, known: bool) -> bool:
    """Whether a table holds nothing but values, and is none whose definition this program decides."""
    if known and name != _NOTED and not name.startswith(f"{_INDEX}_"):  # SQLite and sqlite-utils word those
        return False
    if not sql.lower().startswith("create table"):
        return name.startswith("sqlite_")  # SQLite's own, without a definition
    quoted = name.replace("'", "''")
    columns = db.execute(f"SELECT hidden FROM pragma_table_xinfo('{quoted}')")
    return all(hidden == 0 for (hidden,) in columns)  # the others are generated


def _is_plain_index(sql: str) -> bool:
    """Whether an index holds columns, computes nothing and refuses nothing."""
    words = sql.lower()
    return not words or (words.startswith("create index") and words.count("(") == 1 and " where " not in words)


def _definitions(db: Database) -> Definitions:
    rows = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


@cache
def _made_by(applied: tuple[str, ...]) -> Definitions:
    """What an archive holds that has gone through these migrations, which are the first of all."""
    blank = Database(memory=True)
    register_functions(blank)
    following = [migration.name for migration in MIGRATIONS.pending(blank)][len(applied) :]
    if following:
        MIGRATIONS.apply(blank, stop_before=following[0])
    else:
        MIGRATIONS.apply(blank)
    return _definitions(blank)
