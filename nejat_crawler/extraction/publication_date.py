"""Which date in an article's frame is that of its publication: not a change's, nor a reader's, nor today's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.dates import says_update
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.unknown_theme.seals import CONTENT_PLACE
from nejat_crawler.text import clean_line

# `wp-block-post-date__modified-date`, `last-updated`; "updated" alone is but hentry's name for a date.
_CHANGED = re.compile(r"modif|lastmod|updat(?!ed$)|[-_]updated$")
_TODAY = re.compile(r"(?:^|[-_])(?:today|todays|current)(?:$|[-_])")
# Whole articles and pages: their classes name categories ("category-updates") and speak of no date.
_ARTICLES = frozenset({"article", "main", "body", "html", "li"})
_ARTICLE_CLASSES = frozenset({"hentry", "post", "type-post", "single-post", "td_module_wrap", "wp-block-post"})
_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_IN_LINE = frozenset({"-text", "span", "i", "b", "em", "strong", "small", "label", "svg", "abbr", "time"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# wp-parsidate writes datetime="1402-03-12T10:00:00+03:30"
_OF_THIS_AGE = re.compile(r"\s*(?:19|20)\d\d|\D")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def printed_date(frame: LexborHTMLParser, theme: Theme, head: str | None = None) -> tuple[str | None, str | None]:
    """The machine-readable date of an entry, and the date as it is printed.

    `head` is what the page's head gives for the day of publication; only a date that is marked as such, and is
    Gregorian, beats it.
    """
    for selector in theme.date:
        for node in frame.css(selector):
            if _is_publication(node) and (not theme.by_address or _stands_by_text(node, frame)):
                machine = node.attributes.get("datetime")
                if not machine or not _is_marked(node) or not _OF_THIS_AGE.match(machine):
                    machine = head or machine
                return machine, clean_line(node.text())
    return head, None


def _is_marked(node: LexborNode) -> bool:
    words = f"{node.attributes.get('class')} {node.attributes.get('itemprop')}"
    return "publish" in words or "datePublished" in words


def _is_publication(node: LexborNode) -> bool:
    if node.attributes.get("itemprop") == "dateModified" or says_update(node.text()):
        return False
    if not _is_marked(node) and says_update(_said_before(node)):
        return False
    for place, outer in enumerate(_up_to_article(node)):
        classes = _classes(outer)
        if any(_CHANGED.search(name) or _TODAY.search(name) for name in classes):
            return False
        if place == 0 and "updated" in classes and not _is_marked(node) and "entry-date" not in classes:
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
    current: LexborNode | None = node
    while current is not None and current.tag not in _ARTICLES and not _ARTICLE_CLASSES & set(_classes(current)):
        yield current
        current = current.parent


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _stands_by_text(node: LexborNode, frame: LexborHTMLParser) -> bool:
    """Whether a date stands by an article's heading or text, where the whole page has to pass for its element.

    A bar over the page prints today's.
    """
    root = next(iter(frame.body.iter()), None) if frame.body else None
    if root is None or root.tag in _ARTICLES or _ARTICLE_CLASSES & set(_classes(root)):
        return True
    heading = text = None
    for found in frame.css(f"h1, .entry-title, .wp-block-post-title, .post-title, {CONTENT_PLACE}"):
        if found.tag == CONTENT_PLACE:
            text = found
            break
        heading = found
    if text is None:
        return False
    around_text, around_date = _lineage(text), _lineage(node)
    if heading is None:
        return any(outer.mem_id in _ids(around_text[:3]) and outer.tag != "body" for outer in around_date)
    # the text's end tag is left in a frame, and what follows the text may stand one step further out
    below = next((after for outer in around_text[:2] if (after := _next_element(outer)) is not None), None)
    if below is not None and below.tag not in _ELSEWHERE and below.mem_id in _ids(around_date):
        return True
    around_heading = _lineage(heading)
    core = next(outer for outer in around_heading if outer.mem_id in _ids(around_text))
    if core.mem_id not in _ids(around_date):
        return False
    places = {child.mem_id: number for number, child in enumerate(core.iter())}
    first, own, last = (
        next((places[outer.mem_id] for outer in around if outer.mem_id in places), -1)
        for around in (around_heading, around_date, around_text)
    )
    if first <= own <= last:
        return True
    return core.tag != "body" and own == first - 1 and places.get(node.mem_id) == own  # over the heading


def _next_element(node: LexborNode) -> LexborNode | None:
    after = node.next if node.tag != "body" else None
    while after is not None and after.tag in ("-text", "-comment"):
        after = after.next
    return after


def _lineage(node: LexborNode) -> list[LexborNode]:
    """A node and what it stands in, the body last."""
    found = []
    current: LexborNode | None = node
    while current is not None and current.tag != "html":
        found.append(current)
        current = current.parent
    return found


def _ids(nodes: list[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}
