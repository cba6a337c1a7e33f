"""The editions of the site, a row each. docs/adding-an-edition.md says what a new one needs, and goes without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Edition:
    """One WordPress of the site."""

    code: str
    """First part of every path of the edition, and of every article's id."""
    name: str
    language: str
    """BCP 47."""
    direction: Literal["ltr", "rtl"]
    calendar: Literal["gregorian", "jalali"]
    """Calendar of the dates that the edition prints."""
    listing: str
    """Path of the first page of the listing that holds every article."""
    protected_prefix: str
    """What WordPress puts before the title of a post behind a password."""
    expected_minimum: int
    """Articles that its listing is known to have had: a walk to its end that shows fewer is not complete.
    English was 755 pages deep, and Persian is by far larger; 0 where nobody has counted."""


EDITIONS: dict[str, Edition] = {
    row.code: row
    for row in (
        Edition("en", "English", "en", "ltr", "gregorian", "/en/", "Protected: ", 7550),
        Edition("fa", "Persian", "fa", "rtl", "jalali", "/fa/", "حفاظت شده: ", 7550),
        Edition("ar", "Arabic", "ar", "rtl", "gregorian", "/ar/", "محمي: ", 0),
        Edition("sq", "Albanian", "sq", "ltr", "gregorian", "/sq/", "E mbrojtur: ", 0),
    )
}


class UnknownEditionError(ValueError):
    """An edition was named that the site does not have."""


def listed(words: Iterable[str], before_last: str) -> str:
    """Write words as a sentence does: `en, fa, ar or sq`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} {before_last} {last}" if first else last


def choose(names: str) -> list[Edition]:
    """The editions named by `en`, `en,fa` or `all`; raises UnknownEditionError."""
    codes = [name.strip().lower() for name in names.split(",") if name.strip()]
    if "all" in codes:
        return list(EDITIONS.values())
    unknown = [code for code in codes if code not in EDITIONS]
    if unknown or not codes:
        known = ", ".join([*EDITIONS, "all"])
        raise UnknownEditionError(f"unknown edition {', '.join(unknown) or repr(names)}: choose from {known}")
    return [EDITIONS[code] for code in dict.fromkeys(codes)]
