"""What an export is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.reading.articles import BODY_HTML, EVERYTHING, FIELDS, Selection

RowStream = Iterator[tuple[Any, ...]]

#: Every field that can be asked for by name.
KNOWN_FIELDS = (*FIELDS, BODY_HTML)


class UnknownFieldError(ValueError):
    """A field was named that an article does not have."""


def choose_fields(names: str | None, *, with_html: bool = False) -> tuple[str, ...]:
    """The fields named by `id,title`, by default those of the contract; raises UnknownFieldError."""
    fields = FIELDS if names is None else tuple(name.strip() for name in names.split(",") if name.strip())
    unknown = [name for name in fields if name not in KNOWN_FIELDS]
    if unknown or not fields:
        named = ", ".join(unknown) or repr(names)
        raise UnknownFieldError(f"unknown field {named}: choose from {', '.join(KNOWN_FIELDS)}")
    return tuple(dict.fromkeys([*fields, *([BODY_HTML] if with_html else [])]))


@dataclass(slots=True)
class Job:
    """An export of an open archive; the writers take everything from here."""

    db: Database
    selection: Selection = EVERYTHING
    fields: tuple[str, ...] = FIELDS
    versions: bool = False
    """Whether earlier states of edited articles are exported, too."""
    excel: bool = False
    watch: Callable[[RowStream], RowStream] = lambda rows: rows
    """Lets the rows pass, and counts them."""
    notes: list[str] = field(default_factory=list)
    """What the user should be told in the end, a sentence each."""
