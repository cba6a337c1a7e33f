"""Tags as they stand in the source: what only looks like one begins no article."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from tests.support.soledad_pages import HOME, assert_exact, body, extract, listing, post, single

OPAQUE = ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
COMMENTS = {
    "a comment": "<!-- {} -->",
    "a comment that a sign more ends": "<!-- {} --!>",
    "an empty comment": "<!-->{}<!-- -->",
    "an empty comment of three lines": "<!--->{}<!-- -->",
}


def numbers(html: str) -> list[int | None]:
    page = read_page(html, f"{HOME}/page/2")
    assert page.problems == []
    return [entry.address.post_id for entry in page.entries]


@pytest.mark.parametrize("name", OPAQUE)
@pytest.mark.parametrize("end", ["</{}>", "</{} >", "</{} x=1>"])
def test_an_article_in_what_holds_no_markup_is_none(name: str, end: str) -> None:
    hidden = f"<{name} x=1>{post(8)}{end.format(name)}"
    assert numbers(listing(post(1), hidden, post(2))) == [15001, 15002]
    assert numbers(listing(post(1), hidden.replace(name, name.upper()), post(2))) == [15001, 15002]


@pytest.mark.parametrize("name", OPAQUE)
def test_what_holds_no_markup_and_never_ends_holds_the_rest(name: str) -> None:
    assert numbers(f"{listing(post(1), post(2))}<{name}>{post(8)}") == [15001, 15002]


@pytest.mark.parametrize("name", ["scripts", "xmpl", "b"])
def test_an_article_in_another_element_is_one(name: str) -> None:
    assert numbers(listing(post(1), f"<{name}>{post(8)}</{name}>", post(2))) == [15001, 15008, 15002]


@pytest.mark.parametrize(("name", "comment"), COMMENTS.items(), ids=COMMENTS)
def test_an_article_in_a_comment_is_none(name: str, comment: str) -> None:
    found = numbers(listing(post(1), comment.format(post(8)), post(2)))
    assert found == ([15001, 15008, 15002] if name.startswith("an empty") else [15001, 15002])


TAGS = {
    "no quotation marks": "class=hentry id=post-15008",
    "single quotation marks": "class='x hentry' id='post-15008'",
    "capital letters": 'CLASS="hentry" ID="post-15008"',
    "spaces and lines": 'class = "hentry"\n\tid= "post-15008" ',
    "a sign in quotation marks": 'title="a > b" class="hentry" id="post-15008"',
    "a quotation mark too few": 'title="x> class="hentry" id="post-15008"',
    "an attribute without a value": 'hidden class="hentry" id="post-15008" data-x',
}


@pytest.mark.parametrize("attributes", TAGS.values(), ids=TAGS)
def test_an_article_begins_however_its_tag_is_written(attributes: str) -> None:
    entry = post(8).replace('id="post-15008" class="post type-post status-publish hentry category-huts"', attributes)
    assert attributes in entry
    assert 15008 in numbers(listing(post(1), entry, post(2)))


@pytest.mark.parametrize("stray", ["</div>", "</article>", "</section></div></div>", "<div>", "<b", "< div>", "<1>"])
def test_a_stray_tag_in_a_text_gives_no_other_article_away(stray: str) -> None:
    page = read_page(listing(post(1, body(1, stray)), post(2), post(3)), f"{HOME}/page/2")
    assert [entry.address.post_id for entry in page.entries] == [15001, 15002, 15003]
    for entry in page.entries[1:]:
        assert_exact(extract(page, entry), (entry.address.post_id or 0) - 15000)


@pytest.mark.parametrize("name", OPAQUE)
def test_a_heading_in_what_holds_no_markup_is_not_the_title(name: str) -> None:
    hidden = f'<{name}><h1 class="post-title single-post-title entry-title">Hidden</h1></{name}>'
    page = read_page(single(4, body(4) + hidden), f"{HOME}/posts/15004")
    assert extract(page, page.entries[0]).title == "Title 4"
