"""The clock of this machine against the server's: the one dates what is archived, the other what is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from nejat_crawler.crawl.downloading.retry import header_moment, header_text
from nejat_crawler.crawl.run import Run

#: From here on a clock is wrong, and nothing is archived by it.
_WRONG = timedelta(days=1)
#: From here on it is said: a time zone may be set wrong. No date of an article depends on it.
_ODD = timedelta(hours=1)


class CompareClocks:
    """Downloader middleware that ends a run whose clock is a day or more off the server's, before its first page.

    A cache may answer with the `Date` of when it was filled: `Age` tells how long ago that was; where it does not,
    one more answer is asked for that no cache has. As soon as one answer agrees with this machine, both are right.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agreed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Compare unless NEJAT_COMPARE_CLOCKS is off."""
        if not crawler.settings.getbool("NEJAT_COMPARE_CLOCKS"):
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Raise IgnoreRequest for an answer by which this machine's clock is wrong."""
        ahead = _ahead(response)
        if self._agreed or ahead is None:
            return response
        is_page = request.callback is not NO_CALLBACK  # robots.txt is a file, which caches keep for weeks
        if ahead >= _WRONG and is_page:
            ahead = min(ahead, await self._ask_past_caches(request) or ahead)
        if abs(ahead) < _WRONG:
            self._agreed = True
            self._say_odd(ahead)
        elif is_page or ahead < timedelta(0):
            Run.of(self._crawler).end_for_clock(ahead)
            raise IgnoreRequest("the clock of this machine or of the server is wrong")
        return response

    async def _ask_past_caches(self, request: Request) -> timedelta | None:
        """How far the clock is ahead by an answer to a question that nobody has asked before; None without one."""
        engine = self._crawler.engine
        base = "/".join(request.url.split("/")[:3])
        fresh = f"{base}/robots.txt?{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        headers = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
        asked = Request(fresh, headers=headers, callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True})
        try:
            return _ahead(await engine.download_async(asked)) if engine else None
        except Exception:  # the answer at hand tells as much as none
            return None

    def _say_odd(self, ahead: timedelta) -> None:
        if abs(ahead) >= _ODD:
            hours = abs(ahead) / timedelta(hours=1)
            which = "ahead of" if ahead > timedelta(0) else "behind"
            Run.of(self._crawler).add_notice(f"the clock of this machine is {hours:.1f} hours {which} the server's")


def _ahead(response: Response) -> timedelta | None:
    """How far this machine's clock is ahead of the server's; None where an answer does not tell."""
    moment = header_moment(header_text(response, "Date"))
    if moment is None:
        return None
    age = header_text(response, "Age")
    return datetime.now(UTC) - moment - timedelta(seconds=int(age) if age.isdigit() and len(age) < 10 else 0)
