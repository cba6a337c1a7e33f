"""What tables and columns an archive has, which Datasette asks fifteen times for each page of a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette.database import Database  # type: ignore[import-untyped]

_METHODS = (
    *("table_exists", "table_names", "view_names", "primary_keys", "table_columns", "table_column_details"),
    *("foreign_keys_for_table", "get_all_foreign_keys", "get_table_definition", "label_column_for_table"),
)
_MOST_KNOWN = 1000  # answers: whoever asks for tables that there are not would fill up the memory,
_LONGEST_KNOWN = 300  # characters of what was asked


class DefinedDatabase(Database):  # type: ignore[misc]
    """A database that is asked once what its tables are, for as long as they are defined as they are."""

    _known: tuple[int, dict[tuple[str, ...], Any]] = (0, {})

    def defined_as(self, version: int) -> None:
        """Forget what is known unless the tables are defined as they were: SQLite gives each definition a number."""
        if version != self._known[0]:
            self._known = version, {}

    async def once(self, key: tuple[str, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
        """What `ask` returns, or has returned for the same key."""
        version, known = self._known
        if key in known:
            return known[key]
        found = await ask()
        if version and sum(map(len, key)) < _LONGEST_KNOWN:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[key] = found
        return found


def _asked_once(name: str) -> Callable[..., Awaitable[Any]]:
    method = getattr(Database, name)

    async def answer(self: DefinedDatabase, *of: str) -> Any:
        return await self.once((name, *of), partial(method, self, *of))

    return answer


for _name in _METHODS:
    setattr(DefinedDatabase, _name, _asked_once(_name))
