"""Commands and the site in processes of their own, forked from one that has imported all and has read a page."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
_OFTEN = 0.01  # seconds between two looks at what a process has said


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


class Running:
    """A process that calls `function` with `arguments`, which can be pickled."""

    def __init__(self, function: Callable[..., object], *arguments: object, cwd: Path = ROOT) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([
            "nejat_crawler.archive.lean_import", "tests.support.first_pages", "tests.support.first_templates",
        ])  # fmt: skip
        self._folder = TemporaryDirectory()
        self._said = [Path(self._folder.name) / name for name in ("out", "err", "memory")]
        self._child = context.Process(target=_call, args=(function, arguments, cwd, dict(os.environ), *self._said))
        self._begun = time.monotonic()
        self._child.start()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid or 0

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._child.is_alive()

    def line(self, text: str, patience: float = 60.0) -> str:
        """The first line with `text` that it prints on standard error; raises TimeoutError."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            ended = not self.is_alive
            said = self._said[1].read_text("utf-8") if self._said[1].exists() else ""
            if found := next((line for line in said.split("\n")[:-1] if text in line), None):
                return found
            if ended:
                break
            time.sleep(_OFTEN)
        raise TimeoutError(f"it has not said {text!r}: {self.end(0)}")

    def send(self, sent: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sent)

    def end(self, patience: float = 120.0) -> Ended:
        """How it ends; killed after `patience` seconds."""
        self._child.join(patience)
        seconds = time.monotonic() - self._begun
        killed = self._child.is_alive()
        if killed:
            self._child.kill()
            self._child.join()
        said = [path.read_text("utf-8") if path.exists() else "" for path in self._said]
        self._folder.cleanup()
        return Ended(None if killed else self._child.exitcode, said[0], said[1], seconds, float(said[2] or 0) / 1024)


def start(*command: str | Path, cwd: Path = ROOT, first: Callable[[], object] | None = None) -> Running:
    """`scrapy …` or `nejat …`, which goes on running; it calls `first` before all else."""
    return Running(_execute, [*map(str, command)], first, cwd=cwd)


def crawl(*options: str, patience: float = 120.0) -> Ended:
    """`scrapy crawl nejat` with `options`; killed after `patience` seconds."""
    return start("scrapy", "crawl", "nejat", *options).end(patience)


def _call(
    function: Callable[..., object],
    arguments: tuple[object, ...],
    cwd: Path,
    environment: dict[str, str],
    out: Path,
    err: Path,
    memory: Path,
) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which what runs in the background ignores
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for number, path in enumerate((Path(os.devnull), out, err)):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    try:
        function(*arguments)
    finally:
        memory.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "utf-8")


def _execute(command: list[str], first: Callable[[], object] | None) -> None:
    if first:
        first()
    sys.argv = command
    if command[0] == "scrapy":
        from scrapy.cmdline import execute

        execute(sys.argv)
    else:
        from nejat_crawler.cli import main

        main(prog_name="nejat")
