"""The command `nejat`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

from nejat_crawler import __version__
from nejat_crawler.archive import DEFAULT_PATH, Archive, ArchiveError
from nejat_crawler.archive.reading import read_articles
from nejat_crawler.editions import EDITIONS, UnknownEditionError, choose
from nejat_crawler.export import FORMATS, ExportError, open_output

DB_OPTION = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="NEJAT_DB",
    default=DEFAULT_PATH,
    show_default=True,
    help="The archive; also from the environment as NEJAT_DB.",
)
DAY = click.DateTime(["%Y-%m-%d"])


class OneSentence(click.Group):
    """A group whose commands end with a sentence on stderr instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what is the user's to mend exits 1 (or 2 for wrong usage)."""
        try:
            return super().invoke(ctx)
        except UnknownEditionError as error:
            raise click.UsageError(str(error), ctx) from error
        except (ArchiveError, ExportError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(__version__, prog_name="nejat")
def main() -> None:
    """Archive nejatngo.org in four languages: crawl or import, then search, query and export."""


# Scrapy and Datasette take a second each to import, so only the commands that need them do it.


def _run(
    db: Path,
    spider: str,
    arguments: dict[str, str],
    overrides: dict[str, object] | None = None,
    *,
    verbose: bool = False,
) -> int:
    """Run a spider with a progress bar; returns the exit code."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from nejat_crawler import settings
    from nejat_crawler.crawling import run_spider

    values = Settings()
    values.setmodule(settings, priority="project")
    level = "INFO" if verbose else "CRITICAL"  # errors are told in the report, once
    own = {"NEJAT_DB": str(db), "LOG_LEVEL": level, "NEJAT_PROGRESS": True, **(overrides or {})}
    values.setdict(own, priority="cmdline")
    return run_spider(AsyncCrawlerProcess(values), spider, arguments)


def _serve(db: Path, host: str, port: int, *, open_browser: bool = False) -> None:
    from nejat_crawler.publish import ServeError, serve

    try:
        serve(db, host, port, open_browser)
    except ServeError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@DB_OPTION
@click.option("--edition", default="all", help=f"{', '.join(EDITIONS)}, several with commas, or all.")
@click.option("--base-url", help="A mirror to read instead of the site; canonical addresses stay those of the site.")
@click.option("--full", is_flag=True, help="Walk every page of the listing.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Listing pages an edition, at the most.")
@click.option(
    "--via",
    type=click.Choice(["listing", "api", "both"]),
    default="listing",
    help="Read the listings, the REST interface, or both and compare.",
)
@click.option("--newsletters", is_flag=True, help="Read the PDFs of newsletter posts, too.")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between two requests.  [default: 1]")
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
    delay: float | None,
    verbose: bool,
) -> None:
    """Walk the site's listings and archive every article."""
    arguments = {
        "edition": edition,
        "base_url": base_url,
        "full": "1" if full else None,
        "since": f"{since:%Y-%m-%d}" if since else None,
        "max_pages": str(max_pages) if max_pages else None,
        "via": via,
        "newsletters": "1" if newsletters else None,
    }
    given = {name: value for name, value in arguments.items() if value is not None}
    pace: dict[str, object] = {} if delay is None else {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay}
    sys.exit(_run(db, "nejat", given, pace, verbose=verbose))


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@DB_OPTION
@click.option(
    "--edition",
    type=click.Choice(list(EDITIONS)),
    help="Of text captures and newsletters; else told from the text. A saved page says its own.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what is done on stderr.")
def import_(paths: tuple[Path, ...], db: Path, edition: str | None, verbose: bool) -> None:
    """Archive text captures, saved HTML pages and newsletters (PDF or text); folders are walked.

    Files are told apart by what they hold. What is archived already is left as it is.
    """
    arguments = {"paths": "\n".join(map(str, paths)), "edition": edition or ""}
    sys.exit(_run(db, "captures", arguments, verbose=verbose))


@main.command()
@click.argument("format_", metavar=f"[{'|'.join(FORMATS)}]", type=click.Choice(list(FORMATS)))
@DB_OPTION
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output."
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--edition", default="all", help=f"{', '.join(EDITIONS)}, several with commas, or all.")
@click.option("--category", help="Only articles in this category.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--until", type=DAY, help="Only articles published on this day or earlier.")
def export(
    format_: str,
    db: Path,
    output: Path | None,
    force: bool,
    edition: str,
    category: str | None,
    since: object,
    until: object,
) -> None:
    """Write the articles as JSON lines or CSV."""
    editions = [row.code for row in choose(edition)]
    first, last = (f"{day:%Y-%m-%d}" if day else None for day in (since, until))
    with Archive.open_readonly(db) as archive, open_output(output, force=force) as file:
        rows = read_articles(archive.db, editions, category, first, last)
        # a bar only for a file: on a terminal the rows themselves are the progress
        bar = tqdm(rows, unit=" articles", disable=None if output else True, file=sys.stderr)
        FORMATS[format_](bar, file)


@main.command(name="serve")
@DB_OPTION
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, help="0 takes any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in a browser.")
def serve_(db: Path, host: str, port: int, open_browser: bool) -> None:
    """Serve the archive with Datasette, read-only."""
    _serve(db, host, port, open_browser=open_browser)


@main.command()
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("data/demo.db"),
    help="Where the demo archives to.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, help="Of the served archive; 0 takes any free port."
)
@click.option("--no-serve", is_flag=True, help="End after the crawl.")
def demo(db: Path, port: int, no_serve: bool) -> None:
    """Crawl an invented sample site on this machine, all four editions, and serve the archive."""
    from nejat_crawler.sample_site import SampleSite  # its articles take a moment to write
    from nejat_crawler.sample_site import serve as serve_sample

    site = SampleSite()
    with serve_sample(site) as server:
        truth = len(site.truth())
        click.echo(f"sample site: {server.base_url} ({truth} invented articles)")
        # nobody is waiting behind a server of our own: no pause between requests
        pace: dict[str, object] = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
        code = _run(db, "nejat", {"base_url": server.base_url}, {"NEJAT_EXPECTED": truth, **pace})
    if code or no_serve:
        sys.exit(code)
    click.echo(f"archive: {db}; try: nejat export jsonl --db {db} | head -n 1")
    _serve(db, "127.0.0.1", port)
