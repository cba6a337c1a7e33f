"""A row of the table: what is measured against what, and the figure that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """`measure` is given an empty folder, and returns the ratio."""

    what: str
    against: str
    at_least: float | None
    at_most: float | None
    measure: Callable[[Path], float]
    unit: str = " ×"

    @property
    def goal(self) -> str:
        """The figure that is asked for, in words."""
        return f"≥ {self.at_least:g}{self.unit}" if self.at_least is not None else f"≤ {self.at_most:g}{self.unit}"

    def is_met(self, figure: float) -> bool:
        """Whether a figure is as good as the goal."""
        return figure >= self.at_least if self.at_least is not None else figure <= (self.at_most or 0)


#: The least of so many times counts: what else the machine does can only add to it.
_TIMES = 5


def processor_time(*functions: Callable[[], Any], times: int = _TIMES) -> list[float]:
    """Seconds of the processor that each takes, the least of several times, one after the other in turn."""
    least = [float("inf")] * len(functions)
    for _ in range(times):
        for place, function in enumerate(functions):
            begun = time.process_time()
            function()
            least[place] = min(least[place], time.process_time() - begun)
    return least
