"""What the site itself says it has: sitemaps of WordPress and of Yoast, the REST interface's ids, the feed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state.coverage import record_source
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import PAGE_SIZE, header_number
from nejat_crawler.urls import SITE, post_address
from spiders.session import Session, failed_request, status_of

#: Where sitemaps begin: WordPress's own, then that of Yoast and its like.
_SITEMAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
# `wp-sitemap-posts-post-1.xml`, Yoast's `post-sitemap2.xml`; not `wp-sitemap-taxonomies-post_tag-1.xml`.
_POSTS = re.compile(r"/(?:wp-sitemap-posts-post|post-sitemap)[^/]*$")
_LARGEST = 64 * 1024 * 1024  # bytes of a sitemap; the protocol allows 50 MB


class Survey:
    """Asks the sources of one edition, one after the other; what is switched off is recorded as such."""

    def __init__(self, session: Session, edition: Edition, done: Callable[[], None]) -> None:
        self._session = session
        self._edition = edition.code
        self._done = done
        self._sitemap: set[int] = set()
        self._sitemap_complete = True
        self._maps: list[str] = []
        self._rest: set[int] = set()

    def first_request(self) -> Request:
        """The sitemap's index; everything else follows from it."""
        return self._index(0)

    # --- sitemaps -------------------------------------------------------------------------------------------

    def _index(self, number: int) -> Request:
        url = f"{SITE}/{self._edition}/{_SITEMAPS[number]}"
        return self._session.request(url, self.parse_index, self.index_failed, number=number)

    def parse_index(self, response: Response, number: int) -> Iterator[Request]:
        """The sitemaps of posts among those that an index names."""
        kind, addresses = self._read(response)
        if kind == "urlset":
            self._take(addresses)
        elif kind == "sitemapindex":
            self._maps = [url for url in addresses if _POSTS.search(urlsplit(url).path)]
        else:
            yield self._after_index(number)
            return
        yield self._next_map()

    def index_failed(self, failure: Failure) -> Iterator[Request]:
        """Try where other plugins put theirs."""
        number: int = failed_request(failure).cb_kwargs["number"]
        if _answered(failure):
            yield self._after_index(number)
        else:  # the site does not answer: nor will it to the other questions
            for name in ("sitemap", "rest", "feed"):
                self._record(name, "unreachable", None)
            self._done()

    def _after_index(self, number: int) -> Request:
        if number + 1 < len(_SITEMAPS):
            return self._index(number + 1)
        self._record("sitemap", "off", None)
        return self._ids(1)

    def _next_map(self) -> Request:
        while self._maps:
            url = self._maps.pop(0)
            if self._session.mirror.request_url(url):  # else it stands on another host
                return self._session.request(url, self.parse_map, self.map_failed)
            self._sitemap_complete = False
        self._record("sitemap", "complete" if self._sitemap_complete else "partial", self._sitemap)
        return self._ids(1)

    def parse_map(self, response: Response) -> Iterator[Request]:
        """The posts of one sitemap."""
        kind, addresses = self._read(response)
        self._sitemap_complete = self._sitemap_complete and kind == "urlset"
        self._take(addresses)
        yield self._next_map()

    def map_failed(self, _: Failure) -> Iterator[Request]:
        """Go on with the next; the list of posts stays incomplete."""
        self._sitemap_complete = False
        yield self._next_map()

    def _read(self, response: Response) -> tuple[str, list[str]]:
        """`urlset` or `sitemapindex` with its addresses; an empty kind for anything else."""
        body = gunzip(response.body, max_size=_LARGEST) if gzip_magic_number(response) else response.body
        if b"<urlset" not in body[:4096] and b"<sitemapindex" not in body[:4096]:
            return "", []
        sitemap = Sitemap(body)
        mirror = self._session.mirror
        return sitemap.type or "", [mirror.site_url(entry["loc"].strip()) for entry in sitemap if entry.get("loc")]

    def _take(self, addresses: list[str]) -> None:
        posts = filter(None, map(post_address, addresses))
        self._sitemap |= {found.post.post_id for found in posts if found.post.edition == self._edition}

    # --- the REST interface ---------------------------------------------------------------------------------

    def _ids(self, page: int) -> Request:
        query = {"_fields": "id", "per_page": PAGE_SIZE, "orderby": "id", "order": "asc", "page": page}
        return self._session.rest_request(self._edition, query, self.parse_ids, self.ids_failed, page=page)

    def parse_ids(self, response: Response, page: int) -> Iterator[Request]:
        """Ids a hundred at a time; if the count is that of the sitemap, that has said it all."""
        try:
            posts = {post["id"] for post in json.loads(response.body) if isinstance(post["id"], int)}
        except (ValueError, RecursionError, TypeError, KeyError):
            self._record("rest", "off" if page == 1 else "partial", self._rest or None)
            yield self._feed()
            return
        total, pages = (header_number(response.headers.get(name)) for name in ("X-WP-Total", "X-WP-TotalPages"))
        unseen = posts - self._rest
        self._rest |= posts
        if page == 1 and self._sitemap_complete and total == len(self._sitemap) and posts <= self._sitemap:
            self._record("rest", "complete", self._sitemap)
            yield self._feed()
            return
        if unseen and page < (pages if pages is not None else page + (len(posts) == PAGE_SIZE)):
            yield self._ids(page + 1)
            return
        state = "complete" if total is None or len(self._rest) >= total else "partial"
        self._record("rest", state, self._rest, total)
        yield self._feed()

    def ids_failed(self, failure: Failure) -> Iterator[Request]:
        """Go on without."""
        if self._rest:
            self._record("rest", "partial", self._rest)
        else:
            self._record("rest", "off" if _answered(failure) else "unreachable", None)
        yield self._feed()

    # --- the feed -------------------------------------------------------------------------------------------

    def _feed(self) -> Request:
        # No If-None-Match: all feeds of the site share one ETag, and a 304 would hide what was never read.
        return self._session.request(f"{SITE}/{self._edition}/feed", self.parse_feed, self.feed_failed)

    def parse_feed(self, response: Response) -> None:
        """The newest posts, by the guid that no change of address touches."""
        printed = "//item/guid/text() | //item/link/text()"
        guids = response.xpath(printed).getall() if isinstance(response, TextResponse) else []
        posts = filter(None, map(post_address, map(self._session.mirror.site_url, map(str.strip, guids))))
        found = {post.post.post_id for post in posts if post.post.edition == self._edition}
        self._record("feed", "partial" if found else "off", found or None)
        self._done()

    def feed_failed(self, failure: Failure) -> None:
        """Go on without."""
        self._record("feed", "off" if _answered(failure) else "unreachable", None)
        self._done()

    def _record(self, name: str, state: str, posts: set[int] | None, total: int | None = None) -> None:
        with self._session.archive.writing() as db:
            record_source(db, self._edition, name, state, now(), posts, total)


def _answered(failure: Failure) -> bool:
    """Whether the server gave an answer of its own, such as 404: then it has no such source."""
    return 0 < status_of(failure) < 500
