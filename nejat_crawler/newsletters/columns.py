"""Words and where they stand on a page -> lines in the order in which they are read, column by column.

A page is cut where white space runs through it: into bands from top to bottom as long as something spans its
columns, into columns where nothing does. A headline that stands alone in its row begins a band, for it may be
too short to reach over the second column of its story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from nejat_crawler.newsletters.bidi import is_rtl, shows_shapes, to_reading_order
from nejat_crawler.newsletters.lines import READ_MORE, classify

#: From where to where, in points, white space runs from the top of a part to its bottom.
Space = tuple[float, float]

#: Parts of a line that stand further apart than this, in ems, are read apart.
_FAR = 1.6
#: Columns stand at least so far apart, in ems; where only a row or two tell, twice as far.
_GUTTER = 0.7
#: Print that is so much larger than the text is a headline's.
HEADLINE_SCALE = 1.12
_DEEPEST = 12
_MOST_INITIALS = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is seen: from left to right, on a baseline that counts from the page's foot, in points."""

    left: float
    right: float
    y: float
    size: float
    bold: bool
    text: str

    @property
    def top(self) -> float:
        """Where tall letters end."""
        return self.y + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """Where deep letters nearly end: lines that are set tight must not touch."""
        return self.y - 0.1 * self.size


@dataclass(frozen=True, slots=True)
class Link:
    """A place of a page that leads somewhere."""

    left: float
    bottom: float
    right: float
    top: float
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words and links, in no order."""

    width: float
    height: float
    words: list[Word]
    links: list[Link]


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
class _Setting:
    """What holds for a page while it is read."""

    body: float
    rtl: bool
    shapes: bool
    """Whether brackets stand in it by their looks."""
    page: int
    links: Sequence[Link]
    lines: list[Line] = field(default_factory=list)
    columns: int = 0


def body_size(pages: Iterable[Page]) -> float:
    """Give the size of print that most letters have."""
    letters: dict[float, int] = {}
    for page in pages:
        for word in page.words:
            size = round(word.size * 2) / 2
            letters[size] = letters.get(size, 0) + len(word.text)
    return max(letters, key=lambda size: letters[size], default=10.0)


def read_lines(pages: Sequence[Page]) -> list[Line]:
    """Give the lines of all pages in reading order."""
    body = body_size(pages)
    shapes = shows_shapes(word.text for page in pages for word in page.words)
    lines: list[Line] = []
    for number, page in enumerate(pages):
        rtl = is_rtl("".join(word.text for word in page.words))
        setting = _Setting(body, rtl, shapes, number, page.links)
        _order(_with_initials(page.words, body), setting, 0)
        lines += setting.lines
    return lines


def _with_initials(words: Sequence[Word], body: float) -> list[Word]:
    """Give the words, with an initial that reaches over two lines joined to the first word beside it."""
    joined = list(words)
    large = [word for word in words if len(word.text) == 1 and word.text.isalpha() and word.size >= 1.8 * body]
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
    return joined


# --- where to cut -------------------------------------------------------------------------------------------


def _strips(words: Sequence[Word]) -> list[list[Word]]:
    """Cut into strips, from top to bottom, wherever white space runs through from left to right."""
    strips: list[list[Word]] = []
    floor = 0.0
    for word in sorted(words, key=lambda word: -word.top):
        if strips and word.top > floor:
            strips[-1].append(word)
            floor = min(floor, word.bottom)
        else:
            strips.append([word])
            floor = word.bottom
    return strips


def _spaces(words: Sequence[Word], least: float) -> list[Space]:
    """Give the spaces of a part that are as wide as `least`, the margins first and last.

    Between the words of a headline as large as a title is more room than between two columns.
    """
    extents: list[Space] = []
    for row in _rows(words):
        extents += [(word.left, word.right) for word in row]
        extents += [
            (before.right, word.left)
            for before, word in pairwise(row)
            if word.left - before.right < _GUTTER * max(before.size, word.size)
        ]
    spaces: list[Space] = []
    right = float("-inf")
    for begin, end in sorted(extents):
        if begin - right >= least:
            spaces.append((right, begin))
        right = max(right, end)
    return [*spaces, (right, float("inf"))]


def _common(one: Sequence[Space], other: Sequence[Space], least: float) -> list[Space]:
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [space for space in both if space[1] - space[0] >= least]


def _inner(spaces: Sequence[Space], words: Sequence[Word]) -> list[Space]:
    """Those of `spaces` that have words on either side."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    return [space for space in spaces if left < space[0] and space[1] < right]


def _order(words: Sequence[Word], setting: _Setting, depth: int) -> None:
    """Read a part of a page into `setting.lines`."""
    if not words:
        return
    least = _GUTTER * setting.body
    bands: list[list[list[Word]]] = []  # each some strips that have a gutter in common, or have none
    spaces: list[Space] = []
    for strip in _strips(words):
        own = _spaces(strip, least)
        if bands:
            common = _common(spaces, own, least)
            band = [word for other in bands[-1] for word in other]
            had, has = _inner(spaces, band), _inner(common, [*band, *strip])
            # What spans the columns to come, however short it is, would hide some of the gutters between them.
            if has if had else not _inner(own, strip):
                bands[-1].append(strip)
                spaces = common
                continue
        bands.append([*_top_of_columns(bands, strip, setting), strip])
        spaces = own
        for other in bands[-1][:-1]:
            spaces = _common(spaces, _spaces(other, least), least)
    for strips in bands:
        for part in _cut_at_headlines(strips, setting):
            _set_columns([word for strip in part for word in strip], setting, depth)


def _top_of_columns(bands: list[list[list[Word]]], strip: Sequence[Word], setting: _Setting) -> list[list[Word]]:
    """Take from the last band the lines that begin another than the first of the columns that `strip` shows.

    Beside them stands the white above a headline of the first column, and they show no gutter.
    """
    gutters = _inner(_spaces(strip, _GUTTER * setting.body), strip)
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


def _cut_at_headlines(band: list[list[Word]], setting: _Setting) -> list[list[list[Word]]]:
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


def _spreads(band: Sequence[Sequence[Word]], place: int, setting: _Setting) -> bool:
    """Whether the story whose headline is strip number `place` runs through several columns, below it.

    Else the headline stands near the foot of a column whose neighbours are shorter, and its text may go on at
    their top.
    """
    words = [word for strip in band for word in strip]
    below = {id(word) for strip in band[place:] for word in strip}
    gutters = _gutters(words, setting)
    if not gutters or _are_apart(band[:place], setting):
        return not gutters
    if setting.rtl:
        return any(id(word) in below and word.right <= gutters[-1][0] for word in words)
    return any(id(word) in below and word.left >= gutters[0][1] for word in words)


def _is_passed(band: Sequence[Sequence[Word]], place: int, setting: _Setting) -> bool:
    """Whether another column runs on beside strip number `place`, with no more white than parts paragraphs."""
    gutters = _gutters([word for strip in band for word in strip], setting)
    own = _column_of(band[place][0], gutters)
    gaps: dict[int, float] = {}
    for column in range(len(gutters) + 1):
        above = [word.y for strip in band[:place] for word in strip if _column_of(word, gutters) == column]
        below = [word.y for strip in band[place + 1 :] for word in strip if _column_of(word, gutters) == column]
        if above and below:
            gaps[column] = min(above) - max(below)
    return any(gap < 0.8 * gaps[own] for column, gap in gaps.items() if column != own and own in gaps)


def _column_of(word: Word, gutters: Sequence[Space]) -> int:
    return sum(word.left >= (left + right) / 2 for left, right in gutters)


def _leads(strip: Sequence[Word], setting: _Setting) -> bool:
    """Whether a strip is an address, or says `Read more`."""
    rows = _rows(strip)
    text = _read(rows[0], setting) if len(rows) == 1 else ""
    return bool(READ_MORE.fullmatch(text)) or classify(text) == "address"


def _are_apart(part: Sequence[Sequence[Word]], setting: _Setting) -> bool:
    """Whether columns hold stories of their own: another than the first has a headline or an address."""
    words = [word for strip in part for word in strip]
    gutters = _inner(_spaces(words, _GUTTER * setting.body), words) if words else []
    if not gutters:
        return False
    others = [word for word in words if (word.right <= gutters[-1][0] if setting.rtl else word.left >= gutters[0][1])]
    large = HEADLINE_SCALE * setting.body
    return any(word.size >= large or word.text.startswith(("http", "<http")) for word in others)


def _edge(words: Sequence[Word], *, rtl: bool) -> float:
    return max(word.right for word in words) if rtl else min(word.left for word in words)


def _is_headline(words: Sequence[Word], body: float) -> bool:
    return all(word.size >= HEADLINE_SCALE * body for word in words) or all(word.bold for word in words)


def _kind(strip: Sequence[Word], setting: _Setting) -> str:
    """What a strip is that is one line without gaps; "" for one that is more."""
    rows = _rows(strip)
    parts = _parts(rows[0], setting.body) if len(rows) == 1 else []
    return classify(_read(parts[0], setting)) if len(parts) == 1 else ""


def _set_columns(words: list[Word], setting: _Setting, depth: int) -> None:
    gutters = _gutters(words, setting)
    if not gutters or depth == _DEEPEST:
        _set_column(words, setting)
        return
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in words:
        columns[_column_of(word, gutters)].append(word)
    for column in reversed(columns) if setting.rtl else columns:
        _order(column, setting, depth + 1)


def _gutters(words: Sequence[Word], setting: _Setting) -> list[Space]:
    """Give the spaces that part columns.

    Lines of a column begin at one edge; wide spaces in justified text that happen to meet have none.
    """
    rows = _rows(words)
    gutters: list[Space] = []
    for space in _inner(_spaces(words, _GUTTER * setting.body), words):
        if setting.rtl:
            ends = [[-word.right for word in row if word.right <= space[0]] for row in rows]
        else:
            ends = [[word.left for word in row if word.left >= space[1]] for row in rows]
        edges = [min(end) for end in ends if end]
        aligned = sum(edge - min(edges) < 0.2 * setting.body for edge in edges)
        is_wide = space[1] - space[0] >= 3 * setting.body and len(rows) > 5  # a line beside a column
        if (is_wide or aligned >= max(2, len(edges) / 2)) and not _is_in_contents(words, space, setting):
            gutters.append(space)
    return gutters


def _is_in_contents(words: Sequence[Word], gutter: Space, setting: _Setting) -> bool:
    """Whether a space parts titles from their page numbers: what stands behind it is numbers alone."""
    if setting.rtl:
        behind = [word for word in words if word.right <= gutter[0]]
        other = _inner(_spaces(behind, setting.body), behind)
        behind = [word for word in behind if not other or word.left >= other[-1][1]]
    else:
        behind = [word for word in words if word.left >= gutter[1]]
        other = _inner(_spaces(behind, setting.body), behind)
        behind = [word for word in behind if not other or word.right <= other[0][0]]
    return bool(behind) and all(word.text.isdecimal() and len(word.text) <= 3 for word in behind)


# --- lines --------------------------------------------------------------------------------------------------


def _rows(words: Sequence[Word]) -> list[list[Word]]:
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


def _parts(row: Sequence[Word], body: float) -> list[list[Word]]:
    """Part a row where its words stand far apart."""
    parts = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > _FAR * max(before.size, word.size, body):
            parts.append([])
        parts[-1].append(word)
    return parts


def _read(words: Sequence[Word], setting: _Setting) -> str:
    return to_reading_order(" ".join(word.text for word in words), rtl=setting.rtl, shapes=setting.shapes)


def _set_column(words: Sequence[Word], setting: _Setting) -> None:
    left, right = min(word.left for word in words), max(word.right for word in words)
    rows = _rows(words)
    # Page numbers of the contents end at one edge, whatever the gap before them.
    ends = [row[0].left if setting.rtl else row[-1].right for row in rows if _page_number(row, setting)]
    for row in rows:
        parts = _parts(row, setting.body)
        if setting.rtl:
            parts.reverse()
        page = _page_number(row, setting)
        end = page.left if page and setting.rtl else page.right if page else 0.0
        is_row = sum(abs(end - other) < 1 for other in ends) >= max(2, len(rows) / 4)
        if page and (is_row or (len(parts) == 2 and parts[1] == [page])):
            title = [word for word in row if word is not page]
            lines = [(row, f"{_read(title, setting)}\t{page.text}")]
        else:
            lines = [(part, _read(part, setting)) for part in parts]
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


def _page_number(row: Sequence[Word], setting: _Setting) -> Word | None:
    """The number at the far end of a row, if it stands off a little."""
    words = row[::-1] if setting.rtl else row
    if len(words) < 2 or not words[-1].text.isdecimal() or len(words[-1].text) > 3:
        return None
    before, number = words[-2:]
    gap = before.left - number.right if setting.rtl else number.left - before.right
    return number if gap > 0.5 * number.size else None


def _link(line: Line, words: Sequence[Word], setting: _Setting) -> None:
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
