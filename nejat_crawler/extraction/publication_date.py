"""Which date in an article's header is that of its publication: not a change's, nor a reader's, nor today's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.dates import says_update
from nejat_crawler.extraction.nodes import classes, lineage, own_among, select
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.text import clean_line

# `wp-block-post-date__modified-date`, `last-updated`; "updated" alone is but hentry's name for a date.
_CHANGED = re.compile(r"modif|lastmod|updat(?!ed$)|[-_]updated$")
_TODAY = re.compile(r"(?:^|[-_])(?:today|todays|current)(?:$|[-_])")
# Whole articles and pages: their classes name categories ("category-updates") and speak of no date.
_ARTICLES = frozenset({"article", "main", "body", "html", "li"})
_ARTICLE_CLASSES = frozenset({"hentry", "post", "type-post", "single-post", "td_module_wrap", "wp-block-post"})
_IN_LINE = frozenset({"-text", "span", "i", "b", "em", "strong", "small", "label", "svg", "abbr", "time"})
# wp-parsidate writes datetime="1402-03-12T10:00:00+03:30"
_OF_THIS_AGE = re.compile(r"\s*(?:19|20)\d\d|\D")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def printed_date(
    header: LexborHTMLParser, theme: Theme, head: str | None = None, boxes: frozenset[int] = frozenset()
) -> tuple[str | None, str | None]:
    """The machine-readable date of an entry, and the date as it is printed.

    `head` is what the page's head gives for the day of publication; only a date that is marked as such, and is
    Gregorian, beats it. Dates in `boxes` are other posts'.
    """
    found = publication_dates(header, theme)
    node = next(iter(own_among([*found], boxes)), None) if boxes else next(found, None)
    if node is None:
        return head, None
    machine = node.attributes.get("datetime")
    if not machine or not says_published(node) or not _OF_THIS_AGE.match(machine):
        machine = head or machine
    return machine, clean_line(node.text())


def publication_dates(header: LexborHTMLParser, theme: Theme) -> Iterator[LexborNode]:
    """The elements of a header that may hold the date of publication, the likeliest first."""
    return (node for selector in theme.date for node in select(header, selector) if _is_publication(node))


def says_published(node: LexborNode) -> bool:
    """Whether a date is marked as that of the publication."""
    words = f"{node.attributes.get('class')} {node.attributes.get('itemprop')}"
    return "publish" in words or "datePublished" in words


def _is_publication(node: LexborNode) -> bool:
    if node.attributes.get("itemprop") == "dateModified" or says_update(node.text()):
        return False
    if not says_published(node) and says_update(_said_before(node)):
        return False
    for place, outer in enumerate(_up_to_article(node)):
        names = classes(outer)
        if any(_CHANGED.search(name) or _TODAY.search(name) for name in names):
            return False
        if place == 0 and "updated" in names and not says_published(node) and "entry-date" not in names:
            return _is_only_date(node)
    return True


def _is_only_date(node: LexborNode) -> bool:
    """Whether the date of an `updated` is the one that readers see; Avada hides that of a change in one."""
    words = f"{node.attributes.get('class')} {'hidden' if 'hidden' in node.attributes else ''}"
    if "hidden" in words or _HIDDEN.search(node.attributes.get("style") or ""):
        return False
    block = node.parent.parent if node.parent and node.parent.parent else node.parent
    return block is None or len(_YEAR.findall(block.text())) <= len(_YEAR.findall(node.text()))


def _said_before(node: LexborNode) -> str:
    """The words in the line directly before a date: "Last updated: ", as text or in an element of their own."""
    current: LexborNode | None = node
    while current is not None and current.tag not in _ARTICLES:
        before = current.prev
        while before is not None and before.tag in (*_IN_LINE, "-comment"):
            if before.tag == "time":
                return ""
            if before.tag in _IN_LINE and (text := clean_line(before.text())):
                return text[-60:]
            before = before.prev
        if before is not None or current.tag not in ("a", *_IN_LINE):
            return ""
        current = current.parent
    return ""


def _up_to_article(node: LexborNode) -> Iterator[LexborNode]:
    return takewhile(lambda outer: not is_whole_article(outer), lineage(node))


def is_whole_article(node: LexborNode) -> bool:
    """Whether an element goes round a whole article, or round a whole page."""
    return node.tag in _ARTICLES or not _ARTICLE_CLASSES.isdisjoint(classes(node))
