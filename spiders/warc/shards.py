"""What was read of many web archives by many processes -> one archive, as an import of them would have made it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scrapy.http import Response

from nejat_crawler.archive import Archive
from nejat_crawler.crawl.run import Run
from nejat_crawler.crawl.run_report import MET_BEFORE
from nejat_crawler.items import Article, Newsletter
from nejat_crawler.scale.shard import Shard, ShardRow
from spiders.warc.archived_items import Losses
from spiders.warc.archived_pages import UNRESOLVED
from spiders.warc.offline_spider import OfflineSpider
from spiders.warc.shard_reading import find_shards


class ShardsSpider(OfflineSpider):
    """Merges the rows of all shards in the order of an import; asks nothing of any server."""

    name = "shards"
    command = "import"

    def __init__(
        self, *, paths: str = "", folder: str = "", archive: Archive | None = None, name: str | None = None
    ) -> None:
        super().__init__(name, archive)
        self._paths = [Path(path) for path in paths.split("\0") if path]
        self._folder = Path(folder)
        self.arguments = {"paths": "\n".join(path.name or str(path) for path in self._paths), "edition": ""}
        self._met: set[bytes] = set()
        self._repeats = 0
        self._resolved: set[int] = set()

    def read(self, _: Response) -> Iterator[Article | Newsletter]:
        """Every article and newsletter, file by file, then what revisit records repeat."""
        from nejat_crawler.scale.repeated_records import repeat_shard  # brings pyarrow, which crawls do without
        from nejat_crawler.scale.shard_rows import BrokenShardError, read_rows_file

        run = Run.of(self.crawler)
        shards = find_shards(self._paths, self._folder, run)
        whole: list[Shard] = []
        barren = {path for path in self._paths if path.is_dir()}
        try:
            for shard in shards:
                found, losses = False, Losses()
                for item in self._items(read_rows_file(shard.rows), run, losses, shard, whole):
                    found = True
                    barren.difference_update(shard.source.parents)
                    yield item
                losses.say(f"{shard.source}: ", run)
                if shard.named and not found and shard in whole:
                    run.add_error(f"{shard.source} holds no articles of the site")
            losses = Losses()
            for shard in whole if self._repeats else ():
                again = repeat_shard(shard, shards, self._folder)
                yield from self._items(read_rows_file(again.rows), run, losses, shard, [])
            losses.say("", run)
        except BrokenShardError as error:
            run.add_error(str(error))
        for path in barren:
            run.add_error(f"{path}: there are no captures in this folder")
        run.count_skipped(UNRESOLVED.reason, self._repeats - len(self._resolved))

    def _items(
        self, rows: Iterator[ShardRow], run: Run, losses: Losses, shard: Shard, whole: list[Shard]
    ) -> Iterator[Article | Newsletter]:
        """The items of a file of rows; what it says besides is said, counted or noted."""
        is_wanted = is_within = is_repeated = False
        for row in rows:
            if not run.should_continue():
                return
            if row.kind == "resolves":
                is_repeated = row.note[0] in self._resolved
                self._resolved.update({*row.note} - {-1})
            if is_repeated:
                continue
            if row.digest and not is_within:  # the first row of a capture
                is_within, is_wanted = True, row.digest not in self._met
                self._met.add(row.digest)
            is_within = is_within and row.kind not in ("article", "dropped")
            if row.digest and not is_wanted:
                run.count_skipped(MET_BEFORE, not is_within)
            elif row.item:
                yield row.item
            elif row.kind == "whole":
                whole.append(shard)
            elif row.kind == "repeat":
                self._repeats += 1
            elif row.kind == "lost":
                losses.add(*row.note)
            else:
                _say(row, run)


def _say(row: ShardRow, run: Run) -> None:
    if row.kind == "error":
        run.add_error(*row.note)
    elif row.kind == "notice":
        run.add_notice(*row.note)
    elif row.kind == "skipped" or (row.kind == "dropped" and row.note[0]):
        run.count_skipped(*row.note)
