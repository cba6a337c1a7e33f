"""Pages captured as text: a row of LAYOUTS says how each is cut and read, LAYOUTS_BY_NAME has it for each edition.

A text capture has no markup, only lines. What a theme prints around its articles tells the layout; where two
could have printed a text, or nothing tells its edition, it is of no known layout.
"""

from __future__ import annotations

from dataclasses import replace

from nejat_crawler.extraction.bounds import run_bounded
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
    Layout,
    TextCapture,
    TextCut,
    TextEntry,
    UnknownLayoutError,
)
from nejat_crawler.extraction.text_captures.records import read_record
from nejat_crawler.extraction.text_captures.text_lines import is_share_bar, shown_line, split_lines

__all__ = [
    "LAYOUTS",
    "LAYOUTS_BY_NAME",
    "Layout",
    "TextCapture",
    "TextEntry",
    "UnknownLayoutError",
    "cut",
    "has_page_labels",
    "layout_of",
    "read_entry",
    "tell_edition",
]

_LISTING = Layout("soledad-text", teaser=False, cut=home_listing.cut_listing, read=home_listing.read_listed)

LAYOUTS: tuple[Layout, ...] = (
    _LISTING,
    Layout("penci-amp-archive-text", teaser=True, cut=amp_archive.cut_amp_archive, read=read_record),
    Layout("publisher-archive-text", teaser=True, cut=archive_layouts.cut_publisher_archive, read=read_record),
    Layout("jannah-listing-text", teaser=True, cut=archive_layouts.cut_jannah_listing, read=read_record),
    Layout("jannah-archive-text", teaser=True, cut=archive_layouts.cut_jannah_archive, read=read_record),
    Layout("soledad-telex-text", teaser=True, cut=english_telex.cut_soledad_telex, read=read_record),
    Layout(
        "soledad-article-text", teaser=False, cut=article_layouts.cut_soledad_article, read=read_record, own_page=True
    ),
    Layout(
        "jannah-article-text", teaser=False, cut=article_layouts.cut_jannah_article, read=read_record, own_page=True
    ),
    Layout("amp-article-text", teaser=False, cut=article_layouts.cut_amp_article, read=read_record, own_page=True),
    Layout("persian-archive-text", teaser=True, cut=persian_layouts.cut_archive, read=read_record, editions=("fa",)),
    Layout("persian-telex-text", teaser=True, cut=persian_layouts.cut_telex, read=read_record, editions=("fa",)),
)

LAYOUTS_BY_NAME: dict[str, Layout] = {
    f"{layout.name}-{edition}": replace(layout, name=f"{layout.name}-{edition}", edition=edition)
    for layout in LAYOUTS
    for edition in layout.editions
}


def layout_of(text: str, edition: str | None = None) -> str | None:
    """Name of the layout that `text` is a capture of, or None; `edition` is told from the text if not given."""
    found = _cut(text, edition)
    return found[0].name if found else None


def cut(text: str, edition: str | None = None) -> TextCapture:
    """Cut a capture into its articles, without the chrome of the page; raises UnknownLayoutError, TooCostlyError."""
    found = run_bounded(_cut, text, edition, sources=(text,))
    if found is None:
        raise UnknownLayoutError(f"this text is no capture of a known page (known: {', '.join(LAYOUTS_BY_NAME)})")
    layout, made = found
    return TextCapture(layout.name, layout.edition, made.entries, made.cut_off, made.unsure)


def read_entry(raw: str, layout: str) -> TextEntry:
    """Read the fields of one article of `TextCapture.entries`; raises UnknownLayoutError."""
    row = LAYOUTS_BY_NAME.get(layout)
    if row is None:
        raise UnknownLayoutError(f"unknown layout {layout!r} (known: {', '.join(LAYOUTS_BY_NAME)})")
    entry = row.read(raw)
    return replace(entry, edition=row.edition, teaser=entry.teaser or row.teaser)


def has_page_labels(text: str) -> bool:
    """Whether a text prints what only pages of the site print, though it may be of no known layout."""
    lines = split_lines(text)
    shown = [shown_line(line) for line in lines]
    labels = printed_labels.BACK_BUTTON | printed_labels.EXIT_MOBILE | printed_labels.DESKTOP
    paths = (printed_labels.HOME.fullmatch(line) for line in shown)
    return (
        has_own_page_labels(lines)
        or any(line in labels or SEPARATOR in line or is_share_bar(line) for line in shown)
        or any(path and path["sign"] for path in paths)
    )


def _cut(text: str, edition: str | None) -> tuple[Layout, TextCut] | None:
    lines = split_lines(text)
    listing = home_listing.cut_listing(lines)
    if listing and listing.entries:
        found = (_LISTING, listing)
    else:
        # A page about a theme names its labels too: a listing of teasers is known by a whole one.
        cuts = [(layout, layout.cut(lines)) for layout in LAYOUTS[1:]]
        others = [(layout, made) for layout, made in cuts if made and (made.entries or not layout.teaser)]
        if not (others or listing):
            others = [(layout, made) for layout, made in cuts if made and (made.unsure or made.cut_off)]
        if len(others) > 1 or not (others or listing):
            return None
        found = others[0] if others else (_LISTING, listing or TextCut(()))
    layout, made = found
    told = layout.editions[0] if len(layout.editions) == 1 else edition or _tell(text, made)
    of_edition = LAYOUTS_BY_NAME.get(f"{layout.name}-{told}")
    return (of_edition, made) if of_edition else None


def _tell(text: str, made: TextCut) -> str | None:
    """The edition: from the dates that a listing prints, else from the articles, else from all of the page."""
    content = "\n".join((*made.entries, *made.unsure, made.cut_off or ""))
    parts = (home_listing.dates_of(made.entries), content, text)
    return next((told for part in parts if (told := tell_edition(part))), None)
