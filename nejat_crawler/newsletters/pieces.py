"""The lines of an issue taken apart: paragraphs, and the lines between them that mean something by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from nejat_crawler.newsletters.flow import join
from nejat_crawler.newsletters.lines import BOXES, Kind, Mark, Piece, classify


def pieces(lines: Sequence[str], header: frozenset[str], words: frozenset[str], marks: Sequence[Mark]) -> list[Piece]:
    """Take folded lines apart.

    `header` holds the lines of the page header, which each page may repeat; `words` the issue's vocabulary;
    `marks` has one for each line.
    """
    taken: list[Piece] = []
    for blank, group in groupby(zip(lines, marks, strict=True), key=lambda pair: not pair[0]):
        if blank:
            continue
        block = [
            Piece("box" if line in header else classify(line), line, mark.level, mark.link) for line, mark in group
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


def _close_boxes(taken: Sequence[Piece]) -> Iterator[Piece]:
    """Give every piece; as `box` those from the first to the last line of one."""
    boxed_until = -1
    for place, piece in enumerate(taken):
        if piece.kind == "open box" and place > boxed_until:
            _, closing, length, is_certain = next(box for box in BOXES if box[0].fullmatch(piece.text))
            kind: Kind = "open box" if is_certain else "text"
            piece = replace(piece, kind=kind)
            for end in range(place + 1, min(place + length + 2, len(taken))):
                if taken[end].kind in ("source", "date", "address"):
                    break
                if closing.fullmatch(taken[end].text):
                    boxed_until = end
                    break
        yield replace(piece, kind="box") if place <= boxed_until else piece
