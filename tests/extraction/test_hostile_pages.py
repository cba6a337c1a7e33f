from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.extraction.markup import tags
from nejat_crawler.extraction.page import read_page
from tests.support.soledad_pages import HOME, OTHERS, body, day, extract, listing, post, single

SECONDS = 15  # of CPU: what took minutes must end; how fast is for the benchmarks to say
LISTING = f"{HOME}/page/2"
ENTRY = '<article id="post-90003" class="post type-post hentry">'
FIGURE = "<figure><img src=a.jpg><figcaption>Rope</figcaption>"
TOWER = "<figure><figcaption>Rope</figcaption>" + "<div>" * 3_000 + "<img src=a.jpg>" + "</div>" * 3_000 + "</figure>"
SNOW = "Snow fell on the ridge all night and nobody slept. " * 20

#: What may stand behind the text of a post.
HOSTILE_BODIES = {
    "5 MB": f"<p>{SNOW}</p>" * 5_000,
    "10,000 elements deep": "<div>" * 10_000 + "</div>" * 10_000,
    "unclosed elements": "<blockquote><i>" * 2_000,
    "stray end tags": "</div></p></article>" * 5_000,
    "boxes like the theme's": '<div class="penci-post-box-meta"><div class="entry-content">' * 2_000,
    "forms in forms": "<form><button><script></script><select><noscript></form>" * 3_000,
    "a long attribute": f"<article hentry {'a' * 32_000}></article>",
    "quotation marks": "<a '\"" * 50_000 + "<a =\"'" * 50_000,
    "links in links": "<a href=/en/posts/1>" * 4_000,
    "many figures": f"{FIGURE}</figure>" * 2_500,
    "figures in figures": FIGURE * 1_000,
    "figures alike": TOWER * 2,
    "captions far below": "<div>" * 400 + "<figcaption>Rope</figcaption>" * 400,
}


def spent() -> float:
    """Seconds of CPU, with those of the processes that read long pages."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@pytest.mark.parametrize("content", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_no_body_takes_long(content: str) -> None:
    start = spent()
    page = read_page(single(2, body(2) + content), f"{HOME}/posts/15002")
    article = extract(page, page.entries[0])
    assert spent() - start < SECONDS
    assert article.title == "Title 2"
    assert (article.body or "").startswith("Opening 2.\n\nMiddle 2.\n\nClosing 2.")


#: What may follow the first entry of a listing, which then breaks off.
HOSTILE_TAILS = {
    "entries that never end": f'{ENTRY}<a href="/en/posts/90003"><i class="penci-post-box-meta"></i>' * 6_000,
    "entries in entries": ENTRY * 12_000,
    "scripts that never begin": "<script" * 60_000,
    "scripts that never end": "<script>" + "</script" * 60_000,
    "titles that never begin": "<title " * 60_000,
    "comments that never end": "<!--" * 50_000,
    "tags that never end": "<a " * 50_000 + "<a href='" * 50_000,
}


@pytest.mark.parametrize("tail", HOSTILE_TAILS.values(), ids=HOSTILE_TAILS)
def test_no_broken_listing_takes_long(tail: str) -> None:
    start = spent()
    page = read_page(listing(post(1)).partition("</html>")[0] + tail, LISTING)
    assert spent() - start < SECONDS
    assert page.entries[0].address.post_id == 15001
    assert extract(page, page.entries[0]).title == "Title 1"


PIECES = st.one_of(
    st.sampled_from(
        ["<article", "</article>", ENTRY, "<div>", "</div>", "<!--", "-->", "<script>", '"', "'>", "<!["]
    ),
    st.sampled_from(
        ["</html>", '<a href="/en/posts/15001">', "<a href='http://[x'>", "<title>", "<p hidden>", "&#0;"]
    ),
    st.sampled_from(
        [post(1), single(2, "x"), OTHERS, '<div class="entry-content">', FIGURE, "<img src='http://[x'>"]
    ),
    st.sampled_from(
        ['<link rel="canonical" href="http://[">', '<body class="single">', '<p class="penci-pagination">']
    ),
    st.text(max_size=8),
)
MARKUP = st.lists(PIECES, max_size=12).map("".join)


def sources(html: str) -> Iterator[str]:
    return (html[tag.start : tag.end] for tag in tags(html))


@settings(max_examples=100, deadline=None)
@given(MARKUP, st.sampled_from([LISTING, f"{HOME}/posts/15001/2", "http://[x", "page.html", None]))
def test_no_markup_makes_it_fail(html: str, url: str | None) -> None:
    page = read_page(html, url)
    assert page.theme is not None or not page.entries
    for entry in page.entries:
        # an own page's header may stand apart from its article, and one of an unknown theme is written anew
        rewritten = page.theme is not None and page.theme.name == "generic"
        assert rewritten or entry.html in html or (page.is_article and {*sources(entry.html)} <= {*sources(html)})
        assert 1 <= entry.part <= entry.part_count
        assert extract(page, entry).post_id == entry.address.post_id


@settings(max_examples=100, deadline=None)
@given(MARKUP)
def test_no_body_makes_it_fail(content: str) -> None:
    page = read_page(single(2, content), f"{HOME}/posts/15002")
    article = extract(page, page.entries[0])
    assert (article.title, article.published, article.author) == ("Title 2", str(day(2)), "Warden")
    assert "\n\n\n" not in (article.body or "")
    assert all(image.src for image in article.images or [])
    assert all(link.text and not link.url.startswith("javascript:") for link in article.links)
