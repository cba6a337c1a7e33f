"""Commands that bring articles in: `nejat crawl` and `nejat import`."""

# Scrapy takes a second to import, so only the commands that need it do it.

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nejat_crawler.archive import Archive, ArchiveError
from nejat_crawler.archive.crawl_state.coverage import count_posts
from nejat_crawler.cli.options import DAY, DB_OPTION, DELAY_OPTION, EDITION_OPTION, pace_of
from nejat_crawler.editions import EDITIONS, choose

if TYPE_CHECKING:
    from nejat_crawler.crawl.run import Run


def run_command(
    db: Path,
    spider: str,
    arguments: dict[str, str],
    overrides: dict[str, object] | None = None,
    *,
    verbose: bool = False,
    report: Callable[[Run], None] | None = None,
) -> int:
    """Run a spider with a progress bar, and print its report, or give it to `report`; returns the exit code."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from nejat_crawler import settings
    from nejat_crawler.crawl.process import run_spider

    values = Settings()
    values.setmodule(settings, priority="project")
    level = "INFO" if verbose else "CRITICAL"  # the report says each error, once
    own = {"NEJAT_DB": str(db), "LOG_LEVEL": level, "NEJAT_PROGRESS": True, **(overrides or {})}
    values.setdict(own, priority="cmdline")
    return run_spider(AsyncCrawlerProcess(values), spider, arguments, report, names_archive=True)


@click.command()
@DB_OPTION
@EDITION_OPTION
@click.option("--base-url", help="A mirror to read instead of the site; canonical addresses stay those of the site.")
@click.option("--full", is_flag=True, help="Read every page of the listing: needed to prove what is gone.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Listing pages an edition, at the most.")
@click.option(
    "--via",
    type=click.Choice(["listing", "api", "both"]),
    default="listing",
    help="Read the listings, the REST interface, or both and compare.",
)
@click.option("--newsletters", is_flag=True, help="Read the PDFs of newsletter posts, too.")
@click.option("--recheck", type=click.IntRange(min=0), default=0, help="Old articles an edition to look at again.")
@click.option("--survey", is_flag=True, help="Ask sitemaps, REST interface and feed which posts there are.")
@click.option("--fill-gaps", is_flag=True, help="Survey, and read the posts that the archive has not.")
@click.option("--accept-changes", is_flag=True, help="Archive changes even of most articles, pictures that are gone.")
@DELAY_OPTION
@click.option("-q", "--quiet", is_flag=True, help="Print nothing where there are neither news nor errors: for cron.")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done on stderr.")
def crawl(
    db: Path,
    edition: str,
    base_url: str | None,
    full: bool,
    since: object,
    max_pages: int | None,
    via: str,
    newsletters: bool,
    recheck: int,
    survey: bool,
    fill_gaps: bool,
    accept_changes: bool,
    delay: float | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Archive what is new or changed on the site, and what earlier runs have left out.

    The first run reads every listing page, as --full does; later ones stop where nothing is new. What a killed run
    has not read is read by the next. Exit 0 all well, 1 something failed or is missing, 75 another run is at work.
    """
    arguments = {
        "edition": edition,
        "base_url": base_url,
        "full": "1" if full else None,
        "since": f"{since:%Y-%m-%d}" if since else None,
        "max_pages": str(max_pages) if max_pages else None,
        "via": via,
        "newsletters": "1" if newsletters else None,
        "recheck": str(recheck) if recheck else None,
        "survey": "1" if survey else None,
        "fill_gaps": "1" if fill_gaps else None,
        "accept_changes": "1" if accept_changes else None,
    }
    given = {name: value for name, value in arguments.items() if value is not None}
    pace = pace_of(delay)
    if quiet:
        pace |= {"NEJAT_QUIET": True, "NEJAT_PROGRESS": False}
    pace["NEJAT_EXPECTED"] = _expected(db, edition, base_url) if full else 0
    sys.exit(run_command(db, "nejat", given, pace, verbose=verbose))


def _expected(db: Path, edition: str, base_url: str | None) -> int:
    """How many articles a whole walk will meet, for the bar to run to; 0 where nobody knows."""
    editions = choose(edition)
    try:
        with Archive.open_readonly(db) as archive:
            counted = [count_posts(archive.db, row.code) for row in editions]
            return sum(posts - gone for posts, gone in counted)
    except ArchiveError:  # there is none yet, or the crawl will say what is wrong with it
        return 0 if base_url else sum(row.expected_minimum for row in editions)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@DB_OPTION
@click.option(
    "--edition",
    type=click.Choice(list(EDITIONS)),
    help="Of text captures and newsletters; else told from the text. A saved page says its own.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what is done on stderr.")
def import_(paths: tuple[Path, ...], db: Path, edition: str | None, verbose: bool) -> None:
    """Archive text captures, saved HTML pages, web archives (WARC, WACZ), newsletters (PDF or text), folders of them.

    Files are told apart by what they hold. What is archived already is left as it is.
    """
    if not verbose and _report_known(db, paths, edition):
        return
    arguments = {"paths": "".join(f"{path}\0" for path in paths), "edition": edition or ""}
    sys.exit(run_command(db, "captures", arguments, verbose=verbose))


def _report_known(db: Path, paths: Sequence[Path], edition: str | None) -> bool:
    """Print the report of an import of files that are all known, for which Scrapy need not start; else False."""
    from nejat_crawler.crawl.import_files import report_known
    from nejat_crawler.crawl.printed_report import print_report

    try:
        with Archive.open_readonly(db) as archive:
            report = report_known(archive, paths, edition)
        if report:
            Archive.open(db).close()  # one that is in use, read-only or damaged is no place to import into
    except (ArchiveError, sqlite3.Error):  # there is none yet, or the import will say what is wrong with it
        return False
    if report:
        print_report(report, archive)
    return report is not None
