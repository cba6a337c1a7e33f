"""Queries that nobody would type, and what is left of them."""

from __future__ import annotations

import pytest

from nejat_crawler.archive.reading.full_text.search_query import read_query


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("heron NOT OR reeds", "heron OR reeds"),
        ("heron NOT AND reeds", "heron reeds"),
        ("(heron NOT) reeds", "heron reeds"),
        ("heron NOT", "heron"),
        ("OR heron OR", "heron"),
        ("() heron", "heron"),
    ],
)
def test_an_operator_without_a_word_is_passed_over(typed: str, read: str) -> None:
    assert read_query(typed).expression == read_query(read).expression != ""


@pytest.mark.parametrize(("typed", "read"), [(1, 1), (47, 47), (48, 48), (49, 48), (500, 48)])
def test_the_first_48_words_are_looked_for(typed: int, read: int) -> None:
    terms = read_query(" ".join(f"reed{number}" for number in range(typed))).terms
    assert [term.typed for term in terms] == [f"reed{number}" for number in range(read)]
