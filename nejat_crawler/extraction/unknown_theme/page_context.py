"""What an own page says of its article outside of its element: heading, featured image, number of comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.entry_header import count
from nejat_crawler.extraction.nodes import (
    ASIDES,
    belongs_to_other_page,
    classes,
    lineage,
    select,
    select_first,
)
from nejat_crawler.extraction.themes.wordpress import WORDPRESS
from nejat_crawler.folding import fold_for_search
from nejat_crawler.text import clean_line
from nejat_crawler.urls import PostAddress

#: Bears the number of comments that stands in their heading, outside the article.
COMMENTS_HEADING = "comments-heading"
OWN_HEADINGS = "h1, .entry-title, .wp-block-post-title, .post-title"
_SITE_TITLES = ".site-title, .site-branding, .custom-logo-link, .site-logo, .wp-block-site-title, .logo"
_ELSEWHERE = ASIDES | {"form"}
_ELSEWHERE_CLASSES = frozenset({"widget", "widget-area", "sidebar", "hentry", "wp-block-query", "related-posts"})
_COMMENTS = "#comments, .comments-area, .wp-block-comments"
_TEXTS = ", ".join((*WORDPRESS.content, *WORDPRESS.article_content))
_QUOTED = re.compile('[“”„«‘"].*', re.DOTALL)


def read_context(page: LexborHTMLParser, entry: LexborHTMLParser, post: PostAddress) -> str:
    """What an article's own page says of it outside its element: heading, featured image, number of comments."""
    pieces = []
    block = None
    texts = _texts(entry) | {node.mem_id for node in select(entry, _COMMENTS)}
    headings = [node for node in select(entry, OWN_HEADINGS) if not belongs_to_other_page(node, post)]
    if all(any(outer.mem_id in texts for outer in lineage(node)) for node in headings):
        block = _heading_block(page, post)
        pieces.append(block.html or "" if block else "")
    if not select(entry, "img.wp-post-image") and (block is None or not select(block, "img")):
        pieces += [image.html or "" for image in _images_above(page, post)]
    if number := _comments_heading(page):
        pieces.append(f'<p class="{COMMENTS_HEADING}">{number}</p>')
    return "".join(pieces)


def _heading_block(page: LexborHTMLParser, post: PostAddress) -> LexborNode | None:
    """The largest element round the article's heading that holds neither a menu nor the text.

    The heading is known by the page's title, which says the same.
    """
    title = select_first(page, "head title")
    said = fold_for_search(clean_line(title.text())) if title else ""
    texts = _texts(page) | {node.mem_id for node in select(page, f"nav, article, {_COMMENTS}")}
    holds = {ancestor.mem_id for mem in select(page, "*") if mem.mem_id in texts for ancestor in lineage(mem)}
    site = {node.mem_id for node in select(page, _SITE_TITLES)}
    for heading in select(page, "h1.entry-title, h1, .entry-title"):
        text = fold_for_search(clean_line(heading.text()))
        around = list(lineage(heading))
        named = "entry-title" in classes(heading)  # of a post without a title, too
        if (
            not (text or named)
            or text not in said
            or belongs_to_other_page(heading, post)
            or any(node.mem_id in site for node in around)
        ):
            continue
        if select(heading, _SITE_TITLES) or any(node.tag in _ELSEWHERE for node in around):
            continue
        block = heading
        while (
            block.parent is not None and block.parent.tag not in ("body", "html") and block.parent.mem_id not in holds
        ):
            block = block.parent
        return block
    return None


def _texts(tree: LexborHTMLParser) -> set[int]:
    """The elements that hold a text; `.entry` is in some themes the class of a whole article."""
    found = select(tree, _TEXTS)
    return {node.mem_id for node in found if node.tag not in ("article", "main", "body") and not select(node, "h1")}


def _images_above(page: LexborHTMLParser, post: PostAddress) -> Iterator[LexborNode]:
    texts = _texts(page)
    for node in select(page, f"img.wp-post-image, {_TEXTS}"):
        if node.mem_id in texts:
            return
        around = list(lineage(node))[1:]
        names = {name for outer in around for name in classes(outer)}
        elsewhere = names & _ELSEWHERE_CLASSES or any(outer.tag in _ELSEWHERE for outer in around)
        if node.tag == "img" and not elsewhere and not belongs_to_other_page(node, post):
            yield node


def _comments_heading(page: LexborHTMLParser) -> str | None:
    """The number in the heading over the comments, without the title that it may quote: "3 thoughts on …"."""
    for area in select(page, _COMMENTS):
        for heading in (area, *select(area, "h2, h3, h4, .comments-title")):
            if heading.tag in ("h2", "h3", "h4") or heading.mem_id != area.mem_id:
                said = _QUOTED.sub("", clean_line(heading.text()))
                number = count(said)
                if number is not None:
                    return str(number)
    return None
