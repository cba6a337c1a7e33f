"""Read the characters of a PDF and where they stand; run as a process of its own, for the file may be hostile.

The PDF comes on standard input; standard output gets one JSON object, `{"pages": [...]}` or `{"error": "…"}`.
A page is `{"width", "height", "characters", "links"}`; a character as characters.py has it, with its place in the
order of the file; a link `[left, bottom, right, top, address]`; lengths in points, of the page as it is read.
This file imports nothing of the package: it is run by its path, and starts in a moment.
"""

from __future__ import annotations

import ctypes
import json
import math
import resource
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any, NamedTuple

MEMORY = 1 << 30
CPU_SECONDS = 30
MOST_PAGES = 200
MOST_CHARACTERS = 400_000
MOST_LINKS = 500
LONGEST_ADDRESS = 2_000
#: The longest side that the format knows, 200 inches.
LONGEST_SIDE = 14_400
#: What PDFium says for a hyphen that ends a line.
_HYPHENS = frozenset({0x02, 0xFFFE})
_BOLD = ("bold", "black", "heavy", "demi")


class _Unreadable(Exception):  # noqa: N818  # its text completes "cannot be read: …"
    pass


class _Turn(NamedTuple):
    """The page's box, and by how many right angles it is turned with the clock to be read."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Give a box of the page as it lies once that is turned, from its lower left corner."""
        from_left, from_bottom = left - self.left, bottom - self.bottom
        to_right, to_top = self.right - right, self.top - top
        edges = (from_left, from_bottom, to_right, to_top)
        width, height = self.right - self.left, self.top - self.bottom
        for _ in range(self.quarters):
            # What was lowest stands at the left now, what was at the right is lowest.
            edges = (edges[1], edges[2], edges[3], edges[0])
            width, height = height, width
        return (edges[0], edges[1], width - edges[2], height - edges[3])


def limit() -> None:
    """Let the system end this process rather than let it eat the machine; some know no such limits."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def read_document(data: bytes) -> dict[str, Any]:
    """Give what standard output gets."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        sentences = {
            raw.FPDF_ERR_SUCCESS: "it has no pages",
            raw.FPDF_ERR_PASSWORD: "it asks for a password",
            raw.FPDF_ERR_SECURITY: "it is locked in a way that is not known",
        }
        return {"error": sentences.get(raw.FPDF_GetLastError(), "it is broken, or no PDF at all")}
    count = len(document)
    if count > MOST_PAGES:
        return {"error": f"it has {count:,} pages, and {MOST_PAGES} are the most that are read"}
    pages: list[dict[str, Any]] = []
    left = MOST_CHARACTERS
    for number in range(count):
        try:
            page = document[number]
            width, height = page.get_size()  # as it is shown
            if not 0 < width <= LONGEST_SIDE or not 0 < height <= LONGEST_SIDE:
                return {"error": f"page {number + 1} measures {width:.0f} by {height:.0f} points"}
            with closing(page.get_textpage()) as text_page:
                left -= text_page.count_chars()
                if left < 0:
                    return {"error": f"it holds more than {MOST_CHARACTERS:,} characters"}
                turn = _turn(text_page, page)
                characters = list(_characters(text_page, turn))
        except pdfium.PdfiumError:
            return {"error": f"page {number + 1} is broken"}
        if (turn.quarters - page.get_rotation() // 90) % 2:
            width, height = height, width
        links = list(_links(document, page, turn))
        pages.append({"width": width, "height": height, "characters": characters, "links": links})
        page.close()
    if not any(page["characters"] for page in pages):
        return {"error": "it holds pictures and no text"}
    return {"pages": pages}


def _turn(text_page: Any, page: Any) -> _Turn:
    """Give how the page must be turned for most of its characters to stand upright: it says so, or they do."""
    from pypdfium2 import raw

    votes = [0, 0, 0, 0]
    for index in range(text_page.count_chars()):
        quarters = _quarters(text_page, index)
        if quarters is not None and raw.FPDFText_GetUnicode(text_page.raw, index) > 0x20:
            votes[quarters] += 1
    votes[page.get_rotation() // 90] += 1
    return _Turn(votes.index(max(votes)), *page.get_cropbox())


def _quarters(text_page: Any, index: int) -> int | None:
    """Give by how many right angles a character is turned against the clock; None for one that stands askew."""
    from pypdfium2 import raw

    turned = float(raw.FPDFText_GetCharAngle(text_page.raw, index)) / (math.pi / 2)
    return -round(turned) % 4 if abs(turned - round(turned)) < 0.06 else None


def _characters(text_page: Any, turn: _Turn) -> Iterator[list[Any]]:
    """Give what is printed upright inside the page's box; positions count from its lower left corner."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    styles: dict[int, tuple[float, bool]] = {}
    # What reaches beyond the page's edge is read whole: half of a word is none.
    seen = {_drawn(text_page, i) for i in range(text_page.count_chars()) if _is_inside(text_page, i, turn)}
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        code = ord("-") if code in _HYPHENS else code
        if code < 0x20 or 0xD800 <= code < 0xE000 or raw.FPDFText_IsGenerated(text_page.raw, index):
            continue
        if not raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y):
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page.raw, index, box):
            continue
        if _quarters(text_page, index) != turn.quarters:
            continue
        key = _drawn(text_page, index)
        if not key or key not in seen:
            continue  # 0: PDFium's own guess at a space, which in Arabic stands on the wrong side of a bracket
        if key not in styles:
            styles[key] = _style(text_page, index)
        size, bold = styles[key]
        places = (x.value, y.value, box.left, box.bottom, box.right, box.top)
        if not 1 <= size <= LONGEST_SIDE or not all(map(math.isfinite, places)):
            continue
        origin, baseline, *_ = turn.box(x.value, y.value, x.value, y.value)
        left, _, right, _ = turn.box(box.left, box.bottom, box.right, box.top)
        # A ligature or a letter's form in its word becomes the letters; `ﷲ` and the like are letters too.
        character = chr(code)
        text = unicodedata.normalize("NFKC", character) if code >= 0xFB00 else character
        # Of a letter in its word, some fonts tell the ink only, which stands off from where its neighbour ends.
        yield [baseline, origin, min(left, origin), right, index, size, bold, text]


def _drawn(text_page: Any, index: int) -> int:
    """Give what tells the object that a character was drawn with from others; 0 where there is none."""
    from pypdfium2 import raw

    drawn = raw.FPDFText_GetTextObject(text_page.raw, index)
    return ctypes.addressof(drawn.contents) if drawn else 0


def _is_inside(text_page: Any, index: int, turn: _Turn) -> bool:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    is_placed = raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    return bool(is_placed) and turn.left <= x.value <= turn.right and turn.bottom <= y.value <= turn.top


def _style(text_page: Any, index: int) -> tuple[float, bool]:
    """Give the size in points and the boldness: a size of 1 under a tenfold matrix is 10."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text_page.raw, index, matrix) else 1.0
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page.raw, index, name, len(name), None)
    is_bold = any(mark in name.value.decode("latin-1").lower() for mark in _BOLD)
    return raw.FPDFText_GetFontSize(text_page.raw, index) * scale, is_bold


def _links(document: Any, page: Any, turn: _Turn) -> Iterator[list[Any]]:
    from pypdfium2 import raw

    place, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, place, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        length = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 0 < length <= LONGEST_ADDRESS or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document.raw, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace").strip()
        places = turn.box(box.left, box.bottom, box.right, box.top)
        if address.startswith(("http://", "https://")) and all(map(math.isfinite, places)):
            yield [*(round(place, 2) for place in places), address]


if __name__ == "__main__":
    limit()
    try:
        answer = read_document(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"error": "it needs too much memory"}
    sys.stdout.write(json.dumps(answer))
