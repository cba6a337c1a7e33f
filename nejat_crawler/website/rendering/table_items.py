"""What stands beside the rows of a table, written without a template: 600 of the steps of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import escape

from nejat_crawler.website.rendering.template_filters import edition_name


def facet_items(values: Iterable[Mapping[str, Any]], column: str) -> str:
    """Markup: a line of a list for each value of a column that was counted."""
    lines = []
    for value in values:
        label = value["label"]
        name = edition_name(label) if column == "edition" else "–" if label is None else label
        selected, remove = (
            (' class="selected"', ' <span aria-label="remove">✕</span>') if value["selected"] else ("", "")
        )
        link = f'<a href="{escape(value["toggle_url"])}"><bdi>{escape(name)}</bdi>{remove}</a>'
        lines.append(f'\n<li{selected}>{link} <span class="quiet">{value["count"]:,}</span></li>\n')
    return "".join(lines)


def options(names: Iterable[str]) -> str:
    """Markup: the options of a field of a form."""
    return "".join([f"<option>{escape(name)}</option>" for name in names])


def definitions(described: Mapping[str, str]) -> str:
    """Markup: names, and what is said of each."""
    return "".join([f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in described.items()])
