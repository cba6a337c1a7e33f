from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.sample_site import Appearance, Post, SampleSite, Server, serve
from nejat_crawler.sample_site.appearance import VERSIONS
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from tests.sample_site.test_sample_site import Answer, get
from tests.support.commands import fold

REST = "/en/wp-json/wp/v2/posts"

#: What the entries of a page stand in and show: the first ones, and then the others in turn.
FULL, EXCERPT = ("article.post.type-post.hentry", "full"), ("div.penci-wrapper-data > article", "excerpt")
FIRST = ("ul.penci-wrapper-data > article.hentry", "full")
OVERLAY = ("section.grid-overlay > article.overlay-layout.hentry", "none")
FEATURED = ("section.grid-featured > article.featured-layout:not(.hentry)", "excerpt")
GRID, GRID_2 = (
    ("li.grid-style > article.item.hentry", "excerpt"),
    ("li.grid-2-style > article.item.hentry", "excerpt"),
)
LIST = ("li.list-post.pclist-layout > article.item.hentry", "excerpt")
SMALL = ("li.penci-slistp > article.hentry", "none")
FRONT: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    "standard": ([], [FULL]),
    "classic": ([], [FULL]),
    "excerpt": ([], [EXCERPT]),
    "overlay": ([], [OVERLAY]),
    "featured": ([], [FEATURED]),
    "grid": ([], [GRID]),
    "list": ([], [LIST]),
    "boxed-1": ([], [("li.list-boxed-post > article.hentry", "excerpt")]),
    "boxed-2": ([], [("li.list-boxed-post-2 > article.hentry", "none")]),
    "small-list": ([], [SMALL]),
    "photography": ([], [("li.typography-style > article.hentry", "none")]),
    "masonry": ([], [("div.masonry.penci-wrapper-data > article.item-masonry.hentry", "excerpt")]),
    "magazine-1": ([], [("li.magazine-layout > article.hentry", "excerpt")]),
    "mixed": ([], [("div.grid-mixed > article.hentry", "excerpt"), GRID, GRID]),
    "mixed-2": ([], [OVERLAY, GRID, GRID, GRID]),
    "mixed-3": ([GRID_2] * 4, [SMALL]),
    "mixed-4": ([FEATURED], [GRID_2]),
    "standard-grid": ([FIRST], [GRID]),
    "standard-list": ([FIRST], [LIST]),
    "classic-grid": ([FIRST], [GRID]),
    "classic-list": ([FIRST], [LIST]),
    "overlay-grid": ([OVERLAY], [GRID]),
    "overlay-list": ([OVERLAY], [LIST]),
}
#: Where the comments are counted.
COUNTS = '.penci-box-meta a[href*="#"], .overlay-style-comment a, .otherl-comment a'


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[SampleSite, Server]]:
    site = SampleSite(("en",))
    with serve(site) as server:
        yield site, server


@pytest.fixture
def site(served: tuple[SampleSite, Server]) -> Iterator[SampleSite]:
    yield served[0]
    served[0].appearance = Appearance()


@pytest.fixture
def server(served: tuple[SampleSite, Server]) -> Server:
    return served[1]


def front(server: Server, page: int) -> Answer:
    return get(server, "/en/" if page == 1 else f"/en/page/{page}")


def text(node: LexborNode | None) -> str:
    return fold(node.text(separator=" ")) if node is not None else ""


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def plain(site: SampleSite) -> Post:
    """A post that nothing is special about, with a picture, in several paragraphs."""
    return next(
        post
        for post in site.public_posts("en")
        if post.format == "standard" and len(post.leads) == 1 and len(post.blocks) >= 4 and not post.protected
        and not post.truncated and len(post.categories) == 1 and post.tags and post.body.count("\n\n") >= 3
    )  # fmt: skip


def own_page(server: Server, post: Post) -> LexborHTMLParser:
    return get(server, urlsplit(post.url).path).tree


def test_the_table_of_front_layouts_is_whole() -> None:
    assert set(FRONT) | {"timeline", "list-boxed-3"} == set(LAYOUTS)


@pytest.mark.parametrize("layout", FRONT)
def test_a_layout_shows_the_posts_of_a_page_in_its_own_way(site: SampleSite, server: Server, layout: str) -> None:
    first, then = FRONT[layout]
    for version in VERSIONS:
        site.appearance = Appearance(soledad=version, layout=layout)
        for page in (1, 2, 5):
            posts = site.blogs["en"].home_page(page)
            tree = front(server, page).tree
            assert [node.attributes["id"] for node in tree.css("#main article[id]")] == [
                f"post-{post.post_id}" for post in posts
            ]
            # A whole text may close the wrapper with a stray tag; the first entry stands in it in any case.
            assert tree.css(f"#main .penci-wrapper-data article#post-{posts[0].post_id}")
            for place, post in enumerate(posts):
                selector, shows = first[place] if place < len(first) else then[(place - len(first)) % len(then)]
                entry = next(
                    (node for node in tree.css(selector) if node.attributes["id"] == f"post-{post.post_id}"), None
                )
                assert entry is not None, (version, page, place)
                assert_shows(site, page, post, entry, shows)


def assert_shows(site: SampleSite, page: int, post: Post, entry: LexborNode, shows: str) -> None:
    titles = {text(node) for node in entry.css("h2.entry-title, h2.grid-title")}
    assert titles == {fold(post.shown_title)}
    assert {text(node) for node in entry.css("a.penci-cat-name")} == {fold(name) for name in post.categories}
    assert {node.attributes["datetime"] for node in entry.css("time.published")} >= {post.date.isoformat()}
    said, comments = site.shows(post, page), len(post.comments)
    counted = [text(node) for node in entry.css(COUNTS)]
    assert counted in ([], [f"{comments} comment{'' if comments == 1 else 's'}"])
    words, content = post.body.split(), text(entry.css_first(".entry-content"))
    if post.protected:
        assert said == "none"
        assert content == "" or "protected" in content
    elif shows == "none":
        assert (said, content) == ("none", "")
    elif shows == "excerpt":
        assert said == "excerpt"
        excerpt = content.removesuffix(" Continue reading").removesuffix("...").removesuffix("…").split()
        assert excerpt == words[: len(excerpt)]
        assert len(excerpt) == min(30, len(words)) or (post.truncated and len(excerpt) < 30)
    else:
        assert counted
        assert said == ("full" if not post.truncated else "teaser" if entry.css("a.more-link") else "part")
        assert bool(entry.css("a.more-link, .post-nav-links")) is post.truncated
        whole = text(entry)  # a stray closing tag may let the text's own element end early
        assert (" ".join(words[-6:]) in whole) is not post.truncated


def test_excerpts_end_as_each_version_ends_them(site: SampleSite, server: Server) -> None:
    endings = {"7.1": "[^ ]…", "7.9": r"[^ ]\.\.\.", "8.2": " …", "8.5": " …", "8.7": " …"}
    post = plain(site)
    page = site.public_posts("en").index(post) // 10 + 1
    for version, ending in endings.items():
        site.appearance = Appearance(soledad=version, layout="list")
        entry = one(front(server, page).tree, f"#post-{post.post_id} .item-content")
        assert re.search(ending + "$", text(entry)), version
        assert text(entry).startswith(" ".join(fold(post.body).split()[:30]))


def test_automatic_excerpts_stand_where_whole_texts_do(site: SampleSite, server: Server) -> None:
    site.appearance = Appearance(soledad="8.7", layout="excerpt")
    tree = front(server, 3).tree
    assert "penci-layout-standard" in (one(tree, "#main").attributes["class"] or "")
    for post in site.blogs["en"].home_page(3):
        box = one(
            tree, f"article#post-{post.post_id}.standard-article .standard-main-content.entry-content > .post-entry"
        )
        assert (
            one(box, ".penci-more-link > a.more-link").attributes["href"]
            == f"{server.base_url}/en/posts/{post.post_id}"
        )


def test_a_layout_of_archives_leaves_the_front_page_standard(site: SampleSite, server: Server) -> None:
    term = max(site.blogs["en"].used_terms("module"), key=lambda term: len(site.blogs["en"].archive(term)))
    posts = site.blogs["en"].archive(term)[:10]
    for layout in ("timeline", "list-boxed-3"):
        site.appearance = Appearance(soledad="8.7", layout=layout)
        assert len(front(server, 2).tree.css("#main.penci-layout-standard article.standard-pitem")) == 10
        tree = get(server, f"/en/module/{term.slug}").tree
        assert one(tree, "#main").attributes["class"] == f"penci-layout-{layout}"
        links = [
            node.attributes["href"]
            for node in tree.css("#main h3.pcbg-title > a, #main li.list-post-3 > article h2 a")
        ]
        assert links == [f"{server.base_url}/en/posts/{post.post_id}" for post in posts]
        assert len(tree.css("#main article")) == (0 if layout == "timeline" else 10)
        assert len(tree.css("#main .item-content.entry-content")) == 10
        if layout == "timeline":
            sides = [node.attributes["class"] or "" for node in tree.css(".penci-tiline-grid > .penci-tiline-item")]
            kinds = ["date" if "date-wrap" in side else "post" for side in sides]
            assert kinds == ["post", "date", "date", "post"] * 5
            times = [node.attributes["datetime"] for node in tree.css(".penci-tiline-date time")]
            assert times == [post.date.isoformat() for post in posts]


def test_every_edition_wears_the_theme_in_its_own_words() -> None:
    site = SampleSite(("fa", "ar", "sq"), limit=12, appearance=Appearance(soledad="8.7", layout="mixed-4", toc=True))
    with serve(site) as server:
        for edition in site.blogs:
            tree = get(server, f"/{edition}/page/2").tree
            posts = site.blogs[edition].home_page(2)
            assert [text(node) for node in tree.css("#main h2.entry-title a")] == [
                fold(post.shown_title) for post in posts
            ]
            for post in posts:
                times = tree.css(f"#post-{post.post_id} time")
                assert {node.text() for node in times} == {post.truth()["published_text"]}
            older = get(server, f"/{edition}/").tree.css_first(".older a")
            assert text(older) == fold(site.blogs[edition].labels.older)


def test_archives_may_have_a_layout_of_their_own(site: SampleSite, server: Server) -> None:
    site.appearance = Appearance(layout="grid", archive_layout="overlay")
    slug = site.blogs["en"].used_terms("module")[0].slug
    assert get(server, "/en/page/2").tree.css("li.grid-style > article")
    assert get(server, f"/en/module/{slug}").tree.css("section.grid-overlay > article")


@pytest.mark.parametrize("pagination", ["older", "numbers", "more", "scroll"])
def test_every_pagination_says_what_comes_next_in_its_own_way(
    site: SampleSite, server: Server, pagination: str
) -> None:
    site.appearance = Appearance(soledad="8.7", pagination=pagination)
    last = site.pages("en")
    for page in (1, 2, last):
        tree = front(server, page).tree
        pager = one(tree, ".penci-pagination")
        links = [node.attributes["href"] for node in pager.css(".older a, a.next.page-numbers")]
        if pagination in {"more", "scroll"}:
            button = one(pager, "a.penci-ajax-more-button")
            assert button.attributes["href"] == "#"
            assert f"penci-ajax-more-{'click' if pagination == 'more' else 'scroll'}" in (
                pager.attributes["class"] or ""
            )
            assert (button.attributes["data-number"], button.attributes["data-offset"]) == ("6", "10")
            assert not tree.css('.penci-pagination a[href*="/page/"]')
        else:
            assert links == ([] if page == last else [f"{server.base_url}/en/page/{page + 1}"])
            assert not tree.css(".older .disable-url") or page == last
        if pagination == "numbers":
            assert text(one(pager, ".page-numbers.current")) == str(page)
            assert not pager.css(".older, .newer")
    for beyond in (last + 1, last + 50):
        assert get(server, f"/en/page/{beyond}").status == 404


def test_numbers_lead_through_all_pages(site: SampleSite, server: Server) -> None:
    site.appearance = Appearance(soledad="7.9", layout="list", pagination="numbers")
    path, seen = "/en/", set()
    for _ in range(site.pages("en")):
        tree = get(server, path).tree
        seen |= {node.attributes["id"] for node in tree.css("#main article")}
        following = tree.css_first("a.next.page-numbers")
        path = urlsplit(following.attributes["href"] or "").path if following else ""
    assert path == ""
    assert seen == {f"post-{post.post_id}" for post in site.public_posts("en")}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_leaves_its_marks(site: SampleSite, server: Server, version: str) -> None:
    site.appearance = Appearance(soledad=version)
    post = plain(site)
    page = site.public_posts("en").index(post) // 10 + 1
    tree, listing = own_page(server, post), front(server, page).tree
    at_least = {known: list(VERSIONS).index(version) >= list(VERSIONS).index(known) for known in VERSIONS}
    ver = f"soledad-ver-{VERSIONS[version].replace('.', '-')}"
    for shown in (tree, listing):
        assert (ver in (one(shown, "body").attributes["class"] or "").split()) is at_least["7.9"]
        generators = [node.attributes["content"] for node in shown.css("meta[name=generator]")]
        assert (f"Soledad {VERSIONS[version]}" in generators) is at_least["8.5"]
    article = one(tree, f"article#post-{post.post_id}")
    assert ("hentry" in (article.attributes["class"] or "").split()) is not at_least["7.9"]
    entry = one(listing, f"article#post-{post.post_id}.hentry")
    assert ("standard-pitem" in (entry.attributes["class"] or "").split()) is at_least["8.2"]
    content = one(article, "#penci-post-entry-inner")
    counters = content.css("i.penci-post-countview-number-check")
    assert len(counters) == int(at_least["8.5"])
    if counters:
        assert re.match(r"\s*\d+\s", content.text(separator=" "))
        assert counters[0].attributes["style"] == "display:none"
    source = one(entry, "img.wp-post-image").attributes["src"] or ""
    assert source.startswith("data:image/svg+xml") if at_least["8.2"] else source.endswith("penci2-holder.png")
    data = json.loads(next(node.text() for node in tree.css("script[type*=json]") if "BlogPosting" in node.text()))
    assert data["datePublished"] == (post.date.isoformat() if at_least["8.5"] else post.date.date().isoformat())
    stamps = [node.attributes["content"] or "" for node in tree.css("meta[property='article:published_time']")]
    assert [stamp[-6:] for stamp in stamps] == (["+00:00"] if at_least["8.7"] else [])
    site.appearance = Appearance(soledad=version, layout="grid")
    image = one(front(server, page).tree, f"#post-{post.post_id} a.penci-image-holder")
    attribute, other = ("data-bgset", "data-src") if at_least["8.7"] else ("data-src", "data-bgset")
    assert urlsplit(image.attributes[attribute] or "").path == urlsplit(post.truth()["images"][0]["src"]).path
    assert other not in image.attributes


@pytest.mark.parametrize("style", range(1, 23))
def test_a_single_style_puts_heading_and_image_in_its_places(site: SampleSite, server: Server, style: int) -> None:
    post = plain(site)
    for version in ("7.1", "8.7"):
        site.appearance = Appearance(soledad=version, single=style)
        tree = own_page(server, post)
        article = one(tree, f"article#post-{post.post_id}.type-post")
        inside = style in {1, 8}
        header, other = (article, tree) if inside else (one(tree, ".penci-single-pheader"), article)
        assert fold(one(tree, "h1.single-post-title.entry-title").text()) == fold(post.title)
        assert len(article.css("h1")) == int(inside)
        assert [text(node) for node in one(header, ".single-header .cat").css("a")] == post.categories
        assert one(header, ".post-box-meta-single time").attributes["datetime"] == post.date.isoformat()
        if not inside:
            assert not other.css(".single-header, .post-box-meta-single")
        one(article, "#penci-post-entry-inner.entry-content")
        one(article, ".single-comment-o")
        images = tree.css(".post-image img.wp-post-image")
        backgrounds = tree.css('.post-image span[style*="background-image"]')
        assert (len(images), len(backgrounds)) == {1: (1, 0), 2: (1, 0), 11: (0, 0)}.get(style, (0, 1))
        assert len(article.css(".post-image")) == int(inside)
        assert bool(tree.css(".penci-move-title-above h1")) is (style in {5, 6, 8, 22})
        hentries = [node.tag for node in tree.css(".hentry")]
        if version == "7.1":
            assert hentries == (["div"] if style == 2 else ["article"])
        else:
            assert hentries == ([] if inside else ["div"])


def test_a_modified_date_takes_the_place_of_the_published_one(site: SampleSite, server: Server) -> None:
    post = plain(site)
    page = site.public_posts("en").index(post) // 10 + 1
    edited = site.edit("en", post.post_id, tags=post.tags)
    stamp = edited.changed.isoformat()
    for version in ("7.1", "8.7"):
        site.appearance = Appearance(soledad=version, show_modified_date=True)
        tree = own_page(server, post)
        for shown in (
            one(tree, "article .single-header"),
            one(front(server, page).tree, f"#post-{post.post_id}"),
        ):
            assert [node.attributes["datetime"] for node in shown.css("time.entry-date.updated")] == [stamp] * 2
            assert not shown.css("time.published")
        data = next(node.text() for node in tree.css("script[type*=json]") if "BlogPosting" in node.text())
        assert json.loads(data)["datePublished"].startswith(post.date.date().isoformat())
        untouched = next(other for other in site.public_posts("en") if other.changed == other.date)
        assert not own_page(server, untouched).css("article .single-header time.updated")


def test_dates_may_be_hidden_and_the_hidden_ones_left_out(site: SampleSite, server: Server) -> None:
    post = plain(site)
    page = site.public_posts("en").index(post) // 10 + 1
    for layout in ("standard", "list", "overlay", "featured", "masonry"):
        for schema in (True, False):
            site.appearance = Appearance(
                soledad="8.7", layout=layout, hide_dates=True, schema_hentry=schema, json_ld=False
            )
            tree = own_page(server, post)
            for shown in (
                one(tree, "article .single-header"),
                one(front(server, page).tree, f"#post-{post.post_id}"),
            ):
                times = shown.css("time")
                assert len(times) == int(schema)
                assert len(shown.css(".penci-hide-tagupdated time")) == int(schema)
            assert not [node for node in tree.css("script[type*=json]") if "BlogPosting" in node.text()]
            one(tree, "meta[itemprop=datePublished]")
            assert tree.css("#sidebar time.published")


IN_THE_TEXT = {
    "toc": ".penci-toc-container-wrapper",
    "reactions": ".penci-post-reactions",
    "inline_related": "div:not([class]) > .penci-ilrltpost-insert .penci-ilrelated-posts a",
    "inline_ads": "div:not([class]) > .penci-custom-html-inside-content",
    "sticky_share": ".penci-social-fixed-share.tags-share-box",
    "content_height": ".penci-sg-cth.pcct-limit-height .penci-btn-more-content",
}


@pytest.mark.parametrize("option", IN_THE_TEXT)
def test_an_option_puts_its_own_into_the_text_and_takes_nothing_away(
    site: SampleSite, server: Server, option: str
) -> None:
    posts = [
        post for post in site.public_posts("en") if re.search("<h[2-6]>", "".join(b.html() for b in post.blocks))
    ]
    post = plain(site) if option != "toc" else posts[0]
    before = one(own_page(server, post), "#penci-post-entry-inner")
    assert not before.css(IN_THE_TEXT[option])
    settings: dict[str, Any] = {option: True}
    site.appearance = Appearance(**settings)
    after = one(own_page(server, post), "#penci-post-entry-inner")
    assert after.css(IN_THE_TEXT[option])
    for node in after.css(IN_THE_TEXT[option].split(" ")[0]) if option != "content_height" else []:
        node.decompose()
    if option == "content_height":
        one(after, ".penci-btn-more-content").decompose()
    if option in {"inline_related", "inline_ads"}:
        for node in after.css(".penci-ilrltpost-insert, .penci-custom-html-inside-content"):
            node.decompose()
    assert text(after) == text(before)
    if option == "toc":
        assert after.css("span.penci-toc-section[id^=penci-]")


def test_a_protected_post_gets_nothing_but_a_share_bar(site: SampleSite, server: Server) -> None:
    post = next(post for post in site.public_posts("en") if post.protected)
    settings: dict[str, Any] = {"soledad": "8.7", **dict.fromkeys(IN_THE_TEXT, True)}
    site.appearance = Appearance(**settings)
    content = one(own_page(server, post), "#penci-post-entry-inner")
    one(content, "form.post-password-form")
    one(content, ".penci-social-fixed-share")
    assert not content.css(
        ".penci-post-reactions, .penci-toc-container-wrapper, .penci-sg-cth, .penci-ilrelated-posts"
    )


def test_the_meta_line_may_count_minutes_and_views(site: SampleSite, server: Server) -> None:
    site.appearance = Appearance(reading_time=True, views=True)
    meta = one(own_page(server, plain(site)), ".post-box-meta-single")
    assert re.fullmatch(r"\d+ minutes read", text(one(meta, "span.single-readtime")))
    assert one(meta, "i.penci-post-countview-number").text().isdecimal()


def test_boxes_stand_above_every_front_page_and_advertisements_between_entries(
    site: SampleSite, server: Server
) -> None:
    site.appearance = Appearance(soledad="8.7", layout="list", slider=True, popular=True, infeed_ads=True)
    for page in (1, 4):
        tree = front(server, page).tree
        assert len(tree.css(".featured-area .item h3 a")) == 4
        assert len(tree.css(".penci-home-popular-posts h3.entry-title a")) == 6
        assert not tree.css(".featured-area article, .penci-home-popular-posts article, #main .featured-area")
        assert len(tree.css("ul.penci-wrapper-data > li.penci-infeed-data:not(:has(article))")) == 5
        assert len(tree.css("ul.penci-wrapper-data > li > article")) == len(site.blogs["en"].home_page(page))


def test_a_category_may_show_its_newest_five_in_a_grid_alone(site: SampleSite, server: Server) -> None:
    blog = site.blogs["en"]
    term = max(
        blog.used_terms("module"), key=lambda term: len(blog.archive(term)) if len(blog.archive(term)) % 10 < 6 else 0
    )
    expected = [f"{server.base_url}/en/posts/{post.post_id}" for post in blog.archive(term)]
    usual = blog.pages(blog.archive(term))
    site.appearance = Appearance(soledad="8.7", featured_category=True)
    first = get(server, f"/en/module/{term.slug}").tree
    grid = [node.attributes["href"] for node in first.css(".penci-bgitem h3.pcbg-title a")]
    assert not first.css("#main .penci-bgitem")
    listed = [node.attributes["href"] for node in first.css("#main h2.entry-title a")]
    number = 2
    while (answer := get(server, f"/en/module/{term.slug}/page/{number}")).status == 200:
        assert not answer.tree.css(".penci-bgitem")
        listed += [node.attributes["href"] for node in answer.tree.css("#main h2.entry-title a")]
        number += 1
    assert (grid, listed) == (expected[:5], expected[5:])
    assert number - 1 == usual - 1
    tag = blog.used_terms("tag")[0]
    assert not get(server, f"/en/tag/{tag.slug}").tree.css(".penci-bgitem")


def test_the_appearance_changes_from_one_request_to_the_next(site: SampleSite, server: Server) -> None:
    def shape() -> tuple[int, int]:
        tree = get(server, "/en/page/2").tree
        return len(tree.css("ul.penci-wrapper-data")), len(tree.css(".older a"))

    usual = shape()
    site.appearance = replace(site.appearance, layout="list", pagination="more")
    assert shape() == (1, 0)
    site.appearance = replace(site.appearance, theme="other", layout="standard")
    tree = get(server, "/en/page/2").tree
    assert tree.css("article .entry-summary")
    assert not tree.css("[class*=penci]")
    assert site.shows(site.blogs["en"].home_page(2)[0], 2) == "excerpt"
    assert own_page(server, plain(site)).css("header#masthead")
    site.appearance = Appearance()
    assert shape() == usual == (0, 1)


def test_a_choice_that_there_is_not_is_refused() -> None:
    wrong: list[dict[str, Any]] = [
        {"soledad": "6"},
        {"layout": "tiles"},
        {"single": 23},
        {"pagination": "prev"},
        {"rest_status": 200},
    ]
    for settings in wrong:
        with pytest.raises(ValueError, match="choose from"):
            Appearance(**settings)


def test_the_rest_interface_may_be_switched_off(site: SampleSite, server: Server) -> None:
    for status in (401, 403, 404):
        site.appearance = Appearance(rest=False, rest_status=status)
        for path in ("/en/wp-json", REST, f"{REST}/{plain(site).post_id}", "/en/wp-json/wp/v2/categories"):
            answer = get(server, path)
            assert (answer.status, json.loads(answer.text)["data"]["status"]) == (status, status)
        assert get(server, "/en/feed").status == 200
    site.appearance = Appearance()
    assert get(server, REST).status == 200


def test_the_rest_interface_includes_only_the_posts_asked_for(site: SampleSite, server: Server) -> None:
    wanted = [post.post_id for post in site.public_posts("en")[3:30:3]]
    asked = ",".join(map(str, [*wanted, 9999999]))
    rows: list[dict[str, Any]] = []
    for page in (1, 2, 3):
        answer = get(server, f"{REST}?include={asked}&per_page=4&page={page}&_embed=1&_fields=id,title,_embedded")
        assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("9", "3")
        rows += json.loads(answer.text)
    assert [row["id"] for row in rows] == wanted
    assert {frozenset(row) for row in rows} == {frozenset({"id", "title", "_embedded"})}
    assert get(server, f"{REST}?include={asked}&per_page=4&page=4").status == 400
    assert get(server, f"{REST}?include=9999999").headers["X-WP-Total"] == "0"
    assert get(server, f"{REST}?include=12,none").status == 400
    assert get(server, f"{REST}?include=").headers["X-WP-Total"] == "120"


def test_the_settings_are_options_of_the_program() -> None:
    program = [sys.executable, "-m", "nejat_crawler.sample_site", "--port", "0", "--limit", "12"]
    look = "--soledad 8.7 --layout list --pagination numbers --single 2 --toc --no-rest --rest-status 401"
    with subprocess.Popen([*program, *look.split()], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            home = process.stdout.readline().strip()
            with urlopen(home, timeout=20) as answer:
                tree = LexborHTMLParser(answer.read())
            assert tree.css("body.soledad-ver-8-7-2 li.pclist-layout > article")
            assert tree.css("a.next.page-numbers")
            with pytest.raises(HTTPError, match="401"):
                urlopen(f"{home}wp-json/wp/v2/posts", timeout=20)
        finally:
            process.terminate()
    refused = subprocess.run([*program, "--single", "23"], capture_output=True, text=True, timeout=60)
    assert (refused.returncode, "choose from" in refused.stderr) == (2, True)
