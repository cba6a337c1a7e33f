"""Which slips of the hand no test notices: `python -m tests.support.mutants nejat_crawler/archive --sample 50`.

Works in a copy of the tree. The first run follows which test calls which function (as long as those tests take,
twice over); then each mutant gets the tests that call its function, the quickest first, until one fails. What is
done is kept in `build/mutants/` and not done again: delete that folder to begin anew. See docs/mutants.md.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from tests.support.mutants.callers import UNUSED, Calls, trace
from tests.support.mutants.mutations import Mutant, mutants_of
from tests.support.mutants.traced_tests import Chosen

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "build" / "mutants"
_ROOMS = ("tests/extraction", "tests/archive", "tests/crawl", "tests/website", "tests/export")
_PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", "--no-header", "-m", UNUSED)
_FIRST = 30
# Imported once, before each mutant's process is forked: most of what the start of pytest takes.
_PRELOADED = (
    "bs4",
    "dateparser",
    "hypothesis",
    "nh3",
    "persiantools",
    "scrapy.crawler",
    "selectolax.lexbor",
    "sqlite_utils",
    "datasette.app",
)


def _copy() -> Path:
    """A copy of the tracked and the new files of the tree, compiled."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-")) / "tree"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    compileall.compile_dir(folder, quiet=1)
    return folder


def _run(tree: Path, path: str, mutant: Mutant, tests: Sequence[str], patience: float) -> str:
    """The test that notices a mutant, `time` if it takes too long, empty if none notices."""
    original = (tree / path).read_text("utf-8")
    _write(tree / path, mutant.source)
    try:
        # most are noticed by the first tests, and the files of all others need not be read for that
        first, others = tests[:_FIRST], tests[_FIRST:]
        return _fails(tree, first, patience) or (_fails(tree, others, patience) if others else "")
    finally:
        _write(tree / path, original)


def _write(module: Path, source: str) -> None:
    """Change a module, and leave nothing that was compiled from it: a change may have its size and its second."""
    module.write_text(source, "utf-8")
    for compiled in module.parent.glob(f"__pycache__/{module.stem}.*"):
        compiled.unlink()


def _fails(tree: Path, tests: Sequence[str], patience: float) -> str:
    failed = tree.with_name("failed")
    failed.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(null, number)
        os.chdir(tree)
        files = dict.fromkeys(test.split("::")[0] for test in tests)
        os._exit(pytest.main([*_PYTEST, *files], plugins=[Chosen(list(tests), failed)]))
    code = _wait(child, patience)
    if code is None:
        return "time"
    return failed.read_text("utf-8") if failed.exists() else "" if code == 0 else f"exit code {code}"


def _wait(child: int, patience: float) -> int | None:
    """The exit code of a process; None if it had to be ended, with all that it started."""
    until = time.monotonic() + patience
    ended, status = 0, 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # a server that a test left behind, too
    if not ended:
        os.waitpid(child, 0)
        return None
    return os.waitstatus_to_exitcode(status)


def _python_files(path: Path, pattern: str = "*.py") -> list[Path]:
    return [path] if path.suffix == ".py" else sorted(path.rglob(pattern))


def _key(path: str, mutant: Mutant) -> str:
    return hashlib.sha256("\0".join((path, mutant.function, mutant.before, mutant.after)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Mutants to be tried, and how long each may take."""

    mutants: Sequence[tuple[str, Mutant]]
    folders: Sequence[str]
    """Of the tests that are used."""
    budget: float

    def run(self, known: dict[str, dict[str, Any]], results: Path) -> None:
        """Try what is not known yet; each result is added to `known` and to the file."""
        tree = _copy()
        os.environ["PYTHONPATH"] = str(tree)
        try:
            calls = self._calls(tree)
            _import_from(tree)
            noticing = Counter[tuple[str, str]]()  # what notices one mutant of a module notices others
            for number, (path, mutant) in enumerate(self.mutants, start=1):
                key = _key(path, mutant)
                if key in known:
                    continue
                tests = self._affordable(calls, path, mutant, noticing)
                noticed = _run(tree, path, mutant, tests, 60 + 3 * self.budget) if tests else ""
                noticing[path, noticed] += 1
                row = {"key": key, "path": path, "noticed": noticed, "tests": len(tests), "kind": mutant.kind}
                known[key] = row | {"before": mutant.before, "after": mutant.after}
                with results.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(known[key], ensure_ascii=False) + "\n")
                click.echo(f"{number}/{len(self.mutants)} {path}:{mutant.line} {noticed or 'SURVIVES'}", err=True)
        finally:
            shutil.rmtree(tree.parent)

    def _calls(self, tree: Path) -> Calls:
        followed = KEPT / "calls"
        followed.mkdir(exist_ok=True)
        found = [file for folder in self.folders for file in _python_files(tree / folder, "test_*.py")]
        found += [file for file in _python_files(tree / "nejat_crawler") if ">>> " in file.read_text("utf-8")]
        files = [file.relative_to(tree).as_posix() for file in found]
        current = Calls(followed, tree, files).current
        if new := [file for file in files if file not in current]:
            trace(tree, followed, new)
        return Calls(followed, tree, files)

    def _affordable(self, calls: Calls, path: str, mutant: Mutant, noticing: Counter[tuple[str, str]]) -> list[str]:
        """The tests of a mutant: first what has noticed others, then the cheapest, as many as the budget allows."""
        tests: list[str] = []
        parts: dict[str, float] = {}
        for test in sorted(calls.tests(path, mutant.function), key=lambda test: -noticing[path, test]):
            parts |= calls.parts(test)
            if tests and sum(parts.values()) > self.budget:
                break
            tests.append(test)
        return tests


def _import_from(tree: Path) -> None:
    """Import what tests need from elsewhere, and nothing that stands in the copy: each mutant imports that anew."""
    for name in _PRELOADED:
        __import__(name)
    for name in list(sys.modules):
        if name.split(".")[0] in ("benchmarks", "tests", "nejat_crawler", "spiders", "pipelines"):
            del sys.modules[name]
    sys.path[:] = [str(tree), *(entry for entry in sys.path if entry and Path(entry).resolve() != ROOT)]


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--sample", type=int, help="So many mutants of each module, not all.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which ones.")
@click.option("--kind", help="Only this kind of change, for instance 'regex'.")
@click.option("--budget", type=float, default=90, show_default=True, help="Seconds of tests for a mutant.")
@click.option("--tests", "folders", multiple=True, default=_ROOMS, help="Tests to use, if not those of all rooms.")
@click.option("--retry", is_flag=True, help="Try survivors again, and no others: there are more tests now.")
@click.option("--report", is_flag=True, help="Only say what is known.")
def main(
    paths: tuple[str, ...],
    sample: int | None,
    seed: int,
    kind: str | None,
    budget: float,
    folders: tuple[str, ...],
    *,
    retry: bool,
    report: bool,
) -> None:
    """Say which mutants of modules or folders no test notices."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / "results.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else ()
    known: dict[str, dict[str, Any]] = {row["key"]: row for row in map(json.loads, lines)}
    chosen: list[tuple[str, Mutant]] = []
    possible: dict[str, list[Mutant]] = {}
    for path in (module.relative_to(ROOT).as_posix() for given in paths for module in _python_files(ROOT / given)):
        possible[path] = [one for one in mutants_of((ROOT / path).read_text("utf-8")) if kind in (None, one.kind)]
        mixed = list(possible[path])
        random.Random(f"{seed} {path}").shuffle(mixed)  # a larger sample holds a smaller one
        survived = [one for one in mixed if not known.get(_key(path, one), {"noticed": True})["noticed"]]
        chosen += [(path, mutant) for mutant in (survived if retry else mixed[:sample])]
    if retry:
        known = {key: row for key, row in known.items() if row["noticed"]}
    if not report:
        Sweep(chosen, folders, budget).run(known, file)
    tried = survivors = 0
    for path, mutants in possible.items():
        rows = [(mutant, known[key]) for mutant in mutants if (key := _key(path, mutant)) in known]
        surviving = [mutant for mutant, row in rows if not row["noticed"]]
        for mutant in surviving:
            click.echo(f"{path}:{mutant.line} {mutant.kind}\n  - {mutant.before}\n  + {mutant.after}")
        click.echo(f"{path}: {len(surviving)} of {len(rows)} survive; {len(mutants)} are possible")
        tried, survivors = tried + len(rows), survivors + len(surviving)
    click.echo(f"{survivors} of {tried} mutants survive; {sum(map(len, possible.values()))} are possible")


if __name__ == "__main__":
    main()
