"""Imports Datasette without pint, which reads a table of all units of measurement for it: .4 of 1.3 seconds.

It needs them for columns whose metadata names a unit, and no archive's does. Whoever imports pint later gets it.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, cast

_PINT = "datasette.vendored.pint"

_modules = cast("dict[str, Any]", sys.modules)
_kept_out = _PINT not in _modules
if _kept_out:
    _modules[_PINT] = SimpleNamespace(UnitRegistry=dict)
try:
    from datasette.app import Datasette  # type: ignore[import-untyped]
finally:
    if _kept_out:
        del _modules[_PINT]

__all__ = ["Datasette"]
