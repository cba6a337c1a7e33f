"""A connection for statements that readers write: it writes nothing, and runs nothing that the file defines."""

from __future__ import annotations

import sqlite3


def limit_connection(connection: sqlite3.Connection, most_memory: int) -> frozenset[str]:
    """Bound what `connection` may do, with so many bytes of SQLite's memory; return the names of its modules."""
    modules = frozenset(row[0].lower() for row in connection.execute("SELECT name FROM pragma_module_list"))
    for pragma in ("query_only = 1", "trusted_schema = 0", f"hard_heap_limit = {most_memory}"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return modules
