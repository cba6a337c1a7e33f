"""What a post's content is made of: each block knows its markup and, written apart from it, its text.

The text is never read out of the markup: what a reader sees is said by the data alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from nejat_crawler.sample_site.content.inline import Anchor, Picture, Run, escape, fold, runs_html, runs_text


class Block:
    """A piece of content; one without words, pictures or links says so by these defaults."""

    __slots__ = ()

    def html(self) -> str:
        """Print the markup as WordPress's filters leave it."""
        return ""

    def text(self) -> str:
        """Say what a reader sees of it, paragraphs parted by a blank line, without captions."""
        return ""

    def pictures(self) -> tuple[Picture, ...]:
        """List the pictures, in order."""
        return ()

    def anchors(self) -> tuple[Anchor, ...]:
        """List the links with visible text, in order."""
        return ()


class More(Block):
    """`<!--more-->`: a listing stops here."""

    __slots__ = ()


class PageBreak(Block):
    """`<!--nextpage-->`: the article goes on at an address of its own."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, init=False)
class Paragraph(Block):
    """A paragraph of runs; `Paragraph("a", BREAK, "b")` has two lines."""

    runs: tuple[Run, ...]
    attributes: str

    def __init__(self, *runs: Run, attributes: str = "") -> None:
        object.__setattr__(self, "runs", runs)
        object.__setattr__(self, "attributes", attributes)

    def html(self) -> str:  # noqa: D102
        return f"<p{self.attributes}>{runs_html(self.runs)}</p>"

    def text(self) -> str:  # noqa: D102
        return runs_text(self.runs)

    def anchors(self) -> tuple[Anchor, ...]:  # noqa: D102
        return tuple(run for run in self.runs if isinstance(run, Anchor))


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside the body."""

    level: int
    words: str

    def html(self) -> str:  # noqa: D102
        return f"<h{self.level}>{escape(self.words)}</h{self.level}>"

    def text(self) -> str:  # noqa: D102
        return fold(self.words)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, and the list below it."""

    runs: tuple[Run, ...]
    below: Items | None = None


@dataclass(frozen=True, slots=True)
class Items(Block):
    """A list; every entry is a paragraph of the text."""

    items: tuple[Item, ...]
    tag: str = "ul"

    def html(self) -> str:  # noqa: D102
        rows = "\n".join(
            f"<li>{runs_html(item.runs)}" + (f"\n{item.below.html()}" if item.below else "") + "</li>"
            for item in self.items
        )
        return f"<{self.tag}>\n{rows}\n</{self.tag}>"

    def text(self) -> str:  # noqa: D102
        rows: list[str] = []
        for item in self.items:
            rows.append(runs_text(item.runs))
            if item.below:
                rows.append(item.below.text())
        return "\n\n".join(rows)

    def anchors(self) -> tuple[Anchor, ...]:  # noqa: D102
        found: list[Anchor] = []
        for item in self.items:
            found += [run for run in item.runs if isinstance(run, Anchor)]
            found += item.below.anchors() if item.below else ()
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Quote(Block):
    """A block quotation and who said it."""

    paragraphs: tuple[str, ...]
    cite: str

    def html(self) -> str:  # noqa: D102
        said = "\n".join(f"<p>{escape(words)}</p>" for words in self.paragraphs)
        return f'<blockquote class="wp-block-quote">\n{said}\n<cite>{escape(self.cite)}</cite></blockquote>'

    def text(self) -> str:  # noqa: D102
        return "\n\n".join(fold(words) for words in (*self.paragraphs, self.cite))


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table with a head and, if `caption` is given, a caption, which is a paragraph of the body."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def html(self) -> str:  # noqa: D102
        caption = f"<caption>{escape(self.caption)}</caption>\n" if self.caption else ""
        head = "\n".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.head)
        rows = "\n".join(
            "<tr>\n" + "\n".join(f"<td>{escape(cell)}</td>" for cell in row) + "\n</tr>" for row in self.rows
        )
        return (
            f'<table border="1" class="data">\n{caption}<thead>\n<tr>\n{head}\n</tr>\n</thead>\n'
            f"<tbody>\n{rows}\n</tbody>\n</table>"
        )

    def text(self) -> str:  # noqa: D102
        rows = [" ".join(fold(cell) for cell in row) for row in (self.head, *self.rows)]
        return "\n\n".join([fold(self.caption), *rows] if self.caption else rows)


@dataclass(frozen=True, slots=True)
class Pictured(Block):
    """Pictures in one of the shapes that WordPress and the theme give them.

    `plain`, `classic` (a `div.wp-caption`) and `block` (a `figure`) hold one picture,
    `gallery` (the theme's `[gallery]`) and `block-gallery` any number.
    """

    shape: str
    shown: tuple[Picture, ...]

    def html(self) -> str:  # noqa: D102
        first = self.shown[0]
        match self.shape:
            case "plain":
                return f'<p><a href="{first.src}" data-rel="penci-gallery-image-content">{first.html()}</a></p>'
            case "classic":
                described = f'aria-describedby="caption-attachment-{first.number}" loading="lazy" '
                return (
                    f'<div id="attachment_{first.number}" style="width: 490px" class="wp-caption aligncenter">'
                    f'<a href="{first.src}" data-rel="penci-gallery-image-content">{first.html(described)}</a>'
                    f'<p id="caption-attachment-{first.number}" class="wp-caption-text">'
                    f"{escape(first.caption or '')}</p></div>"
                )
            case "gallery":
                return self._theme_gallery()
            case "block-gallery":
                figures = "\n".join(_figure(picture) for picture in self.shown)
                return (
                    '<figure class="is-layout-flex wp-block-gallery-1 wp-block-gallery has-nested-images columns-2'
                    f' is-cropped">\n{figures}\n</figure>'
                )
        return _figure(first)

    def _theme_gallery(self) -> str:
        """Print a `div` inside a `p`, with an id that changes with every fetch."""
        shown = "".join(
            f'<a class="item-gallery-justified item-link-relative" href="{picture.src}"'
            f' data-rel="penci-gallery-image-content" data-cap="{escape(picture.caption or "")}">'
            f'<img src="{picture.src}" alt="{escape(picture.alt)}">'
            + (f'<div class="caption">{escape(picture.caption)}</div>' if picture.caption else "")
            + "</a>"
            for picture in self.shown
        )
        return (
            f'<p><div id="penci-post-gallery__{1000 + secrets.randbelow(9000)}"'
            ' class="penci-post-gallery-container justified column-3" data-height="150" data-margin="3">'
            f"{shown}</div></p>"
        )

    def pictures(self) -> tuple[Picture, ...]:  # noqa: D102
        return self.shown


def _figure(picture: Picture) -> str:
    caption = (
        f'<figcaption class="wp-element-caption">{escape(picture.caption)}</figcaption>' if picture.caption else ""
    )
    return f'<figure class="wp-block-image size-large">{picture.html()}{caption}</figure>'


@dataclass(frozen=True, slots=True)
class Odd(Block):
    """Markup that no editor should have written, and what a browser shows of it."""

    markup: str
    said: tuple[str, ...] = ()
    linked: tuple[Anchor, ...] = ()

    def html(self) -> str:  # noqa: D102
        return self.markup

    def text(self) -> str:  # noqa: D102
        return "\n\n".join(fold(words) for words in self.said)

    def anchors(self) -> tuple[Anchor, ...]:  # noqa: D102
        return self.linked
