"""Commands that ask the archive about itself: `nejat check` and `nejat history`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from nejat_crawler.archive import Archive, ArchiveError, now
from nejat_crawler.archive.crawl_state import statistics
from nejat_crawler.archive.reading.states import History, State, read_history
from nejat_crawler.cli.crawl_commands import run_command
from nejat_crawler.cli.options import DB_OPTION, EDITION_OPTION
from nejat_crawler.crawl.completeness import check as compare
from nejat_crawler.crawl.completeness import report
from nejat_crawler.editions import choose
from nejat_crawler.word_diff import Passage, compare_words


@click.command()
@DB_OPTION
@EDITION_OPTION
@click.option("--offline", is_flag=True, help="Ask nobody: compare with what earlier runs have learnt of the site.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(db: Path, edition: str, offline: bool, as_json: bool) -> None:
    """Compare the archive with what the site says it has; exit 1 if something is missing.

    The sitemaps, the REST interface and the feed of the site (or of the mirror that was crawled last) are asked
    which posts there are. A source that is switched off is named as such, and counts for nothing.
    """
    with Archive.open_readonly(db) as archive:
        last = statistics.last_run(archive.db, "crawl")
        chosen = [row.code for row in choose(edition)]
        known = [code for code in chosen if code in statistics.editions(archive.db)]
    if last and known and not offline:
        _survey(db, known, json.loads(last["arguments"]).get("base_url"))
    with _open(db) as archive:
        result = compare(archive.db, known)
        if archive.writable:
            run = archive.start_run("check", {"edition": edition, "offline": str(int(offline))}, now())
            outcome = "finished" if result.ok else "failed"
            archive.finish_run(run, {"outcome": outcome, "gaps": result.gaps, "coverage": result.coverage()})
    click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(report(result)))
    sys.exit(0 if result.ok else 1)


def _survey(db: Path, editions: list[str], base_url: str | None) -> None:
    """Ask the site; what it does not answer stands in the report, and is no failure of the check."""
    arguments = {"edition": ",".join(editions), "walk": "0", "survey": "1"}
    if base_url:
        arguments["base_url"] = base_url
    # Nobody waits an hour for a check: a source that does not answer at once is named as unreachable.
    pace: dict[str, object] = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 20, "NEJAT_PROGRESS": False}
    try:
        run_command(db, "nejat", arguments, pace, quiet=True)
    except ArchiveError as error:
        click.echo(f"The site is not asked: {error}", err=True)


@contextmanager
def _open(db: Path) -> Iterator[Archive]:
    """The archive, for writing if that can be: the report is kept with the runs."""
    try:
        archive = Archive.open(db)
    except ArchiveError as error:  # busy, or read-only
        click.echo(f"The report is not kept: {error}", err=True)
        archive = Archive.open_readonly(db)
    with archive:
        yield archive


@click.command()
@click.argument("article_id", metavar="ID")
@DB_OPTION
@click.option("--json", "as_json", is_flag=True, help="Every state in full, for machines.")
def history(article_id: str, db: Path, as_json: bool) -> None:
    """Tell what was changed in an article: each state that was met, and the words that differ.

    ID is an article's, such as en-15193.
    """
    with Archive.open_readonly(db) as archive:
        found = read_history(archive.db, article_id)
    if found is None:
        raise click.ClickException(f"there is no article {article_id} in {db}")
    click.echo(
        json.dumps(found.as_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(format_history(found))
    )


def format_history(history: History) -> Iterator[str]:
    """The lines of an article's history, for people: `[-words that went-]`, `{+words that came+}`."""
    yield f"{history.id}: {history.status}, {len(history.states)} state{'s' * (len(history.states) != 1)}"
    earlier: State | None = None
    for state in history.states:
        yield ""
        yield f"{state.version}. seen from {state.seen_from} to {state.seen_until} ({state.source})"
        if earlier is None:
            yield f"   title: {state.title}"
            yield f"   categories: {'; '.join(state.categories) or 'none'}"
        else:
            yield from _changes(earlier, state)
        earlier = state
    for change in history.status_changes:
        yield ""
        yield f"{change.changed_at}: {change.status} ({change.why})"


def _changes(earlier: State, later: State) -> Iterator[str]:
    if title := compare_words(earlier.title, later.title, around=99):
        yield f"   title: {_highlight(title)}"
    if earlier.categories != later.categories:
        yield f"   categories: [-{'; '.join(earlier.categories)}-] {{+{'; '.join(later.categories)}+}}"
    if body := compare_words(earlier.body or "", later.body or ""):
        yield f"   text: {_highlight(body)}"


_HIGHLIGHTS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}", "skip": "[…]"}


def _highlight(passages: list[Passage]) -> str:
    return " ".join(_HIGHLIGHTS[sort].format(text) for sort, text in passages)
