"""The newsletter as text: an issue's header, and its stories with their excerpts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nejat_crawler.items import Newsletter, Story
from nejat_crawler.newsletters import wording
from nejat_crawler.newsletters.bidi import is_rtl
from nejat_crawler.newsletters.contents import (
    ALIKE,
    LABEL,
    NEARLY_THE_SAME,
    Row,
    assign,
    closeness,
    likeness,
    read_contents,
)
from nejat_crawler.newsletters.lines import (
    HEADLINE_LENGTH,
    MONTH,
    PUBLICATION,
    TITLE,
    Mark,
    Piece,
    flow,
    is_title,
    iso_date,
    month_number,
    pieces,
    read_marks,
    split_lines,
    vocabulary,
)
from nejat_crawler.text import clean_line

_PERIOD = re.compile(
    rf"\b(?P<m1>{MONTH})(?:,? (?P<y1>\d{{4}}))?(?: ?(?:[-–—/&]|and|to) ?(?P<m2>{MONTH}))?,? (?P<y2>\d{{4}})\b|"
    rf"{wording.PERIOD}",
    re.IGNORECASE,
)
_VOLUME = re.compile(rf"\bvol(?:ume|\.)? ?(\d{{1,4}})\b|\b{wording.VOLUME}", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"\b(?:numbers?|nos?\.?) ?(\d{{1,5}}(?: ?(?:[,&–-]|and) ?\d{{1,5}})*)\b|\b{wording.NUMBERS}", re.IGNORECASE
)
_HEADER_LINES = 12
#: An issue bears the numbers of a year at most: `No. 92, 2023` names one.
_MOST_NUMBERS = 12
#: What a story may follow that is told by its headline and its source or date alone.
_CLOSERS = frozenset({"address", "elision", "box", "source"})


class NotANewsletterError(ValueError):
    """A text is no issue of the newsletter."""


@dataclass(slots=True)
class _Head:
    """Where a story begins: its headline is the pieces from `at`, its text those from `body`."""

    at: int
    body: int
    title: str = ""
    source: str | None = None
    date: str | None = None


def recognise(text: str) -> bool:
    """Whether `text` is an issue: its title opens it, and a period, number or table of contents follows."""
    pairs = zip(map(clean_line, split_lines(text)), read_marks(text), strict=True)
    opening = [(line, mark) for line, mark in pairs if line][: 3 * _HEADER_LINES]
    if not any(is_title(line, mark) for line, mark in opening[:_HEADER_LINES]):
        return False
    lines = [line for line, _ in opening]
    short = [line for line in lines if len(line) <= HEADLINE_LENGTH]
    marks = (_PERIOD.fullmatch, PUBLICATION.fullmatch, LABEL.fullmatch, _NUMBERS.search)
    return any(mark(line) for line in short for mark in marks)


def read_newsletter(text: str, found_at: str, captured_at: str, edition: str = "en") -> Newsletter:
    """Read an issue with its stories in their order; raises NotANewsletterError."""
    if not recognise(text):
        raise NotANewsletterError(f"{found_at} is no issue of the newsletter")
    raw = split_lines(text)
    lines = [clean_line(line) for line in raw]
    marks = read_marks(text)
    title = next(line for line, mark in zip(lines, marks, strict=True) if is_title(line, mark))
    label = next((place for place, line in enumerate(lines) if LABEL.fullmatch(line)), len(lines))
    rows, after = read_contents(raw, label + 1)
    header = [line for line in [line for line in lines[:label] if line][:_HEADER_LINES] if _is_header(line, title)]
    words = vocabulary(text)
    story_marks = [*marks[:label], Mark(), *marks[after:]]
    taken = pieces([*lines[:label], "", *lines[after:]], frozenset(header), words, story_marks)
    heads = _find_heads(taken, rows)
    ends = [*(head.at for head in heads[1:]), len(taken)][: len(heads)]
    numbers = assign([head.title for head in heads], rows)
    period = next((found for line in header if (found := _PERIOD.search(line))), None)
    first_day, last_day = _days(period) if period else (None, None)
    return Newsletter(
        edition=wording.edition_of(text) if is_rtl(title) else edition,
        found_at=found_at,
        captured_at=captured_at,
        title=title,
        period=period[0] if period else None,
        period_start=first_day,
        period_end=last_day,
        volume=next((_volume(found) for line in header if (found := _VOLUME.search(line))), None),
        numbers=next((_numbers(found[1] or found[2]) for line in header if (found := _NUMBERS.search(line))), []),
        stories=[
            _story(
                head,
                taken[head.at : head.body],
                taken[head.body : end],
                None if number is None else rows[number],
                words,
            )
            for head, end, number in zip(heads, ends, numbers, strict=True)
        ],
    )


def _volume(found: re.Match[str]) -> int | None:
    return int(found[1]) if found[1] else wording.read_volume(found[2])


def _is_header(line: str, title: str) -> bool:
    if len(line) > HEADLINE_LENGTH // 2:
        return False
    named = line == title or TITLE.fullmatch(line) or PUBLICATION.fullmatch(line) or _PERIOD.fullmatch(line)
    numbered = _VOLUME.search(line) or _NUMBERS.search(line)
    return bool(named or _VOLUME.match(line) or _NUMBERS.match(line) or (_PERIOD.match(line) and numbered))


def _numbers(printed: str) -> list[int]:
    """Give the numbers that an issue bears: `19, 20` is two, `19-22` is four."""
    found = [int(number) for number in re.findall(r"\d+", printed)]
    numbers = [number for number in found if 0 <= number - found[0] < _MOST_NUMBERS]
    return list(range(numbers[0], numbers[-1] + 1)) if re.search("[–-]", printed) else numbers


def _days(period: re.Match[str]) -> tuple[str | None, str | None]:
    """Give the first and the last day of `July - August 2023`, and of `December - January 2023`."""
    if not period["m1"]:
        return wording.first_and_last_day(period)
    first, last_year = month_number(period["m1"]), int(period["y2"])
    last = month_number(period["m2"]) if period["m2"] else first
    first_year = int(period["y1"]) if period["y1"] else last_year - (first > last)
    begin, last_begin = iso_date(first_year, first, 1), iso_date(last_year, last, 1)
    if not begin or not last_begin or begin > last_begin:
        return None, None
    return begin, iso_date(last_year, last, monthrange(last_year, last)[1])


def _find_heads(taken: Sequence[Piece], rows: Sequence[Row]) -> list[_Head]:
    """Find where stories begin: by source and date, by the table of contents, or by the address before."""
    heads: list[_Head] = []
    free, nothing_said = 0, True
    for place, piece in enumerate(taken):
        nothing_said = nothing_said and piece.kind != "text"
        if piece.kind in ("source", "date") and place >= free:
            head = _head_at(taken, place, free, rows)
            if head and (head.title or (head.source and head.date) or nothing_said):
                heads.append(head)
                free = head.body
    heads += _large_heads(taken, rows, heads)
    heads += _plain_heads(taken, rows, heads)
    heads.sort(key=lambda head: head.at)
    before = taken[: heads[0].at] if heads else taken
    if (heads or rows) and any(piece.kind == "text" and not piece.is_headline for piece in before):
        heads.insert(0, _Head(0, 0))
    return heads


def _large_heads(taken: Sequence[Piece], rows: Sequence[Row], heads: Sequence[_Head]) -> list[_Head]:
    """Give the heads that their print tells: a headline over a text, as large as those of known stories."""
    used = {place for head in heads for place in range(head.at, head.body)}
    known = {taken[head.at].level for head in heads if taken[head.at].level}
    found = [
        place
        for place, piece in enumerate(taken[:-1])
        if piece.level and piece.is_headline and place not in used
        if taken[place + 1].kind == "text" and not taken[place + 1].level
    ]
    levels = Counter(taken[place].level for place in found)
    least = max(known, default=levels.most_common(1)[0][0] if levels else 0)
    return [
        _Head(place, place + 1, taken[place].text)
        for place in found
        if closeness(taken[place].text, rows) >= ALIKE or (taken[place].level <= least and not rows)
    ]


def _head_at(taken: Sequence[Piece], place: int, free: int, rows: Sequence[Row]) -> _Head | None:
    """Give the head whose source or date is the piece at `place`; nothing before `free` belongs to it."""
    other = "date" if taken[place].kind == "source" else "source"
    marks = [taken[place], *(piece for piece in taken[place + 1 : place + 2] if piece.kind == other)]
    source = next((mark for mark in marks if mark.kind == "source"), None)
    day = next((mark for mark in marks if mark.kind == "date"), None)
    head = _Head(place, place + len(marks), "", source.source if source else None, day.day if day else None)
    if place > free and taken[place - 1].is_headline:
        head.at, head.title = place - 1, taken[place - 1].text
        if place - 1 > free and taken[place - 2].is_headline:
            joined = f"{taken[place - 2].text} {head.title}"
            if head.title[0].islower() or closeness(joined, rows) > max(closeness(head.title, rows), ALIKE):
                head.at, head.title = place - 2, joined
    if not head.title or (source and day):
        return head
    # `By Mazda Parsi` under a text names its writer; a source stands as `by Press TV`.
    if source and (source.text[0] == "B" or source.source[0].islower()):
        return None
    above = taken[head.at - 1] if head.at else Piece("box", "")
    told = taken[head.at].level > 0 or closeness(head.title, rows) >= ALIKE if rows else above.ends_sentence
    return head if told or above.kind in _CLOSERS else None


def _plain_heads(taken: Sequence[Piece], rows: Sequence[Row], heads: Sequence[_Head]) -> list[_Head]:
    """Give the heads that have neither source nor date."""
    used = {place for head in heads for place in range(head.at, head.body)}
    texts = [place for place, piece in enumerate(taken) if piece.kind == "text"]
    found = _listed_heads(taken, rows, heads, [place for place in texts if place not in used])
    used |= {head.at for head in found}
    begins = {head.at for head in (*heads, *found)}
    has_address = False  # before the next head: two addresses are two stories
    for place in range(len(taken) - 1, -1, -1):
        piece = taken[place]
        if place in begins:
            has_address = False
        elif piece.kind == "address":
            has_address = True
        elif piece.kind == "text" and place not in used:
            is_titled = piece.is_headline and piece.text[0].isupper()
            is_alone = is_titled and not rows
            is_behind = place > 0 and taken[place - 1].kind == "address"
            if (is_alone and place == texts[0]) or (is_behind and (is_alone or has_address)):
                found.append(_Head(place, place + is_titled, piece.text if is_titled else ""))
                has_address = False
    return found


def _listed_heads(
    taken: Sequence[Piece], rows: Sequence[Row], heads: Sequence[_Head], free: Sequence[int]
) -> list[_Head]:
    """Give the heads that repeat a row of the contents, between the heads of the rows around it."""
    free = [
        place
        for place in free
        if taken[place].is_headline
        and (not place or taken[place - 1].kind != "text" or taken[place - 1].ends_sentence)
    ]
    found: list[_Head] = []
    numbers = assign([head.title for head in heads], rows)
    known = [(number, head) for number, head in zip(numbers, heads, strict=True) if number is not None]
    for missing in sorted(set(range(len(rows))) - {number for number, _ in known}):
        first = max((head.body for number, head in known if number < missing), default=0)
        behind = min((head.at for number, head in known if number > missing), default=len(taken))
        between = [place for place in free if first <= place < behind]
        place = max(between, key=lambda place: likeness(taken[place].text, rows[missing].title), default=0)
        if between and likeness(taken[place].text, rows[missing].title) >= NEARLY_THE_SAME:
            head = _Head(place, place + 1, taken[place].text)
            found.append(head)
            known.append((missing, head))
    return found


def _story(
    head: _Head, headline: Sequence[Piece], taken: Sequence[Piece], row: Row | None, words: frozenset[str]
) -> Story:
    open_box = next((place for place, piece in enumerate(taken) if piece.kind == "open box"), len(taken))
    urls = [piece.url for piece in taken if piece.url]
    urls = urls or [piece.link for piece in (*headline, *taken) if piece.link]
    url = next((url for url in urls if "/posts/" in url), urls[0] if urls else None)
    own = [piece for piece in taken[:open_box] if not piece.url or piece.url != url]
    return Story(
        title=head.title or (row.title if row else ""),
        source=head.source,
        date=head.date,
        text=flow(own, words),
        url=url,
        toc_title=row.title if row else None,
        toc_page=row.page if row else None,
    )
