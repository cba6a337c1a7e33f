"""What was found, highlighted in the text as it was published: the index holds folded words, readers want theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from nejat_crawler.archive.reading.full_text.search_terms import Term
from nejat_crawler.website.search.marking.word_places import find_places

Piece = tuple[str, bool]
"""Some text, and whether it was looked for."""

_WIDTH = 280  # characters of an excerpt
_BEFORE = 70  # of them before the first highlight
_MOST_HIGHLIGHTS = 400


def _cut(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]


def _find(text: str, terms: Iterable[Term]) -> list[tuple[int, int, int]]:
    return list(islice(find_places(text, tuple(terms)), _MOST_HIGHLIGHTS))


def highlight(text: str, terms: Iterable[Term]) -> list[Piece]:
    """The whole of `text` in pieces, those that `terms` look for highlighted."""
    return _cut(text, 0, len(text), [(start, end) for start, end, _ in _find(text, terms)])


def excerpt(text: str, terms: Iterable[Term]) -> list[Piece]:
    """Some 280 characters of `text` where most of `terms` stand together; its opening where none does."""
    found = _find(text, terms)
    start = max(0, _densest(found) - _BEFORE) if found else 0
    end = min(len(text), start + _WIDTH)
    if start:
        start = (text.find(" ", start, start + _BEFORE) + 1) or start
    if end < len(text):
        end = max(text.rfind(" ", start + _WIDTH // 2, end), 0) or end
    pieces = _cut(text, start, end, [(first, last) for first, last, _ in found])
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return pieces


def _densest(found: list[tuple[int, int, int]]) -> int:
    """Where the passage starts that holds most different terms, and of those most of them."""
    best, best_score = found[0][0], (0, 0)
    within: Counter[int] = Counter()
    different = end = 0  # the passage holds found[at:end]
    for at, (start, _, term) in enumerate(found):
        end = max(end, at)  # one longer than a passage is in none
        while end < len(found) and found[end][1] <= start + _WIDTH - _BEFORE:
            different += not within[found[end][2]]
            within[found[end][2]] += 1
            end += 1
        if (different, end - at) > best_score:
            best, best_score = start, (different, end - at)
        if end > at:
            within[term] -= 1
            different -= not within[term]
    return best
