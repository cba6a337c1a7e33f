"""Filters of the search page: what each offers, counts and adds, and that it can be taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.support.served import Site, article, make_archive, serving

#: In the first category stand as many articles as there are categories, in the last one.
NAMES = [f"Shelf {number:02}" for number in range(1, 16)]
ROWS = [
    article(docid, category=name, body="A kettle.", published=f"{2010 + place}-05-01" if place else None)
    for docid, (place, name) in enumerate(
        ((place, name) for place, name in enumerate(NAMES) for _ in range(len(NAMES) - place)), start=1
    )
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    named = [{"article_id": row["id"], "position": 1, "name": row["category"]} for row in ROWS]
    tables: dict[str, Any] = {"articles": ROWS, "article_categories": named}
    with serving(make_archive(tmp_path_factory.mktemp("filters") / "filters.db", tables)) as served:
        yield served


def choices(site: Site, label: str, address: str = "/nejat/search?q=kettle") -> dict[str, tuple[int, str, bool]]:
    """What a filter offers: by name its count, its address, and whether it is chosen."""
    page = BeautifulSoup(site.get(address).text, "html.parser")
    [section] = [one for one in page.select(".facet") if one.h2 and one.h2.get_text() == label]
    return {
        row.select("a")[0].get_text(): (
            int(row.select("span")[0].get_text()),
            str(row.select("a")[0]["href"]),
            bool(row.select("a[aria-current=true]")),
        )
        for row in section.select("li")
    }


def test_the_twelve_categories_that_most_of_what_was_found_stands_in_are_offered(site: Site) -> None:
    shown = choices(site, "Category")
    assert [(name, count) for name, (count, _, _) in shown.items()] == [
        (name, len(NAMES) - place) for place, name in enumerate(NAMES[:12])
    ]
    assert not any(chosen for _, _, chosen in shown.values())


def test_a_rare_category_that_was_chosen_is_offered_with_them(site: Site) -> None:
    shown = choices(site, "Category", "/nejat/search?q=kettle&category=Shelf+15")
    assert list(shown) == [*NAMES[:12], "Shelf 15"]
    assert [name for name, (_, _, chosen) in shown.items() if chosen] == ["Shelf 15"]


def test_two_categories_find_what_stands_in_either(site: Site) -> None:
    one = choices(site, "Category")["Shelf 02"][1]
    both = choices(site, "Category", one)["Shelf 03"][1]
    assert [name for name, (_, _, chosen) in choices(site, "Category", both).items() if chosen] == NAMES[1:3]
    assert site.get(both.replace("/search?", "/search.json?")).json()["total"] == 14 + 13


@pytest.mark.parametrize(("label", "name"), [("Category", "Shelf 02"), ("Edition", "English"), ("Year", "2012")])
def test_a_filter_that_was_chosen_is_taken_away_by_its_own_link(site: Site, label: str, name: str) -> None:
    offered = choices(site, label)
    count, address, _ = offered[name]
    chosen = choices(site, label, address)
    assert (chosen[name][0], chosen[name][2]) == (count, True)
    away = chosen[name][1]
    assert choices(site, label, away) == offered


def test_years_are_offered_from_the_newest_and_undated_articles_are_in_none(site: Site) -> None:
    shown = choices(site, "Year")
    assert [int(year) for year in shown] == list(range(2024, 2010, -1))
    assert sum(count for count, _, _ in shown.values()) == len(ROWS) - len(NAMES)


@pytest.mark.parametrize(
    ("query", "found"), [("from=2023", 3), ("to=2011", 14), ("from=2012&to=2012", 13), ("from=2025", 0)]
)
def test_years_from_and_to_are_both_in_it(site: Site, query: str, found: int) -> None:
    assert site.get(f"/nejat/search.json?q=kettle&{query}").json()["total"] == found


def test_without_words_the_newest_come_first_or_the_oldest_or_as_asked(site: Site) -> None:
    def found(query: str) -> list[str]:
        return [row["id"] for row in site.get(f"/nejat/search.json?edition=en&{query}").json()["results"]]

    newest = found("sort=newest&size=50")
    assert newest == found("size=50") == found("sort=rank&size=50")
    assert found("sort=oldest&size=50")[0] != newest[0]
    dated = {row["id"]: row["published"] or "" for row in ROWS}
    assert [dated[name] for name in newest] == sorted((dated[name] for name in newest), reverse=True)


@pytest.mark.parametrize("size", [10, 20, 50])
def test_the_length_of_a_page_is_kept_from_page_to_page(site: Site, size: int) -> None:
    first = site.get(f"/nejat/search.json?q=kettle&size={size}").json()
    second = site.get(first["next_url"].removeprefix(site.address)).json()
    assert len(first["results"]) == len(second["results"]) == size


def test_what_would_leave_nothing_is_not_offered(site: Site) -> None:
    assert list(choices(site, "Category", "/nejat/search?q=kettle&from=2024")) == ["Shelf 15"]
    assert list(choices(site, "Edition", "/nejat/search?q=kettle&from=2024")) == ["English"]
