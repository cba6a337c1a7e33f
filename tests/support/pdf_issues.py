"""Newsletters as PDF, set in columns by a small typesetter, of a society of mountain rescuers."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest

reportlab = pytest.importorskip("reportlab", reason="reportlab, which sets the test PDFs, is not installed")

from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

WIDTH, HEIGHT = 612.0, 792.0
LEFT, RIGHT, FOOT = 40.0, 572.0, 60.0
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_STRONG = frozenset({"L", "R", "AL", "EN", "AN"})


def arabic_font() -> str:
    """The name of a font with Arabic letters; skips the test where there is none."""
    if not DEJAVU.exists():
        pytest.skip(f"there is no font with Arabic letters at {DEJAVU}")
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    return "DejaVu"


def seen(text: str) -> str:
    """A line of a text from right to left as it is seen from left to right (UAX 9), which is how a PDF holds it."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    strong = "R"
    for place, kind in enumerate(kinds):  # W2, W7
        strong = kind if kind in ("L", "R", "AL") else strong
        if kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    for place in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "CS" and before in ("AN", "EN")) or (kind == "ES" and before == "EN")):
            kinds[place] = before
    for place, kind in [*enumerate(kinds), *reversed(list(enumerate(kinds)))]:  # W5
        if kind == "ET" and "EN" in kinds[max(0, place - 1) : place + 2]:
            kinds[place] = "EN"
    strong = "R"
    for place, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R", "AL") else strong
        kinds[place] = "L" if kind == "EN" and strong == "L" else kind
    levels: list[int] = []
    for place, kind in enumerate(kinds):
        if kind in ("L", "EN", "AN"):
            levels.append(2)
        elif kind in ("R", "AL") or not levels:
            levels.append(1)
        else:  # N1, N2: between letters that run from left to right, it does too
            before = next((one for one in reversed(kinds[:place]) if one in _STRONG), "R")
            after = next((one for one in kinds[place:] if one in _STRONG), "R")
            levels.append(2 if before == after == "L" else levels[-1] if kind == "NSM" else 1)
    runs = [
        (level, [text[place] for place, _ in run]) for level, run in groupby(enumerate(levels), lambda one: one[1])
    ]
    shown = ["".join(run) if level == 2 else "".join(run[::-1]).translate(_MIRRORED) for level, run in runs]
    return "".join(reversed(shown))


@dataclass
class Piece:
    """A story as it is printed."""

    title: str
    text: tuple[str, ...]
    source: str = ""
    date: str = ""
    url: str = ""
    link: str = ""
    """An address that is not printed but lies over the words `Read more`."""


@dataclass
class Issue:
    """Sets pages; `y` is where the next line goes."""

    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    rtl: bool = False
    size: float = 9.5
    turned: int = 0
    """By how many degrees with the clock a reader has to turn the pages, as they are set."""
    says_so: bool = True
    """Whether the file turns them itself."""
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    y: float = HEIGHT - 50

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
        self._begin()

    def _begin(self) -> None:
        if self.turned and self.says_so:
            self.canvas.setPageRotation(self.turned)  # which turns the sheet, too
        elif self.turned in (90, 270):
            self.canvas.setPageSize((HEIGHT, WIDTH))
        self.canvas.translate(*{0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[self.turned])
        self.canvas.rotate(self.turned)

    def line(
        self,
        text: str,
        size: float = 0,
        *,
        bold: bool = False,
        left: float = LEFT,
        right: float = RIGHT,
        y: float = 0,
    ) -> None:
        """Print a line, at `y` or where the next one goes."""
        size = size or self.size
        if not y:
            self.y -= 1.25 * size
        self.canvas.setFont(self.bold if bold else self.font, size)
        if self.rtl:
            self.canvas.drawRightString(right, y or self.y, seen(text))
        else:
            self.canvas.drawString(left, y or self.y, text)

    def contents(self, label: str, rows: list[tuple[str, int | str]], left: float, right: float, y: float) -> float:
        """Print a table of contents with its page numbers at the far edge."""
        self.line(label, 11, bold=True, left=left, right=right, y=y)
        for title, page in rows:
            for part in self.wrap(title, right - left - 30):
                y -= 14
                self.line(part, left=left, right=right, y=y)
            if page:
                self.canvas.setFont(self.font, self.size)
                if self.rtl:
                    self.canvas.drawString(left, y, str(page))
                else:
                    self.canvas.drawRightString(right, y, str(page))
        return y

    def wrap(self, text: str, width: float) -> list[str]:
        """Break a paragraph into lines; a long word that does not fit is hyphenated."""
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if self.width(longer) <= width:
                line = longer
                continue
            half = len(word) // 2
            if not self.rtl and word.isalpha() and len(word) > 8 and self.width(f"{line} {word[:half]}-") <= width:
                lines.append(f"{line} {word[:half]}-".strip())
                line = word[half:]
            else:
                lines.append(line)
                line = word
        return [*lines, line]

    def width(self, text: str) -> float:
        width: float = pdfmetrics.stringWidth(text, self.font, self.size)
        return width

    def story(self, piece: Piece, columns: int, *, left: float = LEFT, right: float = RIGHT) -> None:
        """Print a headline, its source and date, and the text in columns below them."""
        self.y -= 14
        for part in [piece.title] if len(piece.title) < 60 else [piece.title[:40], piece.title[40:]]:
            self.line(part, 14, bold=True, left=left, right=right)
        if piece.source:
            self.line(piece.source, left=left, right=right)
        if piece.date:
            self.line(piece.date, left=left, right=right)
        self.y -= 4
        width = (right - left - 14 * (columns - 1)) / columns
        lines: list[tuple[str, bool]] = []
        for paragraph in piece.text:
            lines += [(line, not place) for place, line in enumerate(self.wrap(paragraph, width))]
        per_column = -(-len(lines) // columns)
        top = bottom = self.y
        for number in range(columns):
            edge = left + number * (width + 14) if not self.rtl else right - number * (width + 14) - width
            y = top
            for place, (line, is_first) in enumerate(lines[number * per_column : (number + 1) * per_column]):
                y -= 1.2 * self.size + (6 if is_first and place else 0)
                self.line(line, left=edge, right=edge + width, y=y)
            bottom = min(bottom, y)
        self.y = bottom - 4
        if piece.url:
            self.line(piece.url, left=left, right=right)
        if piece.link:
            self.line("Read more" if not self.rtl else "ادامه مطلب", left=left, right=right)
            self.canvas.linkURL(piece.link, (left, self.y - 3, right, self.y + 9), relative=1)

    def turn(self, footer: str = "") -> None:
        """Go to the next page."""
        if footer:
            self.line(footer, 8, y=30)
        self.canvas.showPage()
        self._begin()
        self.y = HEIGHT - 50

    def end(self, footer: str = "") -> bytes:
        """Give the file."""
        if footer:
            self.line(footer, 8, y=30)
        self.canvas.save()
        return self.buffer.getvalue()
