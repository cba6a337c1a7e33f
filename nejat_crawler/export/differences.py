"""What two exports differ in: articles added, changed, removed."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import read_articles
from nejat_crawler.archive.reading.corpus_version import CONTENT, content_hash, version_of
from nejat_crawler.export.output import ExportError
from nejat_crawler.export.package import DESCRIPTOR
from nejat_crawler.warc_records.unpacking import zstd

_BYTES = 8  # of a value's digest: enough to tell two states of one field apart


@dataclass(slots=True)
class Export:
    """An export as far as it is compared: memory is a few hundred bytes an article, not its text."""

    fields: tuple[str, ...]
    """The fields of CONTENT that it has."""
    titles: dict[str, str] = field(default_factory=dict)
    values: dict[str, bytes] = field(default_factory=dict)
    """By id, a digest a field, one after the other."""
    hashes: dict[str, bytes] = field(default_factory=dict)

    def version(self) -> str | None:
        """The corpus version of the export; None where it lacks a field."""
        return version_of(sorted(self.hashes.items())) if self.fields == CONTENT else None


@dataclass(slots=True)
class ArticleDifference:
    """An article that differs; `fields` names in what, where it is in both."""

    id: str
    title: str
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Differences:
    """What `nejat diff` says, in the order of ids."""

    old_version: str | None
    new_version: str | None
    compared: list[str]
    added: list[ArticleDifference]
    changed: list[ArticleDifference]
    removed: list[ArticleDifference]
    same: int

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "old_version": self.old_version,
            "new_version": self.new_version,
            "compared": self.compared,
            "same": self.same,
            "added": [change.id for change in self.added],
            "changed": [{"id": change.id, "fields": change.fields} for change in self.changed],
            "removed": [change.id for change in self.removed],
        }

    def lines(self) -> Iterator[str]:
        """For people: a line a difference, then the sum."""
        for name, changes in (("added", self.added), ("changed", self.changed), ("removed", self.removed)):
            for change in changes:
                what = f" ({', '.join(change.fields)})" if change.fields else ""
                yield " ".join(f"{name:<7} {change.id}{what} {change.title}".split("\n")).rstrip()
        yield (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed, {self.same} the same"
        )
        if self.old_version and self.new_version:
            yield f"corpus version {self.old_version} -> {self.new_version}"
        else:
            yield f"compared were only: {', '.join(self.compared) or 'the ids'}"


def compare(old: Path, new: Path) -> Differences:
    """Compare two exports by the fields that both have; raises ExportError and ArchiveError."""
    before, after = _load(old), _load(new)
    compared = [name for name in CONTENT if name in before.fields and name in after.fields and name != "id"]
    both = sorted(before.values.keys() & after.values.keys())
    changes = (
        ArticleDifference(key, after.titles[key], [name for name in compared if _differ(before, after, key, name)])
        for key in both
    )
    changed = [change for change in changes if change.fields]
    added = sorted(after.values.keys() - before.values.keys())
    removed = sorted(before.values.keys() - after.values.keys())
    return Differences(
        before.version(),
        after.version(),
        compared,
        [ArticleDifference(article_id, after.titles[article_id]) for article_id in added],
        changed,
        [ArticleDifference(article_id, before.titles[article_id]) for article_id in removed],
        len(after.values) - len(added) - len(changed),
    )


def _differ(before: Export, after: Export, article_id: str, name: str) -> bool:
    sides = []
    for export in (before, after):
        start = export.fields.index(name) * _BYTES
        sides.append(export.values[article_id][start : start + _BYTES])
    return sides[0] != sides[1]


def _load(path: Path) -> Export:
    export: Export | None = None
    for article in _read(path):
        if not isinstance(article, Mapping) or not isinstance(article.get("id"), str):
            raise ExportError(f"{path} is no export of articles: an entry has no id")
        if export is None:
            export = Export(tuple(name for name in CONTENT if name in article))
        article_id = article["id"]
        # an export with `--versions` has the states of an article in their order: the last one is the current
        if article_id in export.values and "version" not in article:
            raise ExportError(f"{path} holds {article_id} twice")
        try:
            values = [_digest(article[name]) for name in export.fields]
        except KeyError as error:
            raise ExportError(f"{path}: {article_id} has no {error}, which the articles before it have") from error
        export.titles[article_id] = str(article.get("title") or "")
        export.values[article_id] = b"".join(values)
        whole = export.fields == CONTENT
        export.hashes[article_id] = content_hash(article) if whole else export.values[article_id]
    return export or Export(CONTENT)


def _digest(value: Any) -> bytes:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).digest()[:_BYTES]


def _read(path: Path) -> Iterator[Any]:
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise ExportError(f"{path} is no data package: it holds no {DESCRIPTOR}")
        path = path / "articles.parquet"
    try:
        with path.open("rb") as file:
            opening = file.read(16)
        if opening.startswith(b"SQLite format 3\0"):
            with Archive.open_readonly(path) as archive:
                yield from read_articles(archive.db)
        elif opening.startswith(b"PAR1"):
            from nejat_crawler.export.parquet import read_parquet  # pyarrow is an extra

            yield from read_parquet(str(path))
        else:
            with _open_text(path, opening) as file:
                yield from _read_json(file, path)
    except (OSError, EOFError, zstd.ZstdError) as error:
        raise ExportError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _open_text(path: Path, opening: bytes) -> IO[bytes]:
    if opening.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.open(path))
    if opening.startswith(b"\x28\xb5\x2f\xfd"):
        return cast("IO[bytes]", zstd.open(path))
    return path.open("rb")


def _read_json(file: IO[bytes], path: Path) -> Iterator[Any]:
    number = 0
    try:
        for number, line in enumerate(file, start=1):
            if number == 1 and line.strip().startswith(b"["):
                yield from json.loads(line + file.read())
                return
            if line.strip():
                yield json.loads(line)
    except ValueError as error:
        raise ExportError(f"{path} is no JSON in line {max(number, 1)}") from error
