"""What readers' SQL may do: read the archive's tables, with functions that compute, within SQLite's limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

from nejat_crawler.archive.connection_limits import limit_connection
from nejat_crawler.archive.reading.word_search import match_expression
from nejat_crawler.folding import fold_for_search

_FUNCTIONS = frozenset(
    """
    -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil ceiling changes char coalesce concat concat_ws cos
    cosh count cume_dist current_date current_time current_timestamp date datetime degrees dense_rank escape_fts exp
    first_value floor fold_for_search format glob group_concat hex highlight ifnull iif instr json json_array
    json_array_length json_error_position json_extract json_group_array json_group_object json_insert json_object
    json_patch json_pretty json_quote json_remove json_replace json_set json_type json_valid julianday lag last_value
    lead length like likelihood likely ln log log10 log2 lower ltrim match max min mod nth_value ntile nullif
    octet_length percent_rank pi pow power printf quote radians random randomblob rank replace round row_number rtrim
    sign sin sinh snippet soundex sqlite_version sqrt strftime string_agg substr substring sum tan tanh time timediff
    total trim trunc typeof unhex unicode unixepoch unlikely upper zeroblob
    """.split()  # noqa: SIM905
)
#: Table-valued functions; a pragma among them tells what tables there are, not where the file lies.
_TABLE_FUNCTIONS = frozenset({"json_each", "json_tree"})
_PRAGMAS = frozenset(
    "foreign_key_list function_list index_info index_list index_xinfo table_info table_list table_xinfo".split()  # noqa: SIM905
)
_BARE_PRAGMAS = frozenset({"data_version", "encoding", "page_count", "page_size", "schema_version"})

#: Bytes: the longest value, and row.
LONGEST_VALUE = 32 * 2**20
#: Bytes of all that SQLite may hold at once.
SQLITE_MEMORY = 128 * 2**20
LONGEST_STATEMENT = 50_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LONGEST_STATEMENT,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 250_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 5_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def _authorizer(modules: frozenset[str]) -> Callable[..., int]:
    """A callback for SQLite; `modules` are tables that need not be made, `sqlite_stmt` and `dbstat` among them."""

    def may_read(name: str) -> bool:
        lower = name.lower()
        if lower.startswith("pragma_"):
            return lower.removeprefix("pragma_") in _PRAGMAS | _BARE_PRAGMAS
        return lower in _TABLE_FUNCTIONS or lower not in modules

    def authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
        if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}:
            allowed = True
        elif action == sqlite3.SQLITE_READ:
            allowed = may_read(first or "")
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() in _FUNCTIONS
        elif action == sqlite3.SQLITE_PRAGMA:
            name = (first or "").lower()
            allowed = name in _PRAGMAS or (name in _BARE_PRAGMAS and second is None)
        else:  # SQLite asks for it when it opens the full-text index; whoever else does is told that it may not be
            allowed = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorize


def add_functions(connection: sqlite3.Connection) -> None:
    """Give SQL the query language of the site (`escape_fts`, which the tables' search box calls) and its folding."""
    connection.create_function("escape_fts", 1, partial(match_expression, connection), deterministic=True)
    connection.create_function("fold_for_search", 1, fold_for_search, deterministic=True)


def restrict(connection: sqlite3.Connection) -> None:
    """Let `connection` do from now on what readers may."""
    modules = limit_connection(connection, SQLITE_MEMORY)
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_authorizer(modules))
