"""One run of a spider: its archive, what became of what it found, and what went wrong."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from nejat_crawler.archive import DEFAULT_PATH, Archive, ArchiveError, now
from nejat_crawler.archive.crawl_state.coverage import Coverage, missing_sentence, read_coverage
from nejat_crawler.archive.crawl_state.statistics import earlier_fields
from nejat_crawler.crawl.drift import PROMISE, Found, find_drift, find_shortage
from nejat_crawler.items import Article

logger = logging.getLogger(__name__)

#: Errors that are kept with a run; the rest is only counted.
_ERRORS_KEPT = 100
#: Articles of earlier runs from which it can be told what is usual.
_BASELINE = 20


class Run:
    """Scrapy extension that holds the open archive and the record of the run."""

    def __init__(self, crawler: Crawler, archive: Archive) -> None:
        self.archive = archive
        self.errors: list[str] = []
        self.error_count = 0
        self.notices: list[str] = []
        self.archive_failed = False
        self.interrupted = False
        self.dropped: Counter[str] = Counter()
        self.outcomes: dict[str, Counter[str]] = {}
        self.finish_reason = ""
        self.requests = 0
        self.pages = 0
        """Answers that were read, whatever their status: not those that led elsewhere or were asked for again."""
        self.bytes = 0
        """Bytes of answers as they came over the wire, also of those that broke off."""
        self.coverage: dict[str, Coverage] = {}
        self.fields: dict[str, Found] = {}
        self._crawler = crawler
        self._closing: asyncio.Future[None] | None = None
        self._started_at = now()
        self._started = monotonic()
        self._run_id: int | None = None
        self._on_site = False
        """Whether the site itself is crawled, and no mirror that may hold a part of it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the archive that the command has opened for the spider, or open that of NEJAT_DB."""
        archive = getattr(crawler.spider, "archive", None)
        if archive is None:
            archive = Archive.open(Path(crawler.settings.get("NEJAT_DB") or DEFAULT_PATH))
        run = cls(crawler, archive)
        crawler.signals.connect(run._opened, signal=signals.spider_opened)
        crawler.signals.connect(run._item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(run._item_failed, signal=signals.item_error)
        crawler.signals.connect(run._spider_failed, signal=signals.spider_error)
        crawler.signals.connect(run._requested, signal=signals.request_reached_downloader)
        crawler.signals.connect(run._received, signal=signals.bytes_received)
        crawler.signals.connect(run._answered, signal=signals.response_received)
        crawler.signals.connect(run._closed, signal=signals.spider_closed)
        return run

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The run of a crawler; raises RuntimeError where the extension is switched off."""
        run = crawler.get_extension(cls)
        if run is None:
            raise RuntimeError("the extension nejat_crawler.crawl.run.Run is switched off in EXTENSIONS")
        return run

    @property
    def run_id(self) -> int:
        """The row of `runs`; 0 for an import that has stored nothing yet."""
        return self._run_id or 0

    def count(self, edition: str, outcome: str) -> None:
        """Note what became of an item."""
        self.outcomes.setdefault(edition, Counter())[outcome] += 1

    def note_fields(self, article: Article) -> None:
        """Note what an article that was stored has brought."""
        self.fields.setdefault(article.edition, Found()).add(article)

    def drop(self, reason: str) -> None:
        """Note that something was passed over, and why."""
        self.dropped[reason] += 1

    def go_on(self) -> bool:
        """Whether the run shall begin the next file; raises CloseSpider once the archive cannot be written."""
        if self.archive_failed:
            raise CloseSpider("the archive cannot be written")
        self.interrupted = self.interrupted or not self._crawler.crawling
        return not self.interrupted

    def report(self, error: str) -> None:
        """Note that something failed or is missing: a sentence for the operator, and exit code 1."""
        self.error_count += 1
        if len(self.errors) < _ERRORS_KEPT:
            self.errors.append(error)
        logger.error(error)

    def notice(self, sentence: str) -> None:
        """Note what the operator may want to know, though nothing failed."""
        self.notices.append(sentence)
        logger.info(sentence)

    def end(self, outcome: str, sentence: str) -> None:
        """End the run early, once what is under way has ended, with exit code 1."""
        engine = self._crawler.engine
        if self._closing is None and engine is not None:
            self.report(sentence)
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=outcome))

    @property
    def is_over(self) -> bool:
        """Whether nothing more shall be asked for: the run was ended, or interrupted."""
        return self._closing is not None or self.archive_failed or not self._crawler.crawling

    @property
    def seconds(self) -> float:
        """How long the run has been under way."""
        return monotonic() - self._started

    @property
    def wrote(self) -> bool:
        """Whether anything was written to the archive."""
        idle = {"same", "kept", "refused"}
        return any(set(counter) - idle for counter in self.outcomes.values())

    @property
    def outcome(self) -> str:
        """`finished`, `failed`, or why Scrapy ended the run."""
        if self.interrupted:
            return "shutdown"
        if self.finish_reason != "finished":
            return self.finish_reason or "shutdown"  # Ctrl-C before the spider had begun
        return "failed" if self.error_count else "finished"

    def summary(self) -> list[str]:
        """What the run did, a line an edition, for people."""
        lines = [
            f"{edition}: " + ", ".join(f"{number} {outcome}" for outcome, number in sorted(counter.items()))
            for edition, counter in sorted(self.outcomes.items())
        ]
        lines += [f"passed over: {reason} ({number})" for reason, number in sorted(self.dropped.items())]
        lines += self.notices
        if self.requests:
            lines.append(f"{self.requests} requests, {self.bytes / 1e6:.1f} MB, {self.seconds:.0f} s")
        lines.append(f"errors: {self.error_count}" if self.error_count else "no errors")
        return lines

    def _opened(self, spider: Spider) -> None:
        # An import that finds nothing new leaves the file untouched, so it is recorded only once it has stored
        # something; a crawl is always recorded, and first, so that one that was killed can be seen.
        if getattr(spider, "always_recorded", True):
            try:
                self._record(spider)
            except ArchiveError as error:
                self.lose_archive(str(error))

    def _record(self, spider: Spider) -> None:
        arguments: dict[str, str] = getattr(spider, "arguments", {})
        self._run_id = self.archive.start_run(getattr(spider, "command", spider.name), arguments, self._started_at)

    def _requested(self, request: Request) -> None:
        self.requests += request.url.startswith("http")

    def _received(self, data: bytes) -> None:
        self.bytes += len(data)

    def _answered(self, response: Response, request: Request) -> None:
        self.pages += response.url.startswith("http") and request.callback is not NO_CALLBACK

    def _item_dropped(self, exception: Exception) -> None:
        self.drop(str(exception))

    def _item_failed(self, item: object, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError):
            self.lose_archive(failure.getErrorMessage())
            return
        name = f"{getattr(item, 'edition', '?')}-{getattr(item, 'post_id', '?')} at {getattr(item, 'found_at', '?')}"
        self.report(f"{name} could not be archived: {failure.getErrorMessage()}")

    def lose_archive(self, error: str) -> None:
        """A full disk or a lost file will not get better with the next article: said once, and the run ends."""
        if not self.archive_failed:
            self.report(error)
        self.archive_failed = True

    def _spider_failed(self, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError):
            self.lose_archive(failure.getErrorMessage())
            return
        self.report(f"a page could not be read: {failure.getErrorMessage()}")

    def _closed(self, spider: Spider, reason: str) -> None:
        self.finish_reason = reason
        try:
            if not self.archive_failed:
                self._on_site = getattr(spider, "on_site", False)
                self._compare(getattr(spider, "editions", ()))
            if self._run_id is None and self.wrote:
                self._record(spider)
            if self._run_id is not None:
                self.archive.finish_run(self._run_id, self._columns())
        except ArchiveError as error:
            self.report(f"the run could not be recorded: {error}")
        finally:
            self.archive.close()

    def _compare(self, editions: Iterable[str]) -> None:
        """Say what is known to be on the site and is not archived."""
        for edition in editions:
            coverage = self.coverage[edition] = read_coverage(self.archive.db, edition)
            if coverage.missing:
                self.report(f"{edition}: {missing_sentence(coverage.missing)}; --fill-gaps asks for them")
            if found := self.fields.get(edition):
                before = earlier_fields(self.archive.db, edition)
                for sentence in find_drift(found.counts, before if before["articles"] >= _BASELINE else PROMISE):
                    self.report(f"{edition}: drift: {sentence}")
            for sentence in find_shortage(edition, coverage.sources) if self._on_site else ():
                self.report(f"{edition}: drift: {sentence}")

    def _columns(self) -> dict[str, object]:
        totals = sum(self.outcomes.values(), Counter())
        return {
            "outcome": self.outcome,
            "counts": {
                "outcomes": {edition: dict(counter) for edition, counter in self.outcomes.items()},
                "errors": self.error_count,
                "notices": self.notices,
                "fields": {edition: dict(found.counts) for edition, found in self.fields.items()},
            },
            "dropped": dict(self.dropped),
            "errors": self.errors,
            "gaps": [f"{edition}: {gap}" for edition, coverage in self.coverage.items() for gap in coverage.gaps],
            "coverage": {edition: coverage.as_json() for edition, coverage in self.coverage.items()},
            "requests": self.requests,
            "pages": self.pages,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 1),
            **{outcome: totals[outcome] for outcome in ("new", "changed", "gone")},
        }
