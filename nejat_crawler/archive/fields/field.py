"""What is said of a field: its type, what it means, where it is shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nejat_crawler.editions import EDITIONS, listed

#: `day` is a date; `instant` a moment in UTC; `json` text that holds JSON; `names`, `images`, `links` are lists.
Kind = Literal["text", "number", "real", "truth", "day", "instant", "json", "names", "images", "links"]

#: `both`: in the archive's table and in exports. `with_html`, `with_versions`, `versions`: in exports that are asked
#: for it, the first two in the table, too.
Where = Literal["both", "table", "export", "with_html", "with_versions", "versions"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table, or a field of an exported article."""

    name: str
    kind: Kind
    about: str
    where: Where = "both"
    required: bool = False

    @property
    def is_column(self) -> bool:
        """Whether the table has it as a column."""
        return self.where in ("both", "table", "with_html", "with_versions")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the archive with all of its fields; `key` names those that tell its rows apart."""

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    def field(self, name: str) -> Field:
        """The field of a name; raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def exported(self) -> tuple[str, ...]:
        """The names of the fields that every export of it has, in their order."""
        return tuple(field.name for field in self.fields if field.where in ("both", "export"))

    def columns(self) -> Iterator[Field]:
        """What the table in the archive has, which is not always in this order."""
        return (field for field in self.fields if field.is_column)


def read_tables() -> Iterator[Table]:
    """The tables of `tables.toml`, in its order; `{editions}` stands there for `en, fa, ar or sq`."""
    text = Path(__file__).with_name("tables.toml").read_text("utf-8")
    for name, row in tomllib.loads(text.replace("{editions}", listed(EDITIONS, "or"))).items():
        fields = tuple(Field(field, **facts) for field, facts in row["fields"].items())
        yield Table(name, row["title"], row["about"], fields, tuple(row["key"]))
