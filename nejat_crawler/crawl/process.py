"""Run a spider to its end and say with an exit code how it went."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from scrapy.crawler import CrawlerProcessBase

from nejat_crawler.archive import DEFAULT_PATH, Archive, ArchiveBusyError, ArchiveError
from nejat_crawler.crawl.run import Run

OK, FAILED, USAGE, BUSY = 0, 1, 2, 75


def run_spider(process: CrawlerProcessBase, name: str, arguments: Mapping[str, str], *, quiet: bool = False) -> int:
    """Run the spider called `name`, print what it did, and return the exit code of the contract.

    0 all well; 1 something failed or is missing; 2 a wrong argument; 75 the archive is in use.
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
        archive = Archive.open(Path(process.settings.get("NEJAT_DB") or DEFAULT_PATH))
    except ArchiveBusyError as error:
        return _fail(BUSY, str(error))
    except ArchiveError as error:
        return _fail(FAILED, str(error))
    with archive:
        crawler = process.create_crawler(name)
        process.crawl(crawler, archive=archive, **arguments)
        process.start()
    if process.bootstrap_failed or crawler.spider is None:
        return FAILED
    run = Run.of(crawler)
    if not quiet:
        _print_report(run)
    return OK if run.outcome == "finished" else FAILED


def _print_report(run: Run) -> None:
    print("\n".join(run.summary()))
    if run.outcome != "finished":
        for sentence in run.errors:
            print(f"Error: {sentence}", file=sys.stderr)
        if run.outcome == "shutdown":
            print("Interrupted: what was archived stays; the same command goes on", file=sys.stderr)


def _fail(code: int, sentence: str) -> int:
    print(f"Error: {sentence}", file=sys.stderr)
    return code
