"""`scrapy …` and `nejat …` in processes of their own, forked from one that has imported all and read a page."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
_MODULES = (
    "scrapy.cmdline",
    "scrapy.crawler",
    "scrapy.commands.crawl",
    # What a crawl imports when it starts, because its settings name it: half of the second that a small one takes.
    "scrapy.commands.bench",
    "scrapy.commands.check",
    "scrapy.commands.parse",
    "scrapy.commands.shell",
    "scrapy.core.downloader.handlers.ftp",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.downloadermiddlewares.cookies",
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.extensions.memusage",
    "scrapy.extensions.remote_control",
    "scrapy.extensions.telnet",
    "scrapy.pqueues",
    "scrapy.squeues",
    "pipelines.check_article",
    "pipelines.extract_article",
    "pipelines.resolve_date",
    "pipelines.skip_known",
    "pipelines.strip_chrome",
    "spiders.nejat",
    "spiders.captures",
    "nejat_crawler.crawl.process",
    "nejat_crawler.cli",
    "pipelines.store_article",
    "tests.support.first_pages",
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: what it said, and what it took."""

    code: int | None
    """None if it had to be killed."""
    out: str
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
    return run("scrapy", "crawl", "nejat", *options, patience=patience)


def run(*command: str, cwd: Path = ROOT, patience: float = 120.0) -> Ended:
    """`scrapy …` or `nejat …`; killed after `patience` seconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_MODULES))
    with TemporaryDirectory() as folder:
        out, err, memory = (Path(folder) / name for name in ("out", "err", "memory"))
        child = context.Process(target=_execute, args=(command, cwd, dict(os.environ), out, err, memory))
        begun = time.monotonic()
        child.start()
        child.join(patience)
        seconds = time.monotonic() - begun
        killed = child.is_alive()
        if killed:
            child.kill()
            child.join()
        said = [path.read_text("utf-8") if path.exists() else "" for path in (out, err, memory)]
        return Ended(None if killed else child.exitcode, said[0], said[1], seconds, float(said[2] or 0) / 1024)


def _execute(
    command: Sequence[str], cwd: Path, environment: dict[str, str], out: Path, err: Path, memory: Path
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for number, path in enumerate((Path(os.devnull), out, err)):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.argv = list(command)
    try:
        if command[0] == "scrapy":
            from scrapy.cmdline import execute

            execute(sys.argv)
        else:
            from nejat_crawler.cli import main

            main(prog_name="nejat")
    finally:
        memory.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "utf-8")
