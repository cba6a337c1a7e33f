"""Part an article's source into frame and content, and strip what is not the article's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.entry import cut_content
from nejat_crawler.extraction.nodes import lineage
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.unknown_theme.neighbours import drop_neighbours
from nejat_crawler.extraction.unknown_theme.part_lists import part_lists
from nejat_crawler.items import Capture, Newsletter, Part
from nejat_crawler.text import clean_line
from nejat_crawler.urls import PostAddress


def strip_chrome(html: str, theme: Theme, *, own_page: bool, post: PostAddress | None = None) -> Part:
    """The frame and the content of one article's source, without menus, share bars, related posts, forms.

    Where the parts of a design are not known, `post` tells what in the frame is another article's.
    """
    cut = cut_content(html, theme, own_page=own_page)
    frame, content = _without(cut.frame, theme.frame_chrome), _without(cut.content, theme.content_chrome)
    if theme.by_address and content is not None and post is not None:
        _drop_part_lists(content, post)
    if theme.by_address and frame is not None:
        if cut.is_teaser:
            _drop(content, theme.more)
        _move_misplaced(content, frame, theme)
        _mark_date(frame)
        if post is not None:
            drop_neighbours(frame, post)
    return Part(_markup(frame), _markup(content), _unknown_parts(content, theme))


def _without(html: str, selectors: tuple[str, ...]) -> LexborHTMLParser | None:
    if not html.strip():
        return None
    tree = LexborHTMLParser(f"<body>{html}")
    _drop(tree, ", ".join(selectors))
    return tree


def _drop(tree: LexborHTMLParser | None, selector: str) -> None:
    for node in tree.css(selector) if tree and selector else ():
        node.decompose()


def _unknown_parts(content: LexborHTMLParser | None, theme: Theme) -> tuple[str, ...]:
    """Classes of the design's own boxes that say something at the text's own level, and that the row does not name.

    What an author quotes from a page of the same design stands deeper.
    """
    if not theme.own_classes or content is None or content.body is None:
        return ()
    return tuple(
        dict.fromkeys(
            name
            for box in _own_level(content.body, theme)
            for name in _classes(box)
            if name.startswith(theme.own_classes) and not name.startswith(theme.in_text) and box.text(strip=True)
        )
    )


def _drop_part_lists(content: LexborHTMLParser, post: PostAddress) -> None:
    lists = {found.node.mem_id: found.node for found in part_lists(content, post)}
    for node in lists.values():
        if not any(outer.mem_id in lists for outer in lineage(node.parent)):
            node.decompose()


def _own_level(text: LexborNode, theme: Theme) -> Iterator[LexborNode]:
    """The boxes in a text, and in what holds all or some of it: `.inner-post-entry`, `.penci-sg-cth`, a bare div."""
    holders = frozenset(mark[1:] for mark in (*theme.content, *theme.article_content))
    waiting = list(text.iter())
    while waiting:
        box = waiting.pop(0)
        classes = _classes(box)
        if box.tag == "div" and (not classes or not holders.isdisjoint(classes) or classes[0] in theme.in_text):
            waiting += box.iter()
        elif box.tag not in ("p", "figure"):
            yield box


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _markup(tree: LexborHTMLParser | None) -> str:
    return (tree.body.inner_html or "") if tree and tree.body else ""


def _move_misplaced(content: LexborHTMLParser | None, frame: LexborHTMLParser, theme: Theme) -> None:
    """Some designs print the featured image inside the text, above its first word, or the tags below its last."""
    if content is None or content.body is None or frame.body is None:
        return
    images = {node.mem_id for node in content.css(theme.lead_images)}
    moved = list(content.css(theme.misplaced)) if theme.misplaced else []
    moved += [node for node in content.css("p, div, ul") if _lists_tags(node, theme)]
    for node in content.body.traverse(include_text=True) if images else ():
        if node.is_text_node and (node.text(deep=False) or "").strip():
            break
        if node.mem_id in images:
            moved.append(node)
    for node in {node.mem_id: node for node in moved}.values():
        if not any(outer.mem_id in {other.mem_id for other in moved} for outer in lineage(node.parent)):
            frame.body.insert_child(node)
            node.decompose()


# `posted on Tuesday, January 14th, 2020 at 10:00 am and is filed under …`
_DATE_IN_SENTENCE = re.compile(r"[^\W\d]{3,12} \d{1,2}[^\W\d]{0,2}[,،]? \d{4}(?!\d)")


def _mark_date(frame: LexborHTMLParser) -> None:
    """Give the date in the sentence of `.postmetadata` an element of its own; its other numbers are no date's."""
    for node in frame.css(".postmetadata"):
        markup = node.inner_html or ""
        if (found := _DATE_IN_SENTENCE.search(markup)) and node.css_first("time") is None:
            node.inner_html = (
                f'{markup[: found.start()]}<span class="entry-date">{found[0]}</span>{markup[found.end() :]}'
            )


def _lists_tags(node: LexborNode, theme: Theme) -> bool:
    """Whether a block says nothing but the names of tags, and in a word or two that they are: "Tags: snow, rope"."""
    links = node.css("a")
    named = {link.mem_id for link in node.css(theme.tags)}
    if not links or any(link.mem_id not in named for link in links):
        return False
    said = clean_line(node.text())
    for link in links:
        said = said.replace(clean_line(link.text()), "", 1)
    return sum(map(str.isalnum, said)) <= _LONGEST_LABEL


#: Letters of "Tagged with".
_LONGEST_LABEL = 12


class StripChrome:
    """Scrapy's door to `strip_chrome`."""

    def process_item(self, item: Capture | Newsletter) -> Capture | Newsletter:
        """Fill in `parts` of a capture of markup; a text capture's chrome went when it was cut."""
        if isinstance(item, Newsletter) or not item.html:
            return item
        theme = BY_NAME[item.theme]
        post = PostAddress(item.edition, item.post_id) if item.post_id else None
        parts = (strip_chrome(html, theme, own_page=item.own_page, post=post) for html in item.html)
        return replace(item, parts=tuple(parts))
