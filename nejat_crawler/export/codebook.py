"""The codebook of a data package: what every column means, for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def write_codebook(descriptor: dict[str, Any], path: Path) -> None:
    """Write the descriptor of a package as Markdown."""
    counts = descriptor["counts"]
    parts = [
        f"# {descriptor['title']}",
        descriptor["description"],
        f"Corpus version `{descriptor['version']}`: {_number(counts['articles'], 'article')}"
        + "".join(f", {name} {count}" for name, count in counts["editions"].items())
        + ".",
        _selection(descriptor),
        f"**Licence.** {descriptor['licenses'][0]['title']}",
        "**CSV.** UTF-8 with a header, RFC 4180, line breaks within quotation marks. An empty cell is a value that is"
        " not known. Read it with a parser that knows quotation marks, never line by line.",
        *(_resource(resource) for resource in descriptor["resources"]),
    ]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")


def _selection(descriptor: dict[str, Any]) -> str:
    if not descriptor["filters"]:
        return ""
    chosen = "; ".join(
        f"{name} {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in descriptor["filters"].items()
    )
    return f"Selected from the archive of version `{descriptor['archive_version']}` by: {chosen}."


def _resource(resource: dict[str, Any]) -> str:
    head = f"## {resource['path']}\n\n{resource['title']}"
    size = f"{resource['bytes']} bytes, SHA-256 `{resource['hash'].removeprefix('sha256:')}`."
    if "schema" not in resource:
        return f"{head} {size}"
    schema = resource["schema"]
    keys = [f"Primary key: {', '.join(f'`{name}`' for name in schema['primaryKey'])}."]
    keys += [f"`{key['fields']}` is an `id` of `articles.csv`." for key in schema.get("foreignKeys", [])]
    rows = [f"| `{field['name']}` | {field['type']} | {_cell(field['description'])} |" for field in schema["fields"]]
    table = "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])
    return f"{head} {_number(resource['rows'], 'row')}; {size}\n\n{' '.join(keys)}\n\n{table}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _number(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
