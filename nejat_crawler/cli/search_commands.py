"""`nejat search`: the search of the website in a terminal, and counts for a list of names."""

from __future__ import annotations

import csv
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.full_text.kinds import EARLIER, KINDS, STORY
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.cli.options import DB_OPTION, print_json
from nejat_crawler.website.search.answer import COLUMNS, as_rows, count_documents, describe, plain
from nejat_crawler.website.search.name_list import NameCount, count_names, decode_list, read_names, table
from nejat_crawler.website.search.search_request import LARGEST_SIZE, SIZE, SORTS, STATUSES, SearchRequest
from nejat_crawler.website.search.searcher import Searcher, SearchResult

_A_CHUNK = 500
_GATHERING = 120  # seconds for the words of the archive; 60,000 articles: five


class _Options(dict[str, list[str]]):
    """Options of the command as parameters of an address."""

    def get(self, name: str, default: Any = None) -> Any:
        """The first value."""
        return super().get(name, [default])[0]

    def getlist(self, name: str) -> list[str]:
        """All values."""
        return super().get(name, [])


@click.command()
@click.argument("query", nargs=-1)
@DB_OPTION
@click.option(
    "--kind", multiple=True, help=f"Only look into {', '.join(KINDS)}, or all; by default all but {EARLIER}."
)
@click.option("--edition", multiple=True, help="Only these editions: en, fa, or several with commas.")
@click.option("--category", multiple=True, help="Only articles in this category; may be repeated.")
@click.option("--status", multiple=True, help=f"Only articles of this status: {', '.join(STATUSES)}.")
@click.option("--from", "since", help="Only from this day, month or year on: 2015-05-03, 2015-05, 2015 or 1402.")
@click.option("--to", "until", help="Only until this day, month or year.")
@click.option("--exact", is_flag=True, help="Words as typed only: no other forms, and no other spellings of names.")
@click.option("--sort", help=f"One of {', '.join(SORTS)}.  [default: rank]")
@click.option("--page", default=1, help="Which page of results.")
@click.option("--size", default=SIZE, help=f"Results on a page, {LARGEST_SIZE} at most.")
@click.option("--json", "as_json", is_flag=True, help="For machines: results, and counts to narrow them down.")
@click.option("--csv", "as_csv", is_flag=True, help="All results as CSV.")
@click.option(
    "--list",
    "names",
    type=click.File("rb"),
    help="Instead of a query: a file with a name on each line (- for standard input), 500 at most; prints how many"
    " articles hold each, by edition and year.",
)
def search(query: tuple[str, ...], db: Path, names: Any, as_json: bool, as_csv: bool, **options: Any) -> None:
    """Search the archive as its website does, the best results first.

    QUERY takes words, "phrases", OR, NOT, begin*, title:word, caption:word, "near words"~10, a NEAR b, and the
    number, id or address of an article.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two formats: choose one")
    if bool(query) == (names is not None):
        raise click.UsageError("give a query, or a list of names with --list")
    typed = {"q": " ".join(query), "from": options.pop("since"), "to": options.pop("until"), **options}
    typed["exact"] = "1" if typed["exact"] else None
    given = {
        name: [*value] if isinstance(value, tuple) else [str(value)]
        for name, value in typed.items()
        if value not in (None, ())
    }
    request = SearchRequest.read(_Options(given))
    if request.problems:
        raise click.UsageError("; ".join(request.problems))
    with _searching(db) as (connection, searcher):
        if names is not None:
            _print_counts(_count(connection, searcher, names.read(), request), as_json=as_json, as_csv=as_csv)
            return
        _gather(connection, searcher)
        found = searcher.find(connection, request)
        if found.problems and not as_json:
            raise click.UsageError("; ".join(found.problems))
        if as_csv:
            listed = searcher.list_all(connection, request)
            chunks = (listed[start : start + _A_CHUNK] for start in range(0, len(listed), _A_CHUNK))
            _print_csv(COLUMNS, (row for chunk in chunks for row in as_rows(connection, chunk)))
        elif as_json:
            print_json(describe(found))
        else:
            click.echo("\n".join(_lines(found)))
    sys.exit(2 if found.problems else 0)


@contextmanager
def _searching(db: Path) -> Iterator[tuple[sqlite3.Connection, Searcher]]:
    with Archive.open_readonly(db):  # says what is wrong with it
        pass
    with closing(open_for_search(db)) as connection:
        yield connection, Searcher(db)


def _gather(connection: sqlite3.Connection, searcher: Searcher) -> None:
    """Wait until other spellings are known: nobody asks this process twice."""
    until = time.monotonic() + _GATHERING
    index = searcher.index(connection)
    while time.monotonic() < until:
        searcher.suggestions.counts(connection, index.version, len(index.docids))
        if searcher.suggestions.is_of(index.version):
            return
        time.sleep(0.05)
    click.echo("Other spellings are not known: the words of the archive could not be gathered.", err=True)


def _lines(found: SearchResult) -> Iterator[str]:
    request = found.request
    yield from found.notes
    if request.published:
        yield f"published {request.published}"
    pages = f", page {request.page} of {found.pages}" if found.pages > 1 else ""
    yield count_documents(found.total, found.stories) + pages
    if found.other_forms:
        yield f"with other forms: {', '.join(found.other_forms)}"
    for place, hit in enumerate(found.hits, start=(request.page - 1) * request.size + 1):
        row = hit.row
        yield ""
        yield f"{place}. {row['id']}  {row['published'] or 'undated'}  {_marked(hit.title)}"
        if hit.row["docid"] in found.named:
            yield "   (its number, id or address)"
        yield f"   {_marked(hit.excerpt)}".replace("\n", " ")
        if hit.kind == STORY:
            yield f"   newsletter story: {row['issue']}{', ' + row['period'] if row['period'] else ''}"
        for passage in hit.passages:
            yield f"   {passage.name}: {_marked(passage.pieces)}".replace("\n", " ")
        yield f"   {row['url'] or row['id']}"
    if not found.total:
        yield from (f"{word.typed}: {word.count} in the whole archive" for word in found.words)
        yield from (f"{choice.label}: {choice.count}" for choice in found.looser)
    spellings = found.did_you_mean or found.spellings
    if spellings:
        yield ""
        yield ("perhaps: " if found.did_you_mean else "also written: ") + ", ".join(
            f"{each.word} ({each.count})" for each in spellings
        )


def _marked(pieces: list[tuple[str, bool]]) -> str:
    """A text with what was looked for in bold, where a terminal shows it."""
    if not sys.stdout.isatty():
        return plain(pieces)
    return "".join(click.style(text, bold=True) if looked_for else text for text, looked_for in pieces)


def _print_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _count(
    connection: sqlite3.Connection, searcher: Searcher, content: bytes, request: SearchRequest
) -> list[NameCount]:
    try:
        names, problems = read_names(decode_list(content))
    except UnicodeDecodeError as error:
        raise click.UsageError("the list is no UTF-8 text: save it as UTF-8 first") from error
    if problems:
        raise click.UsageError(problems[0])
    if not request.exact:
        _gather(connection, searcher)
    return list(count_names(connection, searcher, names, request, float("inf")))


def _print_counts(counts: list[NameCount], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        print_json({"problem": None, "notes": [], "names": [row.as_json() for row in counts]})
        return
    columns, rows = table(counts)
    if as_csv:
        _print_csv(columns, rows)
        return
    for row in counts:
        if row.total is None:
            click.echo(f"{row.name}: {row.problem}")
            continue
        editions = ", ".join(f"{code} {number}" for code, number in row.editions.items() if number)
        years = ", ".join(f"{year}: {number}" for year, number in row.years.items())
        undated = f"undated: {row.undated}" if row.undated else ""
        counted = ", ".join([*row.spellings, *row.forms])
        parts = [f"{row.name}: {row.total:,}", editions, years, undated, counted and f"with {counted}"]
        click.echo("; ".join(part for part in parts if part))
