"""Pages captured as text: a row of DESIGNS says how each is cut and read, LAYOUTS names it in each edition.

A text capture has no markup, only lines. What a design prints around its articles tells it; where two could
have printed a text, or nothing tells its edition, it is of no known layout.
"""

from __future__ import annotations

from dataclasses import replace

from nejat_crawler.extraction.text_captures import article_layouts, home_listing, printed_labels
from nejat_crawler.extraction.text_captures.excerpts import (
    amp_archive,
    archive_layouts,
    english_telex,
    persian_layouts,
)
from nejat_crawler.extraction.text_captures.excerpts.excerpt_lines import SEPARATOR, has_own_page_labels
from nejat_crawler.extraction.text_captures.languages import tell_edition
from nejat_crawler.extraction.text_captures.layout import (
    Cut,
    Design,
    Layout,
    TextCapture,
    TextEntry,
    UnknownLayoutError,
)
from nejat_crawler.extraction.text_captures.records import read_record
from nejat_crawler.extraction.text_captures.text_lines import is_share_bar, split_lines
from nejat_crawler.text import clean_line

__all__ = [
    "DESIGNS",
    "LAYOUTS",
    "Design",
    "Layout",
    "TextCapture",
    "TextEntry",
    "UnknownLayoutError",
    "cut",
    "has_page_labels",
    "read_entry",
    "recognise",
    "tell_edition",
]

_LISTING = Design("soledad-text", teaser=False, cut=home_listing.cut_listing, read=home_listing.read_listed)

DESIGNS: tuple[Design, ...] = (
    _LISTING,
    Design("penci-amp-archive-text", teaser=True, cut=amp_archive.cut_amp_archive, read=read_record),
    Design("publisher-archive-text", teaser=True, cut=archive_layouts.cut_publisher_archive, read=read_record),
    Design("jannah-listing-text", teaser=True, cut=archive_layouts.cut_jannah_listing, read=read_record),
    Design("jannah-archive-text", teaser=True, cut=archive_layouts.cut_jannah_archive, read=read_record),
    Design("soledad-telex-text", teaser=True, cut=english_telex.cut_soledad_telex, read=read_record),
    Design(
        "soledad-article-text", teaser=False, cut=article_layouts.cut_soledad_article, read=read_record, own_page=True
    ),
    Design(
        "jannah-article-text", teaser=False, cut=article_layouts.cut_jannah_article, read=read_record, own_page=True
    ),
    Design("amp-article-text", teaser=False, cut=article_layouts.cut_amp_article, read=read_record, own_page=True),
    Design("persian-archive-text", teaser=True, cut=persian_layouts.cut_archive, read=read_record, editions=("fa",)),
    Design("persian-telex-text", teaser=True, cut=persian_layouts.cut_telex, read=read_record, editions=("fa",)),
)

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for design in DESIGNS
    for layout in (Layout(f"{design.name}-{edition}", design, edition) for edition in design.editions)
}


def recognise(text: str, edition: str | None = None) -> str | None:
    """Name of the layout that `text` is a capture of, or None; `edition` is told from the text if not given."""
    found = _cut(text, edition)
    return found[0].name if found else None


def cut(text: str, edition: str | None = None) -> TextCapture:
    """Cut a capture into its articles, without the chrome of the page; raises UnknownLayoutError."""
    found = _cut(text, edition)
    if found is None:
        raise UnknownLayoutError(f"this text is no capture of a known page (known: {', '.join(LAYOUTS)})")
    layout, made = found
    return TextCapture(layout.name, layout.edition, made.entries, made.cut_off, made.unsure)


def read_entry(raw: str, layout: str) -> TextEntry:
    """Read the fields of one article of `TextCapture.entries`; raises UnknownLayoutError."""
    row = LAYOUTS.get(layout)
    if row is None:
        raise UnknownLayoutError(f"unknown layout {layout!r} (known: {', '.join(LAYOUTS)})")
    entry = row.design.read(raw)
    return replace(entry, edition=row.edition, teaser=entry.teaser or row.design.teaser)


def has_page_labels(text: str) -> bool:
    """Whether a text prints what only pages of the site print, though it may be of no known layout."""
    lines = split_lines(text)
    shown = [clean_line(line) for line in lines]
    labels = printed_labels.BACK_BUTTON | printed_labels.EXIT_MOBILE | printed_labels.DESKTOP
    paths = (printed_labels.HOME.fullmatch(line) for line in shown)
    return (
        has_own_page_labels(lines)
        or any(line in labels or SEPARATOR in line or is_share_bar(line) for line in shown)
        or any(path and path["sign"] for path in paths)
    )


def _cut(text: str, edition: str | None) -> tuple[Layout, Cut] | None:
    lines = split_lines(text)
    listing = home_listing.cut_listing(lines)
    if listing and listing.entries:
        found = (_LISTING, listing)
    else:
        # A page about a design names its labels too: a listing of teasers is known by a whole one.
        cuts = [(design, design.cut(lines)) for design in DESIGNS[1:]]
        others = [(design, made) for design, made in cuts if made and (made.entries or not design.teaser)]
        if not (others or listing):
            others = [(design, made) for design, made in cuts if made and (made.unsure or made.cut_off)]
        if len(others) > 1 or not (others or listing):
            return None
        found = others[0] if others else (_LISTING, listing or Cut(()))
    design, made = found
    told = design.editions[0] if len(design.editions) == 1 else edition or _tell(text, made)
    layout = LAYOUTS.get(f"{design.name}-{told}")
    return (layout, made) if layout else None


def _tell(text: str, made: Cut) -> str | None:
    """The edition: from the dates that a listing prints, else from the articles, else from all of the page."""
    content = "\n".join((*made.entries, *made.unsure, made.cut_off or ""))
    parts = (home_listing.dates_of(made.entries), content, text)
    return next((told for part in parts if (told := tell_edition(part))), None)
