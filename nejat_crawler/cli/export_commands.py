"""`nejat export`: articles as files; `nejat diff`: what two exports differ in."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click
from tqdm import tqdm

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import Selection, count_articles
from nejat_crawler.archive.reading.full_text.search_query import read_query
from nejat_crawler.cli.options import DAY, DB_OPTION, EDITION_OPTION, print_json
from nejat_crawler.editions import EDITIONS, choose
from nejat_crawler.export import FORMATS, PACKAGE, Format
from nejat_crawler.export.differences import compare
from nejat_crawler.export.export_job import Job, RowStream, UnknownFieldError, choose_fields
from nejat_crawler.export.output import ExportError

_HELP = """Write articles as files for analysis, for spreadsheets and for reference managers.

\b
{formats}

\b
Examples:
  nejat export jsonl | head -n 1
  nejat export csv --edition fa --since 2020-01-01 -o fa.csv.gz
  nejat export csv --excel --fields id,title,published -o titles.csv
  nejat export parquet --query "mountain rescue" -o rescue.parquet
  nejat export text --edition en -o texts/
  nejat export --package corpus/

The same archive always gives the same bytes. A file whose name ends in .gz or .zst is compressed. A file or folder
appears when it is whole, and is replaced with --force only.
"""


class _ExportCommand(click.Command):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ExportError as error:
            raise click.ClickException(str(error)) from error


def _describe() -> str:
    width = max(map(len, FORMATS))
    return "\n".join(["Formats:", *(f"  {row.name:<{width}}  {row.about}" for row in FORMATS.values())])


@click.command(cls=_ExportCommand, help=_HELP.format(formats=_describe()))
@click.argument("format_", metavar="[FORMAT]", required=False, type=click.Choice(list(FORMATS)))
@DB_OPTION
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file or folder instead of standard output.")
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    help="Instead of a format: a folder for a Frictionless data package, with CSV, Parquet, schema and codebook.",
)
@click.option("--force", is_flag=True, help="Replace what exists.")
@EDITION_OPTION
@click.option("--category", help="Only articles in this category.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--until", type=DAY, help="Only articles published on this day or earlier.")
@click.option(
    "--query",
    help='Only articles that the site\'s search finds: words, "phrases", OR, NOT, begin*, title:word, caption:word.',
)
@click.option("--status", type=click.Choice(["live", "gone", "unseen"]), help="Only articles of this status.")
@click.option("--fields", help="Only these fields, with commas: id,title,published.")
@click.option("--with-html", is_flag=True, help="The field body_html too: the body as sanitised markup.")
@click.option(
    "--versions",
    is_flag=True,
    help="Earlier states of edited articles, too: in JSON a list `earlier`, in CSV and Parquet rows numbered in"
    " `version`, in a package a table of their own.",
)
@click.option(
    "--excel", is_flag=True, help="CSV that Excel opens: a byte-order mark, no formulas, cells cut at its limit."
)
def export(
    format_: str | None,
    db: Path,
    output: Path | None,
    package: Path | None,
    force: bool,
    edition: str,
    category: str | None,
    since: object,
    until: object,
    query: str | None,
    status: str | None,
    fields: str | None,
    with_html: bool,
    versions: bool,
    excel: bool,
) -> None:
    """Write articles as files; `_HELP` is what the user reads."""
    options = {"fields": fields is not None, "with_html": with_html, "versions": versions, "excel": excel}
    kind, place = _choose_format(format_, output, package, {name for name, given in options.items() if given})
    if place and place.resolve() == db.resolve():
        raise click.UsageError(f"{place} is the archive itself, which no export replaces")
    named = tuple(row.code for row in choose(edition))
    editions = () if len(named) == len(EDITIONS) else named
    first, last = (f"{day:%Y-%m-%d}" if day else None for day in (since, until))
    selection = Selection(editions, category, first, last, query, status)
    try:
        chosen = choose_fields(fields, with_html=with_html)
    except UnknownFieldError as error:
        raise click.BadParameter(str(error), param_hint="--fields") from error
    signal.signal(signal.SIGTERM, _end)
    with Archive.open_readonly(db) as archive:
        archive.require_undamaged()
        counter = _Counter(
            lambda: count_articles(archive.db, selection), shown=place is not None or not _on_terminal()
        )
        job = Job(archive.db, selection, chosen, versions=versions, excel=excel, watch=counter.watch)
        kind.write(job, place, force=force)
        if not counter.count and not count_articles(archive.db, selection):
            problem = read_query(query or "").problem
            job.notes.append(
                " ".join(["no article is selected: the export is empty", *([f"({problem})"] if problem else [])])
            )
    for note in job.notes:
        click.echo(note, err=True)


def _choose_format(
    name: str | None, output: Path | None, package: Path | None, options: set[str]
) -> tuple[Format, Path | None]:
    """The format and where it goes, if what is asked for fits together; raises UsageError."""
    if package is not None and (name or output):
        raise click.UsageError("--package takes neither a format nor -o: it writes CSV and Parquet into its folder")
    if package is None and name is None:
        raise click.UsageError(f"name a format ({', '.join(FORMATS)}) or a folder with --package")
    kind = PACKAGE if name is None else FORMATS[name]
    place = package or output
    unfit = sorted(options - kind.options)
    if unfit:
        raise click.UsageError(f"--{unfit[0].replace('_', '-')} means nothing for {kind.name}")
    if place is None and not kind.stream:
        raise click.UsageError(f"{kind.name} cannot be written to standard output: name a place with -o")
    if place is None and kind.binary and _on_terminal():
        raise click.UsageError(f"{kind.name} is not for a terminal: name a file with -o")
    if kind.file and place and place.suffix in {".gz", ".zst"}:
        raise click.UsageError(f"{kind.name} is not compressed: leave {place.suffix} away")
    return kind, place


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)  # so that what is half written is taken away


class _Counter:
    """Counts articles as they pass, with a bar on a terminal, unless the articles themselves appear there."""

    def __init__(self, total: Callable[[], int], *, shown: bool) -> None:
        self.count = 0
        self._total = total
        self._shown = shown and sys.stderr.isatty()

    def watch(self, rows: RowStream) -> RowStream:
        if self._shown:
            rows = iter(tqdm(rows, total=self._total(), unit=" articles", file=sys.stderr))
        for row in rows:
            self.count += 1
            yield row


@click.command(cls=_ExportCommand)
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object for machines.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say which articles were added, changed and removed between two exports.

    OLD and NEW are JSONL or JSON exports (.gz and .zst, too), Parquet exports, data packages, or archives. Changed
    is what the corpus version stands for, so not when an article was last seen.
    """
    differences = compare(old, new)
    if as_json:
        print_json(differences.as_dict())
        return
    for line in differences.lines():
        click.echo(line)
