"""What a search costs, in things that can be counted: expressions made, documents weighed and listed."""

from __future__ import annotations

import re
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.utils import MultiParams  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.full_text.matches import list_matches, weigh_matches
from nejat_crawler.archive.reading.full_text.search_terms import Term
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.website.search.highlight import excerpt, highlight
from nejat_crawler.website.search.marking import word_places
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.search.word_sets.common_words import find_with
from tests.support.served import article, make_archive

FEW, MANY = 3, 40
BOATS = [article(n, body=f"A boat on lake {n}.") for n in range(1, MANY + 1)]
BOATS += [article(MANY + n, body=f"Many boats on lake {n}.") for n in range(1, FEW + 1)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("work") / "nejat.db", {"articles": BOATS})


def test_of_the_forms_of_a_word_an_expression_is_made_only_of_those_that_stand_often_in_a_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    make = word_places._expression

    def counted(form: str, is_open: bool) -> re.Pattern[str]:
        made.append(form)
        return make(form, is_open)

    monkeypatch.setattr(word_places, "_expression", counted)
    forms = tuple(f"sail{letter}" for letter in "bcdefghijklmnop")
    seldom = [Term("sail", ("sail",), others=forms)]
    assert highlight("A sailb, a sail.", seldom) == [
        ("A ", False), ("sailb", True), (", a ", False), ("sail", True), (".", False),
    ]  # fmt: skip
    assert not made
    assert len(highlight("sailb " * MANY, seldom)) == 2 * MANY
    assert made == ["sail", "sailb"] or made[0] == "sailb"


def test_both_ways_to_find_a_form_in_a_text_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (
        "می‌رود و میرود، نمی‌رود؛ مَی‌رود", "هیئت هیأت هیات مسئول مسول مسؤول", "ﻻله لاله لالـه", "don’t dont Don't",
        "Çamëria camerias cameria", "رفتهاند رفته‌اند رفته اند",
    )  # fmt: skip
    forms = ("میرود", "هیات", "مسول", "لاله", "dont", "cameria", "رفته", "رفته اند", "رفتهاند", "ند", "a")
    terms = [Term(form, (form,)) for form in forms]
    compared = [excerpt(text, terms) for text in texts]
    monkeypatch.setattr(word_places, "_FEW_PLACES", 0)
    assert [excerpt(text, terms) for text in texts] == compared
    assert all(any(found for _, found in pieces) for pieces in compared)


def test_other_forms_are_weighed_when_somebody_comes_to_them_and_no_word_as_typed_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[int] = []

    def counted(*asked: Any, **how: Any) -> list[tuple[int, float]]:
        found = weigh_matches(*asked, **how)
        weighed.append(len(found))
        return found

    monkeypatch.setattr("nejat_crawler.website.search.ranking.weigh_matches", counted)
    with closing(open_for_search(archive)) as connection:
        searcher = Searcher(archive)
        first = searcher.find(connection, SearchRequest("boat"))
        assert (first.total, weighed) == (MANY + FEW, [MANY])
        last = searcher.find(connection, SearchRequest("boat", page=3))
        assert weighed == [MANY, FEW]
        assert [hit.row["docid"] > MANY for hit in last.hits] == [True] * FEW
        assert not searcher.find(connection, SearchRequest("boats", sort="newest")).problems


def test_what_holds_a_common_word_is_listed_once_for_many_searches_while_nothing_is_written(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []

    def counted(connection: Any, expression: str, **how: Any) -> list[int]:
        if "{" not in expression and '"boat on"' not in expression and not how.get("earlier"):
            listed.append(expression)
        return list_matches(connection, expression, **how)

    typed = ("boat", "boat lake", "boat OR many", "boats", "many boat", "boat NOT many", '"boat on" lake', "قایق")
    monkeypatch.setattr("nejat_crawler.website.search.word_sets.common_words._LEAST", FEW + 1)
    monkeypatch.setattr("nejat_crawler.website.search.word_sets.common_words.list_matches", counted)
    monkeypatch.setattr("nejat_crawler.website.search.ranking.list_matches", counted)
    with closing(open_for_search(archive)) as connection:
        before = [Searcher(archive).find(connection, SearchRequest(each)) for each in typed]
        searcher = Searcher(archive)
        searcher.find(connection, SearchRequest("rope"))
        index = searcher.index(connection)
        for _ in range(100):
            if common := searcher._common.read(archive, index, {}):
                break
            time.sleep(0.05)
        assert set(common) >= {'"boat"', '"lake"'}
        listed.clear()
        after = [searcher.find(connection, SearchRequest(each)) for each in typed]
    assert not [expression for expression in listed if '"boat"' in expression and "NOT" not in expression]
    assert listed  # of phrases, of what is left out, and of seldom words
    for one, other in zip(before, after, strict=True):
        assert [hit.row["id"] for hit in one.hits] == [hit.row["id"] for hit in other.hits]
        assert (one.total, one.choices) == (other.total, other.choices)


def test_the_seldom_forms_of_a_common_word_are_listed_only_where_the_other_words_of_a_query_stand(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: dict[str, int] = {}

    def counted(connection: Any, expression: str, **how: Any) -> list[int]:
        found = list_matches(connection, expression, **how)
        listed[expression] = len(found)
        return found

    monkeypatch.setattr("nejat_crawler.website.search.word_sets.common_words.list_matches", counted)
    with closing(open_for_search(archive)) as connection:
        index = Searcher(archive).index(connection)
        common = {'"boat"': index.set_of(list_matches(connection, '"boat"'))}
        boat = ('"boat"', '"boats"')
        assert find_with(connection, index, common, (boat,)) == index.everything
        assert listed.pop('"boats"') == FEW
        both = find_with(connection, index, common, (boat, ('"2"',)))
        assert both == index.set_of([2, MANY + 2])
        assert all(number <= 2 for number in listed.values()), listed
        listed.clear()
        assert find_with(connection, index, common, (boat, ('"7"',))) == index.set_of([7])
        assert list(listed) == ['("7")']  # holds the common one: no other could let it through


def test_what_was_edited_is_listed_once_and_not_for_each_filter(archive: Path) -> None:
    searcher, statements = Searcher(archive), list[str]()
    with closing(open_for_search(archive)) as connection:
        connection.set_trace_callback(statements.append)
        for year in ("2004", "2005", "2006"):
            searcher.find(connection, SearchRequest.read(MultiParams({"from": [year]})))
    assert sum("article_versions" in sql for sql in statements) == 1
