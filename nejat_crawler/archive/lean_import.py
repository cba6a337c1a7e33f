"""Imports sqlite-utils without pandas and NumPy, which it loads wherever they are installed: 100 MB and a second.

It needs them to insert their types, which no archive holds. Whoever imports them later gets them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast


@contextmanager
def kept_out(stand_ins: Mapping[str, Any]) -> Iterator[None]:
    """While others are imported, let what nobody has imported yet be a stand-in; with None it is an ImportError."""
    modules = cast("dict[str, Any]", sys.modules)
    put = {name: stand_in for name, stand_in in stand_ins.items() if name not in modules}
    modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del modules[name]


with kept_out({"pandas": None, "numpy": None}):  # for which sqlite-utils is prepared
    import sqlite_utils

__all__ = ["kept_out", "sqlite_utils"]
