"""A step of a task that kills; apart from its tests, whose imports each process of a task would repeat."""

from __future__ import annotations

import os
import signal
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
