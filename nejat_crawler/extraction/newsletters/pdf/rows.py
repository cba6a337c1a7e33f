"""The words of a column -> its lines, each with how far it is from the column's edges and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from nejat_crawler.extraction.newsletters.bidi import to_reading_order
from nejat_crawler.extraction.newsletters.pdf.geometry import Line, Setting, Word

#: Parts of a line that stand further apart than this, in ems, are read apart.
_FAR = 1.6


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Put words on one baseline together; a raised `th` is on the baseline of its number."""
    rows: list[list[Word]] = []
    largest = Word(0, 0, 0, 0, False, "")  # of the row
    for word in sorted(words, key=lambda word: -word.y):
        if rows and largest.y - word.y < 0.4 * max(largest.size, word.size):
            rows[-1].append(word)
            largest = max(largest, word, key=lambda word: word.size)
        else:
            rows.append([word])
            largest = word
    return [sorted(row, key=lambda word: word.left) for row in rows]


def parts_of(row: Sequence[Word], body: float) -> list[list[Word]]:
    """Part a row where its words stand far apart."""
    parts = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > _FAR * max(before.size, word.size, body):
            parts.append([])
        parts[-1].append(word)
    return parts


def read_row(words: Sequence[Word], setting: Setting) -> str:
    """Give a line as it is read."""
    return to_reading_order(" ".join(word.text for word in words), rtl=setting.rtl, shapes=setting.shapes)


def set_column(words: Sequence[Word], setting: Setting) -> None:
    """Add the lines of a column to `setting.lines`."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    rows = _with_middle_numbers(rows_of(words), setting)
    # PdfPage numbers of the contents end at one edge, whatever the gap before them.
    ends = [row[0].left if setting.rtl else row[-1].right for row in rows if _page_number(row, setting)]
    for row in rows:
        parts = parts_of(row, setting.body)
        if setting.rtl:
            parts.reverse()
        # Where numbers stand at one edge, that of a long title may stand close to it.
        page = _page_number(row, setting, least=0.5 if len(ends) < 2 else 0.15)
        end = page.left if page and setting.rtl else page.right if page else 0.0
        is_row = sum(abs(end - other) < 1 for other in ends) >= max(2, len(rows) / 4)
        if page and (is_row or (len(parts) == 2 and parts[1] == [page])):
            title = [word for word in row if word is not page]
            lines = [(row, f"{read_row(title, setting)}\t{page.text}")]
        else:
            lines = [(part, read_row(part, setting)) for part in parts]
        for part, text in lines:
            begin, end = part[0].left - left, right - part[-1].right
            if setting.rtl:
                begin, end = end, begin
            size = median(word.size for word in part)
            bold = all(word.bold for word in part)
            line = Line(text, part[0].y, size, bold, begin, end, setting.columns, setting.page)
            _link(line, part, setting)
            setting.lines.append(line)
    setting.columns += 1


def _with_middle_numbers(rows: Sequence[list[Word]], setting: Setting) -> list[list[Word]]:
    """Give the rows, with a page number that stands halfway beside two lines of its title put to the lower."""
    kept: list[list[Word]] = []
    waiting: Word | None = None
    for place, row in enumerate(rows):
        near = [*rows[max(place - 1, 0) : place], *rows[place + 1 : place + 2]]
        is_middle = len(near) == 2 and all(abs(other[0].y - row[0].y) < 0.9 * row[0].size for other in near)
        if is_middle and len(row) == 1 and row[0].text.isdecimal() and len(row[0].text) <= 3:
            waiting = row[0]
        elif waiting:
            kept.append([waiting, *row] if setting.rtl else [*row, waiting])
            waiting = None
        else:
            kept.append(row)
    return kept


def _page_number(row: Sequence[Word], setting: Setting, least: float = 0.5) -> Word | None:
    """The number at the far end of a row, if it stands off by `least` ems."""
    words = row[::-1] if setting.rtl else row
    if len(words) < 2 or not words[-1].text.isdecimal() or len(words[-1].text) > 3:
        return None
    before, number = words[-2:]
    gap = before.left - number.right if setting.rtl else number.left - before.right
    return number if gap > least * number.size else None


def _link(line: Line, words: Sequence[Word], setting: Setting) -> None:
    """Note where a line leads, and whether all of it does."""
    for link in setting.links:
        linked = [
            word
            for word in words
            if link.bottom <= word.y + 0.3 * word.size <= link.top
            and link.left <= (word.left + word.right) / 2 <= link.right
        ]
        if linked and (not line.url or not line.is_all_link):
            line.url, line.is_all_link = link.url, len(linked) == len(words)
