"""Writes what `archive.fields` says into docs/article.md and Datasette's metadata.

`python -m tests.support.field_docs` does it. All else in both files stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from nejat_crawler.archive.fields import ARTICLES, NEWSLETTER_TABLES, TABLES, Table
from nejat_crawler.website.datasette_settings import CONFIG_DIR

METADATA = CONFIG_DIR / "metadata.yaml"
ARTICLE = Path(__file__).resolve().parents[2] / "docs" / "article.md"

_KINDS = {
    "number": "whole number", "real": "number", "truth": "true or false", "instant": "time", "json": "JSON",
    "names": "list", "images": "list", "links": "list",
}  # fmt: skip
_WHERE = {
    "both": "",
    "table": "table",
    "export": "export",
    "with_html": "table, `--with-html`",
    "with_versions": "table, `--versions`",
    "versions": "`--versions`",
}
_MADE = re.compile(
    r"(<!-- fields of (\w+), made by tests.support.field_docs -->\n\n).*?(?=\n\n<!-- end -->)", re.DOTALL
)


def metadata() -> str:
    """The text of metadata.yaml with the title, description and columns of each table."""
    lines: list[str] = []
    keys = iter(METADATA.read_text("utf-8").splitlines())
    by_name = {table.name: table for table in TABLES}
    kept = True
    for line in keys:
        if name := re.fullmatch(r" {6}(\w+):", line):
            lines += [line, *_table(by_name[name[1]])] if name[1] in by_name else [line]
            kept = True
        elif key := re.match(r" {8}(\w+):", line):
            kept = key[1] not in ("title", "description", "columns")
            lines += [line] if kept else []
        elif kept or not line.startswith(" " * 10):
            lines.append(line)
    return "\n".join([*lines, ""])


def _table(table: Table) -> Iterator[str]:
    yield f"        title: {_quoted(table.title)}"
    yield f"        description: {_quoted(table.about)}"
    yield "        columns:"
    yield from (f"          {field.name}: {_quoted(field.about)}" for field in table.columns())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def article() -> str:
    """The text of article.md with the fields of articles and newsletters."""
    tables = {table.name: table for table in (ARTICLES, *NEWSLETTER_TABLES)}
    return _MADE.sub(lambda match: match[1] + "\n".join(_rows(tables[match[2]])), ARTICLE.read_text("utf-8"))


def _rows(table: Table) -> Iterator[str]:
    yield "| field | type | only in | meaning |" if table is ARTICLES else "| field | type | meaning |"
    yield "|---|---|---|---|" if table is ARTICLES else "|---|---|---|"
    for field in table.fields:
        where = [_WHERE[field.where]] if table is ARTICLES else []
        cells = [f"`{field.name}`", _KINDS.get(field.kind, field.kind), *where, field.about.removesuffix(".")]
        yield f"| {' | '.join(cells)} |".replace("|  |", "| |")


def main() -> None:
    """Write both files."""
    METADATA.write_text(metadata(), "utf-8")
    ARTICLE.write_text(article(), "utf-8")


if __name__ == "__main__":
    main()
