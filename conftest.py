"""What holds for the tests and for the examples in docstrings."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """What is in a file; a module without examples is not imported to look for some."""
    collected = yield
    if ">>>" in file_path.read_text("utf-8", "replace"):
        return collected
    return [found for found in collected if not isinstance(found, DoctestModule)]
