"""Letters that are one to a reader are one to the index."""

from __future__ import annotations

import pytest

from nejat_crawler.folding import compound_parts, fold_for_search, search_forms

#: The letter that the index holds, and those that are typed or printed for it.
LETTERS = {
    "ک": "كڪﻛﮐ",
    "ی": "يىېۍےﯽ",
    "ه": "ةہۃھەﻪ",
    "ا": "ٱأإآﺍ",
    "i": "ıİI",
    "l": "łŁ",
    "d": "đĐ",
    "o": "øØö",
    "ae": "æÆ",
    "oe": "œŒ",
    "ss": "ßẞ",
    "c": "çÇ",
    "'": "ʻʼʾʿ",
    "7": "۷٧７",
}


@pytest.mark.parametrize(("letter", "other"), [(one, other) for one, others in LETTERS.items() for other in others])
def test_a_letter_is_held_as_one(letter: str, other: str) -> None:
    assert fold_for_search(f"x{other}y") == f"x{letter}y"


@pytest.mark.parametrize("nothing", ["ـ", "\u200c", "\u200d", "\u00ad", "\u064e", "\u0651", "\u0301", "\ufe76"])
def test_a_stretch_a_joiner_or_a_mark_is_no_letter(nothing: str) -> None:
    assert fold_for_search(f"ب{nothing}ت") == "بت"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\n"])
def test_a_space_parts_words(space: str) -> None:
    assert fold_for_search(f"ب{space}ت").split() == ["ب", "ت"]


@pytest.mark.parametrize("tie", ["¬", "\u200b", "\u200c¬", "¬¬"])
def test_what_is_typed_for_a_half_space_ties_letters_of_the_arabic_script_alone(tie: str) -> None:
    assert fold_for_search(f"گل{tie}ها") == fold_for_search(f"گُلِ{tie}ها") == "گلها"
    assert search_forms(f"گل{tie}ها") == search_forms("گل‌ها")
    for left, right in (("b", "t"), ("گل", "t"), ("۱۲", "ماه"), ("گل", " ها"), ("", "گل")):
        assert fold_for_search(f"{left}{tie}{right}") != fold_for_search(left + right) or "\u200b" in tie
    assert fold_for_search("b\u200bt").split() == ["b", "t"]


def test_a_hamza_is_found_as_it_is_typed_and_as_it_is_left_out() -> None:
    for words in ("هیئت هیأت هیات هییت", "مسئله مسأله مساله مسیله", "جرئت جرأت جرات جریت", "مسئول مسؤول مسوول مسیول"):
        for written in words.split()[:2]:
            held = {fold_for_search(written), *compound_parts(written).split()}
            for typed in words.split():
                assert held & set(search_forms(typed)), (written, typed)


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_nothing(nothing: str | None) -> None:
    assert (fold_for_search(nothing), compound_parts(nothing)) == ("", "")


PARTS = {
    "خانواده‌ها": "خانواده ها",
    "کتاب‌خانه‌ها": "کتاب خانه ها کتابخانه خانهها",
    "\u200cکتاب\u200c": "",
    "don’t": "dont",
    "O'Brien": "obrien",
    "'kettle'": "",
    "7'5": "",
    "مسئول": "مسءول مساول مسوول",
    "مسؤول": "مسءول مسیول",
    "هیأت": "هیءت هییت",
    "جرئت": "جرءت جرات",
    "سؤال": "سءال",
    "می¬رود": "می رود",
    "گل\u200bها": "گل ها",
    "a¬b": "",
    "۱۲¬ماه": "",
    "أحمد": "",
    "kettle": "",
}


@pytest.mark.parametrize(("word", "parts"), PARTS.items())
def test_parts_and_other_forms_of_a_word_are_held_beside_it(word: str, parts: str) -> None:
    assert compound_parts(word).split() == parts.split()
    assert compound_parts(f"kettle {word}\nkettle").split() == parts.split()


def test_of_a_word_of_many_parts_the_first_six_are_written_together() -> None:
    word = "\u200c".join("abcdefgh")
    held = compound_parts(word).split()
    assert held[:8] == list("abcdefgh")
    assert {len(form) for form in held[8:]} == {2, 3, 4, 5}
    assert all(form in "abcdef" for form in held[8:])
    assert len(held) == 8 + 5 + 4 + 3 + 2


FORMS = {
    "don’t": ["don’t", "dont"],
    "می‌رود": ["میرود", "می رود"],
    "خانه‌ی": ["خانهی", "خانه ی", "خانه"],
    "خانهٔ": ["خانه", "خانهی"],
    "مسئول": ["مسیول", "مسءول"],
    "kettle": ["kettle"],
    '"': [],
    " - ": [],
    'a "b"': ["a b"],
}


@pytest.mark.parametrize(("typed", "forms"), FORMS.items())
def test_a_typed_word_is_looked_for_in_each_form_that_the_index_may_hold(typed: str, forms: list[str]) -> None:
    assert search_forms(typed) == forms
