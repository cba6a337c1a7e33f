"""The first step of a job beyond one process: which web archives there are, and what they show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nejat_crawler.crawl.import_files import files_below
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.extraction.decoding import NotACaptureError
from nejat_crawler.scale.shard import Notes, Opened, Passed, Shard, ShardRow, rows_name
from spiders.warc.archive_files import is_web_archive
from spiders.warc.archived_items import Losses, archived_items, tell_errors
from spiders.warc.archived_pages import Repeat, WebArchives


def find_shards(paths: Iterable[Path], folder: Path, report: RunReport) -> list[Shard]:
    """The web archives in the order in which an import reads them; whatever else is met is counted, or said."""
    shards = [Shard(file, folder / rows_name(file), named) for file, named in _web_archives(paths, report)]
    return list({shard.rows: shard for shard in shards}.values())


def _web_archives(paths: Iterable[Path], report: RunReport) -> Iterator[tuple[Path, bool]]:
    for path in paths:
        named = not path.is_dir()
        for file in [path] if named else files_below(path, report):
            with tell_errors(file, report, named=named):
                if not is_web_archive(file):
                    raise NotACaptureError("no web archive")
                yield file, named


@dataclass(frozen=True)
class ReadArchives:
    """The first step: what the web archives of a task show, and what is to be said of them."""

    shards: tuple[Shard, ...] = field(repr=False)

    def __call__(self, _: object, rank: int, world_size: int) -> Iterator[Passed]:
        """Read the shards of a task that have not been read."""
        for shard in self.shards[rank::world_size]:
            if not shard.is_done:
                opened = Opened(shard)
                yield opened
                yield from self._read(shard, opened.notes)

    def _read(self, shard: Shard, notes: Notes) -> Iterator[Passed]:
        archives, losses, whole = WebArchives(), Losses(), False
        with tell_errors(shard.source, notes, named=shard.named):
            for item in archived_items(archives.read(shard.source), notes, losses):
                yield from notes.take()
                yield item
            whole = True
        yield from _said(notes, losses)
        for repeat in archives.repeats:
            yield ShardRow("repeat", (repeat.url, repeat.captured_at, repeat.digest, repeat.keys))
        if whole:
            yield ShardRow("whole")


@dataclass(frozen=True)
class ReadRepeats(ReadArchives):
    """The same for what revisit records repeat, once those of all shards are known."""

    repeats: Path
    """A file with a revisit record a line."""

    def _read(self, shard: Shard, notes: Notes) -> Iterator[Passed]:
        with self.repeats.open() as lines:
            repeats = [repeat_of(json.loads(line)) for line in lines]
        numbers = {id(repeat): number for number, repeat in enumerate(repeats)}
        losses = Losses()
        with tell_errors(shard.source, notes, named=shard.named):
            for repeat, found in WebArchives(repeats).repeats_in(shard.source):
                yield ShardRow("resolves", (numbers[id(repeat)],))
                for item in archived_items([found], notes, losses):
                    yield from notes.take()
                    yield item
                yield from _said(notes, losses)
        yield ShardRow("resolves", (-1,))  # what follows is said of the file
        yield from _said(notes, losses)


def _said(notes: Notes, losses: Losses) -> Iterator[ShardRow]:
    """What is to be said, and was counted, since this was last asked."""
    yield from notes.take()
    for reason, (first, number) in losses.found.items():
        yield ShardRow("lost", (reason, first, number))
    losses.found.clear()
    yield from notes.take_counts()


def repeat_of(note: Any) -> Repeat:
    """The revisit record of a row."""
    url, captured_at, digest, keys = note
    return Repeat(url, captured_at, digest, [tuple(key) for key in keys])
