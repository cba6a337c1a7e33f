"""Articles' own pages: for a text that a listing cuts, and to learn whether an article has changed or is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state.coverage import note_unavailable
from nejat_crawler.archive.crawl_state.frontier import archived_posts, note_checked, note_modified
from nejat_crawler.archive.crawl_state.removals import NO_MORE, note_answer
from nejat_crawler.items import Article, Capture
from nejat_crawler.urls import PostAddress
from spiders.rest_walk import failure_sentence

if TYPE_CHECKING:
    from spiders.nejat import NejatSpider

#: Why an article's own page is asked for: a listing cuts its text; the REST interface says that it was edited; a walk
#: did not meet it; a source names it and the archive has it not; its turn has come to be looked at again; an earlier
#: run could not complete it.
Why = Literal["text", "edit", "suspect", "gap", "recheck", "unfinished"]


@dataclass(frozen=True, slots=True)
class Errand:
    """A request for an article's own page, until what it shows is stored."""

    pages: OwnPages
    address: PostAddress
    why: Why
    modified_at: str | None = None
    """For an edit: when the site says that it was made."""


class OwnPages:
    """Asks for each article's own page once a run at the most."""

    def __init__(self, spider: NejatSpider) -> None:
        self._spider = spider
        self._asked: set[PostAddress] = set()
        self._read: set[PostAddress] = set()
        self._edited: dict[PostAddress, str] = {}
        """When those were edited that are under way for another reason: the listing shows another text, say."""
        self.unread_edits: set[str] = set()
        """Editions of which an edited article could not be read."""

    def ask(self, edition: str, post_id: int, why: Why, modified_at: str | None = None) -> None:
        """Ask for an article, unless this run has asked for it before."""
        errand = Errand(self, PostAddress(edition, post_id), why, modified_at)
        if self.claim(errand):
            self.fetch(errand)
        elif errand.address in self._read:
            self._note_read(errand)
        elif modified_at:
            self._edited[errand.address] = modified_at

    def claim(self, errand: Errand) -> bool:
        """Whether nobody else in this run has asked for an article, or will."""
        known = errand.address in self._asked
        self._asked.add(errand.address)
        return not known

    def fetch(self, errand: Errand, parts: tuple[str, ...] = ()) -> None:
        """Ask for an article that has been claimed, `parts` of which are known."""
        self._spider.ask(self._request(errand, parts))

    def _request(self, errand: Errand, parts: tuple[str, ...]) -> Request:
        url = errand.address.url if not parts else f"{errand.address.url}/{len(parts) + 1}"
        target = self._spider.options.mirror.request_url(url) or url
        cb_kwargs = {"errand": errand, "parts": parts}
        return Request(target, self.parse, cb_kwargs=cb_kwargs, errback=self.failed)

    def parse(self, response: Response, errand: Errand, parts: tuple[str, ...]) -> Iterator[Capture | Request]:
        """The article, or the request for its next part."""
        address = errand.address
        page = self._spider.read(response)
        entry = next((entry for entry in page.entries if entry.address == address), None) if page else None
        if page is None or page.theme is None or entry is None or not page.is_article or entry.part != len(parts) + 1:
            if errand.why == "suspect":  # led home, say: that is no proof, and no failure of this run
                self._spider.run.drop("an article that is not on the listing, whose own address shows another page")
            else:
                shown = self._spider.site_url(response)
                self._fail(errand, f"{shown} does not show the expected part of {address.url}")
            return
        parts = (*parts, entry.html)
        if len(parts) < entry.part_count:
            yield self._request(errand, parts)
        else:
            fields = {"html": parts, "part_count": len(parts), "published_at": page.published_at}
            yield self._spider.capture(entry, page.theme, response, own_page=True, **fields)

    def settle(self, errand: Errand, item: object) -> None:
        """Note that what an article's own page shows has been stored, or could not be."""
        if isinstance(item, Article) and item.outcome not in ("", "refused"):
            self._read.add(errand.address)
            self._note_read(errand)
        else:
            self._note_unread(errand)

    def _note_unread(self, errand: Errand) -> None:
        address = errand.address
        if errand.why == "edit" or address in self._edited:
            self.unread_edits.add(address.edition)
        if errand.why == "recheck":
            with self._spider.run.archive.writing() as db:
                note_checked(db, address.edition, address.post_id, now())

    def _note_read(self, errand: Errand) -> None:
        if modified_at := errand.modified_at or self._edited.get(errand.address):
            with self._spider.run.archive.writing() as db:
                note_modified(db, errand.address.edition, errand.address.post_id, modified_at)

    def failed(self, failure: Failure) -> None:
        """Keep an answer that the article is no more; say what else went wrong."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        errand: Errand = request.cb_kwargs["errand"]
        answer = failure.value.response.status if isinstance(failure.value, HttpError) else 0
        if answer in NO_MORE and not request.cb_kwargs["parts"]:
            self._note_absence(errand, answer)
            if errand.why == "recheck":
                self._note_unread(errand)
        if answer not in NO_MORE or errand.why == "text":
            self._fail(errand, failure_sentence(failure, self._spider.options.mirror.site_url(request.url)))

    def _note_absence(self, errand: Errand, answer: int) -> None:
        address, run = errand.address, self._spider.run
        with run.archive.writing() as db:
            if not archived_posts(db, address.edition, [address.post_id]):
                note_unavailable(db, address.edition, address.post_id, answer)
            elif note_answer(db, f"{address.edition}-{address.post_id}", answer, now(), run.run_id):
                run.count(address.edition, "gone")

    def _fail(self, errand: Errand, sentence: str) -> None:
        self._note_unread(errand)
        self._spider.run.report(sentence)
