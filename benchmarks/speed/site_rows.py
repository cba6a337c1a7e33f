"""How long sixteen readers wait for pages of a large archive, whose processes and theirs share the machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.site import measure
from benchmarks.site_archive import write_archive
from benchmarks.speed.row import Row

_ARTICLES, _READERS, _PROCESSES = 60_000, 16, 2


@cache
def _waits() -> dict[str, float]:
    """For each kind of page the 95th percentile in milliseconds."""
    with TemporaryDirectory(prefix="nejat-bench-") as folder:
        path = Path(folder) / "large.db"
        write_archive(path, _ARTICLES)
        measured = measure(path, requests=200, workers=_PROCESSES, clients=(_READERS,))
    return {kind: figures[0][1] for kind, figures in measured.items()}


def _wait(kind: str) -> Callable[[Path], float]:
    return lambda _: _waits()[kind]


SITE = tuple(
    Row(
        f"page of the site, {kind}: p95",
        f"{_READERS} readers, {_ARTICLES:,} articles, by the clock",
        None,
        goal,
        _wait(kind),
        " ms",
    )
    for kind, goal in (("search", 150), ("article", 100), ("table of Datasette", 250))
)
