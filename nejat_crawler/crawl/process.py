"""Run a spider to its end and say with an exit code how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from scrapy.crawler import CrawlerProcessBase

from nejat_crawler.archive import ArchiveBusyError, ArchiveError
from nejat_crawler.crawl.downloading.certificates import mute_tracebacks
from nejat_crawler.crawl.printed_report import print_report
from nejat_crawler.crawl.run import Run, open_archive

OK, FAILED, USAGE, BUSY = 0, 1, 2, 75


def run_spider(
    process: CrawlerProcessBase,
    name: str,
    arguments: Mapping[str, str],
    report: Callable[[Run], None] | None = None,
    *,
    names_archive: bool = False,
) -> int:
    """Run the spider called `name`, report what it did, and return the exit code of the contract.

    0 all well; 1 something failed or is missing; 2 a wrong argument; 75 the archive is in use. The report is printed,
    of a run without news only where NEJAT_QUIET is off, unless the caller takes it. It ends with the archive's path
    where that is new or something failed, with `names_archive` always.
    """
    try:
        spider_class = process.spider_loader.load(name)
    except KeyError:
        return _fail(USAGE, f"there is no spider {name!r}: choose from {', '.join(process.spider_loader.list())}")
    try:
        spider_class(**arguments)
    except (TypeError, ValueError) as error:
        return _fail(USAGE, str(error))
    try:
        archive = open_archive(process.settings)
    except ArchiveBusyError as error:
        if error.holder:
            print(f"The lock is held by {error.holder}", file=sys.stderr)
        return _fail(BUSY, str(error))
    except ArchiveError as error:
        return _fail(FAILED, str(error))
    mute_tracebacks()
    with archive:
        crawler = process.create_crawler(name)
        process.crawl(crawler, archive=archive, **arguments)
        process.start()
    if process.bootstrap_failed or crawler.spider is None:
        return FAILED
    run = Run.of(crawler)
    if report:
        report(run)
        return OK if run.outcome == "finished" else FAILED
    quiet = process.settings.getbool("NEJAT_QUIET") and run.outcome == "finished"
    if not quiet or run.has_news or archive.is_new:
        named = names_archive or archive.is_new or run.outcome != "finished"
        print_report(run, archive if named else None)
    return OK if run.outcome == "finished" else FAILED


def _fail(code: int, sentence: str) -> int:
    print(f"Error: {sentence}", file=sys.stderr)
    return code
