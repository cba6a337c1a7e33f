"""What a listing shows of a text, by how it ends: an excerpt is never taken for the text."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from tests.support.soledad_pages import HOME, body, extract, listing, post

WORDS = "The wardens of Corm stretched two ropes over the gorge before the wind turned"
SHORT = {
    "an ellipsis": f"<p>{WORDS} …</p>",
    "three full stops": f"<p>{WORDS}...</p>",
    "a named ellipsis": f"<p>{WORDS}&hellip;</p>",
    "a numbered ellipsis": f"<p>{WORDS}&#8230;</p>",
    "an ellipsis and a link": f'<p>{WORDS} … <a href="/en/posts/15001">All of it</a></p>',
    "lines around it": f"\n\t<p>{WORDS} …</p>\n",
    "a mark in brackets": f"<p>{WORDS} [&hellip;]</p>",
    "a mark in brackets in several paragraphs": f"<p>{WORDS}.</p><p>{WORDS} [...]</p>",
}
WHOLE = {
    "a full stop": f"<p>{WORDS}.</p>",
    "several paragraphs, of which the last trails off": f"<p>{WORDS}.</p><p>{WORDS} …</p>",
    "an ellipsis within": f"<p>{WORDS} … and came down at dusk.</p>",
    "emphasis, as no layout leaves in what it cuts": f"<p><em>{WORDS}</em> …</p>",
}


def is_teaser(content: str) -> bool:
    page = read_page(listing(post(1, content), post(2)))
    assert page.problems == []
    assert [entry.address.post_id for entry in page.entries] == [15001, 15002]
    assert not page.entries[1].teaser
    return page.entries[0].teaser


@pytest.mark.parametrize("content", SHORT.values(), ids=SHORT)
def test_one_bare_paragraph_that_breaks_off_is_an_excerpt(content: str) -> None:
    assert is_teaser(content)


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_what_no_layout_cuts_so_is_the_whole_text(content: str) -> None:
    assert not is_teaser(content)


@pytest.mark.parametrize("text", ["", '<div class="meta">In Huts</div>'])
def test_an_entry_of_an_unknown_theme_without_a_text_is_to_be_read_on_its_own_page(text: str) -> None:
    entries = "".join(
        f'<article class="post-{number} post hentry"><h2 class="entry-title">'
        f'<a href="/en/posts/{number}">Ropes</a></h2>{text}</article>'
        for number in (1, 2)
    )
    page = read_page(f"<html><body class='blog'><main>{entries}</main></body></html>", "https://www.nejatngo.org/en/")
    assert page.theme is not None
    assert page.theme.name == "generic"
    assert [(entry.address.post_id, entry.teaser) for entry in page.entries] == [(1, True), (2, True)]


#: How a text of two paragraphs ends that may be an excerpt.
OPEN_ENDS = {
    "full stops": "...",
    "an ellipsis and a bracket": "…)",
    "an ellipsis and a label": '&hellip; <span class="more">Read on</span>',
    "an ellipsis and a link to nowhere": '… <a href="#"><span>Read</span> on</a>',
    "an ellipsis and an arrow": "&#8230;&nbsp;&raquo;",
}


@pytest.mark.parametrize("end", OPEN_ENDS.values(), ids=OPEN_ENDS)
def test_several_texts_of_a_page_that_end_so_are_excerpts_and_one_may_be(end: str) -> None:
    texts = [f"<p>{WORDS}.</p><p>They came {number} times {end}</p>" for number in (1, 2, 3)]
    page = read_page(listing(*(post(number + 1, text) for number, text in enumerate(texts)), post(4)))
    assert [entry.teaser for entry in page.entries] == [True, True, True, False]
    page = read_page(listing(post(1, texts[0]), post(2), post(3)))
    assert [entry.teaser for entry in page.entries] == [False] * 3
    assert [extract(page, entry).open_end for entry in page.entries] == [True, False, False]


def test_the_boxes_of_plugins_hide_no_open_end() -> None:
    text = f'<p>{WORDS}.</p><p>They came …</p><div class="sharedaddy"><h3>Share this:</h3></div>'
    page = read_page(listing(post(1, text), post(2)))
    assert [extract(page, entry).open_end for entry in page.entries] == [True, False]


LINK = f"{HOME}/posts/15004"


@pytest.mark.parametrize("end", [f'{LINK}">', f'{LINK}?utm_source=list">', f'{LINK}?amp=1">', f'{LINK}?share=x">'])
@pytest.mark.parametrize(
    "box", ["", '<div class="sharedaddy"><a href="{}?share=x">X</a></div>', '<i class="post-views">5</i>']
)
def test_a_link_to_the_rest_is_one_before_boxes_and_whatever_counts_its_readers(end: str, box: str) -> None:
    page = read_page(listing(post(4, f'{body(4)}<p><a href="{end}On</a></p>{box.format(LINK)}'), post(5)))
    assert [entry.teaser for entry in page.entries] == ["share=" not in end, False]
