"""Fixtures that several test files share."""

from __future__ import annotations

import fcntl
import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from nejat_crawler.archive import lean_import  # noqa: F401  (first of all: sqlite-utils without pandas)
from nejat_crawler.sample_site import SampleSite, Server, serve
from tests.support.commands import SMALL, run

# A suite that fails by chance is run again until it passes: `make test` draws the same examples each time.
# `make soak` draws others, with --hypothesis-profile=chance.
settings.register_profile("same", derandomize=True)
settings.register_profile("chance", derandomize=False, print_blob=True)
settings.load_profile("same")

# Containers often forbid to keep bytecode: each of the processes that tests start would compile all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# For Datasette: without the plugins that may be installed, one of which takes a second.
vars(sys)["_called_from_test"] = True


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: not looked through for garbage then, nor while tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_unconfigure() -> None:
    """Give it back, for libraries tell of what is left when Python ends."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the whole sample site, crawled once for all processes of a run: to be read, or copied first."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    archive = folder / "sample.db"
    with (folder / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not archive.exists():
            unfinished = folder / "unfinished.db"
            result = run("nejat", "demo", "--no-serve", "--db", unfinished)
            assert result.code == 0, result.err
            unfinished.rename(archive)
    return archive


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where a new archive may be made."""
    return tmp_path / "nejat.db"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """A file with the given name and content."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def site() -> SampleSite:
    """A small English sample site, which a test may change."""
    return SampleSite(editions=("en",), limit=SMALL)


@pytest.fixture
def server(site: SampleSite) -> Iterator[Server]:
    """The small site, served."""
    with serve(site) as served:
        yield served
