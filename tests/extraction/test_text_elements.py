"""Which elements part paragraphs, which part words, and which hold nothing that a reader sees."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.body import Body, read_body
from nejat_crawler.extraction.page import read_page
from nejat_crawler.items import Article
from nejat_crawler.urls import SITE
from tests.support.commands import fold
from tests.support.soledad_pages import HOME, body, extract, single

#: What the rendering section of the HTML standard shows as blocks, lists and parts of tables.
BLOCKS = """
    address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol optgroup p pre section summary table
    tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 (forty quoted words are harder to read)
IN_LINE = ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "label", "mark", "q", "small", "span", "strong", "sup")
UNSEEN = ("script", "style", "template", "iframe", "video", "audio", "object", "canvas", "svg")
#: What stands nowhere but in a table, and there.
IN_TABLES = {
    "table": "<table><td>within</td></table>",
    "caption": "<table><caption>within</caption></table>",
    **{name: f"<table><{name}><tr><td>within</td></tr></{name}></table>" for name in ("tbody", "thead", "tfoot")},
    "tr": "<table><tr><td>within</td></tr></table>",
}


def read(content: str) -> Body:
    return read_body(content, "figcaption", f"{SITE}/en/posts/1")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_a_paragraph_of_its_own(name: str) -> None:
    block = IN_TABLES.get(name, f"<{name}>within</{name}>")
    assert read(f"Above{block}below").text == "Above\n\nwithin\n\nbelow"


@pytest.mark.parametrize("name", IN_LINE)
def test_what_stands_in_a_line_parts_nothing(name: str) -> None:
    assert read(f"Moun<{name}>tai</{name}>ns").text == "Mountains"


@pytest.mark.parametrize("name", ["td", "th"])
def test_a_cell_parts_words(name: str) -> None:
    assert read(f"<table><tr><td>Above<{name}>within</{name}><td>below</table>").text == "Above within below"


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_browser_shows_is_no_text(name: str) -> None:
    assert read(f"<p>Above</p><{name}>within</{name}><p>below</p>").text == "Above\n\nbelow"


@pytest.mark.parametrize(
    ("style", "seen"),
    [("display:none", False), ("color:red;display : NONE", False), ("display:block", True), ("x-display-none", True)],
)
def test_what_a_style_hides_is_no_text(style: str, seen: bool) -> None:
    assert read(f'<p>Above <b style="{style}">within</b></p>').text == ("Above within" if seen else "Above")


LINKS = {
    "to a post": ("/en/posts/7?x=1#y", [(f"{SITE}/en/posts/7?x=1#y", "en", f"{SITE}/en/posts/7")]),
    "to another site": ("http://hut.example/a", [("http://hut.example/a", "en", None)]),
    "to an address of mail": ("mailto:warden@hut.example", [("mailto:warden@hut.example", "en", None)]),
    "to a place on the page": ("#top", []),
    "to a place on the page, with a space before it": (" #top", []),
    "to a script": ("javascript:void(0)", []),
    "to a file": ("ftp://hut.example/a", []),
}


@pytest.mark.parametrize(("href", "links"), LINKS.values(), ids=LINKS)
def test_a_link_has_an_address_a_text_and_the_article_that_it_leads_to(
    href: str, links: list[tuple[str, str, str | None]]
) -> None:
    found = read(f'<p>Of <a href="{href}"> e<b>n</b> </a> and <a href="{href}"><img src="/a.jpg"></a>.</p>').links
    assert [(link.url, link.text, link.target_url) for link in found] == links


def of_own_page(odd: str) -> Article:
    page = read_page(single(4, body(4, odd)), f"{HOME}/posts/15004")
    return extract(page, page.entries[0])


APART = {
    "lines by a style": '<p><span style="display:block">One</span><span style="display: block">Two</span></p>',
    "boxes in a line": '<p><span style="display:inline-block">One</span><b style="display:inline-flex">Two</b></p>',
    "a file and its button": '<div class="wp-block-file"><a href="/a.pdf">One</a>'
    '<a href="/a.pdf" class="wp-block-file__button" download>Two</a></div>',
    "buttons": '<p><a class="btn btn-wide" href="/a">One</a><a class="btn" href="/b">Two</a></p>',
    "labels": "<div><label>One</label><label>Two</label></div>",
    "tabs": '<div><button role="tab">One</button><button role="tab">Two</button></div>',
    "a picture": '<p>One<img src="/x.gif" alt="">Two</p>',
    "a film": '<p>One<iframe src="https://video.example/1"></iframe>Two</p>',
    "a box that is taken out": '<div>One<div class="sharedaddy">Share</div>Two</div>',
    "a form": "<div>One<form><p>Mail</p></form>Two</div>",
}
TOGETHER = {
    "a first letter": '<p><b style="float:left">O</b>ne Two</p>',
    "a pixel that counts": '<p>On<img src="/p.gif" width="1" height="1">e Two</p>',
    "a hidden number": '<p>On<i style="display:none">7</i>e Two</p>',
    "an advertisement in a line": '<p>On<span class="adsbygoogle">Buy</span>e Two</p>',
    "a joiner": "<p>One <b>T</b>wo</p>",
}


@pytest.mark.parametrize("odd", [*APART.values(), *TOGETHER.values()], ids=[*APART, *TOGETHER])
def test_words_that_a_browser_sets_apart_stay_apart_and_others_together(odd: str) -> None:
    assert fold(of_own_page(odd).body) == "Opening 4. One Two Middle 4. Closing 4."


def test_links_captions_and_names_are_read_in_the_same_way() -> None:
    link = '<a href="/a"><h4>One</h4><div><b>T</b>wo</div></a>'
    figure = '<figure><img src="/x.jpg" alt=""><figcaption><b>T</b>hree<br>four<p>five</p></figcaption></figure>'
    article = of_own_page(link + figure)
    assert [said.text for said in article.links] == ["One Two"]
    assert [image.caption for image in article.images or []] == [None, "Three four five"]
    name = '>War<b>d</b>en<span style="display:block">Hill</span><'
    page = read_page(single(4, body(4)).replace(">Warden<", name), f"{HOME}/posts/15004")
    assert extract(page, page.entries[0]).author == "Warden Hill"
