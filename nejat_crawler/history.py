"""An article's history in words: what differs from state to state, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from nejat_crawler.archive.history import History, State

# Words with the white space before them, so that joined they are the text again.
_WORDS = re.compile(r"\s*\S+|\s+$")
#: Words in a row that are the same on both sides; of longer ones only the ends are told.
_CONTEXT = 8


class Piece(NamedTuple):
    """A run of words that both texts have, or only the earlier, or only the later."""

    kind: Literal["same", "removed", "added"]
    text: str


def differences(earlier: str, later: str) -> list[Piece]:
    """The words that differ between two texts, in order.

    >>> [tuple(piece) for piece in differences("ten people came", "twelve people came")]
    [('removed', 'ten'), ('added', 'twelve'), ('same', ' people came')]
    """
    before, after = _WORDS.findall(earlier), _WORDS.findall(later)
    # autojunk would take the commonest words of a long text for noise
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", "".join(after[j1:j2])))
    return pieces


def tell(history: History) -> Iterator[str]:
    """Lines for people: `[-words that went-]`, `{+words that came+}`."""
    yield f"{history.id}: {history.status}, {len(history.states)} state{'s' * (len(history.states) != 1)}"
    earlier: State | None = None
    for state in history.states:
        yield ""
        yield f"{state.version}. seen from {state.seen_from} to {state.seen_until} ({state.source})"
        if earlier is None:
            yield f"   title: {state.title}"
            yield f"   categories: {'; '.join(state.categories) or 'none'}"
        else:
            yield from _changes(earlier, state)
        earlier = state
    for change in history.status_changes:
        yield ""
        yield f"{change.changed_at}: {change.status} ({change.why})"


def _changes(earlier: State, later: State) -> Iterator[str]:
    if earlier.title != later.title:
        yield f"   title: {_marked(earlier.title, later.title)}"
    if earlier.categories != later.categories:
        yield f"   categories: [-{'; '.join(earlier.categories)}-] {{+{'; '.join(later.categories)}+}}"
    if (earlier.body or "") != (later.body or ""):
        for line in _marked(earlier.body or "", later.body or "").splitlines():
            yield f"   {line}".rstrip()


def _marked(earlier: str, later: str) -> str:
    marks = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
    written = []
    for piece in differences(earlier, later):
        space = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        words = piece.text[len(space) :]
        if piece.kind == "same":
            many = _WORDS.findall(piece.text)
            short = "".join(many[:_CONTEXT]) + " […]" + "".join(many[-_CONTEXT:])
            written.append(short if len(many) > 3 * _CONTEXT else piece.text)
        else:
            opening, closing = marks[piece.kind]
            written.append(f"{space}{opening}{words}{closing}")
    return "".join(written)
