"""`nejat export`: articles as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading import read_articles
from nejat_crawler.cli.options import DAY, DB_OPTION, EDITION_OPTION
from nejat_crawler.editions import choose
from nejat_crawler.export import FORMATS, open_output


@click.command()
@click.argument("format_", metavar=f"[{'|'.join(FORMATS)}]", type=click.Choice(list(FORMATS)))
@DB_OPTION
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output."
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@EDITION_OPTION
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
