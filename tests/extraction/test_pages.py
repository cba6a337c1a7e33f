from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nejat_crawler.extraction.markup import tags
from nejat_crawler.extraction.page import Page, read_page
from nejat_crawler.urls import PostAddress
from tests.support.commands import fold
from tests.support.soledad_pages import (
    HOME,
    OTHERS,
    assert_exact,
    body,
    day,
    extract,
    listing,
    picture,
    post,
    single,
    time_tag,
)

LISTING = f"{HOME}/page/2"
ENTRY = '<article id="post-90003" class="post type-post hentry">'
NESTED = f'{ENTRY}<h2 class="entry-title">Old one</h2><p>{time_tag(700)}</p></article>'

#: Markup in the middle of a body, and what a reader sees of it.
ODD_BODIES = {
    "nothing odd": ("", ""),
    "a stray div": ("</div>", ""),
    "three stray divs": ("</div>" * 3, ""),
    "twenty stray divs": ("</div>" * 20, ""),
    "other stray tags": ("</p></span></section></main></table></li></ul>", ""),
    "a stray article": ("</article>", ""),
    "an unclosed div": ('<div class="box">', ""),
    "an unclosed b": ("<b>", ""),
    "an unclosed article": ("<article>", ""),
    "an unclosed entry": (ENTRY, ""),
    "an unclosed cell": ("<div><table><tr><td>", ""),
    "a nested entry": (NESTED, "Old one April 1, 2019"),
    "a quoted entry": ("<pre>&lt;article class=&quot;hentry&quot;&gt;</pre>", '<article class="hentry">'),
    "an entry in a comment": (f"<!-- {ENTRY} -->", ""),
    "an entry in a script": (f"<script>var a = '{ENTRY}';</script><style>{ENTRY}</style>", ""),
    "an entry in an attribute": (f"<p title='{ENTRY}'>Said.</p>", "Said."),
    "an entry in a text area": (f"<textarea>{ENTRY}</textarea>", ""),
    "a date": ("<p>October 28, 2023 0 comments</p>", "October 28, 2023 0 comments"),
    "the words of a pager": ("<p>Older Posts</p><p>Recent Posts</p>", "Older Posts Recent Posts"),
    "a title and a time": (f'<h2 class="entry-title">No title</h2>{time_tag(700)}', "No title April 1, 2019"),
    "a category": ('<p><a href="/en/module/no" rel="category tag">No category</a></p>', "No category"),
    "a box like the theme's": ('<div class="penci-post-box-meta"><p>In a box.</p></div>', "In a box."),
    "a content of its own": ('<div class="entry-content"><p>Inside.</p></div>', "Inside."),
    "a mark of a password": ('<p class="post-password-required">Locked.</p>', "Locked."),
}


@pytest.mark.parametrize("place", [1, 5, 10])
@pytest.mark.parametrize(("odd", "said"), ODD_BODIES.values(), ids=ODD_BODIES)
def test_an_odd_body_harms_no_entry_of_a_listing(odd: str, said: str, place: int) -> None:
    page = read_page(listing(*(post(n, body(n, odd if n == place else "")) for n in range(1, 11))), LISTING)
    assert (page.theme.name if page.theme else "", page.is_article, page.problems) == ("soledad", False, [])
    assert page.older == f"{HOME}/page/3"
    assert [entry.address for entry in page.entries] == [PostAddress("en", 15000 + n) for n in range(1, 11)]
    assert all(entry.whole and (entry.part, entry.part_count) == (1, 1) for entry in page.entries)
    for number, entry in enumerate(page.entries, start=1):
        assert_exact(extract(page, entry), number, said if number == place else "")


@pytest.mark.parametrize(("odd", "said"), ODD_BODIES.values(), ids=ODD_BODIES)
def test_an_article_is_parted_from_what_surrounds_it(odd: str, said: str) -> None:
    page = read_page(single(4, body(4, odd)), f"{HOME}/posts/15004?amp=1")
    assert (page.is_article, page.older, page.problems) == (True, None, [])
    (entry,) = page.entries
    assert (entry.address, entry.whole) == (PostAddress("en", 15004), True)
    article = extract(page, entry)
    assert_exact(article, 4, said)
    assert article.tags == ["Snow"]


def test_cards_in_a_sidebar_are_no_part_of_the_last_entry() -> None:
    sidebar = f'<article class="card">{picture(9)}<a href="/en/module/x" rel="category">Other</a>{OTHERS}</article>'
    page = read_page(listing(post(1), post(2), sidebar=sidebar), LISTING)
    assert len(page.entries) == 2
    for number, entry in enumerate(page.entries, start=1):
        assert_exact(extract(page, entry), number)


def test_an_unclosed_quotation_mark_costs_no_other_entry() -> None:
    page = read_page(listing(*(post(n, body(n, '<a href="x>' if n == 3 else "")) for n in range(1, 6))), LISTING)
    assert [entry.address.post_id for entry in page.entries] == [15001, 15002, 15003, 15004, 15005]
    for number in (1, 2, 4, 5):
        assert_exact(extract(page, page.entries[number - 1]), number)
    odd = extract(page, page.entries[2])
    assert (odd.title, odd.published) == ("Title 3", str(day(3)))


def test_a_page_of_the_sites_own_is_no_entry() -> None:
    page = read_page(listing(post(1), post(2, kind="page"), post(3)), LISTING)
    assert [entry.address.post_id for entry in page.entries] == [15001, 15003]
    assert page.problems == []


def test_an_entry_without_an_address_is_named() -> None:
    lost = re.sub(r'href="[^"]*"', 'href="/en/about"', post(2))
    page = read_page(listing(post(1), lost, post(3)), LISTING)
    assert [entry.address.post_id for entry in page.entries] == [15001, 15003]
    assert len(page.problems) == 1
    assert "post-15002" in page.problems[0]


def test_wherever_a_page_is_cut_off_no_broken_entry_passes_for_whole() -> None:
    whole = listing(*(post(number) for number in range(1, 11)))
    spans = [found.span() for found in re.finditer(r"(?s)<article id.*?</article>", whole)]
    for cut in range(0, len(whole), 200):
        page = read_page(whole[:cut])  # as a file: over HTTP the length of an answer tells
        complete = [number for number, (_, end) in enumerate(spans, start=1) if end <= cut]
        assert [entry.address.post_id for entry in page.entries] == [15000 + number for number in complete]
        for number, entry in zip(complete, page.entries, strict=True):
            assert_exact(extract(page, entry), number)
        broken = [n for n, (start, end) in enumerate(spans, start=1) if whole.index(">", start) < cut < end]
        if page.theme:  # where the cut leaves no mark of the design there is nothing to name
            assert len(page.problems) == 1  # the broken entry, or between two that the rest is missing
            assert all(f"{15000 + number}" in page.problems[0] for number in broken)


@pytest.mark.parametrize(
    ("ending", "teaser"),
    [
        ('<div class="penci-more-link"><a class="more-link" href="#more-15001">Continue</a></div>', True),
        ("<p>It began [&hellip;]</p>", True),
        ("<p>It began […]</p>\n", True),
        ("<p>It began [...]</p></div>", True),
        ("<p>It began […] and ended.</p>", False),
        ("<p>It began …</p>", False),
        ("<p>More link</p>", False),
    ],
)
def test_a_teaser_is_told_by_how_it_ends(ending: str, teaser: bool) -> None:
    page = read_page(listing(post(1, body(1) + ending), post(2)), LISTING)
    assert [(entry.teaser, entry.whole) for entry in page.entries] == [(teaser, not teaser), (False, True)]
    article = extract(page, page.entries[0])
    assert ((article.body is None), (article.excerpt is None)) == (teaser, not teaser)
    assert fold(article.excerpt or article.body).startswith("Opening 1. Middle 1. Closing 1.")
    assert not read_page(single(1, body(1) + ending), f"{HOME}/posts/15001").entries[0].teaser


def part_links(current: int) -> str:
    link = f'<a href="{HOME}/posts/15001/{{0}}" class="post-page-numbers">{{0}}</a>'
    here = '<span class="post-page-numbers current">{}</span>'
    links = " ".join((here if number == current else link).format(number) for number in (1, 2, 3))
    return f'<p class="post-nav-links">Pages: {links}</p>'


def test_a_post_in_parts_says_which_it_shows() -> None:
    first, second = read_page(listing(post(1, body(1) + part_links(1)), post(2)), LISTING).entries
    assert (first.part, first.part_count, first.whole, first.teaser) == (1, 3, False, False)
    assert (second.part, second.part_count, second.whole) == (1, 1, True)
    for part in (1, 2, 3):
        url = f"{HOME}/posts/15001/{part}" if part > 1 else f"{HOME}/posts/15001"
        page = read_page(single(1, body(1), part_links(part)), url)
        assert [(entry.part, entry.part_count, entry.whole) for entry in page.entries] == [(part, 3, False)]
        article = extract(page, page.entries[0])
        assert_exact(article, 1)
        assert (article.first_part, article.part_count, article.whole) == (part, 3, False)


@pytest.mark.parametrize(
    "html", ["", " ", "\0", "plain", "<html><body><p>Maintenance</p></body></html>", "<!--", "<"]
)
def test_a_page_without_a_known_design_shows_nothing(html: str) -> None:
    assert read_page(html, LISTING) == Page(None)
    assert read_page(html) == Page(None)


@given(st.text(alphabet="<>/a!-='\" script"))
def test_tags_stand_where_they_say(html: str) -> None:
    end = 0
    for tag in tags(html):
        assert tag.start >= end
        end = tag.end
        assert html[tag.start : end].lower().startswith(f"</{tag.name}" if tag.closing else f"<{tag.name}")
        assert html[end - 1] == ">"


def test_a_tag_tells_its_attributes() -> None:
    tag, line_break, closing = tags(
        """<A Class='x y' title="a > b &amp; c" data-class="z" id=one checked ><br/></a>"""
    )
    assert (tag.name, tag.closing, sorted(tag.classes), tag.attribute("id")) == ("a", False, ["x", "y"], "one")
    assert (tag.attribute("title"), tag.attribute("checked"), tag.attribute("href")) == ("a > b & c", "", "")
    assert (line_break.name, closing.name, closing.closing) == ("br", "a", True)
    assert all(tag.matches(mark) for mark in ("a.x", ".y", "a#one", "#one"))
    assert not any(tag.matches(mark) for mark in (".z", "b.x", "#x", ".one", "b", ".", ""))


def test_tags_are_found_between_two_places() -> None:
    html = "<a><b></b></a>"
    assert [tag.name for tag in tags(html, 3)] == ["b", "b", "a"]
    assert [(tag.name, tag.start) for tag in tags(html, 3, 10)] == [("b", 3), ("b", 6)]


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!-- x --!>"])
def test_a_comment_ends_where_a_browser_ends_it(comment: str) -> None:
    page = read_page(listing(post(1), post(2, body(2, comment)), post(3)), LISTING)
    assert [entry.address.post_id for entry in page.entries] == [15001, 15002, 15003]
    for number, entry in enumerate(page.entries, start=1):
        assert_exact(extract(page, entry), number)


@pytest.mark.parametrize(
    "links",
    [
        f'<div class="pagenav"><a class="active">1</a> <a href="{HOME}/posts/15001/2">2</a></div>',
        f'<p><a href="{HOME}/posts/15001/2/" class="page"><span class="n">2</span></a></p>',
    ],
)
def test_a_text_with_the_number_of_another_part_of_its_post_is_a_part_whatever_its_class(links: str) -> None:
    for html, url in (
        (single(1, body(1) + links), f"{HOME}/posts/15001"),
        (listing(post(1, body(1) + links)), LISTING),
    ):
        (entry,) = read_page(html, url).entries
        assert (entry.part, entry.part_count, entry.whole) == (1, 2, False)
    (entry,) = read_page(single(1, body(1) + links.replace("15001/2", "15001/amp")), f"{HOME}/posts/15001").entries
    assert entry.whole
