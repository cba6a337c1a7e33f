"""The element with an article's text where no class names it: that with most in paragraphs, and its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nejat_crawler.extraction.markup import Tag, has_words, text_of
from nejat_crawler.extraction.unknown_theme.text_ends import (
    HEADINGS,
    TEXT_TAGS,
    VOID,
    TaggedSource,
    is_chrome,
    is_info,
    leads_to_post,
)


@dataclass(slots=True)
class _Tree:
    """Elements by where they begin: how much text each has in paragraphs of its own, what it stands in and holds."""

    weights: dict[int, tuple[int, Tag]] = field(default_factory=dict)
    outer: dict[int, Tag] = field(default_factory=dict)
    inner: dict[int, list[Tag]] = field(default_factory=dict)

    def weigh(self, source: TaggedSource, tag: Tag, parent: Tag) -> None:
        """Count the text of an element for the one that it stands in."""
        text = text_of(source.html[tag.end : source.end(tag)]) if tag.start in source.ends else ""
        self.weights[parent.start] = (self.weights.get(parent.start, (0, parent))[0] + len(text), parent)


def densest_element(source: TaggedSource, found: Iterable[Tag], others: Mapping[int, bool]) -> Tag | None:
    """The element with the longest text in paragraphs of its own, and in columns or rows beside them.

    Comments have their paragraphs each in another element. `others` are articles inside by where they begin:
    those of other posts, which are passed over, and (true) such as a text quotes.
    """
    tree, headed = _read(source, found, others)
    if not tree.weights:
        return None
    inner = max(tree.weights.values(), key=lambda pair: pair[0])[1]
    return _widest(source, tree, inner, others, headed=headed)


def _read(source: TaggedSource, found: Iterable[Tag], others: Mapping[int, bool]) -> tuple[_Tree, bool]:
    tree, headed, passed, seen = _Tree(), False, 0, False
    stack: list[Tag] = []
    of_others: set[int] = set()
    opened: Counter[str] = Counter()
    for tag in found:
        if tag.start < passed or tag.name in VOID:
            continue
        if tag.closing:
            while opened[tag.name]:
                last = stack.pop()
                opened[last.name] -= 1
                if last.name == tag.name:
                    break
            continue
        headed = headed or tag.name == "h1"
        if stack and tag.name in HEADINGS and stack[-1].start not in tree.inner and leads_to_post(source, tag):
            of_others.add(stack[-1].start)
        quoted = others.get(tag.start)
        if stack:
            tree.outer[tag.start] = stack[-1]
            tree.inner.setdefault(stack[-1].start, []).append(tag)
            if stack[-1].start and stack[-1].start not in of_others and (tag.name in ("p", "blockquote") or quoted):
                tree.weigh(source, tag, stack[-1])
        if tag.start in source.ends and (quoted is not None or (seen and is_apart(source, tag))):
            passed = source.ends[tag.start].end
            continue
        seen = True
        stack.append(tag)
        opened[tag.name] += 1
    return tree, headed


def is_apart(source: TaggedSource, tag: Tag) -> bool:
    """Whether an element has neither text nor heading of an article: a menu, comments, a notice of cookies."""
    return is_chrome(tag) and source.first("h1", tag.end, source.end(tag)) is None


def _widest(source: TaggedSource, tree: _Tree, inner: Tag, others: Mapping[int, bool], *, headed: bool) -> Tag:
    """The outermost element round a text that holds nothing but text: rows of columns, pull quotes between them."""
    widest = current = inner
    while (outer := tree.outer.get(current.start)) is not None and outer.start:
        beside = [tag for tag in tree.inner[outer.start] if tag is not current]
        first = next(
            (tag for tag in tree.inner[outer.start] if has_words(source.html[tag.end : source.end(tag)])), None
        )
        titled = first is not None and first is not current and first.name in ("h2", "h3", "h4") and not headed
        if titled or outer.name in ("body", "html") or not _is_all_text(source, current, beside, others):
            break
        if any(has_words(source.html[tag.end : source.end(tag)]) for tag in beside):
            widest = outer
        current = outer
    return widest


_SILENT = frozenset({"script", "style", "noscript", "template", "iframe"})
_NO_TEXT = ("h1", "time", "form", "nav", "aside", "footer", "article", "main", "button")


def _is_all_text(source: TaggedSource, current: Tag, beside: Sequence[Tag], others: Mapping[int, bool]) -> bool:
    for tag in beside:
        end = source.end(tag)
        if tag.name in _SILENT or others.get(tag.start) or not has_words(source.html[tag.end : end]):
            continue
        if is_chrome(tag) or is_info(tag) or tag.start in others:
            return False
        if tag.name in TEXT_TAGS:
            continue
        alike = tag.name == current.name and (not tag.classes or not tag.classes.isdisjoint(current.classes))
        block = any(name.startswith("wp-block-") for name in tag.classes)
        if tag.name not in ("div", "section") or not (alike or block):
            return False
        if any(source.first(name, tag.end, end) is not None for name in _NO_TEXT):
            return False
        if all(source.first(name, tag.end, end) is None for name in TEXT_TAGS):
            return False
    return True
