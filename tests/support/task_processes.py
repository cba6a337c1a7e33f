"""What tests give to processes of `nejat scale`; apart from the tests, whose imports each of them would repeat."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Deadly:
    """A step of a task that ends its own process: the first time, or always."""

    folder: Path
    always: bool

    def __call__(self, _: object, rank: int, world_size: int) -> None:  # noqa: ARG002  # as datatrove calls
        if rank == 1 and (self.always or not (self.folder / "died").exists()):
            (self.folder / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        (self.folder / f"done-{rank}").touch()


def fork_tasks() -> None:
    """Let processes of tasks be forked from this one: an interpreter less, which imports all anew."""
    fork = multiprocessing.get_context("fork")
    vars(multiprocessing)["get_context"] = lambda _: fork


def without_datatrove() -> None:
    """Let nothing of it be imported in this process."""
    for name in [name for name in sys.modules if name.startswith("datatrove")]:
        del sys.modules[name]
    sys.modules["datatrove"] = None  # type: ignore[assignment]  # an ImportError
