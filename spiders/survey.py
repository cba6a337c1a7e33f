"""What the site itself says it has: sitemaps of WordPress and of Yoast, the REST interface's ids, the feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from itertools import islice
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.archive.crawl_state.coverage import record_source, silent_sentence
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import MOST_PAGES, PAGE_SIZE, NoPostsError, header_number, interface, read_list
from nejat_crawler.extraction.rest_api.rest_values import post_number
from nejat_crawler.urls import SITE, post_address
from spiders.explanations import explain_answer
from spiders.session import Session, failed_request, is_switched_off

#: Where sitemaps begin: WordPress's own, then those of Yoast and its like, Jetpack and its like, and SEOPress.
_SITEMAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml", "sitemaps.xml")
#: Words in the name of a map that has no posts: `wp-sitemap-taxonomies-post_tag-1.xml`, `page-sitemap.xml`.
_OTHER = re.compile(
    r"(?<![a-z])(?:tax(?:onomies)?|categor(?:y|ies)|tags?|authors?|users?|pages?|attachment|media|images?|videos?|misc"
    r"|local|archives|products?)(?![a-z])"
)
_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>")
_LARGEST = 64 * 1024 * 1024  # bytes of a sitemap; the protocol allows 50 MB
_MOST_MAPS, _MOST_TAGS, _MOST_TAGS_IN_ALL = 1000, 1_000_000, 5_000_000
_MOST_ENTRIES = 50_000  # of one map, by the protocol
_MOST_POSTS = 200_000  # of a sitemap; the whole site has some sixty thousand


class Survey:
    """Asks the sources of one edition, one after the other; what is switched off is recorded as such."""

    def __init__(self, session: Session, edition: Edition, met: Set[int], done: Callable[[], None]) -> None:
        self._session = session
        self._edition = edition.code
        self._listed = met or frontier.first_page(session.archive.db, edition.code)
        """What the listing shows: a source without it is not of today."""
        self._done = done
        self._sitemap: set[int] = set()
        self._sitemap_complete, self._tags = True, 0
        self._answered = False
        """Whether there is a sitemap at all."""
        self._maps: list[str] = []
        self._other_maps: list[str] = []
        """Those whose names say that they have no posts: they are read if no others have any."""
        self._asked: set[str] = set()
        self._rest: set[int] = set()
        self._answers: dict[str, str] = {}
        """The state of each source that has been asked."""

    # --- sitemaps -------------------------------------------------------------------------------------------

    def request(self, number: int = 0) -> Request:
        """The sitemap's index, where one of the plugins puts it; everything else follows from it."""
        url = f"{SITE}/{self._edition}/{_SITEMAPS[number]}"
        return self._session.request(url, self.parse_map, self.index_failed, number=number)

    def index_failed(self, failure: Failure) -> Iterator[Request]:
        """Try where other plugins put theirs."""
        number: int = failed_request(failure).cb_kwargs["number"]
        if is_switched_off(failure):
            yield self._after_index(number)
        else:  # the site does not answer: nor will it to the other questions
            for name in ("sitemap", "rest", "feed"):
                self._record(name, "unreachable", None)
            self._finish()

    def _after_index(self, number: int) -> Request:
        """Go on with the next plugin's, as long as none has shown posts."""
        if not self._sitemap and number + 1 < len(_SITEMAPS):
            return self.request(number + 1)
        self._sitemap_complete = self._sitemap_complete and bool(self._sitemap) and self._is_of_today(self._sitemap)
        if self._sitemap or self._answered:
            # of a sitemap that shows no posts, it is not known whether there are none
            state = "complete" if self._sitemap_complete else "partial"
            self._record("sitemap", state, self._sitemap or None)
        else:
            self._record("sitemap", self._answers.get("sitemap", "off"), None)
        return self._ids(1)

    def _next_map(self, number: int) -> Request:
        if not self._maps and not self._sitemap:
            self._maps, self._other_maps = self._other_maps, []
        while self._maps:
            url = self._maps.pop(0)
            if self._session.mirror.request_url(url):  # else it stands on another host
                return self._session.request(url, self.parse_map, self.map_failed, number=number)
            self._sitemap_complete = False
        return self._after_index(number)

    def parse_map(self, response: Response, number: int) -> Iterator[Request]:
        """The posts of one sitemap, or the maps that an index names: all but those that have no posts."""
        kind, addresses, whole = self._read(response)
        self._answered = self._answered or bool(kind)
        if not kind and _stands_in(response):
            self._answers["sitemap"] = "unreachable"
        if kind or self._asked:  # an index that is a page of another kind is none
            self._sitemap_complete = self._sitemap_complete and whole
        if kind == "urlset":
            self._take(addresses)
        for url in addresses if kind == "sitemapindex" else ():
            if url not in self._asked and len(self._asked) < _MOST_MAPS:
                self._asked.add(url)
                name = urlsplit(url).path.rpartition("/")[2].lower()
                (self._other_maps if _OTHER.search(name) else self._maps).append(url)
            elif url not in self._asked:
                self._sitemap_complete = False
        yield self._next_map(number)

    def map_failed(self, failure: Failure) -> Iterator[Request]:
        """Go on with the next; the list of posts stays incomplete."""
        self._sitemap_complete = False
        yield self._next_map(failed_request(failure).cb_kwargs["number"])

    def _read(self, response: Response) -> tuple[str, list[str], bool]:
        """`urlset` or `sitemapindex`, its addresses, and whether it was read to its end; else an empty kind."""
        try:
            packed = gzip_magic_number(response)
            body = gunzip(response.body, max_size=_LARGEST) if packed else response.body
            root = _ROOT.search(body, 0, 65536)
            if root is None:
                return "", [], False
            self._tags += (tags := body.count(b"<"))
            if tags > _MOST_TAGS or self._tags > _MOST_TAGS_IN_ALL:
                raise ValueError(f"it has {tags:,} tags, and the maps before it {self._tags - tags:,}")
            sitemap = Sitemap(body[root.start() :])  # a notice of PHP may stand before it
        except Exception as error:  # what zlib, struct and lxml raise at broken ones, and Scrapy at bombs
            self._session.run.add_error(f"{response.url} cannot be read: {str(error) or type(error).__name__}")
            self._answered, self._sitemap_complete = True, False
            return "", [], False
        printed = [entry["loc"].strip() for entry in islice(sitemap, _MOST_ENTRIES + 1) if entry.get("loc")]
        if len(printed) > _MOST_ENTRIES:
            self._session.run.add_error(f"{response.url} names more than {_MOST_ENTRIES} pages: the rest is not read")
        addresses = [self._session.mirror.site_url(url) for url in printed[:_MOST_ENTRIES]]
        whole = len(printed) <= _MOST_ENTRIES and bool(_END.search(body, root.start()))
        return sitemap.type or "", addresses, whole

    def _take(self, addresses: list[str]) -> None:
        posts = filter(None, map(post_address, addresses))
        self._sitemap |= {found.post.post_id for found in posts if found.post.edition == self._edition}
        if len(self._sitemap) > _MOST_POSTS and self._maps:
            self._maps, self._sitemap_complete = [], False
            said = f"the sitemap of {self._edition} names more than {_MOST_POSTS} posts"
            self._session.run.add_error(f"{said}: the rest of it is not read")

    # --- the REST interface ---------------------------------------------------------------------------------

    def _ids(self, page: int) -> Request:
        query = {"_fields": "id", "per_page": PAGE_SIZE, "orderby": "id", "order": "asc", "page": page}
        return self._session.rest_request(self._edition, query, self.parse_ids, self.ids_failed, page=page)

    def parse_ids(self, response: Response, page: int) -> Iterator[Request]:
        """Ids a hundred at a time; if the count is that of the sitemap, that has said it all."""
        try:
            numbers = {post_number(post["id"]) for post in read_list(response.body)}
        except (NoPostsError, TypeError, KeyError):
            off = "unreachable" if _stands_in(response) else "off"
            self._record("rest", off if page == 1 else "partial", self._rest or None)
            yield self._feed()
            return
        if None in numbers:
            self._session.run.add_error(f"{interface(self._edition)} names a post by a number that none has")
        posts = {number for number in numbers if number}
        total, pages = (header_number(response.headers.get(name)) for name in ("X-WP-Total", "X-WP-TotalPages"))
        unseen = posts - self._rest
        self._rest |= posts
        if page == 1 and self._sitemap_complete and total == len(self._sitemap) and posts <= self._sitemap:
            self._record("rest", "complete", self._sitemap)
            yield self._feed()
            return
        if unseen and page < MOST_PAGES and page < (pages if pages is not None else page + (len(posts) == PAGE_SIZE)):
            yield self._ids(page + 1)
            return
        all_named = page < MOST_PAGES and (bool(self._rest) if total is None else len(self._rest) >= total)
        state = "complete" if all_named and self._is_of_today(self._rest) else "partial"
        self._record("rest", state, self._rest or None, total)
        yield self._feed()

    def ids_failed(self, failure: Failure) -> Iterator[Request]:
        """Go on without."""
        if self._rest:
            self._record("rest", "partial", self._rest)
        else:
            self._record("rest", "off" if is_switched_off(failure) else "unreachable", None)
        yield self._feed()

    # --- the feed -------------------------------------------------------------------------------------------

    def _feed(self) -> Request:
        # No If-None-Match: all feeds of the site share one ETag, and a 304 would hide what was never read.
        return self._session.request(f"{SITE}/{self._edition}/feed", self.parse_feed, self.feed_failed)

    def parse_feed(self, response: Response) -> None:
        """The newest posts, by the guid that no change of address touches."""
        printed = "//item/*[self::guid or self::link]/text()"  # what two paths find is sorted, in quadratic time
        readable = isinstance(response, TextResponse) and response.body.count(b"<") <= _MOST_TAGS
        guids = response.xpath(printed).getall() if readable else []
        if not readable and isinstance(response, TextResponse):
            self._session.run.add_error(f"{response.url} has more than {_MOST_TAGS:,} tags: it is not read")
        posts = filter(None, map(post_address, map(self._session.mirror.site_url, map(str.strip, guids))))
        found = {post.post.post_id for post in posts if post.post.edition == self._edition}
        off = "unreachable" if _stands_in(response) else "off"
        self._record("feed", "partial" if found else off, found or None)
        self._finish()

    def feed_failed(self, failure: Failure) -> None:
        """Go on without."""
        self._record("feed", "off" if is_switched_off(failure) else "unreachable", None)
        self._finish()

    def _finish(self) -> None:
        """Say what has not been looked for: what no source names, nobody will miss."""
        run, silent = self._session.run, [name for name, state in self._answers.items() if state == "unreachable"]
        if silent and self._session.can_ask():
            run.add_error(f"{self._edition}: {silent_sentence(silent)}")
        elif "complete" not in self._answers.values():
            run.add_notice(
                f"{self._edition}: neither sitemap nor REST interface names every post: what the listing does not"
                " show (posts inserted with an old date, say) was not looked for"
            )
        self._done()

    def _record(self, name: str, state: str, posts: set[int] | None, total: int | None = None) -> None:
        self._answers[name] = state
        with self._session.archive.writing() as db:
            record_source(db, self._edition, name, state, now(), posts, total)

    def _is_of_today(self, posts: set[int]) -> bool:
        """Whether a source names what the listing shows; it may come from a cache, or leave out what it likes."""
        return self._listed <= posts


def _stands_in(response: Response) -> bool:
    """Whether something has answered in the site's place: a challenge with status 200 is no source switched off."""
    return explain_answer(response, by_marks=True) is not None
