"""What a text capture is cut into, and what is read from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nejat_crawler.editions import EDITIONS
from nejat_crawler.items import Image


class UnknownLayoutError(ValueError):
    """A text is no capture of a known layout."""


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One article as the capture shows it; `published_text` is the date as printed, `""` if there is none."""

    title: str
    category: str | None
    body: str
    """The whole text, or of a `teaser` the excerpt."""
    published_text: str
    comment_count: int | None
    images: tuple[Image, ...]
    more_categories: tuple[str, ...] = ()
    edition: str = "en"
    teaser: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class TextCapture:
    """A capture, cut: the text of each whole article, and of one that the capture breaks off in."""

    layout: str
    """Name of the row in LAYOUTS_BY_NAME."""
    edition: str
    entries: tuple[str, ...]
    """For `read_entry`: lines of the capture, or of a layout that scatters its fields, a record of them."""
    cut_off: str | None
    unsure: tuple[str, ...] = ()
    """Entries whose title and text nothing tells apart."""


@dataclass(frozen=True, slots=True)
class TextCut:
    """What a layout makes of a text."""

    entries: tuple[str, ...]
    cut_off: str | None = None
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a capture of a theme's page is cut, and how one entry is read."""

    name: str
    teaser: bool
    """Whether it shows excerpts only."""
    cut: Callable[[list[str]], TextCut | None]
    """None if the lines are no capture of this layout."""
    read: Callable[[str], TextEntry]
    editions: tuple[str, ...] = tuple(EDITIONS)
    own_page: bool = False
    """Whether it is an article's own page."""
    edition: str = ""
    """Of a row of LAYOUTS_BY_NAME, the edition that it is of."""
