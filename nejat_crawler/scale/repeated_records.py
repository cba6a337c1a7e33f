"""What revisit records repeat may stand in any shard: it is looked for once all shards have been read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from nejat_crawler.scale.shard import Shard, digest_of
from nejat_crawler.scale.shard_rows import read_rows_file


def repeat_shards(shards: Iterable[Shard], folder: Path) -> list[Shard]:
    """The shards that are to be read once more, for what they repeat; none where there are no revisit records."""
    kinds = {shard: {row.kind for row in read_rows_file(shard.rows, notes_only=True)} for shard in shards}
    if not any("repeat" in found for found in kinds.values()):
        return []
    return [repeat_shard(shard, kinds, folder) for shard, found in kinds.items() if "whole" in found]


def repeat_shard(shard: Shard, shards: Iterable[Shard], folder: Path) -> Shard:
    """A shard of `shards` with the place for what repeats its records."""
    name = f"repeats-{digest_of(shard.rows, *_names(shards))}.parquet"
    return replace(shard, rows=folder / name)


def write_repeats(shards: Iterable[Shard], folder: Path) -> Path:
    """A file with the revisit records of all shards, in their order, a line each."""
    path = folder / f"repeats-{digest_of(*_names(shards))}.jsonl"
    part = path.with_suffix(".part")
    with part.open("w") as file:
        for shard in shards:
            for row in read_rows_file(shard.rows, notes_only=True):
                if row.kind == "repeat":
                    file.write(json.dumps(row.note) + "\n")
    return part.replace(path)


def _names(shards: Iterable[Shard]) -> list[str]:
    return [shard.rows.name for shard in shards]
