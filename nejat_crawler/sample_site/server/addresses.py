"""What stands at which address."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from nejat_crawler.sample_site import twenty_theme
from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import PAGE_SIZE, Blog, Term
from nejat_crawler.sample_site.content.inline import HOME
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.response import Response
from nejat_crawler.sample_site.sample_site import SampleSite
from nejat_crawler.sample_site.server import feeds_and_sitemaps, rest_answers
from nejat_crawler.sample_site.server.issue_pdf import issue_pdf
from nejat_crawler.sample_site.theme.listing import archive_page, archived, home_listing, missing_page
from nejat_crawler.sample_site.theme.single import article_page

XML = "application/xml; charset=UTF-8"

_ARCHIVE = re.compile(r"(module|tag|posts/author)/([^/]+)(?:/page/(\d{1,9}))?(/feed)?")
_ARTICLE = re.compile(r"posts/(\d{1,12})(?:/(\d{1,9}|feed))?")
_SITEMAP = re.compile(r"wp-sitemap-(.+)-1\.xml")


def respond(site: SampleSite, target: str, headers: Mapping[str, str]) -> Response:
    """Answer a GET for `target` (path and query); of the request's `headers` If-None-Match counts."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.path == "/robots.txt":
        return Response(
            feeds_and_sitemaps.robots(list(site.blogs), site.crawl_delay), content_type="text/plain; charset=utf-8"
        )
    edition, slash, path = parts.path.removeprefix("/").partition("/")
    blog = site.blogs.get(edition)
    if blog is None:
        if not edition:
            return _redirect(f"{HOME}/{next(iter(site.blogs))}/")
        return Response("<html><body><h1>Not Found</h1></body></html>", 404)
    if not slash or path.endswith("/"):
        address = f"{HOME}/{edition}/{path.strip('/')}"
        return _redirect(f"{address}?{parts.query}" if parts.query else address)
    look = site.appearance  # once: it may be changed while this is answered
    if look.theme == "other" and (page := twenty_theme.respond_by_twenty(site.blogs, target)):
        return page
    return _edition(blog, look, path, query, headers) or Response(missing_page(blog, look), 404)


def _edition(
    blog: Blog, look: Appearance, path: str, query: Mapping[str, str], headers: Mapping[str, str]
) -> Response | None:
    amp = query.get("amp") == "1"
    if not path:
        return _home(blog, look, query, amp=amp)
    if match := re.fullmatch(r"page/(\d{1,9})", path):
        return _listing_page(blog, look, int(match[1]), amp=amp)
    if path == "feed":
        return _feed(blog, blog.by_query(), blog.home, query, headers)
    if path == "comments/feed":
        return _feed(blog, [], blog.home, {}, headers)
    if match := _ARTICLE.fullmatch(path):
        return _article(blog, look, int(match[1]), match[2] or "", headers)
    if match := _ARCHIVE.fullmatch(path):
        term = blog.find_term(match[1], match[2])
        return _archive(blog, look, term, match[3], query, headers, feed=bool(match[4])) if term else None
    if path == "wp-json" or path.startswith("wp-json/"):
        answer = (
            rest_answers.answer(blog, path.removeprefix("wp-json"), query)
            if look.rest
            else rest_answers.refuse_all(look.rest_status)
        )
        body = json.dumps(answer.body).replace("/", "\\/")
        return Response(body, answer.status, "application/json; charset=UTF-8", answer.headers)
    if path == "wp-sitemap.xml":
        return Response(feeds_and_sitemaps.sitemap_index(blog), content_type=XML)
    if match := _SITEMAP.fullmatch(path):
        text = feeds_and_sitemaps.sitemap(blog, match[1])
        return Response(text, content_type=XML) if text else None
    return _file(path)


def _home(blog: Blog, look: Appearance, query: Mapping[str, str], *, amp: bool) -> Response | None:
    if "p" in query:
        post = blog.visible(int(query["p"])) if re.fullmatch(r"\d{1,12}", query["p"]) else None
        return _redirect(post.link) if post else None
    return Response(home_listing(blog, look, 1, amp=amp))


def _listing_page(blog: Blog, look: Appearance, number: int, *, amp: bool) -> Response | None:
    if number == 1:
        return _redirect(blog.home + ("?amp=1" if amp else ""))
    return Response(home_listing(blog, look, number, amp=amp)) if 1 < number <= blog.pages() else None


def _archive(
    blog: Blog,
    look: Appearance,
    term: Term,
    page: str | None,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    *,
    feed: bool,
) -> Response | None:
    posts = blog.archive(term)
    link = term.link(blog.edition)
    if feed:
        return None if page else _feed(blog, posts, link, query, headers, term.name)
    number = int(page or 1)
    if page and number == 1:
        return _redirect(link)
    if not 1 <= number <= blog.pages(archived(blog, look, term)[1]):
        return None
    return Response(archive_page(blog, look, term, number, amp=query.get("amp") == "1"))


def _article(blog: Blog, look: Appearance, post_id: int, page: str, headers: Mapping[str, str]) -> Response | None:
    post = blog.visible(post_id)
    if post is None:
        return None
    if page == "feed":
        return _feed(blog, [], post.link, {}, headers, post.shown_title)
    number = int(page or 1)
    if page and (post.protected or not 2 <= number <= len(post.pages)):
        return _redirect(post.link)
    links = f"<{HOME}/{blog.edition}/?p={post_id}>; rel=shortlink"
    return Response(article_page(blog, post, look, number), headers={"Link": links})


def _feed(
    blog: Blog, posts: list[Post], link: str, query: Mapping[str, str], headers: Mapping[str, str], title: str = ""
) -> Response | None:
    stamps = {"ETag": feeds_and_sitemaps.etag(blog), "Last-Modified": feeds_and_sitemaps.last_modified(blog)}
    # The tag is the site's, not the feed's: it answers 304 on a feed that was never fetched.
    if headers.get("If-None-Match", "").removeprefix("W/") == stamps["ETag"]:
        return Response("", 304, headers=stamps)
    page = int(query["paged"]) if query.get("paged", "").isdecimal() else 1
    shown = posts[(max(page, 1) - 1) * PAGE_SIZE : max(page, 1) * PAGE_SIZE]
    if page > 1 and not shown:
        return None
    return Response(
        feeds_and_sitemaps.rss(blog, shown, link, title), 200, "application/rss+xml; charset=UTF-8", stamps
    )


def _file(path: str) -> Response | None:
    if not path.startswith(("wp-content/uploads/", "wp-content/themes/")):
        return None
    if path.endswith(".png"):
        return Response(PNG, content_type="image/png")
    issue = re.search(r"newsletter-(\d{1,4})\.pdf$", path)
    return Response(issue_pdf(int(issue[1])), content_type="application/pdf") if issue else None


def _redirect(address: str) -> Response:
    return Response("", 301, headers={"Location": address})


#: A grey pixel.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
