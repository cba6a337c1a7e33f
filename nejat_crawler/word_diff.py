"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import Indel

PassageKind = Literal["same", "out", "in", "skip"]
Passage = tuple[PassageKind, str]
"""Some words: the same in both, taken out, put in; or `skip` for many that are the same."""

_TOKENS = re.compile(r"\n+|[^\s]+")
_MOST_TOKENS = 12_000  # of both texts; more are compared by paragraphs: the table of 12,000 by 12,000 is 18 MB
_AROUND = 12  # words shown on each side of a change


def compare_words(old: str, new: str, around: int = _AROUND) -> list[Passage]:
    """The words of two texts as passages; empty if they say the same."""
    one, other = _TOKENS.findall(old), _TOKENS.findall(new)
    if one == other:
        return []
    if len(one) + len(other) > _MOST_TOKENS:
        one, other = old.splitlines(), new.splitlines()
    if len(one) + len(other) > _MOST_TOKENS:
        return [("out", old[:2000]), ("skip", ""), ("in", new[:2000])]
    found: list[Passage] = []
    for code in Indel.opcodes(one, other):
        if code.tag == "equal":
            found.append(("same", _text(one[code.src_start : code.src_end])))
        if code.tag in {"delete", "replace"}:
            found.append(("out", _text(one[code.src_start : code.src_end])))
        if code.tag in {"insert", "replace"}:
            found.append(("in", _text(other[code.dest_start : code.dest_end])))
    return _shortened(_together(found), around)


def _text(tokens: Sequence[str]) -> str:
    return " ".join("¶" if not token.strip() else token for token in tokens)


def _together(passages: list[Passage]) -> list[Passage]:
    """Runs of changes with at most a word between them as one change: easier to read."""
    found: list[Passage] = []
    out: list[str] = []
    into: list[str] = []

    def flush() -> None:
        found.extend((kind, " ".join(words)) for kind, words in (("out", out), ("in", into)) if words)  # type: ignore[misc]
        out.clear()
        into.clear()

    for at, (kind, text) in enumerate(passages):
        between = 0 < at < len(passages) - 1 and kind == "same" and " " not in text
        if kind == "same" and not between:
            flush()
            found.append((kind, text))
            continue
        if kind in {"same", "out"}:
            out.append(text)
        if kind in {"same", "in"}:
            into.append(text)
    flush()
    return found


def _shortened(passages: list[Passage], around: int) -> list[Passage]:
    found: list[Passage] = []
    for at, (kind, text) in enumerate(passages):
        words = text.split(" ")
        before = around if at else 0
        after = around if at < len(passages) - 1 else 0
        if kind != "same" or len(words) <= before + after + around:
            found.append((kind, text))
            continue
        found += [("same", " ".join(words[:before]))] if before else []
        found.append(("skip", ""))
        found += [("same", " ".join(words[-after:]))] if after else []
    return found
