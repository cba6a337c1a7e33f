"""robots.txt where it cannot be read: then nothing is asked for (RFC 9309, 2.3.1.4)."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from nejat_crawler.crawl.downloading.retry import next_step
from nejat_crawler.crawl.run import Run

#: Bytes, as RFC 9309 (2.5) has it: of 12 MB of rules a parser makes 800 MB.
_LONGEST = 500 * 1024


class ObeyRobots(RobotsTxtMiddleware):
    """Downloader middleware in place of Scrapy's, to which a robots.txt that answers 503 or nothing allows all.

    One that is not there (4xx but 408 and 429) does allow all.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._trouble = {int(code) for code in crawler.settings.getlist("RETRY_HTTP_CODES")}
        self._unread: dict[str, str] = {}
        """Hosts whose rules are not known, and why."""

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host; raises IgnoreRequest where they could not be read."""
        parser = await super().robot_parser(request)
        host = urlparse_cached(request).netloc
        if host in self._unread:
            raise IgnoreRequest(f"robots.txt of {host} could not be read ({self._unread[host]}), which forbids all")
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status in self._trouble:
            self._note(netloc, "forbidden", f"it answered {response.status}")
        if len(response.body) > _LONGEST:
            Run.of(self.crawler).add_notice(
                f"robots.txt of {netloc} has {len(response.body):,} bytes: its rules count up to {_LONGEST:,}"
            )
            response = response.replace(body=response.body[:_LONGEST].rpartition(b"\n")[0])
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # no answer is no rule: nobody has forbidden anything
        self._note(netloc, "unreachable", str(exc) or type(exc).__name__, next_step(exc))
        super()._robots_error(exc, netloc)

    def _note(self, netloc: str, outcome: str, why: str, step: str = "") -> None:
        self._unread[netloc] = why
        run = Run.of(self.crawler)
        if not run.pages and not run.is_over:  # the site itself, and not a second host with its files
            unread = f"robots.txt of {netloc} could not be read ({why}), which forbids all: the run ends"
            run.end(outcome, unread + run.once(step))
