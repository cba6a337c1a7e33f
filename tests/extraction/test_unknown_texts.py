"""What authors write and leave out changes nothing round it, in designs that no row of THEMES names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.stock_themes import STOCK_THEMES
from benchmarks.stock_themes.stock_posts import Post, make_posts
from benchmarks.stock_themes.stock_theme import StockTheme
from nejat_crawler.extraction.page import Page, read_page
from nejat_crawler.items import Article
from nejat_crawler.urls import SITE
from tests.support.commands import fold
from tests.support.soledad_pages import extract

BY_NAME = pytest.mark.parametrize("theme", STOCK_THEMES, ids=lambda theme: theme.name)

FIRST = "The wardens of Corm stretched two ropes over the gorge and came down at dusk."
SECOND = "Nobody was hurt, and the hut stayed open."
LAST = "A last paragraph, below all of it."
PERSIAN = "نگهبانان دو طناب کشیدند و شب‌هنگام پایین آمدند."


def column(*inner: str, css: str = "wp-block-column") -> str:
    return f'<div class="{css}">{"".join(inner)}</div>'


def p(said: str) -> str:
    return f"<p>{said}</p>\n"


def quoted(head: str, css: str = 'id="post-1" class="post hentry category-fog"') -> str:
    return (
        f'<article {css}><header class="entry-header"><h2 class="entry-title">{head}</h2></header>'
        f'<div class="entry-meta"><span class="byline"><a rel="author" href="https://example.org/author/fog">Fog</a></span>'
        f'<a rel="category tag" href="https://example.org/category/fog">Mist</a></div>'
        f'<div class="entry-content"><p>{SECOND}</p></div><time class="entry-date published" datetime="1999-01-01">'
        "January 1, 1999</time></article>"
    )


QUOTED = f"A quoted title FogMist {SECOND} January 1, 1999"
LINK = '<a href="https://example.org/a">A quoted title</a>'
PULLED = (
    '<figure class="wp-block-pullquote"><blockquote><p>A pulled quotation.</p><cite>Somebody</cite></blockquote>'
    "</figure>"
)
ALL = f"{FIRST} {SECOND} {LAST}"

#: What an author may have written, and what a reader sees of it.
TEXTS = {
    "columns": (
        column(column(p(FIRST)), column(p(SECOND)), css="is-layout-flex wp-block-columns") + PULLED + p(LAST),
        f"{FIRST} {SECOND} A pulled quotation. Somebody {LAST}",
    ),
    "rows of a builder": (
        column(column(p(FIRST), css="vc_col-sm-6"), column(p(SECOND), css="vc_col-sm-6"), css="vc_row wpb_row")
        + column(column(p(LAST), css="vc_col-sm-12"), css="vc_row wpb_row"),
        ALL,
    ),
    "a quoted article": (p(FIRST) + quoted(LINK) + p(LAST), f"{FIRST} {QUOTED} {LAST}"),
    "a quoted article first": (quoted("A quoted title") + p(LAST), f"{QUOTED} {LAST}"),
    "a quoted article in a box": (column(quoted("A quoted title", "")) + p(LAST), f"{QUOTED} {LAST}"),
    **{
        f"{number} stray {name}": (p(FIRST) + f"</{name}>" * number + p(SECOND) + p(LAST), ALL)
        for name, number in (
            ("div", 1),
            ("div", 2),
            ("div", 3),
            ("p", 1),
            ("section", 2),
            ("article", 1),
            ("article", 3),
        )
    },
    "stray div, apart": (p(FIRST) + "</div>" + p(SECOND) + "</div>" + p(LAST), ALL),
    "stray div at the end": (p(FIRST) + p(SECOND) + p(LAST) + "</div>", ALL),
    "stray div, then a box": (
        p(FIRST) + "</div>" + column(p(SECOND), css="x") + p(LAST),
        ALL,
    ),
    "stray div, persian": (p(PERSIAN) + "</div></div>" + p(PERSIAN) * 2, f"{PERSIAN} {PERSIAN} {PERSIAN}"),
    "stray article and div": (p(FIRST) + "</div></article>" + p(SECOND) + p(LAST), ALL),
    "an unclosed div": (p(FIRST) + '<div class="box">' + p(SECOND) + p(LAST), ALL),
    "two unclosed divs": ("<div><div>" + p(FIRST) + p(SECOND) + p(LAST), ALL),
    "unclosed section": ("<section>" + p(FIRST) + p(SECOND) + p(LAST), ALL),
    "nothing": ("", ""),
}


def check(article: Article, post: Post, missing: frozenset[str]) -> list[str]:
    truth = post.truth()
    wrong = [
        f"{name}: {getattr(article, name)!r}, not {truth[name]!r}"
        for name in ("title", "published", "categories", "tags", "author")
        if name not in missing and getattr(article, name) != truth[name]
    ]
    if fold(article.body) != fold(truth["body"]):
        wrong.append(f"body: {article.body!r}, not {truth['body']!r}")
    return wrong


#: Bridge has no element of the text's own, so that what stands first or in a box of its own is none of it.
NOT_READ = {
    ("bridge", said)
    for said in ("columns", "rows of a builder", "a quoted article first", "a quoted article in a box", "nothing")
}


@pytest.mark.parametrize("said", TEXTS)
@BY_NAME
def test_an_own_page_shows_all_of_a_text_and_nothing_else(
    theme: StockTheme, said: str, request: pytest.FixtureRequest
) -> None:
    if (theme.name, said) in NOT_READ:
        request.applymarker(pytest.mark.xfail(strict=True, reason="heading, byline and text stand in one box"))
    content, text = TEXTS[said]
    post = replace(make_posts("en")[0], content=content, text=text, images=())
    page = read_page(theme.article(post), post.url)
    assert page.problems == []
    (entry,) = page.entries
    assert not check(extract(page, entry), post, theme.not_single)


FULL = [theme for theme in STOCK_THEMES if theme.full]


@pytest.mark.parametrize("said", TEXTS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_listing_shows_all_of_a_text_and_nothing_else(place: int, said: str) -> None:
    for theme in FULL[place::3]:
        content, text = TEXTS[said]
        posts = make_posts("en", 3)
        posts[place] = replace(posts[place], content=content, text=text, images=())
        page = read_page(theme.listing(posts, full=True), f"{SITE}/en/page/2")
        assert page.problems == []
        assert [entry.address.post_id for entry in page.entries] == [post.post_id for post in posts]
        for entry, post in zip(page.entries, posts, strict=True):
            assert not check(extract(page, entry), post, theme.not_listed), (theme.name, post.post_id)


HOME = f"{SITE}/en"
HEAD = (
    '<div class="head"><h1>Ropes</h1><span class="info-date">January 14, 2020</span> '
    f'<a href="{HOME}/topic/huts">Huts</a></div>'
)
BELOW = (
    f'<div class="rel"><h3>More</h3><div><h4><a href="{HOME}/posts/8">Neighbour</a></h4>'
    "<p>An opening of a neighbour.</p></div></div>"
    '<div id="respond" class="comment-respond"><h3>Leave a Reply</h3>'
    '<p class="must-log-in">You must be <a href="#">logged in</a> to post.</p>'
    '<p class="comment-notes">Your email address will not be published.</p></div>'
    '<div class="cookie-notice"><p>We use cookies to make this site better for all of you.</p></div>'
)
UNNAMED = {
    "main": f'<main>{HEAD}<div class="prose">{{}}</div>{BELOW}</main>',
    "an article for the text": f'<div class="col">{HEAD}<article class="small single">{{}}</article>{BELOW}</div>',
    "a number": f'<div><div id="post-101" class="post">{HEAD}<div class="prose">{{}}</div></div>{BELOW}</div>',
    "AMP": f'<main>{HEAD}<div class="post-content">{{}}</div>{BELOW}</main>',
}


def own_page(inner: str) -> Page:
    return read_page(
        "<!DOCTYPE html><html><head><title>Ropes – Ridge Rescue</title>"
        f'<link rel="canonical" href="{HOME}/posts/101"></head><body class="single single-post postid-101">{inner}'
        "<footer><p>Copyright Ridge Rescue, since 1911, all rights reserved, do not copy.</p></footer></body></html>"
    )


# an article element without a class, number or link cannot be told from the page's own where nothing has a class
@pytest.mark.parametrize("said", [said for said in TEXTS if said != "a quoted article in a box"])
@pytest.mark.parametrize("design", UNNAMED)
def test_a_text_without_a_class_that_is_known_is_shown_whole(design: str, said: str) -> None:
    content, text = TEXTS[said]
    page = own_page(UNNAMED[design].format(content))
    assert page.problems == []
    article = extract(page, page.entries[0])
    assert (article.title, article.categories, fold(article.body)) == ("Ropes", ["Huts"], fold(text))
    assert article.published == ("2020-01-14" if text or design != "an article for the text" else None)


PART = f"{HOME}/posts/101"


@pytest.mark.parametrize(
    ("links", "part", "count"),
    [
        (f'<div class="page-link">Pages: 1 <a href="{PART}/2">2</a></div>', 1, 2),
        (f'<p>Pages: <a href="{PART}">1</a> 2 <a href="{PART}/3">3</a></p>', 2, 3),
        (f'<ul class="x"><li><a href="{PART}/2">۲</a></li><li><a href="{PART}/3">۳</a></li></ul>', 1, 3),
        (f'<div><div class="y"><span>صفحات:</span> <b>۱</b> <a href="{PART}/2">۲</a></div></div>', 1, 2),
        (f'<div class="nav-links"><a href="{PART}/2">Next page</a></div>', 1, 2),
        (f'<p>Page 1 of 4 <a href="{PART}/2">Next</a></p>', 1, 4),
    ],
)
@pytest.mark.parametrize("design", UNNAMED)
def test_links_to_parts_are_counted_and_no_text(design: str, links: str, part: int, count: int) -> None:
    page = own_page(UNNAMED[design].format(p(FIRST) + p(SECOND) + links))
    (entry,) = page.entries
    assert (entry.part, entry.part_count) == (part, count)
    assert fold(extract(page, entry).body) == f"{FIRST} {SECOND}"


def test_a_sentence_with_a_link_to_a_part_is_text() -> None:
    sentence = f'<p>What the wardens wrote stands in <a href="{PART}/2">part 2</a> of this report.</p>'
    page = own_page(UNNAMED["main"].format(p(FIRST) + sentence))
    (entry,) = page.entries
    assert (entry.part, entry.part_count) == (1, 1)
    assert fold(extract(page, entry).body) == f"{FIRST} What the wardens wrote stands in part 2 of this report."


@pytest.mark.parametrize("design", UNNAMED)
def test_a_card_of_another_post_in_or_below_a_text_is_not_the_text(design: str) -> None:
    card = quoted(f'<a href="{HOME}/posts/901">Neighbour</a>', 'id="post-901" class="post hentry"')
    for content, below in ((p(FIRST) + card + p(LAST), ""), (p(FIRST) + p(LAST), card)):
        page = own_page(UNNAMED[design].format(content) + below)
        article = extract(page, page.entries[0])
        assert (article.title, article.categories, fold(article.body)) == ("Ropes", ["Huts"], f"{FIRST} {LAST}")
