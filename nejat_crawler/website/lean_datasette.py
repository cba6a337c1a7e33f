"""Imports Datasette without pint, which reads a table of all units of measurement for it: .4 of 1.3 seconds.

It needs them for columns whose metadata names a unit, and no archive's does. Whoever imports pint later gets it.
"""

from __future__ import annotations

from types import SimpleNamespace

from nejat_crawler.archive.lean_import import kept_out

with kept_out({"datasette.vendored.pint": SimpleNamespace(UnitRegistry=dict)}):
    from datasette.app import Datasette  # type: ignore[import-untyped]

__all__ = ["Datasette"]
