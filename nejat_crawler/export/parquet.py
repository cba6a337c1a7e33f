"""Articles as Parquet: typed columns, lists as lists. Needs the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from nejat_crawler.archive.fields import ARTICLES
from nejat_crawler.archive.reading.articles import OF_A_STATE, read_rows
from nejat_crawler.export.export_job import Job
from nejat_crawler.export.output import ExportError

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise ExportError("Parquet needs the extra parquet: pip install 'nejat-crawler[parquet]'") from error

# A row group is what must fit into memory, here and at the reader's.
_GROUP_ROWS = 20_000
_GROUP_BYTES = 16 << 20

_TYPES = {
    "text": pa.string(),
    "number": pa.int64(),
    "truth": pa.bool_(),
    "day": pa.date32(),
    "instant": pa.timestamp("ms", tz="UTC"),
    "names": pa.list_(pa.string()),
    "images": pa.list_(
        pa.struct([("src", pa.string()), ("alt", pa.string()), ("caption", pa.string()), ("lead", pa.bool_())])
    ),
    "links": pa.list_(pa.struct([("url", pa.string()), ("text", pa.string()), ("target", pa.string())])),
}


def write_parquet(job: Job, file: BinaryIO) -> None:
    """Columns of their own types; with `versions` each earlier state is a row of its own, numbered in `version`."""
    names = [*job.fields, *(OF_A_STATE if job.versions else ())]
    schema = pa.schema(parquet_fields(names))
    rows = job.watch(read_rows(job.db, "json", job.selection, job.fields, versions=job.versions))
    # the dictionary of a column of bodies would only grow in memory
    writer = pq.ParquetWriter(file, schema, compression="zstd", use_dictionary=repeating(names))
    with writer:
        for group in _groups(rows):
            writer.write_table(pa.table(parquet_columns(group, names), schema=schema))


def parquet_fields(names: Sequence[str]) -> list[pa.Field]:
    """Fields of an article, each of its own type."""
    return [pa.field(name, _TYPES[ARTICLES.field(name).kind]) for name in names]


def parquet_columns(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[pa.Array]:
    """Rows as the contract has them, as columns of the types of `parquet_fields`."""
    return [_column(rows, name) for name in names]


def read_parquet(path: str) -> Iterator[dict[str, Any]]:
    """The articles of such a file as the contract has them; raises ExportError."""
    try:
        for batch in pq.ParquetFile(path).iter_batches(batch_size=500):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items()}
    except (OSError, pa.ArrowException) as error:
        raise ExportError(f"{path} is no Parquet file that can be read") from error


def _groups(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for (text,) in rows:
        group.append(json.loads(text))
        size += len(text)
        if len(group) >= _GROUP_ROWS or size >= _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _column(group: Sequence[Mapping[str, Any]], name: str) -> pa.Array:
    kind = ARTICLES.field(name).kind
    values = [row[name] for row in group]
    if kind == "day":
        values = [value and date.fromisoformat(value) for value in values]
    elif kind == "instant":
        values = [value and datetime.fromisoformat(value) for value in values]
    return pa.array(values, type=_TYPES[kind])


def repeating(names: Sequence[str]) -> list[str]:
    """The fields whose values stand in many rows."""
    few = {"edition", "category", "author", "byline", "language", "status", "source", "theme"}
    return [name for name in names if name in few]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
