"""What holds for all tests of the website."""

from __future__ import annotations

from tests.support import datasette_starts  # noqa: F401
