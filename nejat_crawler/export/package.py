"""A Frictionless data package: tables, their schema, where they come from, and how to cite them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from nejat_crawler import __version__, citations
from nejat_crawler.archive.fields import ARTICLE_LISTS, ARTICLES, VERSIONS, Field, Table
from nejat_crawler.archive.reading.articles import (
    EVERYTHING,
    LISTS,
    REEXTRACTED,
    count_articles,
    count_by,
    last_seen,
    read_rows,
)
from nejat_crawler.archive.reading.corpus_version import corpus_version
from nejat_crawler.archive.reading.tables import read_table
from nejat_crawler.export.codebook import write_codebook
from nejat_crawler.export.delimited import write_rows
from nejat_crawler.export.export_job import Job
from nejat_crawler.export.output import ExportError

DESCRIPTOR = "datapackage.json"

LICENCE = (
    "The articles belong to their authors. This collection is for research and quotation; "
    "it grants no right to publish the texts again."
)
_TYPES = {"number": "integer", "truth": "boolean", "day": "date", "instant": "datetime"}


def write_package(job: Job, folder: Path) -> None:
    """Write CSV and Parquet, `datapackage.json`, `codebook.md` and `CITATION.cff` into an empty folder.

    Raises ExportError without the field `id`, which ties the tables together, and without pyarrow.
    """
    from nejat_crawler.export import parquet  # pyarrow is an extra, and takes half a second

    if "id" not in job.fields:
        raise ExportError("a package needs the field id, which ties its tables together")
    resources = [_write_articles(job, folder)]
    for table in (*ARTICLE_LISTS, *([VERSIONS] if job.versions else [])):
        columns = table.exported()
        resource = _resource(table, columns)
        with (folder / resource["path"]).open("wb") as file:
            resource["rows"] = write_rows(columns, read_table(job.db, table, job.selection), file)
        resource["schema"]["foreignKeys"] = [
            {"fields": column, "reference": {"resource": "articles", "fields": "id"}}
            for column in ("article_id", "target")
            if column in columns
        ]
        resources.append(resource)
    with (folder / "articles.parquet").open("wb") as file:
        parquet.write_parquet(replace(job, versions=False, watch=lambda rows: rows), file)
    resources.append(
        {
            "name": "articles-parquet",
            "type": "file",
            "title": "The table of articles with typed columns and whole lists, for pandas, R, DuckDB and Arrow.",
            "path": "articles.parquet",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
        }
    )
    for resource in resources:
        path = folder / resource["path"]
        with path.open("rb") as file:
            resource["hash"] = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        resource["bytes"] = path.stat().st_size
    descriptor = _descriptor(job, resources)
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", "utf-8")
    write_codebook(descriptor, folder / "codebook.md")
    (folder / "CITATION.cff").write_text(_citation(descriptor), "utf-8")


def _write_articles(job: Job, folder: Path) -> dict[str, Any]:
    fields = (*job.fields, REEXTRACTED) if job.versions else job.fields
    resource = _resource(ARTICLES, fields)
    rows = job.watch(read_rows(job.db, "cells", job.selection, fields))
    with (folder / resource["path"]).open("wb") as file:
        resource["rows"] = write_rows(fields, rows, file)
    return resource


def _resource(table: Table, columns: Sequence[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_describe(table.field(column)) for column in columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _describe(field: Field) -> dict[str, Any]:
    about = f"{field.about} Joined by `|`; `\\|` is that sign itself." if field.name in LISTS else field.about
    described: dict[str, Any] = {"name": field.name, "type": _TYPES.get(field.kind, "string"), "description": about}
    if field.kind == "truth":
        described |= {"trueValues": ["1"], "falseValues": ["0"]}
    return described | ({"constraints": {"required": True}} if field.required else {})


def _descriptor(job: Job, resources: list[dict[str, Any]]) -> dict[str, Any]:
    version = corpus_version(job.db, job.selection)
    filters = {name: value for name, value in asdict(job.selection).items() if value}
    seen = last_seen(job.db, job.selection)
    return {
        "name": "nejat-archive",
        "title": f"Articles of {citations.SITE_NAME}",
        "description": f"Articles of {citations.SITE_NAME} in the editions and at the time given here, as archived.",
        "version": version,
        "archive_version": version if job.selection == EVERYTHING else corpus_version(job.db),
        "filters": filters,
        **({"last_seen": seen} if seen else {}),
        "homepage": f"https://www.{citations.SITE_NAME}/",
        "licenses": [{"name": "other-closed", "title": LICENCE}],
        "sources": [{"title": citations.PUBLISHER, "path": f"https://www.{citations.SITE_NAME}/"}],
        "contributors": [{"title": f"nejat-crawler {__version__}", "role": "wrangler"}],
        "counts": {
            "articles": count_articles(job.db, job.selection),
            "editions": count_by(job.db, "edition", job.selection),
            "statuses": count_by(job.db, "status", job.selection),
        },
        "resources": resources,
    }


def _citation(descriptor: dict[str, Any]) -> str:
    """The Citation File Format, version 1.2.0: YAML, of which quoted JSON is a part."""
    values = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with their version, which tells exactly what you used.",
        "type": "dataset",
        "title": f"{descriptor['title']}: an archive of {descriptor['counts']['articles']} articles",
        "authors": [{"name": citations.PUBLISHER}],
        "version": descriptor["version"],
        **({"date-released": descriptor["last_seen"][:10]} if "last_seen" in descriptor else {}),
        "url": descriptor["homepage"],
        "abstract": f"{descriptor['description']} {LICENCE}",
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
