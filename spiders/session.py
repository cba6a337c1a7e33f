"""What every walk of a crawl needs: arguments, archive and run; requests, pages and captures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from nejat_crawler.archive import ArchiveError, now
from nejat_crawler.crawl.arguments import Arguments
from nejat_crawler.crawl.downloading.retry import next_step
from nejat_crawler.crawl.downloading.stand_ins import StandIn
from nejat_crawler.crawl.run import Run
from nejat_crawler.extraction.page import Entry, Page, read_page
from nejat_crawler.extraction.page_breaks import split_at_break
from nejat_crawler.extraction.rest_api import interface
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.items import Capture, KeptAnswer, Record, Source, Status
from nejat_crawler.urls import PostAddress
from spiders.explanations import explain_answer, explain_page, source_of

#: Sources that show the site as it is today; of any other capture it is not known whether the article is still there.
_LIVE = frozenset({"listing", "article", "api"})


class Session:
    """One crawl, as its walks know it: they do not know the spider that puts them in order."""

    def __init__(self, crawler: Crawler, options: Arguments) -> None:
        self.options = options
        self.mirror = options.mirror
        self.run = Run.of(crawler)
        self.archive = self.run.archive
        self.rest_answers: set[str] = set()
        """Editions whose REST interface has answered with posts in this run."""
        self.totals: dict[str, int] = {}
        """How many posts an edition has, where the REST interface has said so in this run."""
        self.modified: dict[PostAddress, str] = {}
        """When posts were last edited, in UTC, where the REST interface has said so in this run."""
        self._crawler = crawler
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._settle, signal=signal)

    # --- requests -------------------------------------------------------------------------------------------

    def can_ask(self) -> bool:
        """Whether the crawl goes on: not after Ctrl-C, nor once the archive cannot be written."""
        engine = self._crawler.engine
        return bool(engine and engine.spider) and not self.run.is_over

    def ask(self, request: Request) -> None:
        """Schedule a request, from wherever it becomes known that it is needed."""
        if self.can_ask() and self._crawler.engine:
            self._crawler.engine.crawl(request)

    def request(
        self,
        url: str,
        callback: Callable[..., Any],
        errback: Callable[[Failure], Any],
        *,
        settle: Callable[[object], None] | None = None,
        priority: int = 0,
        dont_filter: bool = True,
        **cb_kwargs: object,
    ) -> Request:
        """A request for the page that the site has at `url`.

        `settle` is called with each item of its answer once that has been stored, dropped or refused.
        """
        return Request(
            self.mirror.request_url(url) or url,
            callback,
            errback=errback,
            cb_kwargs=cb_kwargs,
            meta={"settle": settle} if settle else None,
            priority=priority,
            dont_filter=dont_filter,
        )

    def rest_request(
        self,
        edition: str,
        query: Mapping[str, object],
        callback: Callable[..., Any],
        errback: Callable[[Failure], Any],
        *,
        priority: int = 0,
        **cb_kwargs: object,
    ) -> Request:
        """A request for posts, to the REST interface of an edition."""
        url = f"{interface(edition)}?{urlencode(query, safe=',:')}"
        return self.request(url, callback, errback, settle=None, priority=priority, dont_filter=True, **cb_kwargs)

    def _settle(self, item: object, response: Response | None) -> None:
        """Let the walk that asked for an item's page know that the item has been stored, dropped or refused."""
        settle = response.request.meta.get("settle") if response is not None and response.request else None
        if settle is None:
            return
        try:
            settle(item)
        except ArchiveError as error:
            self.run.fail_archive(str(error))

    # --- what went wrong ------------------------------------------------------------------------------------

    def failure_sentence(self, failure: Failure, url: str) -> str:
        """Why the request for `url` brought nothing, and once a run what to do next."""
        if not isinstance(failure.value, HttpError):
            why = failure.getErrorMessage() or type(failure.value).__name__
            return f"{url} could not be read: {why}{self.run.once(next_step(failure.value))}"
        response = failure.value.response
        return f"{url} answered {response.status}{self._named(': ', explain_answer(response))}"

    def what_stands_there(self, response: Response, page: Page | None, edition: str) -> str:
        """What a page shows in the place of articles, as the end of a sentence; empty where nothing tells."""
        found = explain_page(response, page, self.mirror, rest_answers=edition in self.rest_answers)
        return self._named(", but ", found)

    def _named(self, joint: str, found: StandIn | None) -> str:
        return f"{joint}{found.what}{self.run.once(found.next_step)}" if found else ""

    # --- pages and captures ---------------------------------------------------------------------------------

    def site_url(self, response: Response) -> str:
        """The site's own address of what was asked of a mirror."""
        return self.mirror.site_url(response.url)

    def read(self, response: Response) -> Page | None:
        """What a page shows, up to where it breaks off; None for what is no text, or cannot be read: that is said."""
        if not isinstance(response, TextResponse):
            return None
        url = self.site_url(response)
        markup, appended = split_at_break(self.mirror.site_markup(source_of(response)))
        if appended:
            self.run.add_error(break_sentence(url, appended))
        try:
            return read_page(markup, url)
        except Exception as error:  # one page must not end the walk of a thousand
            self.run.add_error(f"{url} cannot be read: {str(error) or type(error).__name__}")
            return None

    def capture(self, entry: Entry, theme: Theme, response: Response, **shown: Any) -> Capture:
        """An article as a page of the site shows it: its own page, or a listing's."""
        own_page = bool(shown.get("own_page"))
        # Of an edit an excerpt shows nothing, or not all: the archive shall not think that it has been read.
        modified_at = self.modified.get(entry.address.post) if own_page or entry.whole else None
        return make_capture(
            "article" if own_page else "listing",
            entry.address.edition,
            theme.name,
            self.site_url(response),
            post_id=entry.address.post_id,
            modified_at=modified_at,
            **{"kept": kept_records(kept_answer(response)), **shown},
        )


def kept_answer(response: Response) -> KeptAnswer | None:
    """The record of a web archive in which an answer is kept, if it is."""
    kept: KeptAnswer | None = response.meta.get("kept")
    return kept


def kept_records(*answers: KeptAnswer | None) -> tuple[KeptAnswer, ...]:
    """The records that something was read from, if all of them are kept."""
    kept = tuple(answer for answer in answers if answer)
    return kept if len(kept) == len(answers) else ()


def make_capture(
    source: Source,
    edition: str,
    theme: str,
    found_at: str,
    *,
    kept: tuple[KeptAnswer, ...] = (),
    captured_at: str = "",
    **shown: Any,
) -> Capture:
    """A capture made when its record was, at `captured_at`, or at this moment.

    `shown` are the fields of Capture that the source fills.

    What a web archive dates ahead was met today: a removal of what is met in 9999 would never be noticed.
    """
    status: Status = "live" if source in _LIVE else "unseen"
    captured_at = captured_at or (kept[-1].time if kept else now())
    return Capture(edition, source, theme, found_at, min(captured_at, now()), status, kept=kept, **shown)


def record_capture(edition: str, post_id: int, record: Record, *, source: Source = "api", **made: Any) -> Capture:
    """A post as the REST interface shows it: whole; `made` are `kept` and `captured_at`, as of `make_capture`."""
    found_at = f"{interface(edition)}/{post_id}"
    return make_capture(source, edition, "rest", found_at, post_id=post_id, own_page=True, record=record, **made)


def break_sentence(found_at: str, appended: str) -> str:
    """That a page breaks off, and what stands behind the break."""
    return f"{found_at} breaks off, and the server has appended: {appended}"


# --- failures -----------------------------------------------------------------------------------------------


def failed_request(failure: Failure) -> Request:
    """The request that failed."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
    return request


def status_of(failure: Failure) -> int:
    """The status that a failed request was answered with; 0 where there was no answer."""
    return failure.value.response.status if isinstance(failure.value, HttpError) else 0


def is_switched_off(failure: Failure) -> bool:
    """Whether the site itself says that it has no such source, by a 404 or a refusal: a challenge does not."""
    if not 0 < status_of(failure) < 500:
        return False
    error = failure.value
    return isinstance(error, HttpError) and explain_answer(error.response, by_marks=True) is None
