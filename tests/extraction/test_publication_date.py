"""Which of the dates on a page of an unknown design is that of the publication: it is right, or it is null."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from nejat_crawler.urls import SITE
from tests.support.soledad_pages import extract

FIRST = "2020-01-14T10:00:00+03:30"
LATER = "2023-03-03T10:00:00+03:30"
TEXT = "<p>The rope team came back over the north ridge.</p><p>All of them were well.</p>"
HEAD = f'<meta property="article:published_time" content="{FIRST}">'
TITLE = '<h1 class="entry-title">Back over the ridge</h1>'


def time(moment: str, classes: str = "") -> str:
    said = "January 14, 2020" if moment == FIRST else "March 3, 2023"
    return f'<time class="{classes}" datetime="{moment}">{said}</time>'


def dated(body: str, head: str = "") -> str | None:
    """The day of the article on its own page."""
    html = (
        f'<html lang="en"><head><title>Back over the ridge</title><link rel="canonical" href="{SITE}/en/posts/61">'
        f'{head}</head><body class="single single-post postid-61">{body}</body></html>'
    )
    page = read_page(html)
    (entry,) = page.entries
    article = extract(page, entry)
    assert article.body == "The rope team came back over the north ridge.\n\nAll of them were well."
    return article.published


def article(meta: str, after: str = "", head: str = "") -> str | None:
    return dated(
        f'<main><article class="post-61 post hentry category-updates">{TITLE}<div class="entry-meta">{meta}</div>'
        f'<div class="entry-content">{TEXT}</div>{after}</article></main>',
        head,
    )


CHANGES = {
    "a block of WordPress": f'<div class="wp-block-post-date__modified-date wp-block-post-date">{time(LATER)}</div>',
    "words before it": f"Last updated: {time(LATER)}",
    "words in an element before it": f"<span><b>Modified</b> <span>{time(LATER)}</span></span>",
    "the class round it": f'<span class="last-modified">{time(LATER)}</span>',
    "its own words": '<span class="date">Updated March 3, 2023</span>',
    "its own Persian words": '<span class="date">آخرین بروزرسانی: ۱۲ خرداد ۱۴۰۲</span>',
    "its own name": f'<time itemprop="dateModified" datetime="{LATER}">March 3, 2023</time>',
    "a hidden microformat": '<span class="updated hidden">2023-03-03</span><i>January 14, 2020</i>',
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_day_of_a_change_is_not_that_of_publication(change: str) -> None:
    assert article(change) is None
    assert article(change, head=HEAD) == "2020-01-14"
    assert article(f"{change} · Published: {time(FIRST)}") == "2020-01-14"
    assert article(f"{change} {time(FIRST, 'entry-date published')}") == "2020-01-14"


def test_the_head_knows_better_than_a_date_that_no_one_calls_published() -> None:
    assert article(time(LATER, "entry-date"), head=HEAD) == "2020-01-14"
    later = HEAD.replace(FIRST, LATER)
    assert article(time(FIRST, "entry-date published"), head=later) == "2020-01-14"


@pytest.mark.parametrize(
    "meta",
    [
        time(FIRST, "updated"),
        time(FIRST, "entry-date updated"),
        '<span class="entry-meta-date updated"><a href="/en/2020/01/">January 14, 2020</a></span>',
        f"<h2>Updates from the camp</h2>{time(FIRST)}",
    ],
)
def test_the_only_date_counts_though_its_class_is_that_of_the_microformat(meta: str) -> None:
    assert article(meta) == "2020-01-14"


def test_where_the_page_itself_is_the_article_a_date_stands_by_its_heading_or_text() -> None:
    bar = '<div id="top"><span class="date">November 22, 2024</span></div>'
    column = '<div class="left">{}<div class="entry-content">{}</div>{}</div>'
    for around in (
        f"{bar}{{}}",
        f'<div id="page">{bar}{{}}</div>',
        f'<div id="page">{bar}<div id="wrap">{{}}</div></div>',
    ):
        assert dated(around.format(column.format(TITLE, TEXT, ""))) is None
        date = '<div class="post-date">January 14, 2020</div>'
        for parts in ((TITLE + date, TEXT, ""), (date + TITLE, TEXT, ""), (TITLE, TEXT, date)):
            assert dated(around.format(column.format(*parts))) == "2020-01-14", parts


def test_a_bar_that_says_it_is_todays_date_is_passed_over_inside_the_article_too() -> None:
    assert article('<span class="current-date">November 22, 2024</span>') is None


def test_a_readers_date_is_not_the_articles() -> None:
    for name in ("commentlist", "comment-list", "x"):
        comments = (
            f'<h3>1 Comment</h3><ul class="{name}"><li class="comment">{time(LATER)}<p>Well done.</p></li></ul>'
        )
        assert article("", f'<div class="readers">{comments}</div>') is None
        assert article(time(FIRST), f'<div class="readers">{comments}</div>') == "2020-01-14"
