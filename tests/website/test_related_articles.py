"""What an article's page leads on to: the articles before and after it, those of its category, those of its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.support.served import Site, article, make_archive, serving

#: A day apart, by turns of two categories; the words of each are those of the article ten days later.
ROWS = [
    *(
        article(
            day,
            title=f"Day {day}",
            published=f"2023-05-{day:02}",
            category=("Huts", "Ropes")[day % 2],
            body=f"Of heron{'abcdefghij'[day % 10] * 5} and of reeds{', a kittiwake' if day in (5, 7, 9) else ''}.",
        )
        for day in range(1, 21)
    ),
    article(21, edition="sq", title="Another edition", published="2023-05-10", category="Huts"),
    article(22, title="Without a date", published=None, category="Huts", body="Of nothing else."),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    named = [{"article_id": row["id"], "position": 1, "name": row["category"]} for row in ROWS]
    tables = {"articles": ROWS, "article_categories": named}
    with serving(make_archive(tmp_path_factory.mktemp("related") / "related.db", tables)) as served:
        yield served


def page(site: Site, name: str) -> BeautifulSoup:
    return BeautifulSoup(site.get(f"/nejat/articles/{name}").text, "html.parser")


def turns(shown: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in shown.select(".turn bdi")]


def related(shown: BeautifulSoup, heading: str) -> list[str]:
    sections = [one for one in shown.select(".related section") if one.h2 and one.h2.get_text() == heading]
    return [link.get_text() for section in sections for link in section.select("li bdi")]


@pytest.mark.parametrize(
    ("name", "titles"),
    [("en-10", ["Day 11", "Day 9"]), ("en-20", ["Day 19"]), ("en-1", ["Day 2"]), ("sq-21", []), ("en-22", [])],
)
def test_one_article_before_and_one_after_it_in_its_edition(site: Site, name: str, titles: list[str]) -> None:
    assert [title for title in turns(page(site, name)) if title != "Without a date"] == titles


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("en-10", ["Day 14", "Day 12", "Day 8", "Day 6"]),
        ("en-19", ["Day 17", "Day 15"]),
        ("sq-21", []),
    ],
)
def test_two_articles_of_its_category_on_each_side(site: Site, name: str, titles: list[str]) -> None:
    assert related(page(site, name), "Near in time, same category") == titles


@pytest.mark.parametrize(("name", "title"), [("en-3", "Day 13"), ("en-13", "Day 3")])
def test_the_article_that_shares_its_rarest_words(site: Site, name: str, title: str) -> None:
    assert related(page(site, name), "Of similar words")[:1] == [title]


def test_articles_that_share_less_rare_words_follow(site: Site) -> None:
    assert related(page(site, "en-5"), "Of similar words")[0] == "Day 15"
    assert {"Day 7", "Day 9"} <= set(related(page(site, "en-5"), "Of similar words"))


def test_an_article_is_not_like_itself_and_an_undated_one_is_near_nothing(site: Site) -> None:
    assert "Day 3" not in related(page(site, "en-3"), "Of similar words")
    assert related(page(site, "en-22"), "Near in time, same category") == []
