"""Commands that ask the archive about itself: `nejat check` and `nejat history`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from nejat_crawler.archive import Archive, ArchiveBusyError, ArchiveDamagedError, ArchiveError, now
from nejat_crawler.archive.crawl_state import statistics
from nejat_crawler.archive.reading.article_details import find_named
from nejat_crawler.archive.reading.detail_differences import LABELS
from nejat_crawler.archive.reading.states import Change, History, State, read_history
from nejat_crawler.archive.search_index import is_unfolded
from nejat_crawler.cli.crawl_commands import run_command
from nejat_crawler.cli.options import DB_OPTION, DELAY_OPTION, EDITION_OPTION, pace_of, print_json
from nejat_crawler.crawl.completeness import Check, report
from nejat_crawler.crawl.completeness import check as compare
from nejat_crawler.crawl.health import damaged, examine
from nejat_crawler.editions import choose
from nejat_crawler.word_diff import Passage

if TYPE_CHECKING:
    from nejat_crawler.archive.undo import Undone  # which brings the extraction along
    from nejat_crawler.crawl.run import Run  # which brings Scrapy along


@click.command()
@DB_OPTION
@EDITION_OPTION
@click.option("--offline", is_flag=True, help="Ask nobody: compare with what earlier runs have learnt of the site.")
@click.option("--max-age", type=click.FloatRange(min=0), default=3, help="Days that the last good crawl may be old.")
@click.option("--min-free", type=click.IntRange(min=0), default=500, help="MB that shall be free on its disk.")
@DELAY_OPTION
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(
    db: Path, edition: str, offline: bool, max_age: float, min_free: int, delay: float | None, as_json: bool
) -> None:
    """Say whether all is well with the archive, and what is missing; exit 1 if anything is.

    The sitemaps, the REST interface and the feed of the site (or of the mirror that was crawled last) are asked
    which posts there are; one that is switched off counts for nothing, one that gives no answer is a problem. So are
    a last crawl that failed or is long ago, a damaged file, a disk that is full, and times that are still to come.
    """
    chosen = [row.code for row in choose(edition)]
    try:
        with Archive.open_readonly(db) as archive:
            archive.require_undamaged()
            last = statistics.last_run(archive.db, "crawl")
            known = [code for code in chosen if code in statistics.editions(archive.db)]
            unfolded = is_unfolded(archive.db)
    except ArchiveDamagedError as error:
        _end(Check(None, None, damaged(db, str(error))), as_json=as_json)
    started_at, errors = now(), None
    if last and known and not offline:
        errors = _survey(db, known, json.loads(last["arguments"]).get("base_url"), delay)
    with _open(db) as archive:
        result = compare(archive.db, known, None if errors is None else started_at)
        result.health = examine(archive, max_age, min_free, under_way=not archive.writable)
        if unfolded:
            result.health.problems.append(
                "another program has filled the search index with texts that are not folded, so that searches miss"
                " articles: the next run that writes makes it anew, as this one where no other is under way"
            )
        # What the survey says of missing posts is said in the same words by the check.
        result.health.problems += [error for error in errors or () if not error.startswith(tuple(result.gaps))]
        result.health.problems += [
            f"{code}: nothing of this edition is archived or known"
            for code in chosen
            if edition != "all"
            if code not in known
        ]
        if archive.writable:
            run = archive.start_run("check", {"edition": edition, "offline": str(int(offline))}, now())
            outcome = "finished" if result.ok else "failed"
            archive.finish_run(run, {"outcome": outcome, "gaps": result.problems, "coverage": result.coverage()})
    _end(result, as_json=as_json)


def _end(result: Check, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json(result.as_json())
    else:
        click.echo("\n".join(report(result)))
    sys.exit(0 if result.ok else 1)


def _survey(db: Path, editions: list[str], base_url: str | None, delay: float | None) -> list[str] | None:
    """Ask the site; returns what went wrong, or None if it could not be asked (stderr says why)."""
    arguments = {"edition": ",".join(editions), "walk": "0", "survey": "1"}
    if base_url:
        arguments["base_url"] = base_url
    # Nobody waits an hour for a check: a source that does not answer at once is named as unreachable.
    pace: dict[str, object] = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 20, "NEJAT_PROGRESS": False, **pace_of(delay)}
    ended: list[Run] = []
    run_command(db, "nejat", arguments, pace, report=ended.append)
    return ended[0].errors if ended else None


@contextmanager
def _open(db: Path) -> Iterator[Archive]:
    """The archive, for writing if that can be: the report is kept with the runs."""
    try:
        archive = Archive.open(db)
    except ArchiveError as error:  # busy, or read-only
        holder = f" ({error.holder})" if isinstance(error, ArchiveBusyError) and error.holder else ""
        click.echo(f"The report is not kept: {error}{holder}", err=True)
        archive = Archive.open_readonly(db)
    with archive:
        yield archive


@click.command()
@click.argument("article_id", metavar="ID", required=False)
@DB_OPTION
@click.option("--json", "as_json", is_flag=True, help="Every state in full, for machines.")
@click.option("--undo", metavar="RUN", type=click.IntRange(min=1), help="Take back the changes of this run.")
def history(article_id: str | None, db: Path, as_json: bool, undo: int | None) -> None:
    """Tell what was changed in an article: each state that was met, and the words, pictures, links, tags that differ.

    ID is an article's, such as en-15193, its number, or its address on the site or in an archive. With --undo, each
    article that the crawl RUN (its number in the table runs) has changed becomes again what it was before, as a new
    state; nothing is deleted, what was changed since stays, and what the archive has not kept is said.
    """
    if undo is not None and article_id is None:
        with _open_for_undo(db) as archive:
            _print_undone(archive.undo_run(undo), undo, as_json=as_json)
        return
    if article_id is None or undo is not None:
        raise click.UsageError("name an article, or with --undo a run")
    with Archive.open_readonly(db) as archive:
        found = read_history(archive.db, only_id(archive, article_id))
    if found is None:
        raise click.ClickException(f"there is no article {article_id} in {db}")
    if as_json:
        print_json(found.as_json())
    else:
        click.echo("\n".join(format_history(found)))


def only_id(archive: Archive, named: str) -> str:
    """The id of the one article that a number or an address names; what was typed where it names none."""
    called = find_named(archive.db, named)
    ids = called.ids if called else []
    if len(ids) > 1:
        raise click.UsageError(f"{named} is the number of several articles: {', '.join(ids)}")
    return ids[0] if ids else named


def _open_for_undo(db: Path) -> Archive:
    if not db.exists():
        raise click.ClickException(f"there is no archive {db}")
    try:
        return Archive.open(db)
    except ArchiveBusyError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(75)


def _print_undone(undone: Undone, run: int, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(undone))
        return
    number = len(undone.restored)
    if number:
        click.echo(f"{number} article{'s are' if number > 1 else ' is'} again as before run {run}:")
        click.echo(" ".join(undone.restored))
    else:
        click.echo(f"run {run} has left no change to take back")
    if undone.lacking:
        lacking = [name for name in LABELS if any(name in names for names in undone.lacking.values())]
        click.echo(
            f"not restored, for the archive has not kept it: {', '.join(LABELS[name] for name in lacking)} of"
            f" {len(undone.lacking)}, the first {next(iter(undone.lacking))}; what belongs to a text comes with the"
            " next page that shows it, all else stays as it is"
        )
    if undone.changed_since:
        click.echo(f"changed since, and left as they are: {' '.join(undone.changed_since)}")


def format_history(history: History) -> Iterator[str]:
    """The lines of an article's history, for people: `[-words that went-]`, `{+words that came+}`."""
    yield f"{history.id}: {history.status}, {len(history.states)} state{'s' * (len(history.states) != 1)}"
    for first in history.states[:1]:
        yield from _heading(first)
        yield f"   title: {first.title}"
        yield f"   categories: {'; '.join(first.categories) or 'none'}"
    for change in history.changes():
        yield from _heading_of_details(change) if change.changed_at else _heading(change.state)
        if change.title:
            yield f"   title: {highlight(change.title)}"
        if change.categories:
            old, new = map("; ".join, change.categories)
            yield f"   categories: [-{old}-] {{+{new}+}}"
        if change.body:
            yield f"   text: {highlight(change.body)}"
        for one in change.details:
            went = [f"[-{'; '.join(one.went)}-]"] if one.went else []
            came = [f"{{+{'; '.join(one.came)}+}}"] if one.came else []
            yield f"   {one.label}: {' '.join([*went, *came]) or 'another'}"
    for status in history.status_changes:
        yield ""
        yield f"{status.changed_at}: {status.status} ({status.why})"


def _heading(state: State) -> Iterator[str]:
    yield ""
    if state.reextracted_at:
        yield f"{state.version}. read anew by a later extractor at {state.reextracted_at}: no edit by the site"
        return
    if state.taken_back:
        yield f"{state.version}. changes taken back at {state.seen_from}: no edit by the site"
        return
    yield f"{state.version}. seen from {state.seen_from} to {state.seen_until} ({state.source})"


def _heading_of_details(change: Change) -> Iterator[str]:
    yield ""
    why = "changed, with the same text"
    if change.reread or change.taken_back:
        by = "read anew by a later extractor" if change.reread else "changes taken back"
        why = f"{by}: no edit by the site"
    yield f"{change.state.version}. {why}, met {change.changed_at}"


_HIGHLIGHTS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}", "skip": "[…]"}


def highlight(passages: list[Passage]) -> str:
    """What differs in a text, for people."""
    return " ".join(_HIGHLIGHTS[sort].format(text) for sort, text in passages)
