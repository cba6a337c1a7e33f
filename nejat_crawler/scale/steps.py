"""The further steps of a job, as datatrove calls them: make articles of what web archives show, and write rows.

Each takes what the step before it yields, the number of its task, and how many tasks there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from scrapy.exceptions import DropItem
from scrapy.utils.misc import load_object

from nejat_crawler.crawl.run import RunComponent
from nejat_crawler.items import Article, Capture, Newsletter
from nejat_crawler.scale.shard import Notes, Opened, Passed, ShardRow
from nejat_crawler.scale.shard_rows import RowsFile
from nejat_crawler.settings import STEPS


@dataclass(frozen=True)
class MakeArticles:
    """The second step: the item pipelines of the crawl, but for the last, which stores."""

    def __call__(self, data: Iterator[Passed], rank: int, world_size: int) -> Iterator[Opened | ShardRow]:  # noqa: ARG002  # as datatrove calls
        """Make an article of each capture, or the rows that say why there is none."""
        for each in data:
            if isinstance(each, Opened):
                notes = each.notes
                steps = [_make_step(load_object(name), notes) for name in STEPS[:-1]]
                yield each
            elif isinstance(each, ShardRow):
                yield each
            else:
                yield from _rows_of(each, steps, notes)


def _make_step(step: Any, notes: Notes) -> Any:
    return step(notes) if issubclass(step, RunComponent) else step()


def _rows_of(found: Capture | Newsletter, steps: list[Any], notes: Notes) -> Iterator[ShardRow]:
    digest = found.digest if isinstance(found, Capture) else b""
    item: Any = found
    try:
        for step in steps:
            item = step.process_item(item)
        if isinstance(item, Article):
            json.dumps(asdict(item), ensure_ascii=False).encode()  # half a surrogate pair cannot be stored
    except DropItem as error:
        item = None
        last = ShardRow("dropped", (str(error),), digest)
    except Exception as error:
        notes.add_failure(item, str(error))
        item = None
        last = ShardRow("dropped", ("",), digest)
    else:
        last = ShardRow("article" if isinstance(item, Article) else "newsletter", (), digest, item)
    yield from notes.take(digest)
    yield last


@dataclass(frozen=True)
class WriteRows:
    """The last step: a Parquet file a shard, which stands at its place once the shard has been read as a whole."""

    def __call__(self, data: Iterator[Opened | ShardRow], rank: int, world_size: int) -> None:  # noqa: ARG002  # as datatrove calls
        """Write all that a task yields."""
        file: RowsFile | None = None
        with ExitStack() as stack:
            for each in data:
                if isinstance(each, Opened):
                    stack.pop_all().close()
                    file = stack.enter_context(RowsFile(each.shard.rows))
                elif file:
                    file.add(each)
