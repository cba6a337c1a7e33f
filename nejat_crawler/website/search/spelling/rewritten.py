"""A query with other spellings in it: beside a word, or in its place."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(word: str) -> str:
    """A word as it is, a phrase in quotation marks."""
    return f'"{word}"' if " " in word else word


def with_beside(typed: str, words: Iterable[tuple[tuple[int, int], str]]) -> str:
    """What was typed, with each of some words beside the one at a span."""
    beside: dict[tuple[int, int], list[str]] = {}
    for span, word in words:
        beside.setdefault(span, []).append(quoted(word))
    return _widened(typed, (0, len(typed)), beside)


def _widened(typed: str, span: tuple[int, int], beside: dict[tuple[int, int], list[str]]) -> str:
    """The part of `typed` at `span`; the spans of `beside` lie apart from or within each other."""
    within = [inner for inner in beside if span[0] <= inner[0] and inner[1] <= span[1]]
    text, at = "", span[0]
    for inner in sorted(within, key=lambda inner: (inner[0], -inner[1])):
        if inner[0] < at:
            continue
        rest = {other: words for other, words in beside.items() if other != inner}
        text += typed[at : inner[0]] + f"({' OR '.join([_widened(typed, inner, rest), *beside[inner]])})"
        at = inner[1]
    return text + typed[at : span[1]]


def swap(typed: str, span: tuple[int, int], new: str) -> str:
    """What was typed, with something new in place of what stands at a span."""
    return typed[: span[0]] + new + typed[span[1] :]
