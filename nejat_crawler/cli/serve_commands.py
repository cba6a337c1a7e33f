"""Commands that show the archive: `nejat serve`, `nejat publish` and `nejat demo`."""

# Datasette takes a second to import, so only the commands that need it do it.

from __future__ import annotations

import os
import shlex
import signal
import sys
from pathlib import Path

import click

from nejat_crawler.cli.crawl_commands import run_command
from nejat_crawler.cli.options import DB_OPTION
from nejat_crawler.editions import EDITIONS


def _serve(db: Path, host: str, port: int, *, open_browser: bool = False, workers: int = 1) -> None:
    from nejat_crawler.website import serve as site

    try:
        site.serve(db, host, port, open_browser, workers)
    except site.ServeError as error:
        raise click.ClickException(str(error)) from error


@click.command()
@DB_OPTION
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, help="0 takes any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option(
    "--workers",
    type=click.IntRange(1, 32),
    default=min(2, os.cpu_count() or 1),
    show_default="2, with one processor 1",
    help="Processes that answer, each with some 250 MB; more for many readers at once.",
)
def serve(db: Path, host: str, port: int, open_browser: bool, workers: int) -> None:
    """Serve the archive with Datasette, read-only."""
    _serve(db, host, port, open_browser=open_browser, workers=workers)


class _BusyError(click.ClickException):
    exit_code = os.EX_TEMPFAIL  # 75


@click.command()
@DB_OPTION
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def publish(db: Path, folder: Path) -> None:
    """Write the site with a copy of the archive to DIR, ready to be run by Datasette anywhere.

    It is tried out before it takes the place of what DIR held before. Exit 0 published, 1 not, 75 another process
    publishes to DIR.
    """
    from nejat_crawler.website import publish

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leave nothing behind, as with Ctrl-C
    try:
        publish.publish(db, folder)
    except publish.PublishBusyError as error:
        raise _BusyError(str(error)) from error
    except publish.PublishError as error:
        raise click.ClickException(str(error)) from error
    shown = click.format_filename(folder)
    click.echo(f"published {click.format_filename(db)} to {shown}; try: datasette serve {shlex.quote(shown)}")


@click.command()
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
    """Crawl an invented sample site on this machine, all its editions, and serve the archive."""
    from nejat_crawler.sample_site import SampleSite  # its articles take a moment to write
    from nejat_crawler.sample_site import serve as serve_sample

    site = SampleSite()
    with serve_sample(site) as server:
        truth = len(site.truth())
        click.echo(f"sample site: {server.base_url} ({truth} invented articles)")
        for edition in EDITIONS.keys() - site.blogs.keys():
            click.echo(f"{edition}: nobody has invented articles of this edition; the demo goes without it")
        # nobody is waiting behind a server of our own: no pause between requests
        pace: dict[str, object] = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
        pace["NEJAT_WARC"] = False  # what is invented shall not lie among the answers of the site
        arguments = {"base_url": server.base_url, "edition": ",".join(site.blogs)}
        code = run_command(db, "nejat", arguments, {"NEJAT_EXPECTED": truth, **pace})
    if code or no_serve:
        sys.exit(code)
    click.echo(f"archive: {db}; try: nejat export jsonl --db {db} | head -n 1")
    _serve(db, "127.0.0.1", port)
