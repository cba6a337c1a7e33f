"""What a page costs to read, in things that can be counted: trees, selections, tags, sheets, calls of functions."""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import Counter
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction import markup, nodes
from nejat_crawler.extraction.page import read_page
from nejat_crawler.extraction.page_breaks import split_at_break
from nejat_crawler.extraction.visible_text import style_sheets
from nejat_crawler.items import Article
from tests.support.soledad_pages import HOME, assert_exact, body, extract, listing, post, single

LISTING = listing(*map(post, range(1, 11)))
LINKED = listing(*(post(number, body(number, '<p><a href="/en/posts/9">Linked</a>.</p>')) for number in range(1, 11)))
OWN_PAGE = single(2, "<p>Opening 2.</p><p>Middle 2.</p><p>Closing 2.</p>")


def read(html: str, url: str) -> list[Article]:
    page = read_page(html, url)
    return [extract(page, entry) for entry in page.entries]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts trees that are built, what is selected in them, sources that are looked through for tags, tags read."""
    counted: Counter[str] = Counter()
    look_through, make_tag, engine = markup.TagIndex.of, markup.Tag, nodes._SELECTOR

    class Tree(LexborHTMLParser):
        @property
        def selector(self) -> Any:
            counted["engines"] += 1
            return super().selector

    class Engine:
        def find(self, selector: str, node: Any) -> Any:
            counted["selections"] += 1
            return engine.find(selector, node)

    def parse(*arguments: Any, **options: Any) -> LexborHTMLParser:
        counted["trees"] += 1
        return Tree(*arguments, **options)

    def count_look(html: str) -> Any:
        counted["looks"] += 1
        return look_through(html)

    def count_tag(*fields: Any) -> Any:
        counted["tags"] += 1
        return make_tag(*fields)

    for name, module in list(sys.modules.items()):
        if name.startswith(("nejat_crawler.", "pipelines.")) and hasattr(module, "LexborHTMLParser"):
            monkeypatch.setattr(module, "LexborHTMLParser", parse)
    monkeypatch.setattr(markup.TagIndex, "of", count_look)
    monkeypatch.setattr(markup, "Tag", count_tag)
    monkeypatch.setattr(nodes, "_SELECTOR", Engine())
    markup._known.clear()
    return counted


def test_a_listing_is_looked_through_once_and_three_trees_an_article_are_built(work: Counter[str]) -> None:
    for number, article in enumerate(read(LINKED, f"{HOME}/page/2"), start=1):
        assert_exact(article, number, "Linked.")
    assert work["looks"] == 1
    assert work["trees"] <= 1 + 3 * 10
    assert work["engines"] == 0  # one for all trees: each has its own at hand, which takes twice as long as a parse
    assert work["selections"] <= 21 * 10
    assert work["tags"] <= 7 * 10  # of six hundred


def test_of_a_listing_of_bare_paragraphs_no_text_is_parsed(work: Counter[str]) -> None:
    for number, article in enumerate(read(LISTING, f"{HOME}/page/2"), start=1):
        assert_exact(article, number)
    assert work["trees"] == 1 + 10
    assert work["selections"] <= 14 * 10


def test_where_a_page_breaks_off_is_found_without_reading_its_tags(work: Counter[str]) -> None:
    assert split_at_break(LISTING) == (LISTING, "")
    assert work["looks"] == 1
    assert work["tags"] == 0
    deep = LISTING.replace("</body>", f"{'<div>' * 3000}{'</div>' * 3000}</body>")
    assert split_at_break(deep) == (deep, "")
    half = deep.replace("</div></div></div></body>", "</div><p>Half</body>")
    assert split_at_break(half)[1] == "no more than its end tags"


def test_an_own_page_is_looked_through_once_and_its_article_parsed_four_times(work: Counter[str]) -> None:
    [article] = read(OWN_PAGE, f"{HOME}/posts/15002")
    assert_exact(article, 2)
    assert work["looks"] <= 2  # the page, and what a theme defers in its text
    assert work["trees"] <= 1 + 4
    assert work["engines"] == 0
    assert work["selections"] <= 30
    assert work["tags"] <= 10  # of a hundred and seventy


def test_a_style_sheet_that_pages_share_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "<style>.pinned-offer { position: absolute; left: -4321px }</style>"
    read_rules = style_sheets._rules
    read_sheets: list[str] = []

    def count_sheet(sheet: str) -> Any:
        read_sheets.append(sheet)
        return read_rules(sheet)

    monkeypatch.setattr(style_sheets, "_rules", count_sheet)
    for number in (1, 2, 3):
        odd = f'<p class="pinned-offer">Cheap pills {number}.</p>'
        page = single(number, body(number, odd)).replace("</head>", f"{sheet}</head>")
        [article] = read(page, f"{HOME}/posts/{15000 + number}")
        assert_exact(article, number)
    assert len(read_sheets) == 1


#: Of functions, an article of a listing: a quarter more than there were when this was written.
MOST_CALLS = 1_000


def test_reading_a_listing_of_ten_takes_few_calls_of_functions() -> None:
    read(LISTING, f"{HOME}/page/2")  # what is remembered from page to page
    markup._known.clear()
    profile = cProfile.Profile()
    profile.runcall(read, LISTING, f"{HOME}/page/2")
    assert pstats.Stats(profile).total_calls < 10 * MOST_CALLS  # type: ignore[attr-defined]
