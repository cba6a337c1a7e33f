"""Imports sqlite-utils without pandas and NumPy, which it loads wherever they are installed: 100 MB and a second.

It needs them to insert their types, which no archive holds. Whoever imports them later gets them.
"""

from __future__ import annotations

import sys
from typing import Any, cast

_modules = cast("dict[str, Any]", sys.modules)
_kept_out = [name for name in ("pandas", "numpy") if name not in _modules]
_modules.update(dict.fromkeys(_kept_out))  # None: an ImportError, which sqlite-utils is prepared for
try:
    import sqlite_utils
finally:
    for _name in _kept_out:
        del _modules[_name]

__all__ = ["sqlite_utils"]
