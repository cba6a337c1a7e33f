"""Articles per month as a picture: a row a year, a cell a month, each a link large enough for a finger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

_LABEL = 34  # width of the year's number
_CELL = 26  # width and height: on a phone 24 CSS pixels, the least that WCAG 2.2 allows
_HEAD = 16
_GAP = 3
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Cell:
    """A month in the picture."""

    month: str
    label: str
    rectangles: Markup
    """Its ground and its bar: drawn here, for 250 times eight numbers are slow to fill into a template."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; all lengths in the picture's own units."""

    width: int
    height: int
    years: list[tuple[str, int]]
    """Each year with the height of its baseline."""
    months: list[tuple[str, int]]
    cells: list[Cell]


def draw(counts: Mapping[str, int]) -> Chart:
    """A chart of articles by month (`2023-05`), the newest year on top; months without articles have no cell.

    Several years without articles are one row, `…`: one odd date (2099) may not make a picture of empty rows.
    """
    years: list[str] = []
    for year in sorted({month[:4] for month in counts}, reverse=True):
        missing = int(years[-1]) - int(year) - 1 if years else 0
        if missing:
            years.append(f"{int(year) + 1:04}" if missing == 1 else "…")
        years.append(year)
    most = max(counts.values(), default=1)
    cells = []
    for month, count in sorted(counts.items(), reverse=True):
        year, number = month[:4], int(month[5:7])
        label = f"{MONTHS[number - 1]} {year}: {count:,} article{'' if count == 1 else 's'}"
        x, y = _LABEL + (number - 1) * _CELL, _HEAD + years.index(year) * _CELL
        cells.append(Cell(month, label, _rectangles(x, y, max(2.0, round(count / most * (_CELL - _GAP), 1)))))
    return Chart(
        _LABEL + 12 * _CELL,
        _HEAD + len(years) * _CELL,
        [(year, _HEAD + (at + 1) * _CELL - 7) for at, year in enumerate(years)],
        [(name, _LABEL + at * _CELL + _CELL // 2) for at, name in enumerate(MONTHS)],
        cells,
    )


def _rectangles(x: int, y: int, height: float) -> Markup:
    ground = f'<rect class="ground" x="{x}" y="{y}" width="{_CELL}" height="{_CELL}"/>'
    top, width = y + _CELL - height, _CELL - 2 * _GAP
    return Markup(f'{ground}<rect class="bar" x="{x + _GAP}" y="{top:.1f}" width="{width}" height="{height}"/>')  # noqa: S704  # numbers
