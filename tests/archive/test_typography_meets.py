"""What WordPress makes of quotes and dashes, and how excerpts end: neither is an edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.archive.test_captures_meet import LISTING, PAGE, TEXT, excerpt, save
from tests.support.commands import rows

TYPED = {"'": "’‘‚‛′", '"': "“”„‟″«»", "-": "–—―‐‑−", "...": "…"}
PAIRS = [(printed, typed) for typed, marks in TYPED.items() for printed in marks]
PAIRS += [("''", '"'), ("``", '"'), ("–", "--"), ("—", "---"), ("  ", " "), ("\n\n", "\n")]


def meet(db: Path, printed: str, typed: str) -> list[str]:
    """The outcomes where a listing shows the one and another theme's own page the other."""
    page = replace(PAGE, theme="jannah", title=f"A {typed} rope", body=f"{TEXT} A {typed} B.")
    return save(db, replace(LISTING, title=f"A {printed} rope", body=f"{TEXT} A {printed} B."), page)


@pytest.mark.parametrize(("printed", "typed"), PAIRS)
def test_a_printed_mark_is_the_typed_one(db: Path, printed: str, typed: str) -> None:
    assert meet(db, printed, typed) == ["new", "completed"]
    assert rows(db, "SELECT versions FROM articles") == [{"versions": 1}]


@pytest.mark.parametrize(("printed", "typed"), [("5×3", "5x3"), ("7×", "7x")])
def test_a_sign_between_numbers_is_a_letter(db: Path, printed: str, typed: str) -> None:
    assert meet(db, printed, typed) == ["new", "completed"]


@pytest.mark.parametrize(("one", "other"), [("a×b", "axb"), ("-", "_"), ("'", '"'), (".", "..."), ("-", "- -")])
def test_other_marks_are_an_edit(db: Path, one: str, other: str) -> None:
    assert meet(db, one, other) == ["new", "changed"]


@pytest.mark.parametrize("ending", ["…", " …", "...", " [...]", "[…]", "[ … ]", " [ ... ]", "…]", "[…", "…\n"])
def test_however_an_excerpt_ends_it_replaces_nothing(db: Path, ending: str) -> None:
    short = excerpt(40, ending)  # more than half of the text
    assert save(db, LISTING, short, LISTING) == ["new", "stale", "same"]
    assert rows(db, "SELECT body, versions FROM articles") == [{"body": TEXT, "versions": 1}]


@pytest.mark.parametrize("ending", ["…", " […]", "..."])
def test_the_same_excerpt_with_another_ending_is_the_same(db: Path, ending: str) -> None:
    assert save(db, excerpt(20), excerpt(20, ending)) == ["new", "same"]


@pytest.mark.parametrize("ending", [".", "..", "!", "]", " …)"])
def test_a_text_that_ends_otherwise_is_no_excerpt(db: Path, ending: str) -> None:
    shown = replace(LISTING, body=f"{TEXT} They counted the kettles{ending}")
    assert save(db, shown, replace(PAGE, body=f"{TEXT} They counted the kettles twice.")) == ["new", "changed"]
