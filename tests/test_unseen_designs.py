"""Shapes of pages that no row of THEMES names: each test is one that some design has, all with invented content."""

from __future__ import annotations

import pytest

from nejat_crawler.items import Article
from nejat_crawler.pages import Page, read_page
from nejat_crawler.urls import SITE
from tests.doors import fold
from tests.soledad import extract

HOME = f"{SITE}/en"
TITLE = "Ropes across the Veld gorge"
TEXT = "<p>The wardens of Corm stretched two ropes.</p><p>Nobody was hurt.</p><p>They came down at dusk.</p>"
SAID = "The wardens of Corm stretched two ropes. Nobody was hurt. They came down at dusk."
TIME = '<time class="entry-date published" datetime="2020-01-14T10:00:00+03:30">January 14, 2020</time>'
CARD = f"""<article class="post-901 post type-post hentry"><h2 class="entry-title">
<a href="{HOME}/posts/901">Neighbour</a></h2><time class="entry-date published" datetime="2024-06-03T10:00:00+03:30">
June 3, 2024</time><div class="entry-content"><p>{"An opening of a neighbour. " * 20}</p></div></article>"""
HENTRY = 'class="post-101 post type-post hentry category-huts tag-rope"'


def own_page(inner: str, *, head: str = f'<link rel="canonical" href="{HOME}/posts/101">', before: str = "") -> Page:
    return read_page(
        f"<!DOCTYPE html>{before}<html><head><title>{TITLE} – Ridge Rescue</title>{head}</head>"
        f'<body class="single single-post">{inner}</body></html>'
    )


def only(page: Page) -> Article:
    assert page.problems == []
    (entry,) = page.entries
    assert entry.address.url == f"{HOME}/posts/101"
    return extract(page, entry)


@pytest.mark.parametrize(
    "card",
    [CARD, CARD.replace("post-901 post type-post hentry", "card"), CARD.replace('"post-901 ', '"" id="post-901')],
)
@pytest.mark.parametrize("order", ["{text}{card}", "{card}{text}"])
def test_a_neighbours_card_never_passes_for_an_article_without_an_element_of_its_own(card: str, order: str) -> None:
    text = f'<div class="head"><h1>{TITLE}</h1>{TIME}</div><div class="prose">{TEXT}</div>'
    article = only(own_page(f"<main>{order.format(text=text, card=f'<div>{card}</div>')}</main>"))
    assert (article.title, article.published, fold(article.body)) == (TITLE, "2020-01-14", SAID)


def test_a_neighbours_card_inside_the_text_is_not_the_text() -> None:
    article = only(
        own_page(f'<article {HENTRY}><h1>{TITLE}</h1><div class="entry-content">{TEXT}{CARD}</div></article>')
    )
    assert (article.title, article.published, fold(article.body)) == (TITLE, None, SAID)


def test_a_heading_above_the_column_is_found_though_the_column_names_a_neighbour() -> None:
    neighbour = f'<nav><a href="{HOME}/posts/2"><h3 class="post-title">Neighbour</h3></a></nav>'
    entry = f'<article {HENTRY}><div class="entry-content">{TEXT}</div>{neighbour}</article>'
    article = only(own_page(f'<header class="hero"><h1 class="entry-title">{TITLE}</h1>{TIME}</header>{entry}'))
    assert (article.title, article.published, fold(article.body)) == (TITLE, "2020-01-14", SAID)
