"""Properties of text as it is kept and as it is searched."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nejat_crawler.archive.reading.full_text.search_query import read_query
from nejat_crawler.folding import compound_parts, fold_for_search
from nejat_crawler.text import clean, clean_line

LETTERS = (
    "abcçëzÇËÀßİıſ"
    "کكيیىهةۀأآاٱءمیرود"
    "۰۱۲٠١٢345"
    "َُِّٰـ"
    "ﻛﺘﺎﺏﭘﯽﻼ"
    "\u200b\u200c\u200d\u200e\u00ad"
    " \n\t\u00a0\u2028\x85\x1c\"'.-«»()*^"
)
TEXTS = st.one_of(st.text(), st.text(alphabet=LETTERS), st.text(alphabet=st.characters(categories=["L", "M", "N"])))


def index_of(*texts: str) -> sqlite3.Connection:
    """A full-text index like the archive's, a row for each text."""
    connection = sqlite3.connect(":memory:")
    tokenize = "unicode61 remove_diacritics 2"
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 (body, parts, tokenize = '{tokenize}')")
    rows = [(fold_for_search(text), compound_parts(text)) for text in texts]
    connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    return connection


def finds(connection: sqlite3.Connection, typed: str) -> list[int]:
    query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid"
    return [rowid for (rowid,) in connection.execute(query, [read_query(typed).expression or '""'])]


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_for_search(fold_for_search(text)) == fold_for_search(text)


@given(TEXTS)
def test_case_does_not_matter(text: str) -> None:
    assert fold_for_search(text.upper()) == fold_for_search(text.lower()) == fold_for_search(text)


@given(TEXTS)
def test_composition_does_not_matter(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold_for_search(unicodedata.normalize(form, text)) == fold_for_search(text)


@given(TEXTS, st.sampled_from("\u200c\u200d\u200e\u0640\u064e\u0651\u00ad"), st.integers(0, 50))
def test_what_is_invisible_does_not_matter(text: str, mark: str, at: int) -> None:
    # not before a combining mark: that would stand on another letter then
    assert fold_for_search(fold_for_search(text)[:at] + mark + fold_for_search(text)[at:]) == fold_for_search(text)


@given(TEXTS)
def test_nothing_folded_is_marked_or_foreign_in_digits(text: str) -> None:
    folded = fold_for_search(text)
    assert not {unicodedata.category(character) for character in folded} & {"Mn", "Cf"}
    assert all(digit in "0123456789" for digit in re.findall(r"\d", folded))


@pytest.mark.parametrize(
    ("one", "other"), [("ما", "ماء"), ("علی", "عالی"), ("شب", "شیب"), ("cart", "card"), ("پدر", "بدر")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_for_search(one) != fold_for_search(other)


@given(st.lists(st.text(st.characters(categories=["L", "M", "Nd"], max_codepoint=0x6FF), min_size=1), min_size=1))
def test_every_word_of_a_text_finds_it(words: list[str]) -> None:
    index = index_of(" ".join(words), "another")
    for word in words:
        # letters that are only marks or that SQLite's older Unicode does not know yet have no token
        token = index_of(word).execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", [read_query(word).expression or '""']
        )
        if token.fetchone()[0]:
            assert 1 in finds(index, word)


@given(TEXTS)
def test_no_query_is_an_error(text: str) -> None:
    finds(index_of("something"), text)


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '"""',
        "*",
        "NEAR(",
        "AND",
        "a OR",
        "body:",
        "-",
        "^",
        "\0",
        "a\0b",
        "(" * 999,
        '"' * 999,
        "a " * 5000,
        "＂",
    ],
)
def test_no_syntax_is_read_into_a_query(typed: str) -> None:
    assert finds(index_of("something else"), typed) == []


def test_all_words_must_be_found_and_phrases_stand_together() -> None:
    index = index_of("the red house on the hill", "a house, red", "the hill")
    assert finds(index, "red house") == [1, 2]
    assert finds(index, '"red house"') == [1]
    assert finds(index, '"red house') == [1]
    assert finds(index, "house !!! red") == [1, 2]


def test_what_has_no_letter_finds_nothing() -> None:
    index = index_of("something !!!")
    assert [finds(index, typed) for typed in ("", " ", "!!!", '""', "\u200c")] == [[], [], [], [], []]


def test_parts_of_a_compound() -> None:
    assert compound_parts("خانواده‌ها آمدند") == "خانواده ها"
    assert compound_parts("کِتاب‌خانه‌ها").split() == ["کتاب", "خانه", "ها", "کتابخانه", "خانهها"]
    assert compound_parts("no joiner") == compound_parts("\u200c \u200cx") == compound_parts(None) == ""


@given(TEXTS)
def test_compound_parts_are_folded(text: str) -> None:
    assert fold_for_search(compound_parts(text)) == compound_parts(text)


def test_a_long_text_is_folded_in_its_length() -> None:
    # a word of many parts must not be combined with itself for ever, nor a long word be scanned again and again
    assert len(compound_parts("\u200c".join("ab" * 50_000))) < 1_000_000
    assert compound_parts("x" * 1_000_000 + "\u200c") == ""


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(TEXTS)
def test_cleaning_loses_nothing_but_white_space(text: str) -> None:
    visible = [character for character in text if not character.isspace()]
    assert [character for character in clean(text) if not character.isspace()] == visible
    assert [character for character in clean_line(text) if not character.isspace()] == visible


@given(TEXTS)
def test_clean_text_has_no_needless_space(text: str) -> None:
    cleaned = clean(text)
    assert not re.search(r"\n{3}| \n|\n |  ", cleaned)
    assert cleaned == cleaned.strip()
    assert "\n" not in clean_line(text)
