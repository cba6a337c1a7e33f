"""What the theme Soledad itself puts into a text and round it: what is text stays, what is none goes, unnamed."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from tests.support.commands import fold
from tests.support.soledad_pages import HOME, OTHERS, assert_exact, body, extract, listing, picture, post, single

#: Options of the theme, and what each puts into the element of the text.
BOXES = {
    "views": '<i class="penci-post-countview-number-check" style="">231</i>',
    "share bar in sight": '<div class="penci-social-fixed-share"><span>Share</span></div>',
    "share bar": '<div class="tags-share-box"><span>0 shares</span></div>',
    "contents": '<div class="penci-toc-container-wrapper"><p>Contents</p></div>',
    "contents without a box": '<div id="penci-toc-container"><p>Contents</p></div>',
    "reactions": '<div class="penci-post-reactions"><h4>Your reaction?</h4><p>0</p></div>',
    "related posts within": f'<div><div class="penci-ilrltpost-insert">{OTHERS}</div></div>',
    "related posts before": f'<div class="penci-ilrltpost-beaf">{OTHERS}</div>',
    "related posts alone": f'<div class="penci-ilrelated-posts">{OTHERS}</div>',
    "advertisement": '<div><div class="penci-custom-html-inside-content"><p>Buy a kettle.</p></div></div>',
    "advertisement above": '<div class="penci-google-adsense-1">Buy a kettle.</div>',
    "advertisement below": '<div class="penci-google-adsense-2">Buy a kettle.</div>',
    "button of a limited height": '<div class="penci-btn-more-content"><a href="#">Read more</a></div>',
    "page links": '<div class="penci-single-link-pages"><span>Pages:</span></div>',
    "tags": '<div class="post-tags"><a href="/en/tag/snow" rel="tag">Snow</a> and others of its kind</div>',
    "sources": '<div class="penci-post-sources"><span>Source:</span> a radio</div>',
    "a link to the rest": '<div class="penci-more-link"><a href="#">Continue Reading</a></div>',
    "a box that slides in": f'<div class="penci-flag-rlt-popup">{OTHERS}</div>',
    "parts that a script fetches": '<div class="pc-content-delayed" data-url="/x">Wait.</div>',
    "a question to readers": '<div class="penci-article-feedback"><p>Was this helpful?</p></div>',
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("place", ["{box}{text}", "{text}{box}"], ids=["above", "below"])
def test_what_an_option_of_the_theme_puts_into_a_text_is_none_of_it(place: str, box: str) -> None:
    page = read_page(single(4, place.format(text=body(4), box=box)), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4)
    assert (article.unknown_parts, [tag for tag in article.tags or [] if tag != "Snow"]) == ((), [])


#: Elements of the theme that authors put into their texts by its shortcodes and blocks.
PARTS = """
    penci-sg-cth penci-toc-section penci-post-gallery-container penci-gallery-item penci-image-box penci-video-box
    penci-dropcap-box penci-column-2 penci-pullqoute penci-blockquote penci-button-box penci-table-box penci-list-box
    penci-icon-box penci-highlight-yellow penci-tooltip-box penci-accordion-item penci-review-container
    penci-recipe-card penci-text-block penci-lightbox-item penci-embed-responsive penci-entry-box penci-spacer-box
    penci-separator-box
    """.split()  # noqa: SIM905 (as many quoted words are harder to read)


@pytest.mark.parametrize("name", PARTS)
def test_an_element_of_the_theme_that_authors_use_is_text_and_needs_no_name(name: str) -> None:
    part = f'<div class="{name}"><p>Within a part.</p></div>'
    page = read_page(single(4, body(4, part)), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4, "Within a part.")
    assert article.unknown_parts == ()


#: Some begin as those of authors do.
UNKNOWN = """
    penci-fresh pcsml-fresh pcilrfresh pcfb-fresh penci-text-to-speech penci-video-playlist penci-list-posts
    penci-image-share penci-table-related
    """.split()  # noqa: SIM905 (as many quoted words are harder to read)


@pytest.mark.parametrize("name", UNKNOWN)
def test_any_other_element_of_the_theme_is_text_and_is_named(name: str) -> None:
    page = read_page(single(4, body(4, f'<div class="{name}"><p>Fresh.</p></div>')), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4, "Fresh.")
    assert article.unknown_parts == (name,)


#: What stands inside an article's own element beside its text.
ROUND = {
    "related": f'<div class="post-related">{OTHERS}{picture(9)}</div>',
    "previous and next": f'<div class="post-pagination">{OTHERS}</div>',
    "the author": f'<div class="post-author"><div class="vcard"><span class="fn">Another</span></div>{OTHERS}</div>',
    "comments": f'<div class="post-comments">{OTHERS}<span class="single-comment-o">99 comments</span></div>',
    "the way to it": f'<div class="penci-breadcrumb"><a rel="category tag">Other</a>{OTHERS}</div>',
    "related posts": f'<div class="penci-ilrelated-posts">{OTHERS}</div>',
    "a box that slides in": f'<div class="penci-flag-rlt-popup">{OTHERS}</div>',
    "a box over the page": f'<div class="penci-rltpopup">{OTHERS}</div>',
    "a widget": f'<div class="widget">{OTHERS}{picture(9)}<a rel="category tag">Other</a></div>',
}


@pytest.mark.parametrize("box", ROUND.values(), ids=ROUND)
def test_what_stands_beside_a_text_gives_nothing_to_the_article(box: str) -> None:
    html = single(4, body(4))
    opening = html.index("<article")
    inside = html.index(">", opening) + 1
    page = read_page(f"{html[:inside]}{box}{html[inside:]}", f"{HOME}/posts/15004")
    assert_exact(extract(page, page.entries[0]), 4)


def test_tags_that_stand_in_a_text_without_a_marker_at_its_end_are_read() -> None:
    tags = '<div class="post-tags"><a href="/en/tag/snow" rel="tag">Snow</a></div>'
    html = single(4, body(4)).replace(tags, "").replace('<div class="penci-single-link-pages"></div>', tags)
    article = extract(page := read_page(html, f"{HOME}/posts/15004"), page.entries[0])
    assert_exact(article, 4)
    assert article.tags == ["Snow"]


CARD = f"""<div class="promo"><span class="cat"><a rel="category tag" href="{HOME}/topic/goats">Goats</a></span>
<a href="{HOME}/posts/90001"><img class="wp-post-image" src="/o.jpg" alt=""></a>{OTHERS}
<span class="vcard"><a class="fn">Other</a></span><a rel="tag" href="{HOME}/tag/goats">Goats</a>
<span class="single-comment-o">99 comments</span></div>"""


@pytest.mark.parametrize(
    "before",
    ['<div class="header-standard">', '<h1 class="post', '<div class="post-image">', '<div class="post-comm'],
)
def test_a_box_that_nobody_knows_and_that_shows_another_post_gives_nothing_to_this_one(before: str) -> None:
    html = single(4, body(4))
    assert html.count(before) == 1
    page = read_page(html.replace(before, CARD + before), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert_exact(article, 4)
    assert article.tags == ["Snow"]


def test_such_a_box_in_an_entry_of_a_listing_gives_nothing_either() -> None:
    entry = post(4).replace('<div class="header-standard">', f'<div class="header-standard">{CARD}')
    page = read_page(listing(entry, post(5)), f"{HOME}/page/2")
    assert_exact(extract(page, page.entries[0]), 4)


def test_a_link_to_another_post_beside_the_date_takes_nothing_with_it() -> None:
    link = f'<a href="{HOME}/posts/90001">Part one</a>'
    page = read_page(
        single(4, body(4)).replace('<span class="cat">', f'<span class="cat">{link}'), f"{HOME}/posts/15004"
    )
    assert_exact(extract(page, page.entries[0]), 4)


def test_who_has_edited_an_article_is_not_its_author() -> None:
    editor = '<span class="author-post"><span class="vcard">Updated by<a class="url fn"> Ed</a></span></span>'
    html = single(4, body(4)).replace('<h1 class="post', f'{editor}<h1 class="post')
    page = read_page(html, f"{HOME}/posts/15004")
    assert_exact(extract(page, page.entries[0]), 4)


@pytest.mark.parametrize("place", ['<div class="post-image">', "<h1 class"])
def test_the_caption_of_the_picture_above_is_that_pictures(place: str) -> None:
    caption = '<span class="penci-featured-caption">The <b>h</b>ut</span>'
    into = f"{place}{caption}" if place.endswith(">") else f"{caption}{place}"
    page = read_page(single(4, body(4)).replace(place, into), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert [image.caption for image in article.images or []] == ["The hut"]
    assert fold(article.body) == "Opening 4. Middle 4. Closing 4."


PICTURE = '<img src="/x.jpg" alt="">'
GALLERIES = {
    "masonry": f'<a class="item-gallery-masonry" href="/x.jpg">{PICTURE}<div class="caption">One</div></a>',
    "slider": f'<figure><a href="/x.jpg">{PICTURE}</a><p class="penci-single-gallery-captions">One</p></figure>',
    "tiled": f'<div class="tiled-gallery-item">{PICTURE}<div class="tiled-gallery-caption">One</div></div>',
}


@pytest.mark.parametrize("item", GALLERIES.values(), ids=GALLERIES)
def test_a_caption_in_a_gallery_is_its_pictures_and_no_text(item: str) -> None:
    page = read_page(single(4, body(4, f'<div class="gallery">{item}</div>')), f"{HOME}/posts/15004")
    article = extract(page, page.entries[0])
    assert [image.caption for image in article.images or []] == [None, "One"]
    assert fold(article.body) == "Opening 4. Middle 4. Closing 4."
