"""Listings captured as text: a row of LAYOUTS says what a design prints, the code cuts the articles out.

A text capture has no markup, only lines. What ends an article is its date line with the share bar under it:
a date alone may stand in any body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from nejat_crawler.items import Image
from nejat_crawler.text import clean_line


class UnknownLayoutError(ValueError):
    """A text is no capture of a known layout."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a design prints around its articles. Patterns are matched against whole lines, white space folded."""

    name: str
    date_line: re.Pattern[str]
    """Groups `published` and `comments`; an article ends where the share bar stands under it."""
    share_names: tuple[str, ...]
    """Networks of the share bar, which runs them together; it opens with the first."""
    site_names: frozenset[str]
    labels: frozenset[str]
    """Pager, heading of the sidebar, foot of the page."""
    menu_line: re.Pattern[str]
    """An entry of a menu or of the sidebar, or a copyright line."""
    header_end: re.Pattern[str]
    """The last line above the first article."""
    sidebar_date: re.Pattern[str]
    breadcrumb: re.Pattern[str]
    """A line above the articles of a page that shares the menus but is no such listing."""
    other_page: re.Pattern[str]
    """A line that only pages without whole articles of this layout have outside them."""
    list_mark: re.Pattern[str]
    """What the capture puts before a list item; matched against the line as it stands."""
    title_limit: int
    """Characters; a longer first paragraph is the body of an untitled article."""


LAYOUTS: dict[str, Layout] = {
    row.name: row
    for row in (
        Layout(
            name="soledad-text-en",
            date_line=re.compile(
                r"(?P<published>[A-Z][a-z]+ \d{1,2}, \d{4})(?: (?:(?P<comments>\d{1,9}) comments?|Comments Off.*))?"
            ),
            share_names=(
                *("Facebook", "Twitter", "Pinterest", "Linkedin", "Tumblr", "Reddit", "Whatsapp", "Telegram"),
                *("Line", "Viber", "Skype", "Pocket", "VK", "Email"),
            ),
            site_names=frozenset({"Nejat Society"}),
            labels=frozenset({"Newer Posts", "Older Posts", "Recent Posts", "Back To Top", "Exit mobile version"}),
            # Not every line with © is the site's: a picture's alt may read `© Agency`.
            menu_line=re.compile(r"•.*|©.*\bnejat.*", re.IGNORECASE),
            header_end=re.compile(r"©(?!.*rights reserved).*\bnejat.*", re.IGNORECASE),
            sidebar_date=re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}"),
            breadcrumb=re.compile(r"Home ?[»›/].*|Category:|Tag:|Browsing (?:Category|Tag).*"),
            other_page=re.compile(r"(?i:you may also like|related (?:posts|articles)|leave a comment.*|read more)"),
            list_mark=re.compile(r"\s{2,}(?:•|\d{1,3}\.)\s+"),
            title_limit=200,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One article as the capture shows it; `published_text` is the date as printed, `""` if there is none."""

    title: str
    category: str | None
    body: str
    published_text: str
    comment_count: int | None
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class TextCapture:
    """A capture, cut: the text of each whole article, and of one that the capture breaks off in."""

    layout: str
    """Name of the row in LAYOUTS."""
    edition: str
    entries: tuple[str, ...]
    cut_off: str | None


def recognise(text: str) -> str | None:
    """Name of the layout that `text` is a capture of, or None."""
    lines = _lines(text)
    return next((layout.name for layout in LAYOUTS.values() if _is_capture(lines, layout)), None)


def cut(text: str, edition: str = "en") -> TextCapture:
    """Cut a listing into its articles, without the chrome of the page; raises UnknownLayoutError."""
    name = recognise(text)
    if name is None:
        raise UnknownLayoutError(f"this text is no capture of a known listing (known: {', '.join(LAYOUTS)})")
    layout, lines = LAYOUTS[name], _lines(text)
    entries: list[str] = []
    start = 0
    for date_line, after in _ends(lines, layout):
        entries.append("\n".join(lines[_skip_chrome(lines, start, layout) : date_line + 1]).strip("\n"))
        start = after
    start = _skip_chrome(lines, start, layout)
    rest = "\n".join(lines[start : _footer_start(lines, start, layout)]).strip("\n")
    return TextCapture(name, edition, tuple(entries), rest or None)


def read_entry(raw: str, layout: str) -> TextEntry:
    """Read the fields of one article of `TextCapture.entries`; raises UnknownLayoutError."""
    row = LAYOUTS.get(layout)
    if row is None:
        raise UnknownLayoutError(f"unknown layout {layout!r} (known: {', '.join(LAYOUTS)})")
    lines = _lines(raw)
    dated = row.date_line.fullmatch(clean_line(lines[-1])) if lines else None
    paragraphs = list(_paragraphs(lines[:-1] if dated else lines))
    head = [clean_line(line) for line in paragraphs[0]] if paragraphs else []
    title, rest = "", paragraphs[1:]
    if rest and len(opening := clean_line(" ".join(rest[0]))) <= row.title_limit:
        title, rest = opening, rest[1:]
    body, pictures = _part_images(rest, row)
    return TextEntry(
        title=title,
        category=head[-1] if head else None,
        body=body,
        published_text=dated["published"] if dated else "",
        comment_count=int(dated["comments"]) if dated and dated["comments"] else None,
        images=(*_lead_images(head[:-1]), *pictures),
    )


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _is_capture(lines: list[str], layout: Layout) -> bool:
    start = _skip_chrome(lines, 0, layout)
    opening = islice((clean_line(line) for line in lines[start:] if line), 3)
    if any(layout.breadcrumb.fullmatch(line) for line in opening):
        return False
    if next(_ends(lines, layout), None):
        return True
    # No whole article: an empty page, or one that breaks off in its header or in its first article.
    first = next((clean_line(line) for line in lines if line), "")
    has_menu = any(layout.menu_line.fullmatch(clean_line(line)) for line in lines[:start])
    elsewhere = any(layout.other_page.fullmatch(clean_line(line)) for line in lines[start:])
    return first in layout.site_names and has_menu and not elsewhere


def _ends(lines: list[str], layout: Layout) -> Iterator[tuple[int, int]]:
    """For each whole article the index of its date line, and of the first line after its share bar."""
    dated: int | None = None
    for index, line in enumerate(lines):
        if not line:
            continue
        if dated is not None and _is_share_bar(clean_line(line), layout, breaks_off=index == len(lines) - 1):
            yield dated, index + 1
        dated = index if layout.date_line.fullmatch(clean_line(line)) else None


def _is_share_bar(line: str, layout: Layout, breaks_off: bool) -> bool:
    """Whether `line` is the share bar; where the text `breaks_off`, also the beginning of one."""
    read = names = 0
    expected = layout.share_names[:1]
    while name := next((name for name in expected if line.startswith(name, read)), ""):
        read, names, expected = read + len(name), names + 1, layout.share_names
    if breaks_off:
        return any(name.startswith(line[read:]) for name in expected)
    return read == len(line) and names > 1


def _skip_chrome(lines: list[str], start: int, layout: Layout) -> int:
    """Index of the first line from `start` on that belongs to an article."""
    after = start
    for index in range(start, len(lines)):
        if _is_chrome(lines, index, layout):
            after = index + 1
            if layout.header_end.fullmatch(clean_line(lines[index])):
                break
        elif not _may_be_chrome(lines[index], layout):
            break
    return after


def _footer_start(lines: list[str], first: int, layout: Layout) -> int:
    """Index where the foot of the page begins behind an article without an end, or the number of lines."""
    end = len(lines)
    for index in range(len(lines) - 1, first - 1, -1):
        if clean_line(lines[index]) in layout.labels:
            end = index
        elif not (_is_chrome(lines, index, layout) or _may_be_chrome(lines[index], layout)):
            break
    return end


def _is_chrome(lines: list[str], index: int, layout: Layout) -> bool:
    line = clean_line(lines[index])
    if line and index == len(lines) - 1:  # the capture may break off in a label
        begun = any(label.startswith(line) for label in layout.labels | layout.site_names)
        if begun or line.startswith("©") or lines[index][0].isspace():
            return True
    return line in layout.labels or bool(layout.menu_line.fullmatch(line))


def _may_be_chrome(line: str, layout: Layout) -> bool:
    """Whether `line` is chrome where a label or a menu follows: the site's name is also a picture's alt text."""
    line = clean_line(line)
    return not line or line in layout.site_names or bool(layout.sidebar_date.fullmatch(line))


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    for blank, group in groupby(lines, key=lambda line: not clean_line(line)):
        if not blank:
            yield list(group)


def _lead_images(lines: list[str]) -> list[Image]:
    """Pictures whose alt texts stand above the category; the nearest one leads."""
    alts = [alt for alt, _ in groupby(lines)]
    return [Image(None, alt, None, lead=place == len(alts)) for place, alt in enumerate(alts, start=1)]


@dataclass(slots=True)
class _Piece:
    """A line of a body, or a paragraph of several that stands twice in a row."""

    text: str
    separator: str
    """What parts it from the piece before."""
    is_item: bool = False


def _pieces(paragraphs: list[list[str]], layout: Layout) -> Iterator[_Piece]:
    folded = [[clean_line(line) for line in paragraph] for paragraph in paragraphs]
    for place, paragraph in enumerate(paragraphs):
        if folded[place] in (folded[max(place - 1, 0) : place] + folded[place + 1 : place + 2]):
            yield _Piece("\n".join(folded[place]), "\n\n")
            continue
        separator = "\n\n"
        for line in paragraph:
            item = layout.list_mark.match(line)
            yield _Piece(clean_line(line[item.end() :] if item else line), "\n\n" if item else separator, bool(item))
            separator = "\n\n" if item else "\n"


def _part_images(paragraphs: list[list[str]], layout: Layout) -> tuple[str, list[Image]]:
    """Part a body from its pictures, whose alt text and caption stand in it as the same line twice or more."""
    body: list[str] = []
    images: list[Image] = []
    separator = ""
    for (text, is_item), run in groupby(_pieces(paragraphs, layout), key=lambda piece: (piece.text, piece.is_item)):
        pieces = list(run)
        # What a picture's lines were parted by still parts the lines around it; "\n" sorts below "\n\n".
        separator = max(separator, *(piece.separator for piece in pieces))
        if len(pieces) > 1 and not is_item:
            images.append(Image(None, clean_line(text), clean_line(text)))
        else:
            body += [part for piece in pieces for part in (separator, piece.text)]
            separator = ""
    return "".join(body[1:]), images
