"""What holds for all tests of the website."""

from __future__ import annotations

import sys

vars(sys)["_called_from_test"] = True  # for Datasette: without the plugins that may be installed
from tests.support import datasette_starts  # noqa: E402, F401
