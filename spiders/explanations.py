"""Why a page has brought no articles, and what the operator may do next."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse
from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.archive.crawl_state.removals import NO_MORE
from nejat_crawler.crawl.downloading.retry import header_text
from nejat_crawler.crawl.downloading.stand_ins import StandIn, find_stand_in
from nejat_crawler.extraction.bounds import TooCostlyError, run_bounded
from nejat_crawler.extraction.decoding import decode
from nejat_crawler.extraction.page import Page
from nejat_crawler.urls import HOSTS, Mirror, absolute, post_address

#: What a page of a WordPress loads, and no challenge.
_OWN_THEME = "/wp-content/themes/"
#: Addresses of posts on a page from which on it is a listing, whatever it looks like.
_LISTED = 3
_BY_NUMBER = "--via api reads the articles by their numbers meanwhile, for the REST interface answers"


def explain_answer(response: Response, *, by_marks: bool = False) -> StandIn | None:
    """What has answered in the site's place, by the answer alone; `by_marks`: not where only its status tells."""
    headers = {(name := key.decode("latin-1")): header_text(response, name) for key in response.headers}
    source = source_of(response) if isinstance(response, TextResponse) else ""
    if by_marks and (response.status in NO_MORE or _OWN_THEME in source):
        return None  # "not found", with the captcha of its comment form or a link to log in
    by_marks = by_marks or "json" in headers.get("Content-Type", "")  # an interface that is closed to visitors
    return find_stand_in(0 if by_marks else response.status, headers, source, urlsplit(response.url).path)


def explain_page(response: Response, page: Page | None, mirror: Mirror, *, rest_answers: bool) -> StandIn | None:
    """What stands on a page with status 200 in the place of articles; None where nothing tells."""
    if not response.body.strip():
        return StandIn("an empty answer", "the server or a cache before it is broken: later runs go on by themselves")
    if not isinstance(response, TextResponse):
        kind = header_text(response, "Content-Type") or "none"
        return StandIn(f"no page but a file ({kind})", "look at it with a browser")
    if page and page.entries:
        return None
    markup, url = mirror.site_markup(source_of(response)), mirror.site_url(response.url)
    try:
        links, led = run_bounded(_addresses, markup, url, sources=(markup,))
    except TooCostlyError:
        return None  # which has been said of the page already
    meanwhile = _BY_NUMBER if rest_answers else "the REST interface, which --via api reads, does not answer"
    if page and page.problems:
        other = next((link for link in led if link.startswith("http") and post_address(link) is None), "")
        host = "".join(other.split("/")[2:3]).lower()
        if host and host not in HOSTS:
            return StandIn(f"articles of {host}", f"if the site has moved there, -a base_url=https://{host} reads it")
        if host:
            return StandIn(
                f"articles with addresses of another form, {other}",
                f"the site has new permalinks, which nejat_crawler/urls.py has to learn; {meanwhile}",
            )
    if page and page.theme and page.theme.name != "generic":
        return None
    posts = {post_address(link) for link in links} - {None}
    if len(posts) >= _LISTED:
        step = f"docs/adding-a-theme.md says how to add one; {meanwhile}"
        return StandIn("links to articles in a theme that no row knows", step)
    return explain_answer(response)


def source_of(response: Response) -> str:
    """The text of a page."""
    return decode(response.body, header_text(response, "Content-Type"))


def _addresses(markup: str, url: str) -> tuple[list[str], list[str]]:
    """Where the links of a page lead to, and those in the headings of its articles."""
    tree = LexborHTMLParser(markup)
    selectors = ("a[href]", "article h1 a[href], article h2 a[href], article h3 a[href]")
    links, led = (
        [absolute(node.attributes.get("href") or "", url) for node in tree.css(selector)] for selector in selectors
    )
    return links, led
