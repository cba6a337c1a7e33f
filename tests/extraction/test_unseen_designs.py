"""Shapes of pages that no row of THEMES names: each test is one that some design has, all with invented content."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import Page, read_page
from nejat_crawler.items import Article
from nejat_crawler.urls import SITE
from tests.support.commands import fold
from tests.support.soledad_pages import extract

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


@pytest.mark.parametrize(
    "chrome",
    [
        '<div id="ez-toc-container"><p>Contents</p><ul><li><a href="#a">Chrome</a></li></ul></div>',
        f'<nav class="navigation"><a href="{HOME}/posts/2" rel="prev">Neighbour</a></nav>',
        '<div class="share-post"><ul><li><a href="#">Facebook</a></li></ul></div>',
        '<div class="mh-social-bottom"><a href="#">Facebook</a></div>',
        f'<div class="shop_inline_related_wrapper"><a href="{HOME}/posts/2">Neighbour</a></div>',
        '<div class="printfriendly pf-button"><a href="#">Print</a></div>',
        '<div class="wpulike"><span>Like 3</span></div>',
        '<div class="kk-star-ratings"><div>5/5 - (1 vote)</div></div>',
        '<div class="code-block code-block-1">Advertisement</div>',
    ],
)
def test_what_plugins_put_into_a_text_is_not_the_text(chrome: str) -> None:
    article = only(
        own_page(f'<article {HENTRY}><h1>{TITLE}</h1><div class="entry-content">{TEXT}{chrome}</div></article>')
    )
    assert fold(article.body) == SAID


ROPE = f'<a href="{HOME}/tag/rope">Rope</a>'


@pytest.mark.parametrize(
    "tags",
    [
        f"<p>Tags: {ROPE}</p>",
        f'<div class="any"><span>Tags:</span> {ROPE}</div>',
        f"<ul><li>{ROPE}</li></ul>",
        f'<p class="postmetadata">Filed under {ROPE}. You can leave a response.</p>',
    ],
)
def test_a_list_of_tags_below_the_text_is_not_the_text(tags: str) -> None:
    html = f'<article {HENTRY}><h1>{TITLE}</h1><div class="entry-content">{TEXT}{tags}</div></article>'
    article = only(own_page(html))
    assert (fold(article.body), article.tags) == (SAID, ["Rope"])


def test_a_sentence_with_a_link_to_a_tag_is_text() -> None:
    html = f'<article {HENTRY}><div class="entry-content">{TEXT}<p>All that we know of {ROPE}.</p></div></article>'
    article = only(own_page(html))
    assert (fold(article.body), article.tags) == (f"{SAID} All that we know of Rope.", [])


@pytest.mark.parametrize("rel", ["", 'rel="tag"', 'rel="category tag"', 'rel="nofollow"'])
@pytest.mark.parametrize("path", ["topic", "category"])
def test_a_term_is_a_category_or_a_tag_by_its_address(rel: str, path: str) -> None:
    terms = f'<a href="{HOME}/{path}/huts" {rel}>Huts</a> <a href="{HOME}/tag/rope" {rel}># Rope</a>'
    html = (
        f'<article {HENTRY}><h1>{TITLE}</h1><p class="x">{terms}</p><div class="entry-content">{TEXT}</div></article>'
    )
    article = only(own_page(html))
    assert (article.categories, article.tags) == (["Huts"], ["Rope"])


def test_a_neighbours_category_is_not_the_articles() -> None:
    box = f'<div><a href="{HOME}/topic/fog">Fog</a><h4><a href="{HOME}/posts/8">Neighbour</a></h4></div>'
    own = f'<p><a href="{HOME}/topic/huts">Huts</a></p><h1>{TITLE}</h1>'
    article = only(own_page(f"<main><div>{own}<div class='text'>{TEXT}</div></div><div>{box}</div></main>"))
    assert (article.title, article.categories) == (TITLE, ["Huts"])


@pytest.mark.parametrize("path", ["author", "posts/author"])
def test_an_author_is_known_by_the_address_of_his_page(path: str) -> None:
    def link(name: str) -> str:
        return f'<a href="{HOME}/{path}/{name.lower()}">{name}</a>'

    bio = f'<div id="author-box">{link("Keeper")}</div><div id="comments">{link("Guest")}</div>'
    for said, author in ((f"<p>{link('Warden')}</p>", "Warden"), ("", None)):
        html = f'<article {HENTRY}><h1>{TITLE}</h1>{said}<div class="entry-content">{TEXT}</div>{bio}</article>'
        assert only(own_page(html)).author == author


def test_a_line_break_in_a_heading_parts_words() -> None:
    html = f'<article {HENTRY}><h1>Ropes<br>across<br/>Veld</h1><div class="entry-content">{TEXT}</div></article>'
    assert only(own_page(html)).title == "Ropes across Veld"


NOTED = f"<!-- saved from url=(0041){HOME}/posts/101 -->\n"
SINGLE_FILE = f"<!--\n Page saved with SingleFile \n url: {HOME}/posts/101 \n saved date: Sat Oct 28 2023\n-->"
OPEN_GRAPH = '<meta property="og:url" content="{}">'


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (OPEN_GRAPH.format(f"{HOME}/posts/101"), ""),
        ("", NOTED),
        ("", SINGLE_FILE),
        (OPEN_GRAPH.format(f"{HOME}/posts/101"), NOTED.replace("101", "102")),
        (OPEN_GRAPH.format(f"{HOME}/"), NOTED),
        (f'<link rel="canonical" href="{HOME}/posts/101">', NOTED.replace("101", "102")),
    ],
)
def test_a_saved_page_without_its_canonical_address_says_where_it_is_from(head: str, before: str) -> None:
    html = f'<article class="hentry"><h1>{TITLE}</h1><div class="entry-content">{TEXT}</div></article>'
    assert only(own_page(html, head=head, before=before)).title == TITLE


def test_a_saved_page_that_says_no_posts_address_is_refused() -> None:
    html = f'<article class="hentry"><h1>{TITLE}</h1><div class="entry-content">{TEXT}</div></article>'
    page = own_page(html, head=OPEN_GRAPH.format(f"{HOME}/about"), before=NOTED.replace("posts/101", ""))
    assert (page.entries, len(page.problems)) == ([], 1)


def test_a_listings_text_begins_below_the_heading_that_stands_in_its_box() -> None:
    def entry(number: int) -> str:
        heading = f'<h2 class="entry-title x-post-title"><a href="{HOME}/posts/{number}">Story {number}</a></h2>'
        box = f'<div class="x-post-content post-content">{heading}<div class="x-container">{TEXT}</div></div>'
        return f'<article class="post post-{number} type-post hentry">{box}</article>'

    page = read_page(f'<html><body class="blog"><main>{entry(101)}{entry(102)}</main></body></html>', HOME)
    found = [extract(page, entry) for entry in page.entries]
    assert [article.title for article in found] == ["Story 101", "Story 102"]
    assert [fold(article.body) for article in found] == [SAID, SAID]


@pytest.mark.parametrize("info", ["div", "p"])
def test_heading_byline_and_paragraphs_side_by_side_are_told_apart(info: str) -> None:
    heading = f'<h2 class="entry_title"><span class="date entry_date">14 Jan</span> {TITLE}</h2>'
    byline = (
        f'by <a href="{HOME}/author/warden">Warden</a> in <a href="{HOME}/topic/huts" rel="category tag">Huts</a>'
    )
    text = f'<div class="post_text">{heading}<{info} class="post_info">{byline}</{info}>{TEXT}</div>'
    article = only(own_page(f'<div class="title"><h1>Blog</h1></div><div><article {HENTRY}>{text}</article></div>'))
    assert (article.title, article.author, article.categories) == (TITLE, "Warden", ["Huts"])
    assert fold(article.body) == SAID


@pytest.mark.parametrize("kind", ["item-list", "any_post"])
def test_a_listing_of_articles_is_known_by_headings_that_lead_to_posts(kind: str) -> None:
    def entry(number: int) -> str:
        heading = f'<h3 class="box-title"><a href="{HOME}/posts/{number}">Story {number}</a></h3>'
        return f'<article class="{kind}">{heading}<div class="post_excerpt"><p>Opening …</p></div></article>'

    page = read_page(f'<html><body class="blog"><main>{entry(101)}{entry(102)}</main></body></html>', HOME)
    found = [extract(page, entry) for entry in page.entries]
    assert [(article.post_id, article.title) for article in found] == [(101, "Story 101"), (102, "Story 102")]
    assert [(article.body, article.excerpt) for article in found] == [(None, "Opening …")] * 2


@pytest.mark.parametrize("where", ["in", "below"])
def test_a_design_of_2005_has_a_bare_heading_and_tells_the_rest_in_a_sentence(where: str) -> None:
    filed = f'filed under <a href="{HOME}/topic/huts" rel="category tag">Huts</a>. You can follow it by RSS 2.0.'
    said = (
        f'<p class="postmetadata">This entry was posted on Tuesday, January 14th, 2020 at 10:00 am and is {filed}</p>'
    )
    text = f"{TEXT}<p>Tags: {ROPE}</p>"
    text = f"<div class='entry'>{text}{said}</div>" if where == "in" else f"<div class='entry'>{text}</div>{said}"
    before = (
        f'<h1><a href="{HOME}/">Ridge Rescue</a></h1><div><a href="{HOME}/posts/9" rel="prev">Neighbour</a></div>'
    )
    article = only(own_page(f'{before}<div class="post" id="post-101"><h2>{TITLE}</h2>{text}</div>'))
    assert (article.title, article.categories, article.tags) == (TITLE, ["Huts"], ["Rope"])
    assert (article.published, fold(article.body)) == ("2020-01-14", SAID)


def test_a_date_below_a_bare_heading_on_a_listing_is_the_articles() -> None:
    def entry(number: int) -> str:
        heading = f'<h2><a href="{HOME}/posts/{number}" rel="bookmark">Story {number}</a></h2>'
        dated = f"<small>January {number - 100}th, 2020 <!-- by admin --></small>"
        text = f'<div class="entry">{TEXT}</div>'
        return f'<div class="post type-post hentry" id="post-{number}">{heading}{dated}{text}</div>'

    page = read_page(f'<html><body class="blog"><div id="content">{entry(104)}{entry(105)}</div></body></html>', HOME)
    found = [extract(page, entry) for entry in page.entries]
    assert [(article.title, article.published) for article in found] == [
        ("Story 104", "2020-01-04"),
        ("Story 105", "2020-01-05"),
    ]
    assert [fold(article.body) for article in found] == [SAID, SAID]
