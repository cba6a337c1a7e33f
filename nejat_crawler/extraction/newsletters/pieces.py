"""The lines of an issue taken apart: paragraphs, and the lines between them that mean something by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from nejat_crawler.extraction.newsletters.contents import ALIKE, ContentsRow, closeness
from nejat_crawler.extraction.newsletters.line_kinds import BOXES, LineKind, LineMarkup, Piece, classify
from nejat_crawler.extraction.newsletters.paragraphs import flow, join

_QUOTES = "\"'“”‘’«»„"
_LEAST_PULLED = 20  # characters; a shorter headline may well stand in its story
_LONGEST_KICKER = 40


def pieces(
    lines: Sequence[str], header: frozenset[str], words: frozenset[str], markup: Sequence[LineMarkup]
) -> list[Piece]:
    """Take folded lines apart.

    `header` holds the lines of the page header, which each page may repeat; `words` the issue's vocabulary;
    `markup` has one for each line.
    """
    taken: list[Piece] = []
    for blank, group in groupby(zip(lines, markup, strict=True), key=lambda pair: not pair[0]):
        if blank:
            continue
        block = [
            Piece("box" if line in header else classify(line), line, said.level, said.link) for line, said in group
        ]
        for place, piece in enumerate(block[:-1]):
            if piece.kind == "source" and block[place + 1].kind != "date":
                block[place] = replace(piece, kind="text")  # a line of a paragraph that happens to begin with `by`
        for (kind, level), run in groupby(block, key=lambda piece: (piece.kind, piece.level)):
            same = list(run)
            if kind == "text":
                link = next((piece.link for piece in same if piece.link), "")
                same = [Piece("text", join([piece.text for piece in same], words), level, link)]
            taken += same
    return list(_close_boxes(taken))


def without_asides(taken: Sequence[Piece], rows: Sequence[ContentsRow]) -> list[Piece]:
    """Make boxes of what stands beside the stories: pull quotes, and the `NEWS` above a headline."""
    told = _bare(flow((piece for piece in taken if piece.kind == "text" and not piece.level), frozenset()))
    kept = list(taken)
    for place, piece in enumerate(taken):
        before = taken[place - 1] if place else None
        after = taken[place + 1] if place + 1 < len(taken) else None
        is_told = any(beside and beside.kind in ("source", "date") for beside in (before, after))
        if (
            piece.kind == "text"
            and not is_told
            and (
                (piece.level and closeness(piece.text, rows) < ALIKE and _is_pulled(piece, before, told))
                or (not piece.level and after and _is_kicker(piece, before, after))
            )
        ):
            kept[place] = replace(piece, kind="box", level=0)
    return kept


def _is_pulled(piece: Piece, before: Piece | None, told: str) -> bool:
    """Whether large print repeats words of a story, or is speech in the middle of one."""
    bare = _bare(piece.text)
    is_middle = before is not None and before.kind == "text" and not before.level
    is_speech = piece.text[0] in _QUOTES and piece.text.rstrip(".,")[-1] in _QUOTES
    return is_middle and ((len(bare) >= _LEAST_PULLED and bare in told) or is_speech)


def _is_kicker(piece: Piece, before: Piece | None, after: Piece) -> bool:
    begins = before is None or before.kind in ("address", "box") or piece.text.isupper()
    return begins and piece.is_headline and len(piece.text) <= _LONGEST_KICKER and after.level > 0


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|…", "", text).split())


def _close_boxes(taken: Sequence[Piece]) -> Iterator[Piece]:
    """Give every piece; as `box` those from the first to the last line of one."""
    boxed_until = -1
    for place, piece in enumerate(taken):
        if piece.kind == "open box" and place > boxed_until:
            _, closing, length, is_certain = next(box for box in BOXES if box[0].fullmatch(piece.text))
            kind: LineKind = "open box" if is_certain else "text"
            piece = replace(piece, kind=kind)
            for end in range(place + 1, min(place + length + 2, len(taken))):
                if taken[end].kind in ("source", "date", "address"):
                    break
                if closing.fullmatch(taken[end].text):
                    boxed_until = end
                    break
        yield replace(piece, kind="box") if place <= boxed_until else piece
