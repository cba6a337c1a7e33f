"""What passes between the steps of a job: web archives, and what was read of each, row by row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from nejat_crawler.archive.crawl_state.imported_files import code_digest
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.items import Article, Capture, Newsletter

#: `repeat`: a revisit record; `resolves`: what follows is shown by the record that it repeats; `dropped`: a step has
#: dropped an item; `whole`: the web archive could be read to its end.
Kind = Literal[
    "article", "newsletter", "error", "notice", "skipped", "lost", "dropped", "repeat", "resolves", "whole"
]
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ShardRow:
    """Something that was read of a web archive."""

    kind: Kind
    note: tuple[Any, ...] = ()
    """What there is to say, as JSON can hold it: a sentence; a reason and how often; a revisit record."""
    digest: bytes = b""
    """Of the capture that it was read from; empty for what is said of the file itself."""
    item: Article | Newsletter | None = None


class Notes(RunReport):
    """The report of a shard: what an import would say is kept as rows, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ShardRow] = []

    def add_error(self, sentence: str) -> None:
        """Keep a sentence."""
        self._rows.append(ShardRow("error", (sentence,)))

    def add_notice(self, sentence: str) -> None:
        """Keep a sentence."""
        self._rows.append(ShardRow("notice", (sentence,)))

    def take(self, digest: bytes = b"") -> Iterator[ShardRow]:
        """What was said since this was last asked, of the capture with a digest."""
        rows, self._rows = self._rows, []
        for row in rows:
            yield replace(row, digest=digest)

    def take_counts(self) -> Iterator[ShardRow]:
        """How much was passed over since this was last asked."""
        counts, self.skipped = self.skipped, Counter()
        for reason, number in counts.items():
            yield ShardRow("skipped", (reason, number))


@dataclass(frozen=True, slots=True)
class Shard:
    """A web archive, and the Parquet file that holds what it shows once that has been read as a whole."""

    source: Path
    rows: Path
    named: bool
    """Whether the user has named the file, not a folder that it lies in."""

    @property
    def is_done(self) -> bool:
        """Whether it has been read by this version of the program, and is as it was then."""
        return self.rows.exists()


@dataclass(frozen=True, slots=True)
class Opened:
    """A shard begins; what follows is read of it."""

    shard: Shard
    notes: Notes = field(default_factory=Notes)


#: What the first step hands on.
Passed = Opened | ShardRow | Capture | Newsletter


def rows_name(source: Path) -> str:
    """A name for the rows of a web archive: another one when the file, or the program that reads it, is another."""
    facts = source.stat()
    digest = digest_of(source, facts.st_size, facts.st_mtime_ns, code_digest())
    return f"{source.name[:50]}-{digest}.parquet"


def digest_of(*facts: object) -> str:
    """A short digest of some facts."""
    return hashlib.sha256("\0".join(map(str, facts)).encode(errors="surrogateescape")).hexdigest()[:_DIGITS]
