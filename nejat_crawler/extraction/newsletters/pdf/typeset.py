"""Lines as they are printed -> the text that `read_newsletter` takes: blocks, headlines, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from urllib.parse import urlsplit

from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.newsletters.contents import LABEL
from nejat_crawler.extraction.newsletters.line_kinds import HEADLINE_LENGTH, READ_MORE_LINE, SENTENCE_END, classify
from nejat_crawler.extraction.newsletters.paragraphs import join
from nejat_crawler.extraction.newsletters.pdf.columns import read_lines
from nejat_crawler.extraction.newsletters.pdf.geometry import HEADLINE_SCALE, Line, PdfPage, body_size
from nejat_crawler.text import clean_line
from nejat_crawler.urls import HOSTS, post_address

#: Running heads and feet stand in this part of a page at its upper and lower edge.
_MARGIN = 0.08
_LEVELS = 6
#: A caption is so much smaller than the text, and takes so many lines at most.
_SMALL = 0.85
_CAPTION_LINES = 3
_ENDS_WITH_MORE = re.compile(rf"(?:^|\W){READ_MORE_LINE.pattern}$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<label>[^\W\d][\w ]{0,30}: ?)?<?(?P<url>(?:https?://|(?:www\.)?nejatngo\.org/)[^\s<>\"']*)>?", re.IGNORECASE
)
_ADDRESS_TAIL = re.compile(r"[\w./?=&%-]{1,200}")
_SEPARATOR = re.compile(r"[\s|•·–—,،/-]+")


@dataclass(slots=True)
class _Block:
    lines: list[Line]
    level: int


def set_text(pages: Sequence[PdfPage]) -> str:
    """Give the text of a document: blocks parted by blank lines."""
    body = body_size(pages)
    kept = _with_whole_dates(list(_without_running_heads(pages, read_lines(pages))))
    lines = [part for line in kept for part in _taken_apart(line)]
    lines = list(_with_whole_addresses(lines))
    sizes = sorted({_round(line.size) for line in lines if _is_large(line, body)}, reverse=True)
    levels = {size: min(number, _LEVELS) for number, size in enumerate(sizes, start=1)}
    pairs = [pair for pair in pairwise(lines) if pair[0].column == pair[1].column and not _is_large(pair[0], body)]
    leading = median([gap for one, two in pairs if (gap := one.y - two.y) > 0] or [1.2 * body])
    blocks: list[_Block] = []
    for line in lines:
        level = levels[_round(line.size)] if _is_large(line, body) else 0
        if blocks and blocks[-1].level == level and _goes_on(blocks[-1], line, leading):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_Block([line], level))
    return "\n\n".join(text for block in _without_captions(blocks, body) for text in _print(block)) + "\n"


def _round(size: float) -> float:
    return round(size * 2) / 2


def _is_large(line: Line, body: float) -> bool:
    return line.size >= HEADLINE_SCALE * body


def _without_running_heads(pages: Sequence[PdfPage], lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out what the margins of several pages repeat; its first time it may be the issue's title."""

    def key(line: Line) -> str:
        return re.sub(r"\d+", "", line.text)

    def is_marginal(line: Line) -> bool:
        height = pages[line.page].height
        return not _MARGIN * height < line.y < (1 - _MARGIN) * height

    found_on = Counter(name for name, _ in {(key(line), line.page) for line in lines if is_marginal(line)})
    for line in lines:
        is_first = line.page == 0 and line.y > pages[0].height / 2
        if is_first or not is_marginal(line) or found_on[key(line)] < 2:
            yield line


def _without_captions(blocks: Sequence[_Block], body: float) -> Iterator[_Block]:
    """Leave out a line or two in smaller print between paragraphs of a story, which belong to a picture."""
    is_told = False  # the small print above the first story is the head
    for place, block in enumerate(blocks):
        around = [*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2]]
        is_caption = _is_small(block, body) and not any(_is_small(other, body) for other in around)
        if is_told and is_caption and all(classify(line.text) == "text" for line in block.lines):
            continue
        is_told = is_told or (
            len(block.lines) > 1 and not block.level and bool(SENTENCE_END.search(block.lines[-1].text))
        )
        yield block


def _is_small(block: _Block, body: float) -> bool:
    is_short = len(block.lines) <= _CAPTION_LINES and not any(map(_is_row, block.lines))
    return is_short and all(line.size <= _SMALL * body for line in block.lines)


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """Join a line of source or date that a narrow column breaks in two: `by Lake Radio | 15 January` / `2023`."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last and last.column == line.column and 0 < last.y - line.y < 1.6 * line.size and last.size == line.size:
            joined = f"{last.text} {line.text}"
            if _is_broken(last.text, line.text) and (_halves(joined) or classify(joined) == "date"):
                whole[-1] = replace(last, text=joined, end=line.end)
                continue
        whole.append(line)
    return whole


def _is_broken(text: str, rest: str) -> bool:
    is_short = len(text) + len(rest) <= HEADLINE_LENGTH / 2 and "\t" not in text + rest
    return is_short and not _halves(text) and classify(text) in ("text", "source") and classify(rest) != "date"


def _taken_apart(line: Line) -> Iterator[Line]:
    """Give source and date their own lines: `by Valley Courier | June 3, 2023`."""
    if len(line.text) <= HEADLINE_LENGTH / 2 and "\t" not in line.text and classify(line.text) in ("text", "source"):
        yield from (replace(line, text=part) for part in _halves(line.text) or (line.text,))
    else:
        yield line


def _halves(text: str) -> tuple[str, str] | None:
    """The source and the date that one line holds, in their order."""
    for found in _SEPARATOR.finditer(text):
        halves = text[: found.start()], text[found.end() :]
        if {classify(half) for half in halves} == {"source", "date"}:
            return halves
    return None


def _with_whole_addresses(lines: Sequence[Line]) -> Iterator[Line]:
    """Set addresses as `<https://…>`: what is printed, on two lines too, or where `Read more` leads."""
    skip = False
    for place, line in enumerate(lines):
        if skip:
            skip = False
            continue
        printed = _ADDRESS.fullmatch(line.text)
        if printed:
            after = lines[place + 1] if place + 1 < len(lines) else None
            url, skip = _whole_address(printed["url"], line, after)
            if post_address(url) or (not printed["label"] and not _is_front_page(url)):
                line = replace(line, text=f"<{url}>", url="")
        elif line.url and READ_MORE_LINE.fullmatch(line.text):
            line = replace(line, text=f"<{line.url}>", url="")
        yield line


def _whole_address(printed: str, line: Line, after: Line | None) -> tuple[str, bool]:
    """Give the address that begins on `line`, and whether the line after it belongs to it."""
    url = printed if printed.lower().startswith("http") else f"https://{printed}"
    is_below = after is not None and after.page == line.page and 0 < line.y - after.y < 1.8 * line.size
    tail = after.text.strip("<>") if after and is_below else ""
    goes_on = bool(_ADDRESS_TAIL.fullmatch(tail)) and post_address(url + tail) is not None
    if post_address(url):
        goes_on = goes_on and line.end < line.size and tail.isdecimal()
    if line.is_all_link and post_address(line.url):
        return line.url, goes_on
    return url + tail if goes_on else url, goes_on


def _is_front_page(url: str) -> bool:
    """Whether an address is printed as the society's own, at the foot of a page."""
    parts = urlsplit(url)
    return parts.netloc.lower() in HOSTS and parts.path.strip("/") in ("", *EDITIONS)


def _goes_on(block: _Block, line: Line, leading: float) -> bool:
    """Whether a line belongs to the block before it, whose print is as large."""
    last = block.lines[-1]
    jumps = line.page != last.page or line.y >= last.y - 0.1 * last.size
    if block.level:
        alike = line.bold == last.bold and classify(last.text) == classify(line.text) == "text"
        return alike and not jumps and last.y - line.y < 1.6 * line.size and not LABEL.fullmatch(last.text)
    kinds = {classify(last.text), classify(line.text)} if len(block.lines) == 1 else {classify(line.text)}
    if _is_row(last) or _is_row(line):
        return not jumps and last.y - line.y < 2.5 * line.size and not LABEL.fullmatch(last.text)
    if min(last.size, line.size) < 0.88 * max(last.size, line.size):
        return False
    if kinds & {"date", "address", "box", "elision"} or last.bold != line.bold or LABEL.fullmatch(last.text):
        return False
    if kinds & {"source"} and len(block.lines) == 1:
        return False
    ends = bool(SENTENCE_END.search(last.text[-5:]))
    if jumps:
        return not ends
    if last.y - line.y > 1.25 * leading:
        return False
    if line.begin > 0.8 * line.size and last.begin < 0.5 * line.size:
        return False
    # The next word had room on the line: to break it off was meant.
    first_word = line.text.split(maxsplit=1)[0]
    return not (ends and last.end > (len(first_word) + 1) * 0.6 * line.size)


def _is_row(line: Line) -> bool:
    """Whether a line is a row of the contents."""
    return "\t" in line.text


def _print(block: _Block) -> Iterator[str]:
    """Give a block's text, and the address it leads to at its end."""
    url = next((line.url for line in block.lines if line.is_all_link and post_address(line.url)), "")
    texts = [line.text if _is_row(line) else clean_line(line.text) for line in block.lines]
    if block.level:
        heading = join(texts, frozenset())  # a narrow column hyphenates headlines too
        yield f"{'#' * block.level} {_linked(heading, url)}"
    else:
        yield "\n".join(_linked(text, url) for text in _whole_rows(texts))
    for line in block.lines:
        if line.url and not line.is_all_link and post_address(line.url) and _ENDS_WITH_MORE.search(line.text):
            yield f"<{line.url}>"


def _whole_rows(texts: Sequence[str]) -> Iterator[str]:
    """Give the lines of a block; a row of the contents that runs over several is one.

    Its page stands beside its last line, or beside one above: what goes on in small letters belongs to that.
    """
    whole: list[str] = []
    torn: list[str] = []
    is_contents = any("\t" in text for text in texts)
    for text in texts:
        if whole and not torn and "\t" in whole[-1] and "\t" not in text and text[:1].islower():
            title, page = whole[-1].split("\t")
            whole[-1] = f"{title} {text}\t{page}"
            continue
        torn.append(text)
        if "\t" in text or not is_contents:
            whole.append(" ".join(torn))
            torn = []
    yield from (*whole, *torn)


def _linked(text: str, url: str) -> str:
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})" if url else text
