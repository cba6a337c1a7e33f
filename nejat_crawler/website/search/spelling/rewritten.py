"""A query with other spellings in it, beside a word or in its place, or with its phrases taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nejat_crawler.archive.reading.full_text.search_query import OPERATORS, QUOTES

_TOGETHER = re.compile(
    r"""(?P<left_out>(?:(?<!\S)-|(?<!\S)NOT\s+)(?:\w+:)?)?
        (?: NEAR\((?P<near>[^()]*?)(?:[,،]\s*\d+)?\s*\)
          | "(?P<phrase>[^"]*)"(?!\*)(?:~\d+)?
          | (?P<infix>(?<!\S)NEAR(?:/\d+)?\s+)
        )""",
    re.VERBOSE,
)


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


def taken_apart(typed: str) -> str:
    """A query whose words may stand anywhere, in any form: without quotation marks and NEAR.

    What is to be left out stays as it is.

    >>> taken_apart('"winter rope"~5'), taken_apart('title:"winter rope" OR snow NEAR/3 ice -"old snow"')
    ('winter rope', 'title:(winter rope) OR snow ice -"old snow"')
    """
    straight = typed.translate(QUOTES)

    def apart(match: re.Match[str]) -> str:
        if match["left_out"]:
            return match[0]
        if match["infix"]:
            return ""
        words = [_plain(word) for word in (match["near"] or match["phrase"] or "").split()]
        alone = len(words) == 1 or match[0] == straight.strip()
        return " ".join(words) if alone else f"({' '.join(words)})"

    return _TOGETHER.sub(apart, straight)


def _plain(word: str) -> str:
    """A word of a phrase, which is no operator there, and leaves nothing out."""
    return word.lower() if word in OPERATORS else word.lstrip("-")
