"""The structure of the code in figures: `make house` prints them, tests/test_structure.py holds them."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import grimp

from tests.support.commands import ROOT

PACKAGES = ("nejat_crawler", "spiders", "pipelines")
MOST_LINES = 250

#: Longer files, and why each is one.
LONG = {
    "nejat_crawler/archive/schema.py": "all migrations of one archive, in the order in which they are made",
    "spiders/listing_walk.py": "where a walk goes on and where it ends is one decision, which is read as a whole",
}
_COMMAND = "a command is named after the function that it calls"

#: Names that several modules own, and why no reader takes one for another.
SHARED_NAMES = {
    "logger": "each module's own, as everywhere in Python",
    "Command": "the class that Scrapy looks for in each module of commands",
    "check": _COMMAND,
    "publish": _COMMAND,
    "serve": _COMMAND,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, what it was before the modules had folders, and the most that it may be."""

    what: str
    before: int | None
    most: int
    find: Callable[[], list[str]]
    """What is counted, a line each."""
    held: bool = True
    """Whether a test fails above it."""


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _named(paths: Iterable[Path]) -> list[Path]:
    """Files whose names say something."""
    return [path for path in paths if path.stem not in ("__init__", "__main__")]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def flat_modules() -> list[str]:
    """Modules that stand in `nejat_crawler/` itself."""
    return [_name(path) for path in _named((ROOT / "nejat_crawler").glob("*.py"))]


def shared_file_names() -> list[str]:
    """Names that several files bear."""
    bearers = defaultdict(list)
    for path in _named(_files(*PACKAGES, "benchmarks")):
        bearers[path.name].append(_name(path))
    return [f"{name}: {', '.join(paths)}" for name, paths in sorted(bearers.items()) if len(paths) > 1]


def _defined(tree: ast.Module) -> set[str]:
    """The public classes, functions and constants that a module defines."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    return {name for name in found if not name.startswith("_")}


@cache
def owners_that_meet() -> dict[str, list[str]]:
    """Who defines each public name of which a reader meets two: in one folder, or imported by one module."""
    owners = defaultdict(list)
    for path in _files(*PACKAGES):
        for name in _defined(_tree(path)):
            owners[name].append(_name(path))
    return {
        name: paths for name, paths in sorted(owners.items()) if any(_meet(*pair) for pair in combinations(paths, 2))
    }


def shared_public_names() -> list[str]:
    """Public names with several owners that one reader meets, but for those of `SHARED_NAMES`."""
    return [f"{name}: {', '.join(paths)}" for name, paths in owners_that_meet().items() if name not in SHARED_NAMES]


def _meet(one: str, other: str) -> bool:
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in (one, other)}
    known = modules & _imports().modules
    readers = [_imports().find_modules_that_directly_import(module) | {module} for module in known]
    return Path(one).parent == Path(other).parent or bool(len(readers) > 1 and set.intersection(*readers))


@cache
def _imports() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, "benchmarks", "tests", cache_dir=None)


def import_cycles() -> list[str]:
    """Modules that import each other, directly or through others; imports for types alone count."""
    graph = _imports()
    below = {module: graph.find_upstream_modules(module) for module in graph.modules}
    cycles = {
        frozenset({module, *(other for other in below[module] if module in below[other])})
        for module in graph.modules
        if any(module in below[other] for other in below[module])
    }
    return sorted(" ↔ ".join(sorted(cycle)) for cycle in cycles)


def by_address() -> list[str]:
    """Places that ask whether the theme of a page is unknown."""
    return [
        f"{_name(path)}:{node.lineno}"
        for path in _files(*PACKAGES, "benchmarks")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "by_address"
    ]


@cache
def contracts() -> list[dict[str, Any]]:
    """The import contracts of pyproject.toml that name layers inside of packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [one for one in project["tool"]["importlinter"]["contracts"] if "containers" in one]


def layers(container: str) -> list[list[str]]:
    """The layers inside a package, the highest first, each with the modules that stand side by side in it."""
    contract = next(one for one in contracts() if container in one["containers"])
    return [[name.strip("() ") for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]]


def modules_without_layer() -> list[str]:
    """Modules of the contracts' packages that stand in none of their layers."""
    missing = []
    for contract in contracts():
        for container in contract["containers"]:
            named = {name for layer in layers(container) for name in layer} | set(
                contract.get("exhaustive_ignores", ())
            )
            folder = ROOT / container.replace(".", "/")
            inside = {path.stem for path in _named(folder.glob("*.py"))}
            inside |= {path.name for path in folder.iterdir() if any(path.rglob("*.py"))}
            missing += [f"{container}.{name}" for name in sorted(inside - named)]
    return missing


def long_files() -> list[str]:
    """Files of more than 250 lines."""
    counted = {_name(path): len(path.read_text("utf-8").splitlines()) for path in _files(*PACKAGES, "benchmarks")}
    return [
        f"{name}: {lines}, {LONG.get(name, 'and nothing says why')}"
        for name, lines in counted.items()
        if lines > MOST_LINES
    ]


def fullest_folder() -> list[str]:
    """The files of the folder that has the most, those without a name of their own left out."""
    folders = defaultdict(list)
    for path in _named(_files(*PACKAGES)):
        folders[path.parent].append(_name(path))
    return max(folders.values(), key=len)


def benchmarks_that_import_tests() -> list[str]:
    """Imports from the benchmarks to the tests, which import them."""
    graph = _imports()
    return [
        f"{module} → {other}"
        for module in sorted(graph.modules)
        for other in sorted(graph.find_modules_directly_imported_by(module))
        if module.split(".")[0] == "benchmarks" and other.split(".")[0] == "tests"
    ]


def lines_outside_tests() -> list[str]:
    """All lines of package, spiders, pipelines and benchmarks; templates and other data files are not counted."""
    return [line for path in _files(*PACKAGES, "benchmarks") for line in path.read_text("utf-8").splitlines()]


FIGURES = (
    Figure("modules flat in nejat_crawler/", 36, 10, flat_modules),
    Figure("file names borne by two or more files", 16, 0, shared_file_names),
    Figure("public names with two or more owners", 24, 0, shared_public_names),
    Figure("cycles of modules that import each other", 1, 0, import_cycles),
    Figure("branches on by_address", 16, 0, by_address),
    Figure("modules that no layer of the import contract names", 11, 0, modules_without_layer),
    Figure(f"files over {MOST_LINES} lines", 7, 3, long_files),
    Figure("files in the fullest folder", 36, 13, fullest_folder),
    Figure("imports from benchmarks to tests", 1, 0, benchmarks_that_import_tests),
    Figure("lines of .py outside tests/, with blank ones", 24_866, 23_666, lines_outside_tests, held=False),
)


def report() -> str:
    """The figures in a table, and below it what each is made of that is above its limit."""
    rows = [f"{'':<52}{'before':>8}{'today':>8}{'at most':>10}"]
    above = []
    for figure in FIGURES:
        found = figure.find()
        before = "" if figure.before is None else f"{figure.before:,}"
        rows.append(f"{figure.what:<52}{before:>8}{len(found):>8,}{figure.most:>10,}")
        if figure.held and len(found) > figure.most:
            above.append("\n".join((f"\n{figure.what}:", *(f"  {line}" for line in found))))
    return "\n".join((*rows, *above))


if __name__ == "__main__":
    print(report())
