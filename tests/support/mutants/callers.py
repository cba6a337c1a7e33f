"""Which tests call a function, and what they cost: kept in a folder a run, in which tests were followed once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

UNUSED = "not soak and not browser"
_PLUGIN = "tests.support.mutants.traced_tests"


class Calls:
    """Which tests call a function, and what they cost: as it was when each file of tests was last followed."""

    def __init__(self, folder: Path, tree: Path, files: Iterable[str]) -> None:
        self.seconds: dict[str, float] = {}
        self._shared: dict[str, list[str]] = {}
        self._callers: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.current: set[str] = set()
        """Those of `files` that have not changed since."""
        for run in sorted(folder.iterdir()):
            then = json.loads((run / "files.json").read_text("utf-8"))
            self.current |= {file for file in files if file in then and then[file] == _digest(tree / file)}
            for file in run.glob("*.tests"):
                for test, outcome, seconds, shared in map(json.loads, file.read_text("utf-8").splitlines()):
                    if outcome == "passed" and (test.startswith("fixture:") or test.split("::")[0] in self.current):
                        self.seconds[test] = max(seconds, self.seconds.get(test, 0))
                        self._shared[test] = shared
            for file in run.glob("*.calls"):
                for test, path, function in map(json.loads, file.read_text("utf-8").splitlines()):
                    self._callers[path, function].add(test)

    def parts(self, test: str) -> dict[str, float]:
        """Seconds that a test takes, and each fixture that it shares with others."""
        return {part: self.seconds.get(part, 0) for part in (test, *self._shared[test])}

    def tests(self, path: str, function: str) -> list[str]:
        """The tests that a change of `function` could make fail, the cheapest first.

        What stands outside of functions is used by those of its module or, if that has none, of its folder.
        """
        called = self._callers.get((path, function), set()) if function else set()
        if not function:
            module = {key for key in self._callers if key[0] == path}
            near = module or {key for key in self._callers if key[0].startswith(f"{Path(path).parent}/")}
            called = set().union(*(self._callers[key] for key in near))
        found = {test for test, shared in self._shared.items() if test in called or called & set(shared)}
        tests = (test for test in found if not test.startswith("fixture:"))
        return sorted(tests, key=lambda test: sum(self.parts(test).values()))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def trace(tree: Path, out: Path, files: Sequence[str]) -> None:
    """Run some files of tests once, followed."""
    (tree / "sitecustomize.py").write_text(f"from {_PLUGIN} import start\n\nstart()\n", "utf-8")
    unfinished = out.with_name(f"unfinished-{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    (unfinished / "files.json").write_text(json.dumps({file: _digest(tree / file) for file in files}), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tree), "NEJAT_TRACE_FOLDER": str(unfinished)}
    command = [sys.executable, "-m", "pytest", "-p", _PLUGIN, "-q", "--tb=no", "-m", UNUSED]
    subprocess.run([*command, *files], cwd=tree, env=environment, check=False)
    (tree / "sitecustomize.py").unlink()
    unfinished.rename(out / f"{len(list(out.iterdir()))}")
