"""`scrapy crawl` in a process of its own forked from one that has imported everything."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
_MODULES = ("scrapy.cmdline", "scrapy.crawler", "spiders.nejat", "nejat_crawler.crawling", "pipelines.store_article")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: what it said on stderr, and what it took."""

    code: int | None
    """None if it had to be killed."""
    err: str
    seconds: float
    megabytes: float
    """The most memory that was resident."""

    @property
    def errors(self) -> list[str]:
        """The sentences of its report."""
        return [line.removeprefix("Error: ") for line in self.err.splitlines() if line.startswith("Error: ")]


def crawl(*options: str, patience: float = 120.0) -> Ended:
    """`scrapy crawl nejat` with `options`; killed after `patience` seconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_MODULES))
    with TemporaryDirectory() as folder:
        said = Path(folder) / "stderr"
        memory = Path(folder) / "memory"
        child = context.Process(target=_execute, args=(["scrapy", "crawl", "nejat", *options], said, memory))
        begun = time.monotonic()
        child.start()
        child.join(patience)
        seconds = time.monotonic() - begun
        if child.is_alive():
            child.kill()
            child.join()
            return Ended(None, said.read_text("utf-8"), seconds, 0.0)
        return Ended(child.exitcode, said.read_text("utf-8"), seconds, float(memory.read_text("utf-8")) / 1024)


def _execute(arguments: list[str], said: Path, memory: Path) -> None:
    from scrapy.cmdline import execute

    os.chdir(ROOT)
    output = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(output, 2)
    sys.argv = arguments
    try:
        execute(arguments)
    finally:
        memory.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "utf-8")
