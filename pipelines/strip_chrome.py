"""Part an article's source into frame and content, and strip what is not the article's."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.entries import cut_content
from nejat_crawler.items import Capture, Newsletter, Part
from nejat_crawler.themes import BY_NAME, Theme


def strip_chrome(html: str, theme: Theme, *, own_page: bool) -> Part:
    """The frame and the content of one article's source, without menus, share bars, related posts, forms."""
    cut = cut_content(html, theme, own_page=own_page)
    return Part(_without(cut.frame, theme.frame_chrome), _without(cut.content, theme.content_chrome))


def _without(html: str, selectors: tuple[str, ...]) -> str:
    if not html.strip():
        return ""
    tree = LexborHTMLParser(f"<body>{html}")
    for node in tree.css(", ".join(selectors)) if selectors else ():
        node.decompose()
    return (tree.body.inner_html or "") if tree.body else ""


class StripChrome:
    """Scrapy's door to `strip_chrome`."""

    def process_item(self, item: Capture | Newsletter) -> Capture | Newsletter:
        """Fill in `parts` of a capture of markup; a text capture's chrome went when it was cut."""
        if isinstance(item, Newsletter) or not item.html:
            return item
        theme = BY_NAME[item.theme]
        return replace(item, parts=tuple(strip_chrome(html, theme, own_page=item.own_page) for html in item.html))
