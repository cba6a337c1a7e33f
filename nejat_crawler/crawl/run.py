"""One run of a spider: its open archive, and how it is recorded, ended early and closed."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from nejat_crawler.archive import DEFAULT_PATH, IN_MEMORY, Archive, ArchiveError, now
from nejat_crawler.archive.capture_records.capture_rows import forget_captures
from nejat_crawler.crawl.last_crawl import differences
from nejat_crawler.crawl.run_report import RunReport


def open_archive(settings: BaseSettings) -> Archive:
    """The archive of NEJAT_DB, for writing; one that is forgotten if that is `:memory:`."""
    path = str(settings.get("NEJAT_DB") or DEFAULT_PATH)
    return Archive.open_in_memory() if path == IN_MEMORY else Archive.open(Path(path))


class Run(RunReport):
    """Scrapy extension that holds the open archive and the report of the run."""

    def __init__(self, crawler: Crawler, archive: Archive) -> None:
        super().__init__()
        self.archive = archive
        self.archive_failed = False
        self.refuses_changes = False
        """Whether most of what was read had changed, and nothing more shall be written."""
        self._crawler = crawler
        self._crawls = crawler.crawling  # not in `scrapy shell`, which drives the engine itself
        self._handler = SignalErrors(self)
        self._closing: asyncio.Future[None] | None = None
        self.started_at = now()
        self._ahead = timedelta(0)
        self._run_id: int | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the archive that the command has opened for the spider, or open that of NEJAT_DB.

        One that is forgotten with `:memory:` for NEJAT_DB, or for a spider that knows no archive (`scrapy shell`).
        """
        archive = getattr(crawler.spider, "archive", None)
        if archive is None:
            ours = hasattr(crawler.spider, "archive")
            archive = open_archive(crawler.settings) if ours else Archive.open_in_memory()
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

    @property
    def warc_series(self) -> str:
        """What the names of its web archives begin with."""
        return f"{self.started_at.replace('-', '').replace(':', '')}-{self.run_id}"

    # --- when it ends ---------------------------------------------------------------------------------------

    def should_continue(self) -> bool:
        """Whether the run shall begin the next file; raises CloseSpider once the archive cannot be written."""
        if self.archive_failed:
            raise CloseSpider("the archive cannot be written")
        self.interrupted = self.interrupted or self._stopped
        return not self.interrupted

    def end(self, outcome: str, sentence: str) -> None:
        """End the run early, once what is under way has ended, with exit code 1."""
        engine = self._crawler.engine
        if self._closing is None and engine is not None:
            self.add_error(sentence)
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=outcome))

    def end_for_clock(self, ahead: timedelta) -> None:
        """End the run, for this machine's clock is `ahead` of the server's: its times would stay in the archive."""
        days = f"{abs(ahead) / timedelta(days=1):,.1f} days {'ahead of' if ahead > timedelta(0) else 'behind'}"
        self._ahead = max(ahead, timedelta(0))
        self.end(
            "clock",
            f"the clock of this machine, {now()}, is {days} the server's, so that one of them is wrong: the run"
            " ends, and nothing is archived by it; look at both (date -u, timedatectl) and set it right; where the"
            " server's is the wrong one, -s NEJAT_COMPARE_CLOCKS=0 reads it all the same",
        )

    def refuse_changes(self, edition: str, sentence: str) -> None:
        """Take back the changes of this run and end it, unless they are to be accepted: said with exit code 1."""
        if self.refuses_changes or not self._may_refuse:
            return
        self.refuses_changes = True
        restored = self.archive.forget_states()
        self.end(
            "changes",
            f"{edition}: {sentence}: the run ends, nothing more is written, its changes ({restored}) are taken back;"
            " --accept-changes would archive them",
        )

    @property
    def _may_refuse(self) -> bool:
        is_crawl = hasattr(self._crawler.spider, "options")  # an import is no edit by the site
        return is_crawl and not self.accepts_changes

    def fail_archive(self, error: str) -> None:
        """A full disk or a lost file will not get better with the next article: said once, and the run ends."""
        if not self.archive_failed:
            self.add_error(error)
        self.archive_failed = True

    @property
    def is_over(self) -> bool:
        """Whether nothing more shall be asked for: the run was ended, or interrupted."""
        return self._closing is not None or self.archive_failed or self._stopped

    @property
    def _stopped(self) -> bool:
        return self._crawls and not self._crawler.crawling

    # --- what Scrapy signals --------------------------------------------------------------------------------

    def _opened(self, spider: Spider) -> None:
        logging.getLogger("scrapy.utils.signal").addHandler(self._handler)
        # else a record is made of each article, which no handler takes
        logging.getLogger("scrapy.core.scraper").setLevel(self._crawler.settings["LOG_LEVEL"])
        self.writes_rereads = bool(getattr(spider, "writes", False))
        self.accepts_changes = bool(getattr(getattr(spider, "options", spider), "accept_changes", False))
        if hasattr(spider, "hosts") and not self._crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
            self.add_notice("certificates are not verified: whether the site itself has answered is not known")
        # An import that finds nothing new leaves the file untouched, so it is recorded only once it has stored
        # something; a crawl is always recorded, and first, so that one that was killed can be seen.
        if getattr(spider, "always_recorded", True):
            try:
                self._record(spider)
                if self._may_refuse:
                    self.archive.remember_states()
            except ArchiveError as error:
                self.fail_archive(str(error))

    def _record(self, spider: Spider) -> None:
        arguments: dict[str, str] = getattr(spider, "arguments", {})
        if getattr(spider, "hosts", None):
            for sentence in differences(self.archive, arguments):
                self.add_notice(sentence)
        self._run_id = self.archive.start_run(getattr(spider, "command", spider.name), arguments, self.started_at)

    def _requested(self, request: Request) -> None:
        self.requests += request.url.startswith("http")

    def _received(self, data: bytes) -> None:
        self.bytes += len(data)

    def _answered(self, response: Response, request: Request) -> None:
        self.pages += response.url.startswith("http") and request.callback is not NO_CALLBACK

    def _item_dropped(self, exception: Exception) -> None:
        self.count_skipped(str(exception))

    def _item_failed(self, item: object, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError):
            self.fail_archive(failure.getErrorMessage())
        else:
            self.add_failure(item, failure.getErrorMessage())

    def _spider_failed(self, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError):
            self.fail_archive(failure.getErrorMessage())
        else:
            self.add_error(f"a page could not be read: {failure.getErrorMessage()}")

    def _times(self) -> dict[str, str]:
        """When the run was, where this machine's clock is ahead: no row of the archive shall be of a day to come."""
        if not self._ahead:
            return {}
        moments = {"started_at": self.started_at, "finished_at": now()}
        right = {name: datetime.fromisoformat(moment) - self._ahead for name, moment in moments.items()}
        return {name: moment.strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in right.items()}

    def _closed(self, spider: Spider, reason: str) -> None:
        self.finish_reason = reason
        logging.getLogger("scrapy.utils.signal").removeHandler(self._handler)
        try:
            if not self.archive_failed:
                on_site = getattr(spider, "on_site", False)
                self.compare(self.archive.db, getattr(spider, "editions", ()), on_site=on_site)
            if self._run_id is None and self.wrote:
                self._record(spider)
            if self._run_id is not None:
                self.archive.finish_run(self._run_id, self.columns() | self._times())
            if reason == "clock":
                with self.archive.writing() as db:
                    forget_captures(db, self.warc_series)
        except ArchiveError as error:
            self.add_error(f"the run could not be recorded: {error}")
        finally:
            self.archive.close()


class SignalErrors(logging.Handler):
    """Takes what a handler of a signal raises for an error of the run: Scrapy writes it to the log, and goes on."""

    def __init__(self, report: RunReport) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Add the error to the report."""
        error = record.exc_info[1] if record.exc_info else None
        self._report.add_error(f"a step of the run failed: {type(error).__name__}: {error}")


class RunComponent:
    """A component of Scrapy that needs the run of its crawler, and nothing else."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The component for a crawler."""
        return cls(Run.of(crawler))
