"""The themes that the site has used: a row and a file each, the pages for phones in one file.

A marker in the page picks the row, not the edition. A row says where things stand; the modules above read pages by
it. Markers (`listing_entry`, `content` …) are a tag, a class or an id, looked for in the source; the rest are CSS
selectors. docs/adding-a-theme.md says how to add a row.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import classes, lineage, select
from nejat_crawler.extraction.themes.amp import PENCI_AMP, READER_AMP, SOLEDAD_AMP
from nejat_crawler.extraction.themes.generic import GENERIC
from nejat_crawler.extraction.themes.jannah import JANNAH
from nejat_crawler.extraction.themes.publisher import PUBLISHER
from nejat_crawler.extraction.themes.soledad import SOLEDAD
from nejat_crawler.extraction.themes.theme import Theme as Theme
from nejat_crawler.extraction.themes.wordpress import WORDPRESS

# What the REST interface answers has passed the filters of whichever desktop theme the site has, and does not
# say of which.
_DESKTOP = (JANNAH, PUBLISHER, SOLEDAD, WORDPRESS)

#: Reads what no page shows, and is therefore none of THEMES.
REST = Theme(
    name="rest",
    selector="",
    listing_entry=(),
    article_entry=(),
    content=(".rest-content",),
    article_end=(".rest-end",),
    captions=", ".join(dict.fromkeys(theme.captions for theme in _DESKTOP if theme.captions)),
    content_chrome=tuple(dict.fromkeys(selector for theme in _DESKTOP for selector in theme.content_chrome)),
)

#: In order: the first row that recognises a page reads it; the generic one is the last.
THEMES: tuple[Theme, ...] = (
    PENCI_AMP,
    READER_AMP,
    SOLEDAD_AMP,
    JANNAH,
    PUBLISHER,
    SOLEDAD,  # known by its headings, which a body may quote; the two above by the page's own body element
    GENERIC,
)

_BEFORE_SOLEDAD = ", ".join(theme.selector for theme in THEMES[: THEMES.index(SOLEDAD)])

BY_NAME = {theme.name: theme for theme in THEMES}


# The elements that hold what authors write, in any of the themes.
_TEXTS = frozenset(
    marker[1:]
    for theme in (*THEMES, WORDPRESS)
    for marker in (*theme.content, *theme.article_content, *theme.teaser)
    if marker.startswith(".") and "*" not in marker
)


def stands_in_text(node: LexborNode) -> bool:
    """Whether an element stands in a text or an excerpt: what authors write may quote the parts of any theme."""
    return any(
        outer.tag not in ("article", "main", "body") and not _TEXTS.isdisjoint(classes(outer))
        for outer in lineage(node.parent)
    )


def theme_of(page: LexborHTMLParser) -> Theme | None:
    """The theme of a page, or None if no row's marker stands in it.

    A marker outside of the texts that the page shows comes first; where a text never ends, all markers stand in it.
    """
    in_text = None
    # most pages are the site's own theme's: one look through the page says that they are none of the rows before
    begin = 0 if select(page, _BEFORE_SOLEDAD) else THEMES.index(SOLEDAD)
    for theme in THEMES[begin:]:
        nodes = select(page, theme.selector)
        if any(not stands_in_text(node) for node in nodes):
            return theme
        in_text = in_text or (theme if nodes else None)
    return in_text
