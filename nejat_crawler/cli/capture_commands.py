"""Commands on what the articles were read from: `nejat show` and `nejat reextract`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nejat_crawler.archive import Archive
from nejat_crawler.archive.capture_records.capture_places import StoredAnswer, read_capture
from nejat_crawler.archive.reading.article_details import read_named_row
from nejat_crawler.archive.reading.states import read_version_row
from nejat_crawler.cli.check_commands import highlight, only_id
from nejat_crawler.cli.crawl_commands import run_command
from nejat_crawler.cli.options import DAY, DB_OPTION, print_json
from nejat_crawler.warc_records.kept_bytes import MissingRecordError, read_kept

if TYPE_CHECKING:
    from nejat_crawler.crawl.run import Run  # which brings Scrapy along

#: So many states are shown with the words that differ, the others by their names.
_SHOWN = 20

WARCS_OPTION = click.option(
    "--warcs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="A further folder with WARC files, such as those that were imported; may be repeated.",
)


@click.command()
@click.argument("article_id", metavar="ID")
@DB_OPTION
@WARCS_OPTION
@click.option("--raw", is_flag=True, help="What the server sent: status line, fields, and the page, unpacked.")
@click.option("--version", type=click.IntRange(min=1), help="An earlier version.  [default: the present one]")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def show(article_id: str, db: Path, warcs: tuple[Path, ...], raw: bool, version: int | None, as_json: bool) -> None:
    """Show an article, and the record of a web archive that it was read from.

    ID is an article's, such as en-15193, its number, or its address on the site or in an archive.
    """
    with Archive.open_readonly(db) as archive:
        row = _find(archive, article_id, version)
        stored = read_capture(archive.db, row["capture_id"])
        folders = [archive.warc_folder, *warcs]
    if not raw:
        record = asdict(stored.kept) if stored else None
        if as_json:
            print_json({**row, "capture": record})
        else:
            click.echo("\n".join(_lines(row, stored)))
        return
    if stored is None:
        raise click.ClickException(f"of {row['id']} no record is kept: it was read from {row['found_at']}")
    try:
        sent = read_kept(folders, stored.holder)
    except MissingRecordError as error:
        raise click.ClickException(f"{error} (--warcs names a folder)") from error
    sys.stdout.buffer.write(sent.head + sent.body)


@click.command()
@DB_OPTION
@WARCS_OPTION
@click.option("--theme", help="Only articles that this theme was recognised on.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--id", "article_id", help="Only this article.")
@click.option("--write", is_flag=True, help="Write what is shown without it.")
@click.option("--accept-changes", is_flag=True, help="Also where fewer pictures or links, or no tags are read.")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done on stderr.")
def reextract(
    db: Path,
    warcs: tuple[Path, ...],
    theme: str | None,
    since: datetime | None,
    article_id: str | None,
    write: bool,
    accept_changes: bool,
    verbose: bool,
) -> None:
    """Read articles anew from the captures that are kept, with today's extractor, and show what it reads otherwise.

    With --write it is archived: each state that was read otherwise is followed by what is read now, marked as no edit
    by the site. What other captures have told of an article since stays; so do pictures, links and tags that it no
    longer reads, though it reads the same text, unless --accept-changes is given. Nothing is asked of the site.
    """
    if not db.exists():
        raise click.ClickException(f"there is no archive {db}")
    arguments = {
        "theme": theme or "",
        "since": f"{since:%Y-%m-%d}" if since else "",
        "id": article_id or "",
        "warcs": "\0".join(map(str, warcs)),
        "write": "1" if write else "0",
        "accept_changes": "1" if accept_changes else "0",
    }
    sys.exit(run_command(db, "reextract", arguments, verbose=verbose, report=_print_rereads))


def _print_rereads(run: Run) -> None:
    for number, found in enumerate(run.rereads):
        click.echo(f"{found.article_id}, version {found.version}: {', '.join(found.parts)}")
        if found.title and number < _SHOWN:
            click.echo(f"   title: {highlight(found.title)}")
        if found.body and number < _SHOWN:
            click.echo(f"   text: {highlight(found.body)}")
    same = sum(counter["same"] for counter in run.outcomes.values())
    done = "read anew" if run.writes_rereads else "would be read otherwise; --write archives that"
    click.echo(f"{len(run.rereads):,} states {done}; {same:,} are read as before")
    for sentence in run.errors:
        click.echo(f"Error: {sentence}", err=True)


def _find(archive: Archive, named: str, version: int | None) -> dict[str, Any]:
    """The row of an article, with the columns of an earlier version in the place of its own."""
    row = read_named_row(archive.db, only_id(archive, named))
    if row is None:
        raise click.ClickException(f"there is no article {named} in {archive.path}")
    if version in (None, row["versions"]):
        return row
    earlier = read_version_row(archive.db, row["id"], version or 0)
    if earlier is None:
        raise click.ClickException(f"{row['id']} has no version {version}")
    return {**row, **earlier}


def _lines(row: dict[str, Any], stored: StoredAnswer | None) -> Iterator[str]:
    undated = "undated" if row["theme"] else "date not known"  # of an earlier state, nothing else may be known
    yield f"{row['id']}  {row['published'] or undated}  {row['title']}"
    if "version" in row:
        yield f"version {row['version']} of {row['versions']}, seen until {row['seen_until']} ({row['source']})"
    else:
        yield f"read from {row['found_at']} ({row['source']}, {row['theme']})"
    if stored:
        kept = stored.kept
        yield f"captured {kept.time} at {kept.url}, which answered {kept.status}"
        yield f"record at byte {kept.offset} of {kept.file}, {kept.length} bytes, {kept.digest or 'without a digest'}"
    else:
        yield "no record is kept"
    yield ""
    yield row["body"] if row["body"] is not None else row["excerpt"] or ""
