"""Sets of articles as bits, and marks in texts: whatever is in them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nejat_crawler.text import fold_for_search
from nejat_crawler.web.bits import gather, members, newer, older
from nejat_crawler.web.highlight import excerpt, mark
from nejat_crawler.web.query import read_query

PLACES = st.sets(st.integers(0, 300))
WORDS = st.text(st.sampled_from("abcçëiısSßأآاإیيىکكۀهةلاﻻء\u200c\u064e'’- \0ıİΣς"), max_size=40)


@given(PLACES, st.integers(0, 300))
def test_a_set_of_bits_holds_what_was_put_in(places: set[int], near: int) -> None:
    bits = gather([*places, -1], 301)
    assert bits.bit_count() == len(places)
    assert list(members(bits)) == sorted(places)
    assert list(members(bits, backwards=True)) == sorted(places, reverse=True)
    assert list(older(bits, near)) == sorted(place for place in places if place > near)
    assert list(newer(bits, near)) == sorted((place for place in places if place < near), reverse=True)


@given(WORDS, WORDS)
def test_marks_change_no_character_and_are_what_was_looked_for(typed: str, text: str) -> None:
    terms = read_query(typed).terms
    pieces = mark(text, terms)
    assert "".join(piece for piece, _ in pieces) == text
    forms = {"".join(filter(str.isalnum, form)) for term in terms for form in term.forms}
    bare = {form.replace("ء", "") for form in forms}
    for piece, looked_for in pieces:
        found = "".join(filter(str.isalnum, fold_for_search(piece)))
        assert not looked_for or found in forms or found.replace("ء", "") in bare or "ء" in "".join(forms)
    shown = "".join(piece for piece, _ in excerpt(text, terms))
    assert shown == text


@given(st.sampled_from(["cameria", "كتاب", "dont", "مسئول", "می‌رود", "الا"]), st.integers(0, 400))
def test_every_spelling_of_a_word_is_marked_where_it_stands(typed: str, before: int) -> None:
    written = {"cameria": "Çamëria", "dont": "don’t", "كتاب": "کِتاب", "مسئول": "مسؤول", "الا": "اﻻ"}.get(typed, typed)
    text = "x " * before + f"‘{written}’ " + "y " * 300
    terms = read_query(typed).terms
    assert [piece for piece, looked_for in mark(text, terms) if looked_for] == [written]
    assert [piece for piece, looked_for in excerpt(text, terms) if looked_for] == [written]


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("لم", "عِلم و لَم", ["لَم"]),  # a vowel begins no word
        ("کتاب", "كِتابُها، كِتابٌ", ["كِتابٌ"]),  # and ends none
        ("cafe", "cafe\u0301s, cafe\u0301", ["cafe\u0301"]),
        ("می می‌رود", "او می‌رود", ["می‌رود"]),  # the longer of two words that begin alike
        ('"a b"', "a\u200c\u200cb", ["a\u200c\u200cb"]),
    ],
)
def test_what_is_marked_is_a_whole_word(typed: str, text: str, marked: list[str]) -> None:
    assert [piece for piece, looked_for in mark(text, read_query(typed).terms) if looked_for] == marked


@pytest.mark.parametrize("gap", ["\u200c", "ـ", " ", "\u064e", "’", "\u200c ـ"])
def test_a_long_row_of_what_is_no_letter_is_marked_at_once(gap: str) -> None:
    text = f"a{gap * 200_000}x "
    started = time.process_time()
    assert "".join(piece for piece, _ in mark(text, read_query('"a b" ab a*').terms)) == text
    assert time.process_time() - started < 2
