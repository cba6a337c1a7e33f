"""What a page holds, in points from its lower left corner; and what it is read into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: Print that is so much larger than the text is a headline's.
HEADLINE_SCALE = 1.12


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is seen: from left to right, on a baseline that counts from the page's foot, in points."""

    left: float
    right: float
    y: float
    size: float
    bold: bool
    text: str
    place: int = 0
    """Its number in the order of the file."""

    @property
    def top(self) -> float:
        """Where tall letters end."""
        return self.y + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """Where deep letters nearly end: lines that are set tight must not touch."""
        return self.y - 0.1 * self.size


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A place of a page that leads somewhere."""

    left: float
    bottom: float
    right: float
    top: float
    url: str


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page's words and links, in no order."""

    width: float
    height: float
    words: list[Word]
    links: list[PdfLink]


@dataclass(slots=True)
class Line:
    """A line as it is read; `begin` and `end` are how far it is from the edges of its column, in points."""

    text: str
    y: float
    size: float
    bold: bool
    begin: float
    end: float
    column: int
    page: int
    url: str = ""
    is_all_link: bool = False


@dataclass(slots=True)
class Setting:
    """What holds for a page while it is read."""

    body: float
    rtl: bool
    shapes: bool
    """Whether brackets stand in it by their looks."""
    page: int
    links: Sequence[PdfLink]
    lines: list[Line] = field(default_factory=list)
    columns: int = 0


def body_size(pages: Iterable[PdfPage]) -> float:
    """Give the size of print that most letters have."""
    letters: dict[float, int] = {}
    for page in pages:
        for word in page.words:
            size = round(word.size * 2) / 2
            letters[size] = letters.get(size, 0) + len(word.text)
    return max(letters, key=lambda size: letters[size], default=10.0)
