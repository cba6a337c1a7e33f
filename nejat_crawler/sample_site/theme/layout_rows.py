"""What a row of the table of layouts says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What a page shows of an article's text: a teaser is what `<!--more-->` leaves of it, a part what `<!--nextpage-->`.
Shown = Literal["full", "part", "teaser", "excerpt", "none"]


@dataclass(frozen=True, slots=True)
class Entry:
    """How one article is printed in a list."""

    template: str
    tag: str = ""
    """A template for the tag of what the article stands in; empty: it stands directly in the list."""
    article: str = "item hentry{no_thumb}"
    """A template for the classes of the `article`; empty: there is no such element."""

    @property
    def shows(self) -> Literal["full", "excerpt", "none"]:
        """What it shows of a text that the author has not cut."""
        if "{content}" in self.template:
            return "full"
        return "excerpt" if "excerpt}" in self.template else "none"


@dataclass(frozen=True, slots=True)
class Layout:
    """A list of articles: the `first` ones each in a way of its own, then those of `then` in turn."""

    then: tuple[Entry, ...]
    first: tuple[Entry, ...] = ()
    opening: str = '<ul{data_layout} class="penci-wrapper-data penci-grid">'
    closing: str = "</ul>"
    archives_only: bool = False
    bare_in_archives: bool = False
    """Whether nothing stands round the entries in an archive."""

    def entry(self, place: int) -> Entry:
        """The way in which the article at `place`, counted from 0, is printed."""
        if place < len(self.first):
            return self.first[place]
        return self.then[(place - len(self.first)) % len(self.then)]
