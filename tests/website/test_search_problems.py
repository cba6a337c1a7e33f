"""Filters that do not lie: days of both calendars, and what is not understood is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.support.served import Answer, Site, article, make_archive, serving

_DAYS = {
    1: "2023-03-20",  # 29 Esfand 1401
    2: "2023-03-21",  # 1 Farvardin 1402
    3: "2024-03-19",  # 29 Esfand 1402
    4: "2024-03-20",  # 1 Farvardin 1403
    5: "2025-03-20",  # 30 Esfand 1403, a leap year
    6: "2015-05-03",
    7: "2015-05-31",
    8: "2015-06-01",
    9: "2016-02-29",
    10: None,
}
ROWS = [article(docid, published=day, body=f"A kettle on stove {docid}.") for docid, day in _DAYS.items()]
ROWS += [article(11, edition="fa", published="2015-05-04", body="kettle")]
ROWS += [article(12, edition="sq", published="2015-05-04", body="kettle", status="gone")]
NAMED = [{"article_id": row["id"], "position": 1, "name": row["category"]} for row in ROWS] + [
    {"article_id": f"en-{docid}", "position": 2, "name": "Tea, green"} for docid in (1, 2, 6)
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    tables: dict[str, Any] = {"articles": ROWS, "article_categories": NAMED}
    with serving(make_archive(tmp_path_factory.mktemp("problems") / "nejat.db", tables)) as served:
        yield served


def ask(site: Site, query: str, ending: str = ".json") -> Answer:
    return site.get(f"/nejat/search{ending}?q=kettle&{quote(query, safe='=&%+,/.-')}")


def found(site: Site, query: str) -> set[int]:
    answer = ask(site, f"size=100&{query}")
    assert answer.status == 200, answer.text
    return {int(row["id"].partition("-")[2]) for row in answer.json()["results"]}


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("from=1402&to=1402", {2, 3}),
        ("from=1403&to=1403", {4, 5}),
        ("from=1402-12&to=1402-12", {3}),
        ("from=۱۴۰۲/۱/۱&to=۱۴۰۲/۱/۱", {2}),
        ("from=1403-12-30", {5}),
        ("to=1394-02-13", {6}),
        ("from=2015-05-03&to=2015-05", {6, 7, 11, 12}),
        ("from=2015-05-04&to=2015-05-04", {11, 12}),
        ("from=2015-06&to=2015-06", {8}),
        ("from=2016-02-29&to=2016-02", {9}),
        ("from=2015.6.1&to=2016/2/28", {8}),
        ("to=2015-05-02", set()),
        ("from=&to=", {*_DAYS, 11, 12}),
        ("edition=fa&edition=sq", {11, 12}),
        ("edition=fa,sq", {11, 12}),
        ("edition=FA", {11}),
        ("edition=all&status=live", {*_DAYS, 11}),
        ("category=Tea%2C+green", {1, 2, 6}),
        ("exact=0&sort=NEWEST&page=1", {*_DAYS, 11, 12}),
    ],
)
def test_filters_let_through_exactly_what_they_say(site: Site, query: str, days: set[int]) -> None:
    assert found(site, query) == days


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("edition=xx", "edition=xx is not known: en, fa, ar, sq are"),
        ("edition=en&edition=de,fa", "edition=de is not known"),
        ("sort=best", "sort=best is not known: rank, newest, oldest are"),
        ("status=lost", "status=lost is not known"),
        ("from=abc", "from=abc is no day, month or year"),
        ("from=2015-02-30", "from=2015-02-30 is no day"),
        ("to=1402-12-30", "to=1402-12-30 is no day"),
        ("to=2015-13", "to=2015-13 is no day"),
        ("from=05/03/2015", "from=05/03/2015 is no day"),
        ("from=-5", "from=-5 is no day"),
        ("from=2016&to=2015", "from=2016 is later than to=2015"),
        ("from=1403&to=2023", "from=1403 is later than to=2023"),
        ("from=2015&from=2016", "from=2016 is a second value"),
        ("page=0", "page=0 is no number from 1"),
        ("size=500", "size=500 is no number from 1 to 100"),
        ("size=ten", "size=ten is no number"),
        ("exact=yes", "exact=yes is not known: 1, 0 are"),
        ("_shape=objects", "_shape=objects is not known: array is"),
        ("editions=en", "editions is no parameter of a search"),
        ("since=2015", "since is no parameter of a search"),
        ("q2=%00%ff", "q2 is no parameter"),
        ("from=%00%E2%80%AE", "is no day"),
    ],
)
def test_what_is_not_understood_is_said_and_answered_to_no_program(site: Site, query: str, said: str) -> None:
    answers = {ending: ask(site, query, ending) for ending in (".json", ".csv", ".atom", "")}
    assert [answers[ending].status for ending in answers] == [400, 400, 400, 200]
    assert said in answers[".json"].json()["problem"]
    assert said in answers[".csv"].text
    assert said in (ElementTree.fromstring(answers[".atom"].text).text or "")
    page = BeautifulSoup(answers[""].text, "html.parser")
    assert said in page.select(".note")[0].get_text()
    is_name = "no parameter" in said
    assert (
        bool(page.select(".entry")) == is_name
    )  # a page goes on without a parameter that means nothing, and says so
    if not is_name:
        [link] = page.select(".note a")
        assert site.get(str(link["href"])).status == 200
        assert "not understood" not in site.get(str(link["href"])).text


@pytest.mark.parametrize(
    "query", ["x=17", "_=1732700000", "nocache=1", "utm_source=letter&utm_campaign=may", "fbclid=Iw%20R"]
)
def test_what_only_gets_past_caches_or_traces_readers_asks_for_nothing(site: Site, query: str) -> None:
    plain = ask(site, "size=20").json()
    marked = ask(site, query)
    assert marked.status == 200
    assert marked.json()["results"] == plain["results"]
    assert "no parameter" not in ask(site, query, "").text


def test_all_that_is_not_understood_is_said_at_once(site: Site) -> None:
    assert len(ask(site, "edition=xx&sort=up&nothing=1").json()["problems"]) == 3


def test_a_category_that_no_article_has_is_said_to_be_none(site: Site) -> None:
    answer = ask(site, "category=News&category=news").json()
    assert (answer["total"], answer["notes"]) == (len(ROWS), ["No article is in a category news."])


def test_the_box_keeps_what_was_typed_and_both_calendars_are_shown(site: Site) -> None:
    page = BeautifulSoup(ask(site, "from=1402&to=۱۴۰۲", "").text, "html.parser")
    assert [box["value"] for box in page.select(".years input[name=from], .years input[name=to]")] == ["1402", "۱۴۰۲"]
    assert "Published 21 March 2023 to 19 March 2024 (1 Farvardin 1402 to 29 Esfand 1402)" in page.get_text()
    assert {link.get_text() for link in page.select(".chips a")} == {
        "from 1402 ✕ (remove)",
        "to ۱۴۰۲ ✕ (remove)",
    }
    said = ask(site, "from=2015-05-03").json()["from"]
    assert said == {
        "typed": "2015-05-03",
        "first": "2015-05-03",
        "last": "2015-05-03",
        "gregorian": "3 May 2015",
        "persian": "13 Ordibehesht 1394",
    }


@pytest.mark.parametrize(("since", "until"), [("2015-02-30", ""), ("2016", "2015"), ("1403-13", "۱۴۰۲")])
def test_days_that_are_not_understood_stay_in_their_boxes(site: Site, since: str, until: str) -> None:
    for address in ("/nejat/search?q=kettle&edition=en", "/nejat/names?names=kettle"):
        page = BeautifulSoup(site.get(f"{address}&from={since}&to={quote(until)}").text, "html.parser")
        boxes = {box["name"]: box["value"] for box in page.select("input:not([type])")}
        assert boxes == {"from": since, "to": until}, address


def test_categories_have_the_same_numbers_on_every_page(site: Site) -> None:
    counts = ask(site, "").json()["counts"]["category"]
    assert counts == {"News": len(ROWS), "Tea, green": 3}
    for address, rows in (("/", ".chips li"), ("/nejat/categories", "tbody tr")):
        shown = BeautifulSoup(site.get(address).text, "html.parser").select(rows)
        assert any("Tea, green" in row.get_text() and "3" in row.get_text() for row in shown), address
    table = BeautifulSoup(site.get("/nejat/articles").text, "html.parser")
    assert "The first of each article." in table.select("#facets")[0].get_text()  # not all of them, and says so


def test_programs_get_all_categories_and_readers_are_told_of_those_left_out(tmp_path: Path) -> None:
    named = [{"article_id": "en-1", "position": at, "name": f"Shelf {at}"} for at in range(15)]
    tables: dict[str, Any] = {"articles": [article(1, body="A kettle.")], "article_categories": named}
    with serving(make_archive(tmp_path / "nejat.db", tables)) as served:
        counts = ask(served, "").json()["counts"]["category"]
        page = BeautifulSoup(ask(served, "", "").text, "html.parser").select("#facets")[0]
    assert counts == {row["name"]: 1 for row in named}
    assert "and 3 more categories" in page.get_text()


def test_nothing_found_says_what_was_tried_and_what_could_be_loosened(site: Site) -> None:
    query = "/nejat/search{}?q=kettle+samovar&edition=fa&from=2024"
    tried = site.get(query.format(".json")).json()["tried"]
    assert tried["words"] == [
        {"typed": "kettle", "articles": 12, "forms": []},
        {"typed": "samovar", "articles": 0, "forms": []},
    ]
    assert tried["without"] == []
    tried = site.get("/nejat/search.json?q=kettle&edition=fa&from=2024").json()["tried"]
    loosened = {each["filter"]: each["total"] for each in tried["without"]}
    assert loosened == {"edition": 3, "year": 1, "all": 12}
    for each in tried["without"]:
        assert json.loads(site.get(each["url"].removeprefix(site.address)).text)["total"] == each["total"]
    page = BeautifulSoup(site.get("/nejat/search?q=kettle&edition=fa&from=2024").text, "html.parser")
    links = page.select(".entries .note a")
    assert [link.get_text() for link in links] == ["in all editions", "of all dates", "without any filter"]
    told = BeautifulSoup(site.get(query.format("")).text, "html.parser").select(".entries .note")[0].get_text()
    assert "samovar: in 0 articles of the archive" in told


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ({"q": '"stove kettle"'}, {"apart": 10}),
        ({"q": '"kettle stoves"~9', "exact": "1"}, {"apart": 10}),
        ({"q": "title:kettle OR NEAR(title 9999 kettle, 3)"}, {}),
        ({"q": "samovar OR (kettle NEAR/0 stove)"}, {"apart": 10}),
        ({"q": '“kettles” -"a samovar"'}, {"apart": 11}),
        ({"q": "kettle", "kind": "caption"}, {"kind": 12, "text": 12}),
    ],
)
def test_nothing_found_says_what_less_strict_words_would_find(
    site: Site, query: dict[str, str], without: dict[str, int]
) -> None:
    answer = site.get("/nejat/search.json", **query).json()
    assert answer["total"] == 0
    assert {each["filter"]: each["total"] for each in answer["tried"]["without"]} == without
    for each in answer["tried"]["without"]:
        assert site.get(each["url"].removeprefix(site.address)).json()["total"] == each["total"]


def test_exactly_as_typed_that_finds_nothing_leads_to_the_other_forms(site: Site) -> None:
    page = BeautifulSoup(site.get("/nejat/search?q=kettles&exact=1").text, "html.parser")
    [link] = page.select(".entries .note a")
    assert (
        site.get(str(link["href"]).replace("/search?", "/search.json?")).json()["total"] == len(ROWS) - 1
    )  # all but the Persian one
