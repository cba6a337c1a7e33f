"""The passage of a text that the search page shows: where it begins and ends, and which of several it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.support.served import Site, article, make_archive, serving


def stones(first: int, last: int) -> str:
    return " ".join(f"stone{number:03}" for number in range(first, last))


TEXTS = {
    "short": f"{stones(0, 5)} kettle {stones(5, 10)}",
    "opening": f"wick {stones(0, 200)}",
    "middle": f"{stones(0, 100)} ladle {stones(100, 200)}",
    "closing": f"{stones(0, 200)} broom",
    "closer": f"anvil {stones(0, 100)} bellows bellows {stones(100, 200)} last anvil bellows {stones(200, 300)}",
    "oftener": f"{stones(0, 100)} tongs {stones(100, 200)} tongs and tongs {stones(200, 300)} tongs",
    "no space": f"{'reed' * 200} spade {'reed' * 200}",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    rows = [article(number, title=name, body=text) for number, (name, text) in enumerate(TEXTS.items(), 1)]
    with serving(make_archive(tmp_path_factory.mktemp("excerpts") / "excerpts.db", {"articles": rows})) as served:
        yield served


def passage(site: Site, typed: str) -> str:
    page = BeautifulSoup(site.get("/nejat/search", q=typed).text, "html.parser")
    [shown] = page.select(".teaser")
    return shown.get_text().strip()


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [("kettle", "", ""), ("wick", "", " …"), ("ladle", "… ", " …"), ("broom", "… ", "")],
)
def test_a_passage_is_of_whole_words_and_says_where_it_was_cut(
    site: Site, typed: str, before: str, after: str
) -> None:
    shown = passage(site, typed)
    assert re.fullmatch(rf"{before}(?:stone\d{{3}} )*{typed}(?: stone\d{{3}})*{after}", shown), shown
    assert len(shown) <= 284
    assert (typed == "kettle") == (shown == TEXTS["short"])


def test_some_words_stand_before_what_was_found(site: Site) -> None:
    assert 50 <= passage(site, "ladle").index("ladle") <= 80


def test_a_passage_with_both_words_is_shown_though_one_alone_stands_twice_elsewhere(site: Site) -> None:
    assert "last anvil bellows" in passage(site, "anvil bellows")


def test_of_passages_with_one_word_that_which_has_it_most_is_shown(site: Site) -> None:
    assert "tongs and tongs" in passage(site, "tongs")


def test_a_text_without_a_space_is_cut_all_the_same(site: Site) -> None:
    shown = passage(site, "spade")
    assert "spade" in shown
    assert len(shown) <= 284
