"""Where the stories of an issue begin: their headlines, told by source and date, by print, or by the contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nejat_crawler.extraction.newsletters.contents import (
    ALIKE,
    NEARLY_THE_SAME,
    ContentsRow,
    assign,
    closeness,
    likeness,
)
from nejat_crawler.extraction.newsletters.line_kinds import CONTINUED_FROM, CONTINUED_ON, Piece

#: What a story may follow that is told by its headline and its source or date alone.
_CLOSERS = frozenset({"address", "elision", "box", "source"})


@dataclass(slots=True)
class StoryHead:
    """Where a story begins: its headline is the pieces from `at`, its text those from `body`."""

    at: int
    body: int
    title: str = ""
    source: str | None = None
    date: str | None = None
    goes_on: bool = False
    """Whether it stands over the rest of a story that another page began."""


def find_heads(taken: Sequence[Piece], rows: Sequence[ContentsRow]) -> list[StoryHead]:
    """Find where stories begin: by source and date, by the table of contents, or by the address before."""
    heads: list[StoryHead] = []
    free, nothing_said = 0, True
    for place, piece in enumerate(taken):
        nothing_said = nothing_said and piece.kind != "text"
        if piece.kind in ("source", "date") and place >= free:
            head = _head_at(taken, place, free, rows)
            if head and (head.title or (head.source and head.date) or nothing_said):
                heads.append(head)
                free = head.body
    heads += _resumed(taken, heads)
    heads += _large_heads(taken, rows, heads)
    heads += _plain_heads(taken, rows, heads)
    heads.sort(key=lambda head: head.at)
    before = taken[: heads[0].at] if heads else taken
    if (heads or rows) and any(piece.kind == "text" and not piece.is_headline for piece in before):
        heads.insert(0, StoryHead(0, 0))
    return heads


def _resumed(taken: Sequence[Piece], heads: Sequence[StoryHead]) -> list[StoryHead]:
    """Give the heads of what `Continued from page 1` stands over, below or above a headline printed again."""
    found: list[StoryHead] = []
    for place, piece in enumerate(taken):
        before = taken[place - 1] if place else None
        after = taken[place + 1] if place + 1 < len(taken) else None
        if piece.kind == "box" and CONTINUED_FROM.fullmatch(piece.text):
            titles = [head.title for head in heads]
            near = next((head for head in heads if head.at - 1 <= place <= head.body), None)
            if near:
                near.goes_on = True
            elif before and before.is_headline and (before.level or _is_like(before.text, titles)):
                found.append(StoryHead(place - 1, place + 1, before.text, goes_on=True))
            elif after and after.is_headline and (after.level or _is_like(after.text, titles)):
                found.append(StoryHead(place, place + 2, after.text, goes_on=True))
            else:
                found.append(StoryHead(place, place + 1, goes_on=True))
        elif piece.is_headline and (torn := CONTINUED_FROM.search(piece.text)) and torn.end() == len(piece.text):
            found.append(StoryHead(place, place + 1, piece.text[: torn.start()], goes_on=True))
    return found


def _is_like(title: str, titles: Sequence[str]) -> bool:
    return any(likeness(title, other) >= NEARLY_THE_SAME for other in titles)


def beginning(heads: Sequence[StoryHead], number: int, ranges: Sequence[Sequence[Piece]]) -> int | None:
    """The number of the head whose story goes on under head `number`: the likest, or the last that breaks off."""
    title = heads[number].title
    earlier = [place for place in range(number) if not heads[place].goes_on]
    likest = max(earlier, key=lambda place: likeness(heads[place].title, title), default=None)
    if likest is not None and likeness(heads[likest].title, title) >= ALIKE:
        return likest
    torn = [place for place in earlier if any(CONTINUED_ON.fullmatch(piece.text) for piece in ranges[place])]
    return torn[-1] if torn else None


def _large_heads(taken: Sequence[Piece], rows: Sequence[ContentsRow], heads: Sequence[StoryHead]) -> list[StoryHead]:
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
        StoryHead(place, place + 1, taken[place].text)
        for place in found
        if closeness(taken[place].text, rows) >= ALIKE or (taken[place].level <= least and not rows)
    ]


def _head_at(taken: Sequence[Piece], place: int, free: int, rows: Sequence[ContentsRow]) -> StoryHead | None:
    """Give the head whose source or date is the piece at `place`; nothing before `free` belongs to it."""
    other = "date" if taken[place].kind == "source" else "source"
    found = [taken[place], *(piece for piece in taken[place + 1 : place + 2] if piece.kind == other)]
    head = StoryHead(place, place + len(found))
    above = taken[place - 1] if place > free and taken[place - 1].is_headline else None
    if _is_below(taken, head.body, above, rows):
        head.title, head.body = taken[head.body].text, head.body + 1
        if len(found) == 1 and head.body < len(taken) and taken[head.body].kind == other:
            found.append(taken[head.body])
            head.body += 1
    elif above:
        head.at, head.title = place - 1, above.text
        if place - 1 > free and taken[place - 2].is_headline:
            joined = f"{taken[place - 2].text} {head.title}"
            if head.title[0].islower() or closeness(joined, rows) > max(closeness(head.title, rows), ALIKE):
                head.at, head.title = place - 2, joined
    source = next((piece for piece in found if piece.kind == "source"), None)
    day = next((piece for piece in found if piece.kind == "date"), None)
    head.source, head.date = source.source if source else None, day.day if day else None
    if not head.title or (source and day):
        return head
    # `By Mazda Parsi` under a text names its writer; a source stands as `by Press TV`.
    if source and (source.text[0] == "B" or source.source[0].islower()):
        return None
    before = taken[head.at - 1] if head.at else Piece("box", "")
    title = max(taken[head.at : head.body], key=lambda piece: piece.level)
    told = title.level > 0 or closeness(head.title, rows) >= ALIKE if rows else before.ends_sentence
    return head if told or before.kind in _CLOSERS else None


def _is_below(taken: Sequence[Piece], place: int, above: Piece | None, rows: Sequence[ContentsRow]) -> bool:
    """Whether the headline stands at `place`, below its source and date; `above` is what could be it above them."""
    if place + 1 >= len(taken) or not taken[place].is_headline or taken[place + 1].kind == "address":
        return False
    if above:
        return taken[place].level > 0 and not above.level and closeness(above.text, rows) < ALIKE
    return taken[place].level > 0 or closeness(taken[place].text, rows) >= NEARLY_THE_SAME


def _plain_heads(taken: Sequence[Piece], rows: Sequence[ContentsRow], heads: Sequence[StoryHead]) -> list[StoryHead]:
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
                found.append(StoryHead(place, place + is_titled, piece.text if is_titled else ""))
                has_address = False
    return found


def _listed_heads(
    taken: Sequence[Piece], rows: Sequence[ContentsRow], heads: Sequence[StoryHead], free: Sequence[int]
) -> list[StoryHead]:
    """Give the heads that repeat a row of the contents, between the heads of the rows around it."""
    free = [
        place
        for place in free
        if taken[place].is_headline
        and (not place or taken[place - 1].kind != "text" or taken[place - 1].ends_sentence)
    ]
    found: list[StoryHead] = []
    numbers = assign([head.title for head in heads], rows)
    known = [(number, head) for number, head in zip(numbers, heads, strict=True) if number is not None]
    for missing in sorted(set(range(len(rows))) - {number for number, _ in known}):
        first = max((head.body for number, head in known if number < missing), default=0)
        behind = min((head.at for number, head in known if number > missing), default=len(taken))
        between = [place for place in free if first <= place < behind]
        place = max(between, key=lambda place: likeness(taken[place].text, rows[missing].title), default=0)
        if between and likeness(taken[place].text, rows[missing].title) >= NEARLY_THE_SAME:
            head = StoryHead(place, place + 1, taken[place].text)
            found.append(head)
            known.append((missing, head))
    return found
