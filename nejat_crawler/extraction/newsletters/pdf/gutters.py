"""Where white space runs through a part of a page: between strips from top to bottom, between columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nejat_crawler.extraction.newsletters.pdf.geometry import Setting, Word
from nejat_crawler.extraction.newsletters.pdf.rows import rows_of

#: From where to where, in points, white space runs from the top of a part to its bottom.
Space = tuple[float, float]

#: Columns stand at least so far apart, in ems; where only a row or two tell, twice as far.
GUTTER = 0.7
#: So many rows may have white in one place by chance.
_FEW = 4


def strips_of(words: Sequence[Word]) -> list[list[Word]]:
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


def spaces_of(words: Sequence[Word], least: float) -> list[Space]:
    """Give the spaces of a part that are as wide as `least`, the margins first and last.

    Between the words of a headline as large as a title is more room than between two columns.
    """
    extents: list[Space] = []
    for row in rows_of(words):
        extents += [(word.left, word.right) for word in row]
        extents += [
            (before.right, word.left)
            for before, word in pairwise(row)
            if word.left - before.right < GUTTER * max(before.size, word.size)
        ]
    spaces: list[Space] = []
    right = float("-inf")
    for begin, end in sorted(extents):
        if begin - right >= least:
            spaces.append((right, begin))
        right = max(right, end)
    return [*spaces, (right, float("inf"))]


def common_to(one: Sequence[Space], other: Sequence[Space], least: float) -> list[Space]:
    """Give what two parts have in common of their spaces, where it is as wide as `least`."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [space for space in both if space[1] - space[0] >= least]


def inner_of(spaces: Sequence[Space], words: Sequence[Word]) -> list[Space]:
    """Those of `spaces` that have words on either side."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    return [space for space in spaces if left < space[0] and space[1] < right]


def column_of(word: Word, gutters: Sequence[Space]) -> int:
    """The number of the column that a word is in, from the left."""
    return sum(word.left >= (left + right) / 2 for left, right in gutters)


def gutters_of(words: Sequence[Word], setting: Setting) -> list[Space]:
    """Give the spaces that part columns.

    Lines of a column begin at one edge; wide spaces in justified text that happen to meet have none.
    """
    rows = rows_of(words)
    gutters: list[Space] = []
    for space in inner_of(spaces_of(words, GUTTER * setting.body), words):
        if setting.rtl:
            ends = [[-word.right for word in row if word.right <= space[0]] for row in rows]
        else:
            ends = [[word.left for word in row if word.left >= space[1]] for row in rows]
        edges = [min(end) for end in ends if end]
        aligned = sum(edge - min(edges) < 0.2 * setting.body for edge in edges)
        is_wide = space[1] - space[0] >= 3 * setting.body and len(rows) > 5  # a line beside a column
        is_gutter = is_wide or (aligned >= max(2, len(edges) / 2) and not _is_crossed(rows, space))
        if is_gutter and not _is_in_contents(words, space, setting):
            gutters.append(space)
    return gutters


def _is_crossed(rows: Sequence[Sequence[Word]], space: Space) -> bool:
    """Whether the file goes on over a space in each row, where only a few rows tell: their words met by chance."""
    if len(rows) > _FEW:
        return False
    sides = [
        [[word for word in row if (word.left >= space[1]) == is_right] for is_right in (False, True)] for row in rows
    ]
    both = [(left, right) for left, right in sides if left and right]
    ordered = sorted((word.place, word.left >= space[1]) for pair in both for side in pair for word in side)
    return sum(one[1] != other[1] for one, other in pairwise(ordered)) >= 2 * len(both) - 1 > 1


def _is_in_contents(words: Sequence[Word], gutter: Space, setting: Setting) -> bool:
    """Whether a space parts titles from their page numbers: what stands behind it is numbers alone."""
    if setting.rtl:
        behind = [word for word in words if word.right <= gutter[0]]
        other = inner_of(spaces_of(behind, setting.body), behind)
        behind = [word for word in behind if not other or word.left >= other[-1][1]]
    else:
        behind = [word for word in words if word.left >= gutter[1]]
        other = inner_of(spaces_of(behind, setting.body), behind)
        behind = [word for word in behind if not other or word.right <= other[0][0]]
    return bool(behind) and all(word.text.isdecimal() and len(word.text) <= 3 for word in behind)
