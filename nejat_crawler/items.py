"""Item types: a Capture as it was found, an Article as it is archived, a Newsletter with its stories."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

#: How a capture was found; stored with the article (`source`).
Source = Literal["listing", "article", "text", "html", "warc", "feed", "api"]

#: `live` on the site, `gone` by proof, `unseen`: imported and never met on the site.
Status = Literal["live", "gone", "unseen"]


@dataclass(frozen=True, slots=True)
class Part:
    """The source of an article, or of one part of a post split by `<!--nextpage-->`.

    `header` is what stands round the body: title, date, categories, lead image.
    """

    header: str
    content: str
    unknown: tuple[str, ...] = ()
    """Classes of boxes in `content` that are the theme's, and that its row does not know."""
    doubtful: tuple[str, ...] = ()
    """Classes of boxes in `content` that sound as a plugin's do, and are none that is known."""
    hidden_words: int = 0
    """How many words were left out that no reader sees; -1: all of the text is hidden, and was kept."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a server answered, as a record of a WARC file keeps it: a row of the table `captures`."""

    url: str
    time: str
    """UTC, ISO 8601 with seconds."""
    status: int
    digest: str
    """Of the body as it was sent, as the record writes it; "" where that says none."""
    file: str
    """The file's name, without the folder that it lies in."""
    offset: int
    length: int
    """In bytes of the file: of the compressed record."""


@dataclass(slots=True)
class Capture:
    """One article as it was found: its markup or text, where, and when.

    A text capture has `text`, one of the REST interface `record`, all others `html`: a listing's entry or
    an article's own element; a post split by `<!--nextpage-->` brings its parts in order. `found_at` is the
    address of the page, or the path of the file.
    """

    edition: str
    source: Source
    theme: str
    found_at: str
    captured_at: str
    """UTC, ISO 8601 with seconds: `2026-11-21T08:00:00Z`."""
    status: Status
    post_id: int | None = None
    html: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()
    """`html` parted into header and content, free of chrome."""
    own_page: bool = False
    """Whether this is the article's own page, which shows more than a listing (tags, all of a text)."""
    teaser: bool = False
    first_part: int = 1
    """Number of the first of `html` among the `part_count` parts of the post."""
    part_count: int = 1
    published_at: str | None = None
    """The date that the head of the article's own page gives to machines."""
    modified_at: str | None = None
    """When the site says that the article was last edited, in UTC, where that is known: what tells an edit."""
    record: Record | None = None
    updates_last_seen: bool = True
    """Whether `last_seen` moves even if nothing else is new: not at the top of a listing, read every night."""
    kept: tuple[KeptAnswer, ...] = ()
    """The records that it was read from, one for each part of a split post; empty where none are kept."""
    rereads: int | None = None
    """Which version of the archived article it is that is read anew from its record; None for any other capture."""

    @property
    def digest(self) -> bytes:
        """What tells two captures of a run apart: in web archives also their time, for pages are changed back."""
        moment = self.captured_at if self.source == "warc" else ""
        numbers = (self.post_id, self.first_part, self.rereads)
        parts = (self.edition, moment, *map(str, numbers), *self.html, self.text, repr(self.record or ""))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


@dataclass(slots=True)
class Image:
    """A picture of an article. `src` is the real file, null in a text capture."""

    src: str | None
    alt: str
    caption: str | None = None
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A post as the REST interface answers it; what it does not answer is None.

    `title` and `content` are markup, `content` all parts of a split post; the names are text.
    """

    title: str
    content: str
    categories: list[str] | None
    tags: list[str] | None
    author: str | None
    published_at: str | None
    modified_at: str | None
    """When the post was last edited: UTC, as `captured_at`."""
    protected: bool
    lead_images: list[Image] | None


@dataclass(slots=True)
class Link:
    """A link in a body. `target_url` is the canonical address, if it leads to a post of the site."""

    url: str
    text: str
    target_url: str | None = None


@dataclass(slots=True)
class Article:
    """An article as it is archived; docs/article.md says what each field means.

    A field that a capture cannot show is None (also for the lists `tags` and `images`): the archive
    keeps what another capture has shown.
    """

    edition: str
    source: Source
    theme: str
    found_at: str
    captured_at: str
    status: Status
    title: str
    post_id: int | None = None
    url: str | None = None
    categories: list[str] | None = None
    tags: list[str] | None = None
    published: str | None = None
    published_at: str | None = None
    published_text: str | None = None
    undated: str | None = None
    """Why `published` is null, in a word or two."""
    author: str | None = None
    byline: str | None = None
    language: str = ""
    body: str | None = None
    body_html: str | None = None
    """The body's markup, sanitised: safe to show on a page of our own."""
    excerpt: str | None = None
    images: list[Image] | None = None
    links: list[Link] = field(default_factory=list)
    comment_count: int | None = None
    protected: bool = False
    own_page: bool = False
    whole: bool = True
    """Whether `body` is all of the text: neither a teaser nor some parts of several."""
    first_part: int = 1
    part_count: int = 1
    open_end: bool = False
    """Whether a text that a listing shows ends as excerpts do: only the article's own page tells if that is all."""
    empty_parts: bool = False
    """Whether one of several parts has no text."""
    modified_at: str | None = None
    """When the site says that it was last edited, in UTC: tells an edit from a disagreement."""
    unknown_parts: tuple[str, ...] = ()
    """Classes of boxes in the text, the theme's or a plugin's, that nobody can name as none: they were kept."""
    doubtful_parts: tuple[str, ...] = ()
    """Classes of boxes in the text that sound as a plugin's do, and are none that is known: they were kept."""
    hidden_words: int = 0
    """How many words of the text were left out that no reader sees; -1: all of them are hidden, and were kept."""
    hidden_addresses: int = 0
    """Mail addresses in the text that are written for a script which nobody here can read."""
    updates_last_seen: bool = True
    """Whether `last_seen` moves even if nothing else is new."""
    accepted: bool = False
    """Whether the operator accepts that pictures, links or tags are gone, though nothing says that it was edited."""
    kept: tuple[KeptAnswer, ...] = ()
    """The records that it was read from, one for each part of a split post; empty where none are kept."""
    rereads: int | None = None
    """Which version of the archived article it is, read anew; None for any other capture."""
    reading: str = ""
    """A digest of what the extractor has read, once it is stored."""
    outcome: str = ""
    """What became of it in the archive, once it has been stored."""
    fewer: tuple[str, ...] = ()
    """Of what it has shown fewer than are archived, which stay: images, links; once it has been stored."""
    replaced: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """What is told of a run, by field: what was archived until then, and what is now; once it has been stored."""
    rewritten: bool = False
    """Whether the site showed it with another title, text or day than was archived, once it has been stored."""


@dataclass(slots=True)
class Story:
    """A story of a newsletter. `url` leads to the article it is taken from, if it prints one."""

    title: str
    source: str | None
    date: str | None
    text: str
    url: str | None = None
    toc_title: str | None = None
    toc_page: int | None = None


@dataclass(slots=True)
class Newsletter:
    """An issue of the newsletter: `numbers` are those that it bears, `[19, 20]` for a double issue."""

    edition: str
    found_at: str
    captured_at: str
    title: str
    period: str | None
    period_start: str | None
    period_end: str | None
    volume: int | None
    numbers: list[int]
    stories: list[Story]
    missing: list[str] = field(default_factory=list)
    """Titles in its table of contents that no story was found for, where it has fewer stories than such titles."""
    cut_off: bool = False
    """Whether its file ends before the end of a PDF, so that it may have held more."""
