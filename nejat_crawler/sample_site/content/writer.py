"""Draws titles, paragraphs, names and pictures from an edition's data, always in the same order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from nejat_crawler.sample_site.content.blocks import Block, Paragraph
from nejat_crawler.sample_site.content.inline import HOME, Picture

DATA = Path(__file__).parent / "data"


class Words(TypedDict):
    """What `data/<edition>.json` holds."""

    site_name: str
    titles: list[str]
    paragraphs: list[str]
    sentences: list[str]
    categories: list[str]
    tags: list[str]
    authors: list[str]


def read_words(edition: str) -> Words:
    """Read the words of an edition."""
    words: Words = json.loads((DATA / f"{edition}.json").read_text(encoding="utf-8"))
    return words


@dataclass(slots=True)
class Draft:
    """A post before it has an id and a date; None means: as an ordinary post has it."""

    title: str
    blocks: list[Block]
    categories: list[str] | None = None
    tags: list[str] = field(default_factory=list)
    author: str | None = None
    leads: tuple[Picture, ...] = ()
    comments: int = 0
    format: str = "standard"
    special: str = ""
    status: str = "publish"
    sticky: bool = False
    protected: bool = False
    same_moment: bool = False
    """Whether it bears the timestamp of the draft before it."""
    backdated: bool = False
    """Whether it was written last, and so has the highest id, at its place in the past."""


class Writer:
    """The words of an edition, handed out one after another and from the start again where they end."""

    def __init__(self, edition: str, ids: Sequence[int]) -> None:
        self.edition = edition
        self.ids = ids
        self.words = read_words(edition)
        self._drawn: dict[str, int] = {}

    def _draw(self, kind: str, stock: Sequence[str]) -> str:
        number = self._drawn.get(kind, 0)
        self._drawn[kind] = number + 1
        return stock[number % len(stock)]

    def title(self) -> str:
        """Draw a title."""
        return self._draw("title", self.words["titles"])

    def paragraph(self) -> str:
        """Draw a paragraph."""
        return self._draw("paragraph", self.words["paragraphs"])

    def sentence(self) -> str:
        """Draw a short sentence."""
        return self._draw("sentence", self.words["sentences"])

    def category(self) -> str:
        """Draw a category."""
        return self._draw("category", self.words["categories"])

    def tag(self) -> str:
        """Draw a tag."""
        return self._draw("tag", self.words["tags"])

    def author(self) -> str:
        """Draw an author."""
        return self._draw("author", self.words["authors"])

    def paragraphs(self, count: int) -> list[Block]:
        """Draw `count` paragraphs as blocks."""
        return [Paragraph(self.paragraph()) for _ in range(count)]

    def picture(self, *, alt: str | None = None, caption: str | None = None, name: str = "photo") -> Picture:
        """Make up a picture: its `alt` is a sentence unless given."""
        number = self._drawn.get("picture", 0)
        self._drawn["picture"] = number + 1
        folder = f"{HOME}/{self.edition}/wp-content/uploads/{2009 + number % 15}/{1 + number % 12:02}"
        return Picture(
            src=f"{folder}/{name}-{number + 1}.png",
            alt=self.sentence() if alt is None else alt,
            caption=caption,
            number=70001 + number,
        )

    def post_link(self, place: int) -> str:
        """Give the address of a post by its place, the oldest being 0."""
        return f"{HOME}/{self.edition}/posts/{self.ids[place % len(self.ids)]}"
