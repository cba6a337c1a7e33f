"""Which test calls which function: a pytest plugin, and a tracer that runs in every process that a test starts.

Functions, not lines: to follow every line makes a crawl ten times as slow, every call twice.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_TEST = "NEJAT_TRACED_TEST"
_FOLDER = "NEJAT_TRACE_FOLDER"
_PACKAGES = ("nejat_crawler", "spiders", "pipelines")


def start() -> None:
    """Write each (test, file, function) of the traced packages that is called from now on, in all threads."""
    folder, root = Path(os.environ[_FOLDER]), f"{Path(__file__).resolve().parents[3]}{os.sep}"
    seen: set[tuple[str, str, str]] = set()
    names: dict[str, str | None] = {}

    def called(frame: FrameType, event: str, _argument: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        file = code.co_filename
        if file not in names:
            name = file.removeprefix(root)
            names[file] = name if name != file and Path(name).parts[0] in _PACKAGES else None
        traced = names[file]
        if traced is None or code.co_name == "<module>":
            return
        key = os.environ.get(_TEST, ""), traced, code.co_qualname.split(".<locals>")[0]
        if key not in seen:
            seen.add(key)
            with (folder / f"{os.getpid()}.calls").open("a", encoding="utf-8") as out:
                out.write(json.dumps(key) + "\n")

    threading.settrace(called)
    sys.settrace(called)


class Traced:
    """A pytest plugin: says which test is running, and writes how long it took and which fixtures it used."""

    def _write(self, *fields: object) -> None:
        with (Path(os.environ[_FOLDER]) / f"{os.getpid()}.tests").open("a", encoding="utf-8") as out:
            out.write(json.dumps(fields) + "\n")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Name the test for the tracer."""
        os.environ[_TEST] = item.nodeid
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, object, object]:
        """Name a fixture that several tests share."""
        if fixturedef.scope == "function":
            return (yield)
        outer, started = os.environ[_TEST], time.monotonic()
        os.environ[_TEST] = f"fixture:{fixturedef.argname}@{fixturedef.baseid}"
        try:
            return (yield)
        finally:
            self._write(os.environ[_TEST], "passed", time.monotonic() - started, [])
            os.environ[_TEST] = outer

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
        """Keep how a test ended."""
        report = yield
        if call.when == "call" or report.outcome != "passed":
            shared = [
                f"fixture:{name}@{one.baseid}"
                for name, defined in item._fixtureinfo.name2fixturedefs.items()  # type: ignore[attr-defined]
                for one in defined[-1:]
                if one.scope != "function"
            ]
            ended = "xfailed" if hasattr(report, "wasxfail") else report.outcome
            self._write(item.nodeid, ended, call.duration, shared)
        return report


class Chosen:
    """A pytest plugin: runs the given tests alone, in the given order, and writes the first that fails."""

    def __init__(self, tests: list[str], out: Path) -> None:
        self._places = {test: place for place, test in enumerate(tests)}
        self._out = out

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what is not chosen."""
        chosen = [item for item in items if item.nodeid in self._places]
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in self._places])
        items[:] = sorted(chosen, key=lambda item: self._places[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of a test that fails."""
        if report.failed and not self._out.exists():
            self._out.write_text(report.nodeid, "utf-8")


if _FOLDER in os.environ:  # in the processes of pytest-xdist, which are given the plugin by name

    def pytest_configure(config: pytest.Config) -> None:
        """Trace this process."""
        config.pluginmanager.register(Traced())
        start()
