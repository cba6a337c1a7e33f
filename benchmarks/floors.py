"""The quality that must be kept, and the faults of a score below it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scores import Score

FLOORS_FILE = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Floors:
    """What floors.toml says: shares from 0 to 1, and numbers of faults."""

    exact: float
    similarity: float
    joiners: float
    wrong_dates: int
    wrong: int
    chrome: int
    missed: int
    unseen: list[dict[str, Any]]

    def unseen_fields(self, theme: str, *, listing: bool) -> frozenset[str]:
        """The fields that a design does not print."""
        rows = [row["fields"] for row in self.unseen if row["theme"] == theme and row["listing"] == listing]
        return frozenset(field for fields in rows for field in fields)

    def faults(self, score: Score) -> Iterator[str]:
        """A sentence for each floor that a score lies below."""
        for name, tally in score.fields.items():
            share = score.exact(name)
            if share is not None and share < self.exact:
                yield f"{name}: {tally.exact} of {tally.compared} exact"
        for name, share, floor in (
            ("word F1", score.similarity, self.similarity),
            ("joiners kept", score.joiners_share, self.joiners),
        ):
            if share < floor:
                yield f"{name}: {share:.4f}, the floor is {floor}"
        for name, number, ceiling in (
            ("wrong dates", score.fields["published"].wrong, self.wrong_dates),
            ("wrong values", sum(tally.wrong for tally in score.fields.values()), self.wrong),
            ("chrome words in bodies", score.chrome, self.chrome),
            ("articles missed or too many", len(score.missed), self.missed),
        ):
            if number > ceiling:
                yield f"{name}: {number}"


def read_floors(path: Path = FLOORS_FILE) -> Floors:
    """The committed floors; every key must be there, and no other."""
    rows: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Floors(**rows)
