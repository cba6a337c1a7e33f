"""Retries: Retry-After is obeyed, other waits grow, and a site that does not answer is left alone."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from time import monotonic
from typing import Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from nejat_crawler.crawl.downloading.certificates import causes_of, distrust
from nejat_crawler.crawl.downloading.offsite import OffSiteError
from nejat_crawler.crawl.run import Run

logger = logging.getLogger(__name__)

#: Seconds between two looks whether the run has been ended meanwhile: Scrapy tells nobody of a Ctrl-C until the
#: last request is back.
_LOOK = 0.25

_random = SystemRandom()


#: Bytes; servers send some hundred, and none takes more than 64 kB.
LONGEST_HEAD = 2**20


class LongHeadError(Exception):
    """The head of an answer has no end in sight."""


class Retries(RetryMiddleware):
    """Downloader middleware in place of Scrapy's, which asks again at once and does not know Retry-After.

    No request passes while a wait lasts. As one request is under way at a time (CONCURRENT_REQUESTS), the wait is
    that of the whole crawl.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._backoff = settings.getfloat("NEJAT_BACKOFF")
        self._longest_backoff = settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._longest_wait = settings.getfloat("NEJAT_LONGEST_WAIT")
        self._most_failures = settings.getint("NEJAT_MOST_FAILURES")
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._maxsize = settings.getint("DOWNLOAD_MAXSIZE")
        self._resume_at = 0.0
        self._failures = 0
        """Requests given up one after the other."""

    async def process_request(self, request: Request) -> Request | None:
        """Wait until the site may be asked again; put the request back if the run is ended meanwhile."""
        # What a redirect leads to must be read or reported: a repeated address is dropped in silence otherwise.
        request.dont_filter = True
        while (seconds := self._resume_at - monotonic()) > 0 and not self._run.is_over:
            await asyncio.sleep(min(seconds, _LOOK))
        if not self._run.is_over:
            return None
        if request.callback is NO_CALLBACK:  # robots.txt, which would be asked for again and again
            raise IgnoreRequest("the run was ended")
        return request.replace()

    def process_response(  # type: ignore[override]  # Scrapy passes no spider to a method that takes none
        self, request: Request, response: Response
    ) -> Request | Response:
        """Ask again for an answer that tells of trouble, or is empty; raise IgnoreRequest if that takes too long."""
        # `data:,` is what an import begins with
        blank = response.status == 200 and not response.body and request.url.startswith("http")
        if response.status not in self.retry_http_codes and not blank:
            self._failures = 0
            return response
        asked = retry_after(response)
        if asked is not None and asked > self._longest_wait:
            self._give_up()
            raise IgnoreRequest(
                f"it answered {response.status} and asks for {asked:.0f} seconds of quiet, which is"
                f" longer than "
                f"NEJAT_LONGEST_WAIT ({self._longest_wait:.0f})"
            )
        again = self._again(request, f"it answered {response.status}{' and nothing' if blank else ''}", asked or 0.0)
        return again or response

    def process_exception(  # type: ignore[override]  # as above
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again for what did not arrive; raise IgnoreRequest with a reason for people once that is of no use."""
        if isinstance(exception, IgnoreRequest):
            return None
        if why := distrust(exception):  # another try will not mend that
            self._give_up()
            raise IgnoreRequest(f"{why}; NEJAT_VERIFY_TLS=0 would believe it all the same") from exception
        if any(isinstance(found, LongHeadError) for found in causes_of(exception)):
            self._give_up()
            raise IgnoreRequest(f"the head of the answer is longer than {LONGEST_HEAD} bytes") from exception
        if isinstance(exception, self.exceptions_to_retry):
            again = self._again(request, self._reason(exception))
            if again:
                return again
            times = request.meta.get("retry_times", 0) + 1
            raise IgnoreRequest(f"{self._reason(exception)}, {times} times") from exception
        self._give_up()
        raise IgnoreRequest(self._reason(exception)) from exception

    @property
    def _run(self) -> Run:
        return Run.of(self.crawler)

    def _again(self, request: Request, reason: str, asked: float = 0.0) -> Request | None:
        """The request for another try, after `asked` seconds at the least; None if there have been enough."""
        again = self._retry(request, reason)
        if again is None:
            self._give_up()
            return None
        # What a site asks for is kept to the second; what we choose ourselves is spread, so that a site which many
        # wait for is not asked by all of them at once.
        tries = int(again.meta["retry_times"])
        wait = min(self._backoff * 2 ** (tries - 1), self._longest_backoff) * _random.uniform(0.75, 1.25)
        wait = max(wait, asked)
        logger.info("%s: %s; asking again in %.1f seconds", request.url, reason, wait)
        self._resume_at = max(self._resume_at, monotonic() + wait)
        return again

    def _give_up(self) -> None:
        self._failures += 1
        if self._failures == self._most_failures:
            self._run.end(
                "unreachable",
                f"the last {self._failures} requests all failed: the run ends early, and the site is left alone",
            )

    def _reason(self, exception: Exception) -> str:
        reasons: dict[type[Exception], str] = {
            DownloadTimeoutError: f"no whole answer came within {self._timeout:g} seconds",
            DownloadConnectionRefusedError: "the connection was refused",
            CannotResolveHostError: "the host was not found",
            ResponseDataLossError: "the answer broke off",
            DownloadFailedError: "the connection was lost",
            DownloadCancelledError: f"the answer is longer than DOWNLOAD_MAXSIZE ({self._maxsize} bytes)",
        }
        known = next((words for kind, words in reasons.items() if isinstance(exception, kind)), None)
        return known or f"{type(exception).__name__}: {exception}"


#: What may be done about a request that was not answered.
_NEXT_STEPS: dict[type[Exception], str] = {
    CannotResolveHostError: "look whether this machine reaches others, and whether the domain is still there:"
    " getent hosts and whois tell",
    DownloadConnectionRefusedError: "the machine is there, its web server is not, or a firewall refuses this machine:"
    " try from another network",
    DownloadTimeoutError: "the server is overloaded, or a firewall swallows what this machine asks: try from another"
    " network",
    DownloadFailedError: "the server, or a firewall before it, has hung up: try from another network",
    OffSiteError: "has the site moved there (-a base_url=… reads it there), or does it send there whom it does not"
    " know, to ask for consent or a captcha? A browser shows which",
}


def next_step(error: BaseException | None) -> str:
    """What the operator may do about a request that was not answered; empty where nothing is known to help."""
    while error is not None:
        if step := next((step for kind, step in _NEXT_STEPS.items() if isinstance(error, kind)), ""):
            return step
        error = error.__cause__
    return ""


def retry_after(response: Response) -> float | None:
    """Seconds from now that an answer asks to wait; None where it does not, or not in a way that can be read.

    A day is read by the clock of the server that wrote it, if the answer tells that clock.
    """
    asked = header_text(response, "Retry-After")
    if re.fullmatch(r"\d{1,12}", asked):
        return float(asked)
    until = header_moment(asked)
    if until is None:
        return None
    return max(0.0, (until - (header_moment(header_text(response, "Date")) or datetime.now(UTC))).total_seconds())


def header_text(response: Response, header: str) -> str:
    """The value of a header; empty where there is none."""
    return (response.headers.get(header) or b"").decode("latin-1").strip()


def header_moment(text: str) -> datetime | None:
    """A moment as headers print it; None where it cannot be read."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class PageLength:
    """Downloader middleware: a page longer than NEJAT_LONGEST_PAGE bytes is not read."""

    def __init__(self, longest_page: int) -> None:
        self._longest_page = longest_page

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read NEJAT_LONGEST_PAGE."""
        return cls(crawler.settings.getint("NEJAT_LONGEST_PAGE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy names it)
        """Raise IgnoreRequest for a page that is too long."""
        if isinstance(response, HtmlResponse) and len(response.body) > self._longest_page:
            raise IgnoreRequest(f"the page is longer than NEJAT_LONGEST_PAGE ({self._longest_page} bytes)")
        return response
