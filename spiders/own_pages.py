"""Articles' own pages: for a text that a listing cuts, and to learn whether an article has changed or is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state.coverage import record_unavailable
from nejat_crawler.archive.crawl_state.frontier import archived_posts, record_checked, record_modified
from nejat_crawler.archive.crawl_state.removals import NO_MORE, record_answer
from nejat_crawler.extraction.page import Entry
from nejat_crawler.items import Article, Capture, KeptAnswer
from nejat_crawler.urls import PostAddress
from spiders.session import Session, failed_request, kept_answer, kept_records, status_of

#: Why an article's own page is asked for: a listing cuts its text; the REST interface says that it was edited; it is
#: missing from the listing; a source names it and the archive has it not; its turn has come to be looked at again; an
#: earlier run could not complete it.
Why = Literal["text", "edit", "missing", "gap", "recheck", "unfinished"]

#: Of a post split by `<!--nextpage-->`.
_MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for an article's own page, until what it shows is stored."""

    address: PostAddress
    why: Why
    modified_at: str | None = None
    """For an edit: when the site says that it was made."""


class ShownPart(NamedTuple):
    """A part of a split post."""

    html: str
    kept: KeptAnswer | None
    """The record that it stands in."""


class OwnPages:
    """Asks for each article's own page once a run at the most."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: set[PostAddress] = set()
        self._read: set[PostAddress] = set()
        self._edited: dict[PostAddress, str] = {}
        """When those were edited that are under way for another reason: the listing shows another text, say."""
        self.unread_edits: set[str] = set()
        """Editions of which an edited article could not be read."""

    def ask(self, edition: str, post_id: int, why: Why, modified_at: str | None = None) -> None:
        """Ask for an article, unless this run has asked for it before."""
        asked = PageRequest(PostAddress(edition, post_id), why, modified_at)
        if self.claim(asked):
            self.fetch(asked)
        elif asked.address in self._read:
            self._record_read(asked)
        elif modified_at:
            self._edited[asked.address] = modified_at

    def claim(self, asked: PageRequest) -> bool:
        """Whether nobody else in this run has asked for an article, or will."""
        known = asked.address in self._asked
        self._asked.add(asked.address)
        return not known

    def fetch(self, asked: PageRequest, parts: tuple[ShownPart, ...] = ()) -> None:
        """Ask for an article that has been claimed, `parts` of which are known."""
        self._session.ask(self._request(asked, parts))

    def _request(self, asked: PageRequest, parts: tuple[ShownPart, ...]) -> Request:
        url = asked.address.url if not parts else f"{asked.address.url}/{len(parts) + 1}"
        settle = partial(self.settle, asked)
        return self._session.request(
            url, self.parse, self.failed, settle=settle, dont_filter=False, asked=asked, parts=parts
        )

    def parse(
        self, response: Response, asked: PageRequest, parts: tuple[ShownPart, ...]
    ) -> Iterator[Capture | Request]:
        """The article, or the request for its next part."""
        address = asked.address
        page = self._session.read(response)
        entry = next((entry for entry in page.entries if entry.address == address), None) if page else None
        if page is None or page.theme is None or entry is None or not page.is_article or not _follows(entry, parts):
            instead = self._session.what_stands_there(response, page, address.edition)
            if asked.why == "missing" and not instead:  # led home, say: that is no proof, and no failure of this run
                self._session.run.count_skipped(
                    "an article that is not on the listing, whose own address shows another page"
                )
            else:
                shown = self._session.site_url(response)
                self._fail(asked, f"{shown} does not show the expected part of {address.url}{instead}")
            return
        parts = (*parts, ShownPart(entry.html, kept_answer(response)))
        if entry.part_count > _MOST_PARTS:
            self._fail(
                asked, f"{address.url} has {entry.part_count} parts, and {_MOST_PARTS} are the most that are read"
            )
        elif len(parts) < entry.part_count:
            yield self._request(asked, parts)
        else:
            fields: dict[str, Any] = {"html": tuple(part.html for part in parts), "part_count": len(parts)}
            fields |= {"kept": kept_records(*(part.kept for part in parts)), "published_at": page.published_at}
            yield self._session.capture(entry, page.theme, response, own_page=True, **fields)

    def settle(self, asked: PageRequest, item: object) -> None:
        """Record that what an article's own page shows has been stored, or could not be."""
        if isinstance(item, Article) and item.outcome not in ("", "refused"):
            self._read.add(asked.address)
            self._record_read(asked)
        else:
            self._record_unread(asked)

    def _record_unread(self, asked: PageRequest) -> None:
        address = asked.address
        if asked.why == "edit" or address in self._edited:
            self.unread_edits.add(address.edition)
        if asked.why == "recheck":
            with self._session.archive.writing() as db:
                record_checked(db, address.edition, address.post_id, now())

    def _record_read(self, asked: PageRequest) -> None:
        if modified_at := asked.modified_at or self._edited.get(asked.address):
            with self._session.archive.writing() as db:
                record_modified(db, asked.address.edition, asked.address.post_id, modified_at)

    def failed(self, failure: Failure) -> None:
        """Keep an answer that the article is no more; say what else went wrong."""
        request, answer = failed_request(failure), status_of(failure)
        asked: PageRequest = request.cb_kwargs["asked"]
        if answer in NO_MORE and not request.cb_kwargs["parts"]:
            self._record_no_more(asked, answer)
            if asked.why == "recheck":
                self._record_unread(asked)
        if answer not in NO_MORE or asked.why == "text" or request.cb_kwargs["parts"]:
            self._fail(asked, self._session.failure_sentence(failure, self._session.mirror.site_url(request.url)))

    def _record_no_more(self, asked: PageRequest, answer: int) -> None:
        address, run = asked.address, self._session.run
        with self._session.archive.writing() as db:
            if not archived_posts(db, address.edition, [address.post_id]):
                record_unavailable(db, address.edition, address.post_id, answer)
            elif record_answer(db, f"{address.edition}-{address.post_id}", answer, now(), run.run_id):
                run.count(address.edition, "gone")

    def _fail(self, asked: PageRequest, sentence: str) -> None:
        self._record_unread(asked)
        self._session.run.add_error(sentence)


def _follows(entry: Entry, parts: tuple[ShownPart, ...]) -> bool:
    """Whether it is the next part; a server that leaves numbers out shows the first one at each address."""
    return entry.part == len(parts) + 1 and not any(entry.html == part.html for part in parts)
