"""Read the words of a PDF and where they stand; run as a process of its own, for the file may be hostile.

The PDF comes on standard input; standard output gets one JSON object, `{"pages": [...]}` or `{"error": "…"}`.
A page is `{"width", "height", "words", "links"}`; a word `[left, right, baseline, size, bold, text]` with its
characters from left to right as they are seen; a link `[left, bottom, right, top, address]`; lengths in points.
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
from itertools import pairwise
from typing import Any, NamedTuple

MEMORY = 1 << 30
CPU_SECONDS = 30
MOST_PAGES = 200
MOST_CHARACTERS = 400_000
#: On a page; the fullest newspaper has half as many.
MOST_WORDS = 6_000
MOST_WORDS_IN_ALL = 60_000
MOST_LINKS = 500
LONGEST_ADDRESS = 2_000
#: The longest side that the format knows, 200 inches.
LONGEST_SIDE = 14_400
#: Gaps within a word are narrower, in ems.
_WORD_GAP = 0.15
#: What PDFium says for a hyphen that ends a line.
_HYPHENS = frozenset({0x02, 0xFFFE})
_ALEFS = frozenset("اأإآٱ")
_BOLD = ("bold", "black", "heavy", "demi")


class _Unreadable(Exception):  # noqa: N818  # its text completes "cannot be read: …"
    pass


class _Character(NamedTuple):
    baseline: float
    origin: float
    left: float
    right: float
    place: int
    size: float
    bold: bool
    text: str


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
            width, height = page.get_size()
            if not 0 < width <= LONGEST_SIDE or not 0 < height <= LONGEST_SIDE:
                return {"error": f"page {number + 1} measures {width:.0f} by {height:.0f} points"}
            with closing(page.get_textpage()) as text_page:
                left -= text_page.count_chars()
                if left < 0:
                    return {"error": f"it holds more than {MOST_CHARACTERS:,} characters"}
                words = list(_words(list(_characters(text_page, page))))
        except pdfium.PdfiumError:
            return {"error": f"page {number + 1} is broken"}
        if len(words) > MOST_WORDS:
            return {"error": f"page {number + 1} holds more than {MOST_WORDS:,} words"}
        pages.append({"width": width, "height": height, "words": words, "links": list(_links(document, page))})
        page.close()
    if sum(len(page["words"]) for page in pages) > MOST_WORDS_IN_ALL:
        return {"error": f"it holds more than {MOST_WORDS_IN_ALL:,} words"}
    if not any(page["words"] for page in pages):
        return {"error": "it holds pictures and no text"}
    return {"pages": pages}


def _characters(text_page: Any, page: Any) -> Iterator[_Character]:
    """Give what is printed upright inside the page's box; positions count from its lower left corner."""
    from pypdfium2 import raw

    x0, y0, x1, y1 = page.get_cropbox()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    styles: dict[int, tuple[float, bool]] = {}
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        code = ord("-") if code in _HYPHENS else code
        if code < 0x20 or 0xD800 <= code < 0xE000 or raw.FPDFText_IsGenerated(text_page.raw, index):
            continue
        if not raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y):
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page.raw, index, box):
            continue
        if not (x0 <= x.value <= x1 and y0 <= y.value <= y1) or abs(math.sin(_angle(text_page, index))) > 0.1:
            continue
        drawn = raw.FPDFText_GetTextObject(text_page.raw, index)
        if not drawn:
            continue  # PDFium's own guess at a space, which in Arabic stands on the wrong side of a bracket
        key = ctypes.addressof(drawn.contents)
        if key not in styles:
            styles[key] = _style(text_page, index)
        size, bold = styles[key]
        if not 1 <= size <= LONGEST_SIDE or not all(map(math.isfinite, (box.left, box.right, x.value))):
            continue
        # A ligature or a letter's form in its word becomes the letters; `ﷲ` and the like are letters too.
        character = chr(code)
        text = unicodedata.normalize("NFKC", character) if code >= 0xFB00 else character
        # Of a letter in its word, some fonts tell the ink only, which stands off from where its neighbour ends.
        left = min(box.left, x.value)
        yield _Character(y.value - y0, x.value - x0, left - x0, box.right - x0, index, size, bold, text)


def _angle(text_page: Any, index: int) -> float:
    from pypdfium2 import raw

    return float(raw.FPDFText_GetCharAngle(text_page.raw, index))


def _style(text_page: Any, index: int) -> tuple[float, bool]:
    """Give the size in points and the boldness: a size of 1 under a tenfold matrix is 10."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text_page.raw, index, matrix) else 1.0
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page.raw, index, name, len(name), None)
    is_bold = any(mark in name.value.decode("latin-1").lower() for mark in _BOLD)
    return raw.FPDFText_GetFontSize(text_page.raw, index) * scale, is_bold


def _is_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _words(characters: list[_Character]) -> Iterator[list[Any]]:
    """Put characters of one baseline together where no space and no gap parts them."""
    characters.sort(key=lambda character: -character.baseline)
    line: list[_Character] = []
    for character in characters:
        if line and line[0].baseline - character.baseline > 0.2 * max(line[0].size, character.size):
            yield from _split(line)
            line = []
        line.append(character)
    yield from _split(line)


def _split(line: list[_Character]) -> Iterator[list[Any]]:
    # Marks and joiners stand at the place of their letter: there the order of the text decides, which runs
    # against the eye's in Persian and Arabic.
    back = -1 if any(_is_rtl(character.text) for character in line) else 1
    line.sort(key=lambda character: (round(character.left, 1), back * character.place))
    word: list[_Character] = []
    for character in _with_ligatures(line):
        if word and (character.text.isspace() or _begins_word(word[-1], character)):
            yield _word(word)
            word = []
        if character.text.isspace():
            continue
        if word and _is_shadow(word[-1], character):
            continue
        word.append(character)
    if word:
        yield _word(word)


def _with_ligatures(line: list[_Character]) -> list[_Character]:
    """Put lam before alef, as they are read, where one glyph is both: files hold them in either order."""
    for place, (one, other) in enumerate(pairwise(line)):
        if one.text == "ل" and other.text in _ALEFS and abs(one.origin - other.origin) < 0.1:
            line[place], line[place + 1] = other, one
    return line


def _is_shadow(before: _Character, character: _Character) -> bool:
    """Whether a letter is drawn twice, a little aside; `ff` in one glyph is two letters."""
    if character.text != before.text or character.left - before.left >= 0.1 * character.size:
        return False
    return abs(character.place - before.place) > 1


def _begins_word(before: _Character, character: _Character) -> bool:
    size = max(before.size, character.size)
    return character.left - before.right > _WORD_GAP * size or min(before.size, character.size) < 0.6 * size


def _word(word: list[_Character]) -> list[Any]:
    # Several letters of one glyph come in reading order, and are turned as the rest of the line is.
    text = "".join(one.text[::-1] if _is_rtl(one.text) else one.text for one in word)
    size = max(one.size for one in word)
    places = (min(one.left for one in word), max(one.right for one in word), word[0].baseline, size)
    return [*(round(place, 2) for place in places), int(all(one.bold for one in word)), text]


def _links(document: Any, page: Any) -> Iterator[list[Any]]:
    from pypdfium2 import raw

    x0, y0, _, _ = page.get_cropbox()
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
        places = (box.left - x0, box.bottom - y0, box.right - x0, box.top - y0)
        if address.startswith(("http://", "https://")) and all(map(math.isfinite, places)):
            yield [*(round(place, 2) for place in places), address]


if __name__ == "__main__":
    limit()
    try:
        answer = read_document(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"error": "it needs too much memory"}
    sys.stdout.write(json.dumps(answer))
