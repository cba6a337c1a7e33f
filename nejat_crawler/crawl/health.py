"""What `nejat check` asks beside the articles: crawled lately, file whole, disk free, clock right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nejat_crawler.archive import Archive
from nejat_crawler.archive.capture_records.capture_places import named_files
from nejat_crawler.archive.crawl_state.statistics import articles_to_file, last_run, times_to_come
from nejat_crawler.archive.lock import lock_problem

_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_SLACK = timedelta(minutes=10)  # a clock that was set right has been a little ahead before


@dataclass(slots=True)
class Health:
    """The archive as a file that a job fills every night. `damage` and `to_come`: null and empty if well."""

    archive: str
    problems: list[str] = field(default_factory=list)
    last_good_crawl: str | None = None
    days_since: float | None = None
    """Days since the last good crawl began."""
    damage: str | None = None
    free_megabytes: int | None = None
    warc_folder: str = ""
    warc_files: int = 0
    warc_megabytes: float = 0.0
    warc_missing: int = 0
    """How many files that captures stand in are not in the folder: those of imports may lie elsewhere."""
    clock: str = ""
    """What this machine takes for the time."""
    to_come: list[str] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[str]:
        """What is to be told where all is well, too."""
        yield f"archive: {self.archive}"
        if self.last_good_crawl:
            yield f"last good crawl: {self.last_good_crawl}, {self.days_since:.1f} days ago"
        if self.free_megabytes is not None:
            yield f"free on its disk: {self.free_megabytes:,} MB"
        if self.warc_files or self.warc_missing:
            away = f"; {self.warc_missing:,} that captures stand in are not there" if self.warc_missing else ""
            yield f"web archives: {self.warc_files:,} files, {self.warc_megabytes} MB in {self.warc_folder}{away}"


def damaged(path: Path, sentence: str) -> Health:
    """The health of an archive that cannot be read as a whole."""
    return Health(str(path.resolve()), [sentence], damage=sentence)


def examine(archive: Archive, max_days: float, min_free: int, *, under_way: bool = False) -> Health:
    """The health of an archive whose file is whole.

    Problems are a last good crawl more than `max_days` days ago, a last crawl that did not end well unless it is
    `under_way`, less than `min_free` MB free, words that are not filed, and times that are still to come.
    """
    clock = datetime.now(UTC)
    free = shutil.disk_usage(archive.path.resolve().parent).free // 10**6
    to_come = times_to_come(
        archive.db, (clock + _SLACK).strftime(_STAMP), (clock + timedelta(days=1)).strftime(_STAMP)
    )
    health = Health(str(archive.path.resolve()), free_megabytes=free, clock=clock.strftime(_STAMP), to_come=to_come)
    sizes = {file.name: file.stat().st_size for file in archive.warc_folder.glob("*.warc.gz")}
    health.warc_folder, health.warc_files = str(archive.warc_folder), len(sizes)
    health.warc_megabytes = round(sum(sizes.values()) / 10**6, 1)
    health.warc_missing = len(named_files(archive.db) - {*sizes})
    if good := last_run(archive.db, "crawl", "finished"):
        health.last_good_crawl = good["started_at"]
        began = datetime.strptime(good["started_at"], _STAMP).replace(tzinfo=UTC)
        health.days_since = (clock - began) / timedelta(days=1)
    health.problems += _crawl_problems(archive, health, max_days, under_way=under_way)
    if blocked := lock_problem(archive.path):
        health.problems.append(blocked)
    if free < min_free:
        health.problems.append(f"only {free:,} MB are free on the disk of the archive, less than {min_free:,}")
    if not under_way and (due := articles_to_file(archive.db)):
        health.problems.append(
            f"the words of {due:,} articles are not filed, so that a search does not find their other forms: the next"
            " run that writes files them; where they stay, look at the disk and at its errors"
        )
    for what in to_come:
        health.problems.append(
            f"{what} after now, {health.clock}: the clock of this machine or of the site is wrong, or was"
        )
    return health


def _crawl_problems(archive: Archive, health: Health, max_days: float, *, under_way: bool) -> Iterator[str]:
    last = last_run(archive.db, "crawl")
    if last is None:
        yield "nothing was ever crawled into this archive: what the site has is not known"
        return
    if last["outcome"] != "finished" and not (under_way and last["outcome"] is None):
        ended = f"ended as {last['outcome']}" if last["outcome"] else "was killed"
        yield f"the last crawl, of {last['started_at']}, {ended}"
    if health.days_since is None:
        yield "no crawl into this archive has ended well yet"
    elif health.days_since > max_days:
        yield f"the last good crawl was {health.days_since:.1f} days ago, more than {max_days:g}"
