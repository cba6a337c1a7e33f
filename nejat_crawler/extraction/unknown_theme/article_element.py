"""Which element of a page is the article, and which are other posts'."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction.entry_spans import Span
from nejat_crawler.extraction.markup import tag_index
from nejat_crawler.extraction.nodes import ASIDES, belongs_to_other_page, select_first
from nejat_crawler.extraction.unknown_theme.encoded_text import has_encoded_text
from nejat_crawler.extraction.unknown_theme.other_posts import has_other_number
from nejat_crawler.extraction.unknown_theme.text_elements import is_heading
from nejat_crawler.urls import PostAddress

_ASIDE_MARKERS = (".*sidebar", ".*widget", ".*menu", ".*footer", "#secondary")


def in_own_column(html: str, spans: list[Span]) -> list[Span]:
    """Those of a listing's entries that stand in its own column, not in a menu or a sidebar of other posts."""
    starts = {span.start for span in spans}
    open_tags: dict[str, list[tuple[int, bool]]] = {}
    aside: list[tuple[int, int]] = []
    for tag in tag_index(html):
        stack = open_tags.setdefault(tag.name, [])
        if not tag.closing:
            is_aside = tag.name in ASIDES or any(tag.matches(marker) for marker in _ASIDE_MARKERS)
            stack.append((tag.start, is_aside and tag.name not in ("body", "html") and tag.start not in starts))
        elif stack:
            start, is_aside = stack.pop()
            if is_aside:
                aside.append((start, tag.end))
    own = [span for span in spans if not any(start < span.start < end for start, end in aside)]
    return own or spans


def holds_article(html: str, span: Span, own: PostAddress | None) -> bool:
    """Whether an element holds a heading or a text, and is no comment or other post, also articles to HTML."""
    tag, start, end = span.tag, span.start, span.end
    if any(name.startswith("comment") for name in tag.classes):
        return False
    if own is not None and tag.name == "article":
        heading = select_first(LexborHTMLParser(f"<body>{html[start:end]}"), "h1, h2, h3, h4")
        if has_other_number(tag, own) or (heading is not None and belongs_to_other_page(heading, own)):
            return False
    inside = [tag for tag in tag_index(html) if start < tag.start < end and not tag.closing]
    if has_encoded_text(html[start:end]) or any(tag.name == "h1" for tag in inside):
        return True
    # Bridge has neither: <h2 class="entry_title">, and a name of its own for the box of the text
    numbered = own is not None and f"post-{own.post_id}" in tag.classes
    return numbered and any(map(is_heading, inside)) and any(tag.name == "p" for tag in inside)
