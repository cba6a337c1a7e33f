"""What authors write and leave out changes nothing round it, in designs that no row of THEMES names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.stock import STOCK
from benchmarks.stock.design import Stock
from benchmarks.stock.posts import Post, make_posts
from nejat_crawler.items import Article
from nejat_crawler.pages import read_page
from nejat_crawler.urls import SITE
from tests.doors import fold
from tests.soledad import extract

BY_NAME = pytest.mark.parametrize("theme", STOCK, ids=lambda theme: theme.name)

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
        for name in ("div", "p", "section", "article", "main", "li", "span")
        for number in (1, 2, 3)
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


@pytest.mark.parametrize("said", TEXTS)
@BY_NAME
def test_an_own_page_shows_all_of_a_text_and_nothing_else(theme: Stock, said: str) -> None:
    content, text = TEXTS[said]
    post = replace(make_posts("en")[0], content=content, text=text, images=())
    page = read_page(theme.article(post), post.url)
    assert page.problems == []
    (entry,) = page.entries
    assert not check(extract(page, entry), post, theme.not_single)


@pytest.mark.parametrize("said", TEXTS)
@pytest.mark.parametrize("place", [0, 2, 3])
@pytest.mark.parametrize("theme", [theme for theme in STOCK if theme.full], ids=lambda theme: theme.name)
def test_a_listing_shows_all_of_a_text_and_nothing_else(theme: Stock, said: str, place: int) -> None:
    content, text = TEXTS[said]
    posts = make_posts("en", 4)
    posts[place] = replace(posts[place], content=content, text=text, images=())
    page = read_page(theme.listing(posts, full=True), f"{SITE}/en/page/2")
    assert page.problems == []
    assert [entry.address.post_id for entry in page.entries] == [post.post_id for post in posts]
    for entry, post in zip(page.entries, posts, strict=True):
        assert not check(extract(page, entry), post, theme.not_listed), post.post_id
