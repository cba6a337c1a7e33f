"""A heading is read whole, whatever an editor or a plugin puts into it, and ends where another element begins."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from tests.support.soledad_pages import HOME, assert_exact, body, extract, listing, post, single

#: What stands in a heading that says "Title 4".
HEADINGS = {
    "an icon": '<svg viewBox="0 0 8 8"><title>film</title></svg>Title 4',
    "a picture": '<img src="/film.png" alt="film"> Title 4',
    "a paragraph": "<p>Title 4</p>",
    "a box": '<div><div class="icon"></div><div>Title 4</div><div>Second line</div></div>',
    "a quotation": "<q>Title</q> <code>4</code>",
    "an unknown element": "<x-mark>Title</x-mark> 4",
    "a comment": "Title <!-- 1 -->4",
    "a script": "Title <script>count()</script>4",
    "a label for screen readers": '<span class="screen-reader-text">Post: </span>Title 4',
    "a hidden number": 'Title 4<i style="display:none">27</i>',
    "a button": "Title 4 <button>Listen</button>",
    "a block behind": "Title 4<div>Second line</div>",
}


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
def test_a_title_is_what_readers_see_of_it(heading: str) -> None:
    own = read_page(single(4, body(4)).replace(">Title 4<", f">{heading}<"), f"{HOME}/posts/15004")
    assert_exact(extract(own, own.entries[0]), 4)
    listed = read_page(listing(post(4), post(5)).replace(">Title 4<", f">{heading}<"), f"{HOME}/page/2")
    assert_exact(extract(listed, listed.entries[0]), 4)


@pytest.mark.parametrize("label", ["Pinned ", "<span>Pinned</span>", '<i class="pin"></i><b>Pinned:</b> '])
def test_a_label_before_the_link_is_none_of_the_title(label: str) -> None:
    page = read_page(
        listing(post(4).replace('entry-title"><a', f'entry-title">{label}<a'), post(5)), f"{HOME}/page/2"
    )
    assert_exact(extract(page, page.entries[0]), 4)


def test_a_character_that_a_script_has_drawn_is_a_part_of_the_title() -> None:
    drawn = 'Title <img class="emoji" alt="🔔" src="https://s.w.org/images/core/emoji/1f514.svg"> 4'
    page = read_page(single(4, body(4)).replace(">Title 4<", f">{drawn}<"), f"{HOME}/posts/15004")
    assert extract(page, page.entries[0]).title == "Title 🔔 4"


def test_what_the_theme_puts_into_a_title_is_named() -> None:
    label = '<span class="penci-fresh-label">Fresh</span> Title 4'
    page = read_page(single(4, body(4)).replace(">Title 4<", f">{label}<"), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert (article.title, article.unknown_parts) == ("Fresh Title 4", ("penci-fresh-label",))


@pytest.mark.parametrize(
    "control",
    ['<form action="/x"><label>Mail</label>', '<form class="tnp"><p>Mail</p>', '<button type="button">Mail'],
)
def test_a_form_or_button_without_its_end_tag_takes_no_text_with_it(control: str) -> None:
    page = read_page(single(4, body(4, control)), f"{HOME}/posts/15004")
    assert_exact(extract(page, page.entries[0]), 4, "Mail")


@pytest.mark.parametrize("closed", ['<form action="/x"><p>Mail</p></form>', "<button>Mail</button>"])
def test_a_form_or_button_that_is_closed_is_no_text(closed: str) -> None:
    page = read_page(single(4, body(4, closed)), f"{HOME}/posts/15004")
    assert_exact(extract(page, page.entries[0]), 4)


LINK = f"{HOME}/posts/15004"
#: What a text on a listing ends with, and whether that leads to the rest of it.
ENDS = {
    "a link without a class": (f'<p><a href="{LINK}">Read on</a></p>', True),
    "an arrow behind": (f'<p>Thus <a href="{LINK}#more-15004">read on</a> &rarr;</p>', True),
    "a relative address": ('<div><a class="go" href="/en/posts/15004">Read on</a></div>', True),
    "a note": (f'<p>Seen. <a href="{LINK}#note-1">up</a></p>', False),
    "a share button": (f'<div class="sd-sharing"><a href="{LINK}?share=x">X</a></div>', False),
    "a picture": (f'<p><a href="{LINK}"><img src="/4.jpg" alt=""></a></p>', False),
    "another post": (f'<p><a href="{HOME}/posts/15001">Read on</a></p>', False),
    "words behind it": (f'<p><a href="{LINK}">This</a> is all.</p>', False),
}


@pytest.mark.parametrize(("end", "leads_on"), ENDS.values(), ids=ENDS)
def test_a_listing_text_that_ends_with_a_link_to_its_post_is_an_excerpt(end: str, leads_on: bool) -> None:
    page = read_page(listing(post(4, body(4) + end), post(5)), f"{HOME}/page/2")
    assert [entry.teaser for entry in page.entries] == [leads_on, False]
    article = extract(page, page.entries[0])
    assert (article.body is None) == leads_on
    if "Thus" not in end and leads_on:
        assert (article.excerpt or "").endswith("Closing 4.")


SECTION, OTHER = f"{HOME}/topic/reports", f"{HOME}/posts/14000"
#: What the heading of an article's own page says with links to other pages in it.
LINKED = {
    f'<a href="{SECTION}">Reports</a>: Title 4': "Reports: Title 4",
    f'Reply to <a href="{OTHER}">our report</a> of May': "Reply to our report of May",
    f'<a href="{HOME}/reports/2020">Title 4</a>': "Title 4",
    f'<a href="{SECTION}" rel="category tag">Reports</a> Title 4': "Title 4",
    f'Title 4 <span class="cat"><a href="{SECTION}" rel="category tag">Reports</a></span>': "Title 4",
    f'Title 4 <a href="{LINK}#respond">3 comments</a>': "Title 4",
    'Title 4 <a href="#comments">3</a>': "Title 4",
    f'<a href="{LINK}">Title 4</a> <a href="{SECTION}">Reports</a>': "Title 4",
    '<span style="display:block">Title</span><span style="display:block">4</span>': "Title 4",
}


@pytest.mark.parametrize(("heading", "title"), LINKED.items())
def test_a_title_may_have_links_to_other_pages_in_it(heading: str, title: str) -> None:
    page = read_page(single(4, body(4)).replace(">Title 4<", f">{heading}<"), LINK)
    assert extract(page, page.entries[0]).title == title


@pytest.mark.parametrize(
    "label", [f'<a href="{SECTION}">Reports</a>', f'<a rel="category" href="{SECTION}">Reports</a> ']
)
def test_a_label_with_a_link_before_a_title_on_a_listing_is_none_of_it(label: str) -> None:
    page = read_page(
        listing(post(4).replace('entry-title"><a', f'entry-title">{label}<a'), post(5)), f"{HOME}/page/2"
    )
    assert extract(page, page.entries[0]).title == "Title 4"


@pytest.mark.parametrize("level", ["h1", "h2"])
@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f'Reply to <a href="{OTHER}">our report</a> of May', "Reply to our report of May"),
        (f'The <a href="{SECTION}">hut</a> burns', "The hut burns"),
    ],
)
def test_a_title_of_an_unknown_theme_may_have_links_in_it(level: str, heading: str, title: str) -> None:
    page = read_page(
        f'<html><head><link rel="canonical" href="{LINK}"></head><body class="single single-post postid-15004"><main>'
        f'<article class="post-15004 post hentry"><{level} class="entry-title">{heading}</{level}>'
        f'<div class="entry-content">{body(4)}</div></article></main></body></html>'
    )
    assert extract(page, page.entries[0]).title == title
