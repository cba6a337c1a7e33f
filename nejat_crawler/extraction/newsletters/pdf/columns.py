"""Words and where they stand on a page -> lines in the order in which they are read, column by column.

A page is cut where white space runs through it: into bands from top to bottom as long as something spans its
columns, into columns where nothing does. A headline that stands alone in its row begins a band, for it may be
too short to reach over the second column of its story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nejat_crawler.extraction.newsletters.bidi import is_rtl, shows_shapes
from nejat_crawler.extraction.newsletters.line_kinds import READ_MORE_LINE, classify
from nejat_crawler.extraction.newsletters.pdf.geometry import HEADLINE_SCALE, Line, PdfPage, Setting, Word, body_size
from nejat_crawler.extraction.newsletters.pdf.gutters import (
    GUTTER,
    Space,
    column_of,
    common_to,
    gutters_of,
    inner_of,
    spaces_of,
    strips_of,
)
from nejat_crawler.extraction.newsletters.pdf.rows import parts_of, read_row, rows_of, set_column

_DEEPEST = 12
_MOST_INITIALS = 50


def read_lines(pages: Sequence[PdfPage]) -> list[Line]:
    """Give the lines of all pages in reading order."""
    body = body_size(pages)
    shapes = shows_shapes(word.text for page in pages for word in page.words)
    lines: list[Line] = []
    for number, page in enumerate(pages):
        rtl = is_rtl("".join(word.text for word in page.words))
        setting = Setting(body, rtl, shapes, number, page.links)
        _order(_with_initials(page.words, body), setting, 0)
        lines += setting.lines
    return lines


def _with_initials(words: Sequence[Word], body: float) -> list[Word]:
    """Give the words, with an initial that reaches over two lines joined to the first word beside it."""
    joined = list(words)
    large = [word for word in words if _is_letter(word.text.lstrip("\"'“‘«")) and word.size >= 1.8 * body]
    for initial in large[:_MOST_INITIALS]:
        beside = [
            word
            for word in joined
            if word.size < 1.3 * body
            and abs(word.top - initial.top) < body
            and 0 <= word.left - initial.right + body / 2 < 2 * body
        ]
        if beside:
            first = min(beside, key=lambda word: word.left)
            whole = replace(first, left=initial.left, text=initial.text + first.text)
            joined[joined.index(first)] = whole
            joined.remove(initial)
            # The lines beside it are no more indented than the first is.
            for place, word in enumerate(joined):
                if abs(word.left - first.left) < body / 2 and initial.y - body / 4 < word.y < first.y:
                    joined[place] = replace(word, left=initial.left)
    return joined


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()


def _order(words: Sequence[Word], setting: Setting, depth: int) -> None:
    """Read a part of a page into `setting.lines`."""
    if not words:
        return
    least = GUTTER * setting.body
    bands: list[list[list[Word]]] = []  # each some strips that have a gutter in common, or have none
    spaces: list[Space] = []
    for strip in strips_of(words):
        own = spaces_of(strip, least)
        if bands:
            common = common_to(spaces, own, least)
            band = [word for other in bands[-1] for word in other]
            had, has = inner_of(spaces, band), inner_of(common, [*band, *strip])
            # What spans the columns to come, however short it is, would hide some of the gutters between them.
            if has if had else not inner_of(own, strip):
                bands[-1].append(strip)
                spaces = common
                continue
        bands.append([*_top_of_columns(bands, strip, setting), strip])
        spaces = own
        for other in bands[-1][:-1]:
            spaces = common_to(spaces, spaces_of(other, least), least)
    for strips in bands:
        for part in _cut_at_headlines(strips, setting):
            _set_columns([word for strip in part for word in strip], setting, depth)


def _top_of_columns(bands: list[list[list[Word]]], strip: Sequence[Word], setting: Setting) -> list[list[Word]]:
    """Take from the last band the lines that begin another than the first of the columns that `strip` shows.

    Beside them stands the white above a headline of the first column, and they show no gutter.
    """
    gutters = inner_of(spaces_of(strip, GUTTER * setting.body), strip)
    taken: list[list[Word]] = []
    while gutters and bands and len(bands[-1]) > 1:
        line = bands[-1][-1]
        below = [word for other in (*taken, strip) for word in other]
        if setting.rtl:
            below = [word for word in below if word.right <= gutters[-1][0]]
            is_beside = max(word.right for word in line) <= gutters[-1][0]
        else:
            below = [word for word in below if word.left >= gutters[0][1]]
            is_beside = min(word.left for word in line) >= gutters[0][1]
        if not is_beside or not below or _is_headline(line, setting.body):
            break
        is_aligned = abs(_edge(line, rtl=setting.rtl) - _edge(below, rtl=setting.rtl)) < 0.3 * setting.body
        if not is_aligned or min(word.y for word in line) - max(word.y for word in below) > 1.7 * setting.body:
            break
        taken.insert(0, bands[-1].pop())
    return taken


def _cut_at_headlines(band: list[list[Word]], setting: Setting) -> list[list[list[Word]]]:
    """Cut a band of columns before a headline that stands alone, and behind an address that does."""
    edge = _edge([word for strip in band for word in strip], rtl=setting.rtl)
    parts: list[list[list[Word]]] = [[]]
    for place, strip in enumerate(band):
        starts = abs(_edge(strip, rtl=setting.rtl) - edge) < 1.5 * setting.body
        below = band[place + 1] if place + 1 < len(band) else []
        is_head = _is_headline(strip, setting.body) or (
            _kind(strip, setting) == "text" and below and _kind(below, setting) in ("source", "date")
        )
        was_head = bool(parts[-1]) and _is_headline(parts[-1][-1], setting.body)
        was_address = bool(parts[-1]) and len(parts[-1]) == 1 and _leads(parts[-1][0], setting)
        is_address = _leads(strip, setting) and not _are_apart(parts[-1], setting)
        is_first = starts and is_head and not was_head and _spreads(band, place, setting)
        if (is_address or is_first) and _is_passed(band, place, setting):
            is_address = is_first = False
        if parts[-1] and (is_first or is_address or was_address):
            parts.append([])
        parts[-1].append(strip)
    return parts


def _spreads(band: Sequence[Sequence[Word]], place: int, setting: Setting) -> bool:
    """Whether the story whose headline is strip number `place` runs through several columns, below it.

    Else the headline stands near the foot of a column whose neighbours are shorter, and its text may go on at
    their top.
    """
    words = [word for strip in band for word in strip]
    below = {id(word) for strip in band[place:] for word in strip}
    gutters = gutters_of(words, setting)
    if not gutters or _are_apart(band[:place], setting):
        return not gutters
    if setting.rtl:
        return any(id(word) in below and word.right <= gutters[-1][0] for word in words)
    return any(id(word) in below and word.left >= gutters[0][1] for word in words)


def _is_passed(band: Sequence[Sequence[Word]], place: int, setting: Setting) -> bool:
    """Whether another column runs on beside strip number `place`, with no more white than parts paragraphs."""
    gutters = gutters_of([word for strip in band for word in strip], setting)
    own = column_of(band[place][0], gutters)
    gaps: dict[int, float] = {}
    for column in range(len(gutters) + 1):
        above = [word.y for strip in band[:place] for word in strip if column_of(word, gutters) == column]
        below = [word.y for strip in band[place + 1 :] for word in strip if column_of(word, gutters) == column]
        if above and below:
            gaps[column] = min(above) - max(below)
    return any(gap < 0.8 * gaps[own] for column, gap in gaps.items() if column != own and own in gaps)


def _leads(strip: Sequence[Word], setting: Setting) -> bool:
    """Whether a strip is an address, or says `Read more`."""
    rows = rows_of(strip)
    text = read_row(rows[0], setting) if len(rows) == 1 else ""
    return bool(READ_MORE_LINE.fullmatch(text)) or classify(text) == "address"


def _are_apart(part: Sequence[Sequence[Word]], setting: Setting) -> bool:
    """Whether columns hold stories of their own: another than the first has a headline or an address."""
    words = [word for strip in part for word in strip]
    gutters = inner_of(spaces_of(words, GUTTER * setting.body), words) if words else []
    if not gutters:
        return False
    others = [word for word in words if (word.right <= gutters[-1][0] if setting.rtl else word.left >= gutters[0][1])]
    large = HEADLINE_SCALE * setting.body
    return any(word.size >= large or word.text.startswith(("http", "<http")) for word in others)


def _edge(words: Sequence[Word], *, rtl: bool) -> float:
    return max(word.right for word in words) if rtl else min(word.left for word in words)


def _is_headline(words: Sequence[Word], body: float) -> bool:
    return all(word.size >= HEADLINE_SCALE * body for word in words) or all(word.bold for word in words)


def _kind(strip: Sequence[Word], setting: Setting) -> str:
    """What a strip is that is one line without gaps; "" for one that is more."""
    rows = rows_of(strip)
    parts = parts_of(rows[0], setting.body) if len(rows) == 1 else []
    return classify(read_row(parts[0], setting)) if len(parts) == 1 else ""


def _set_columns(words: list[Word], setting: Setting, depth: int) -> None:
    gutters = gutters_of(words, setting)
    if not gutters or depth == _DEEPEST:
        set_column(words, setting)
        return
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in words:
        columns[column_of(word, gutters)].append(word)
    for column in reversed(columns) if setting.rtl else columns:
        _order(column, setting, depth + 1)
