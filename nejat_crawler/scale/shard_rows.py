"""What was read of a web archive, as Parquet: articles in the export contract, and beside it what merging needs.

Other rows, of kinds of their own, tell in their order what else an import would have stored, counted or said.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from nejat_crawler.archive.fields import ARTICLES
from nejat_crawler.export.parquet import parquet_columns, parquet_fields, repeating
from nejat_crawler.items import Article, Image, KeptAnswer, Link, Newsletter, Story
from nejat_crawler.scale.shard import ShardRow

_CONTRACT = [*ARTICLES.exported(), "body_html"]
_TEXTS = ("title", "body", "body_html", "excerpt")
_OWN = [("kind", pa.string()), ("digest", pa.binary()), ("note", pa.string()), ("capture", pa.string())]
_SCHEMA = pa.schema([*(pa.field(*own) for own in _OWN), *parquet_fields(_CONTRACT)])
#: Of a row group, which is held in memory several times over, as texts, as columns and packed.
_GROUP_ROWS, _GROUP_BYTES = 2_000, 2 << 20
_READ_ROWS = 100
pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps 40 MB of what it has given back


class BrokenShardError(Exception):
    """A file of rows that cannot be read; the message says why."""


class RowsFile:
    """Writes rows into a file that stands at its place once it is whole, whatever happens before."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.{os.uname().nodename}.{os.getpid()}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        few = ["kind", *repeating(_CONTRACT)]
        self._writer = pq.ParquetWriter(
            self._part, _SCHEMA, compression="zstd", use_dictionary=few, write_page_checksum=True
        )
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._flush()
            self._writer.close()
            self._part.replace(self._path)
        else:
            self._writer.close()
            self._part.unlink()

    def add(self, row: ShardRow) -> None:
        """Write a row."""
        values = _values(row)
        self._rows.append(values)
        self._bytes += sum(len(value) for value in values.values() if isinstance(value, str))
        if len(self._rows) >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            own = [pa.array([row[name] for row in self._rows], type=type_) for name, type_ in _OWN]
            self._writer.write_table(pa.table([*own, *parquet_columns(self._rows, _CONTRACT)], schema=_SCHEMA))
        self._rows, self._bytes = [], 0


def read_rows_file(path: Path, *, notes_only: bool = False) -> Iterator[ShardRow]:
    """The rows of a file in their order; raises BrokenShardError. `notes_only`: neither articles nor newsletters."""
    columns = ["kind", "note"] if notes_only else ["kind", "note", "digest", "capture", *_TEXTS]
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False)
        for batch in file.iter_batches(_READ_ROWS, columns=columns, use_threads=False):
            for values in batch.to_pylist():
                if not (notes_only and values["kind"] in ("article", "newsletter")):
                    yield _row(values)
    except (OSError, pa.ArrowException) as error:
        raise BrokenShardError(
            f"{path} cannot be read: {error}; remove it, and the same command makes it anew"
        ) from None


def _values(row: ShardRow) -> dict[str, Any]:
    """The row as columns; of a capture nobody knows what the archive will tell of it."""
    values: dict[str, Any] = dict.fromkeys(_CONTRACT)
    values |= {"kind": row.kind, "digest": row.digest, "note": _json(row.note) if row.note else None, "capture": None}
    if isinstance(row.item, Newsletter):
        values["capture"] = _json(asdict(row.item))
    elif row.item:
        article = asdict(row.item)
        values["capture"] = _json({name: value for name, value in article.items() if name not in _TEXTS})
        values |= {name: value for name, value in article.items() if name in values}
        values |= {
            "id": None if row.item.post_id is None else f"{row.item.edition}-{row.item.post_id}",
            "category": next(iter(row.item.categories or ()), None),
            "links": [{**link, "target": None} for link in article["links"]],
            "first_seen": row.item.captured_at,
            "last_seen": row.item.captured_at,
            "versions": 1,
        }
    return values


def _row(values: dict[str, Any]) -> ShardRow:
    row = ShardRow(values["kind"], tuple(json.loads(values["note"] or "[]")), values.get("digest") or b"")
    if row.kind not in ("article", "newsletter"):
        return row
    stored = json.loads(values["capture"])
    if row.kind == "newsletter":
        stories = [Story(**story) for story in stored["stories"]]
        return replace(row, item=Newsletter(**{**stored, "stories": stories}))
    for name, make in (("images", Image), ("links", Link), ("kept", KeptAnswer)):
        stored[name] = stored[name] and [make(**each) for each in stored[name]]
    for name in ("kept", "unknown_parts", "doubtful_parts"):
        stored[name] = tuple(stored[name])
    return replace(row, item=Article(**stored, **{name: values[name] for name in _TEXTS}))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
