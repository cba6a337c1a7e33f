"""What themes print inside a text and is said of the article: its lead image, its tags, its date in a sentence."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import lineage, select
from nejat_crawler.extraction.themes.wordpress import WORDPRESS
from nejat_crawler.text import clean_line

_SAID_OF_ARTICLES = ".post-tags, .entry-tags, .tags-links, .tag-links, .postmetadata"


def move_misplaced(content: LexborHTMLParser, header: LexborHTMLParser) -> None:
    """Some themes print the featured image inside the text, above its first word, or the tags below its last."""
    if content.body is None or header.body is None:
        return
    images = {node.mem_id for node in select(content, WORDPRESS.lead_images)}
    moved = list(select(content, _SAID_OF_ARTICLES))
    moved += [node for node in select(content, "p, div, ul") if _lists_tags(node)]
    for node in content.body.traverse(include_text=True) if images else ():
        if node.is_text_node and (node.text(deep=False) or "").strip():
            break
        if node.mem_id in images:
            moved.append(node)
    for node in {node.mem_id: node for node in moved}.values():
        if not any(outer.mem_id in {other.mem_id for other in moved} for outer in lineage(node.parent)):
            header.body.insert_child(node)
            node.decompose()


# `posted on Tuesday, January 14th, 2020 at 10:00 am and is filed under …`
_DATE_IN_SENTENCE = re.compile(r"[^\W\d]{3,12} \d{1,2}[^\W\d]{0,2}[,،]? \d{4}(?!\d)")


def mark_date(header: LexborHTMLParser) -> None:
    """Give the date in the sentence of `.postmetadata` an element of its own; its other numbers are no date's."""
    for node in select(header, ".postmetadata"):
        markup = node.inner_html or ""
        if (found := _DATE_IN_SENTENCE.search(markup)) and not select(node, "time"):
            node.inner_html = (
                f'{markup[: found.start()]}<span class="entry-date">{found[0]}</span>{markup[found.end() :]}'
            )


def _lists_tags(node: LexborNode) -> bool:
    """Whether a block says nothing but the names of tags, and in a word or two that they are: "Tags: snow, rope"."""
    links = select(node, "a")
    named = {link.mem_id for link in select(node, WORDPRESS.tags)}
    if not links or any(link.mem_id not in named for link in links):
        return False
    said = clean_line(node.text())
    for link in links:
        said = said.replace(clean_line(link.text()), "", 1)
    return sum(map(str.isalnum, said)) <= _LONGEST_LABEL


#: Letters of "Tagged with".
_LONGEST_LABEL = 12
