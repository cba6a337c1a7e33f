"""The paragraphs of a story put together again that columns and frames have torn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nejat_crawler.extraction.newsletters.line_kinds import SENTENCE_END, Piece

_HYPHEN = re.compile(r"([\w-]*\w)([-\u00ad\u2010])$")
_LONGEST_WORD = 80
#: First parts of words that are written with a hyphen; others need the issue's own spelling.
_FIRST_PARTS = frozenset({"anti", "half", "non", "self", "well"})
#: A paragraph that ends with one of these goes on in the next: `joined the Association for the` / `Support of …`.
_UNFINISHED = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "the", "to", "with"}
)


def vocabulary(text: str) -> frozenset[str]:
    """Give the words of an issue, which tell whether a word torn at its hyphen is written with one."""
    return frozenset(re.findall(r"\w+(?:-\w+)*", text.lower()))


def flow(taken: Iterable[Piece], words: frozenset[str]) -> str:
    """Put a story together: its paragraphs, parted by blank lines; `words` is the issue's vocabulary."""
    paragraphs: list[list[str]] = []
    is_open = False
    for piece in taken:
        if piece.kind == "box":
            continue  # the paragraph may go on behind the box
        is_text = piece.kind not in ("elision", "address") and not piece.level
        if is_open and is_text and _continues(paragraphs[-1][-1], piece.text):
            paragraphs[-1].append(piece.text)
        elif piece.kind != "elision":
            paragraphs.append([piece.text])
        is_open = is_text
    return "\n\n".join(join(parts, words) for parts in paragraphs)


def _continues(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence that `before` breaks off in."""
    if _HYPHEN.search(before[-_LONGEST_WORD:]) and after[0].isalnum():
        return True
    if SENTENCE_END.search(before[-5:]):
        return False
    last = before[-_LONGEST_WORD:].rsplit(maxsplit=1)[-1].lower()
    return after[0].islower() or after[0] in "(,;" or last.endswith(",") or last in _UNFINISHED


def join(parts: Sequence[str], words: frozenset[str]) -> str:
    """Join the parts of a paragraph; `mem-` and `bers` are one word, `day-to-` and `day` keep the hyphen."""
    joined = [parts[0]]
    for after in parts[1:]:
        before = joined[-1]
        left, right = _HYPHEN.search(before[-_LONGEST_WORD:]), re.match(r"\w+", after)
        if not left or not right:
            joined += [" ", after]
            continue
        first, mark = left.groups()
        is_one_word = (first + right[0]).lower() in words
        is_compound = "-" in first or first.lower() in _FIRST_PARTS or not after[0].islower()
        has_hyphen = is_compound or f"{first}-{right[0]}".lower() in words
        if mark != "-" or is_one_word or not has_hyphen:
            joined[-1] = before[:-1]
        joined.append(after)
    return "".join(joined)
