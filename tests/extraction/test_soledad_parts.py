"""What options of the theme Soledad, and plugins, change in its pages."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from tests.support.soledad_pages import HOME, OTHERS, assert_exact, body, day, extract, listing, picture, post, single

LISTING = f"{HOME}/page/2"
NEXT = f"{HOME}/page/3"
PAGERS = {
    "older and newer": (
        f'<div class="newer"><a href="{HOME}/"></a></div><div class="older"><a href="{NEXT}"></a></div>',
        NEXT,
    ),
    "the last of them": (
        f'<div class="newer"><a href="{HOME}/"></a></div><div class="older"><i>Older</i></div>',
        None,
    ),
    "numbers": (
        f'<ul class="page-numbers"><li><a class="prev page-numbers" href="{HOME}/"></a></li>'
        f'<li><a class="page-numbers" href="{HOME}/page/9">9</a></li>'
        f'<li><a class="next page-numbers" href="{NEXT}"></a></li></ul>',
        NEXT,
    ),
    "the last number": (
        f'<ul class="page-numbers"><li><a class="prev page-numbers" href="{HOME}/"></a></li></ul>',
        None,
    ),
    "a button for more": (
        '<a class="penci-ajax-more-button" href="#" data-number="6" data-offset="10">More</a>',
        None,
    ),
}


@pytest.mark.parametrize(("pager", "older"), PAGERS.values(), ids=PAGERS)
def test_the_next_older_page_is_that_of_the_link_to_it(pager: str, older: str | None) -> None:
    html = listing(post(1), post(2))
    start = html.index('<div class="penci-pagination">')
    end = html.index('<div id="sidebar">')
    page = read_page(f'{html[:start]}<div class="penci-pagination">{pager}</div></div>{html[end:]}', LISTING)
    assert (page.older, len(page.entries)) == (older, 2)


DELAYED = '<div data-url="/x" class="pcfb-single-content-delayed pc-content-delayed"></div>'
WITHOUT_TEXT = {
    "script": single(4, DELAYED),
    "no place": single(4, body(4)).replace("post-entry", "fresh-box").replace("entry-content", "fresh-text"),
}


@pytest.mark.parametrize(("said", "html"), WITHOUT_TEXT.items(), ids=WITHOUT_TEXT)
def test_an_own_page_that_does_not_hold_its_text_is_named_and_not_taken_for_an_empty_one(
    said: str, html: str
) -> None:
    page = read_page(html, f"{HOME}/posts/15004")
    assert (page.is_article, page.entries, len(page.problems)) == (True, [], 1)
    assert page.problems[0].startswith("en-15004 ")
    assert said in page.problems[0]


def test_a_post_without_a_text_is_an_article() -> None:
    page = read_page(single(4, ""), f"{HOME}/posts/15004")
    assert page.problems == []
    article = extract(page, page.entries[0])
    assert (article.title, article.body, article.whole) == ("Title 4", "", True)


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>", '<div class="penci-sg-cth pcct-limit-height">{}</div>'])
@pytest.mark.parametrize("name", ["penci-fresh-box", "pcsml-el"])
def test_a_box_of_the_theme_that_nobody_has_named_is_text_and_is_named(around: str, name: str) -> None:
    box = f'<div class="{name}"><p>New in this version.</p></div>'
    known = '<div class="penci-column-2"><p>In a column.</p></div><div class="penci-fresh-box"></div>'
    page = read_page(single(4, around.format(body(4, known + box))), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4, "In a column. New in this version.")
    assert article.unknown_parts == (name,)


def test_a_quoted_part_of_the_theme_is_text_and_not_named() -> None:
    quoted = '<blockquote><div class="penci-fresh-box"><p>Quoted.</p></div></blockquote>'
    page = read_page(single(4, body(4, quoted)), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4, "Quoted.")
    assert article.unknown_parts == ()


PLUGINS = {
    "jetpack": '<div class="jp-relatedposts"><h3>Related</h3></div><div class="sharedaddy"><h3>Like this:</h3></div>',
    "addtoany": '<div class="addtoany_share_save_container"><a class="a2a_dd" href="https://a2a.example">Share</a></div>',
    "yarpp": f'<div class="yarpp yarpp-related"><h3>Related posts:</h3>{OTHERS}{picture(9)}</div>',
    "post views": '<div class="post-views"><span>Post Views:</span> <span>231</span></div>',
    "contents": '<div id="ez-toc-container"><p>Contents</p><ul><li><a href="#a">A</a></li></ul></div>',
}


@pytest.mark.parametrize("box", PLUGINS.values(), ids=PLUGINS)
def test_what_a_plugin_puts_into_a_text_is_none_of_it(box: str) -> None:
    page = read_page(single(4, body(4) + box), f"{HOME}/posts/15004")
    assert_exact(extract(page, page.entries[0]), 4)
    page = read_page(listing(post(1, body(1) + box), post(2)), LISTING)
    assert_exact(extract(page, page.entries[0]), 1)


def test_the_head_dates_an_article_whose_printed_date_gives_persian_years_to_machines() -> None:
    moment = f"{day(4)}T18:36:27+03:30"
    html = single(4, body(4)).replace(moment, "1399-12-07T18:36:27+03:30").replace(f"{day(4)}", "1399-12-07")
    head = f'<meta property="article:published_time" content="{moment}"></head>'
    page = read_page(html.replace("</head>", head), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert (article.published, article.published_at) == (f"{day(4)}", moment)


GRID = """<li class="grid-style"><article id="post-15004" class="item hentry"><div class="thumbnail">{}</div>
<h2 class="penci-entry-title entry-title grid-title"><a href="/en/posts/15004">{}</a></h2>
<div class="item-content entry-content"><p>There is no excerpt because this is a protected post.</p></div>
</article></li>"""

HOLDER = '<a class="penci-image-holder" '
HOLDERS = {
    "a set without spaces": f'{HOLDER} data-bgset="/4-585x390.jpg 585w,/4.jpg"></a>',
    "a set with a comma in a name": f'{HOLDER} data-bgset="/4,5-585x390.jpg 585w, /4.jpg 900w"></a>',
    "an address in CSS": f'{HOLDER} data-bg="url(/4.jpg)"></a>',
    "a style": f'{HOLDER} style="background-image:url(&quot;/4.jpg&quot;)"></a>',
    "an img": f'{HOLDER}><img class="penci-lazy" src="data:image/gif;base64,R0" data-src="/4.jpg"></a>',
    "a slider": '<div class="penci-owl-carousel"><i class="penci-image-holder" data-bgset="/4.jpg"></i></div>',
    "both": f'{HOLDER} data-bgset="/4.jpg"><img src="/4.jpg"></a>',
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_the_picture_of_an_excerpt_is_the_whole_file(holder: str) -> None:
    page = read_page(listing(GRID.format(holder, "Goats"), post(5)), LISTING)
    article = extract(page, page.entries[0])
    assert [image.src for image in article.images or []] == ["https://www.nejatngo.org/4.jpg"]


@pytest.mark.parametrize("title", ["Protected: Goats", "Protected: ", "Goats protected"])
def test_an_excerpt_of_a_protected_post_is_known_by_its_title(title: str) -> None:
    page = read_page(listing(GRID.format("", title), post(5)), LISTING)
    article = extract(page, page.entries[0])
    assert (article.title, article.body) == (title.strip(), None)
    assert (article.protected, article.excerpt == "") == (title.startswith("Protected"),) * 2


def test_an_article_in_a_slider_and_in_the_list_below_it_is_one_entry() -> None:
    slide = '<div class="penci-bgitem"><h3 class="pcbg-title"><a href="/en/posts/{}">Title</a></h3></div>'
    html = listing(slide.format(15009), slide.format(15001), post(1), post(2)).replace(" paged", "")
    page = read_page(html, HOME)
    assert [entry.address.post_id for entry in page.entries] == [15009, 15001, 15002]
    assert_exact(extract(page, page.entries[1]), 1)


def test_a_box_of_a_timeline_on_its_first_page_is_one_entry() -> None:
    box = """<div class="penci-tiline-item"><div class="penci-bgitem">
<h3 class="pcbg-title"><a href="/en/posts/15001">Goats</a></h3>
<div class="pcbg-pexcerpt entry-content"><p>They came …</p></div></div></div>"""
    page = read_page(listing(box).replace(" paged", ""), HOME)
    (entry,) = page.entries
    article = extract(page, entry)
    assert (article.title, article.excerpt, article.body) == ("Goats", "They came …", None)


@pytest.mark.parametrize("number", ['id="post-15009"', 'id="consent"', ""])
def test_another_article_on_an_own_page_is_not_taken_for_its_own(number: str) -> None:
    page = read_page(single(4, body(4)).replace('id="post-15004"', number), f"{HOME}/posts/15004")
    assert page.entries == []
    assert page.problems == ["en-15004 stands nowhere on its own page"]
