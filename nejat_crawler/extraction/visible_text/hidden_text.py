"""Elements of a text that its readers do not see, and those that they see once they have opened them.

What is closed is text where the page has something to open it with: a control that names its id, a control beside it,
or the class of an accordion, a tab, a spoiler. docs/article.md has the rule in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import classes, lineage, select
from nejat_crawler.extraction.visible_text.hiding_styles import declarations, hiding, shows

#: The attribute that says how an element is hidden, or that it is `shown` after all.
MARK = "data-nejat-hidden"
_SHOWN = "shown"
#: Words for screen readers: what themes add to links and buttons, no text of an author's. It is not counted.
_ASSISTIVE = frozenset(
    """
    screen-reader-text screen-reader-only sr-only sr-only-focusable visually-hidden visuallyhidden
    visually-hidden-focusable assistive-text u-visually-hidden show-for-sr element-invisible a11y-hidden
    hidden-accessible cdk-visually-hidden screenreader
    """.split()  # noqa: SIM905 (as many quoted words are harder to read)
)
_HIDDEN_CLASSES = frozenset(
    """
    hidden hide d-none is-hidden u-hidden uk-hidden display-none displaynone dn-all visibility-hidden hidden-text
    hide-text text-hide elementor-hidden-desktop
    """.split()  # noqa: SIM905 (as many quoted words are harder to read)
)
#: Shown from some width of the window on: `d-none d-md-block`, `hidden lg:flex`.
_SHOWN_FROM = re.compile(
    r"(?:d|display)-(?:sm|md|lg|xl|xxl)-(?!none).+|(?:sm|md|lg|xl|2xl):(?!hidden).+|(?:show|visible)-.+"
)
#: Faded in by a script once it is scrolled to.
_ANIMATED = re.compile(
    r"wow|aos-.*|elementor-invisible|animated?|animate-.*|.*fade-?in.*|.*lazy.*|reveal.*|sal-.*|et-waypoint"
)
_OPENS = re.compile(
    r"(?:.*[-_])?(?:accordions?|toggles?|toggler?|spoilers?|collaps\w*|tabs?|tabpanel|faqs?|expand\w*|expander|read-?more|"
    r"readmore|show-?more|showmore|showhide|dropdown|disclosure|reveal|slide-?down|panel|qa|answer)(?:[-_].*)?",
    re.IGNORECASE,
)
_CONTROLS = (
    'a[href^="#"], a[href^="javascript:"], a[data-toggle], button, label, summary, input, [role=button], [role=tab], '
    "[onclick], [aria-controls], [aria-expanded], [data-target], [data-bs-target]"
)
_SHOWING = re.compile(
    r"toggle|\bshow\b|slideDown|fadeIn|classList|[cC]lass\(|[\"'](?:block|inline(?:-block)?|visible|flex)[\"']|"
    r"display\s*=\s*[\"']{2}|removeAttribute"
)
_NAME_IN_SCRIPT = re.compile(r"[\"'](?:([.#])([\w-]{1,80})\b|([\w-]{1,80})(?=[\"']))")
#: Characters of the name of a class; longer ones nobody gives.
LONGEST_NAME = 80
_MOST_LEVELS = 5


def names_in_scripts(scripts: Iterable[str]) -> set[str]:
    """The ids, and the classes with a dot before them, that scripts name which show something."""
    found: set[str] = set()
    for script in scripts:
        for match in _NAME_IN_SCRIPT.finditer(script) if _SHOWING.search(script) else ():
            found |= {f".{match[2]}"} if match[1] == "." else {match[2]} if match[1] else {match[3], f".{match[3]}"}
    return found


def mark_hidden(tree: LexborHTMLParser) -> None:
    """Give MARK to what is hidden in a text; it is still in its place, and so is what opens the rest."""
    found = select(tree, f"[style], [hidden], [class], [popover], dialog, [{MARK}]")
    kinds: list[tuple[LexborNode, str]] = []
    for node in found:
        if kind := _kind(node):
            kinds.append((node, kind))
        elif is_hidden(node.attributes):  # not for long: a picture that is loaded later, a text that is faded in
            node.attrs[MARK] = _SHOWN
    if not kinds:
        return
    named = {word for node in select(tree, _CONTROLS) for word in _words(node)}
    named |= names_in_scripts(node.text() for node in select(tree, "script"))
    for node, kind in kinds:
        openable = kind in ("closed", "invisible") and _can_be_opened(node, named)
        node.attrs[MARK] = _SHOWN if openable else kind


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's attributes say that it is hidden, and nothing has been marked."""
    if MARK in attributes:
        return False
    hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
    return hidden or hiding(attributes.get("style") or "") is not None


def is_unseen(node: LexborNode) -> bool:
    """Whether an element is hidden, by itself or by a sheet, or is for screen readers only."""
    return _kind(node) is not None


def _kind(node: LexborNode) -> str | None:
    attributes = node.attributes
    mark, style = attributes.get(MARK), attributes.get("style") or ""
    if mark == _SHOWN or node.tag in ("body", "html"):
        return None
    names = set(classes(node))
    if not _ASSISTIVE.isdisjoint(names):
        return "assistive"
    kind = hiding(style)
    if kind is None and not ("display" in (said := declarations(style)) or said.get("visibility") == "visible"):
        hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
        closed = (node.tag == "dialog" and "open" not in attributes) or "popover" in attributes
        by_class = not _HIDDEN_CLASSES.isdisjoint(names) and not any(map(_SHOWN_FROM.fullmatch, names))
        kind = "closed" if hidden or closed or by_class else mark
    if kind in ("closed", "invisible") and declarations(style).get("display") != "none" and _is_animated(node, names):
        return None
    if node.tag in ("img", "amp-img"):  # a picture that is loaded later is often shown later, too
        return kind if kind is not None and not _is_lazy(node) else None
    return kind


def _is_animated(node: LexborNode, names: set[str]) -> bool:
    data = (name for name in node.attributes if name.startswith(("data-aos", "data-wow", "data-sal", "data-anim")))
    return next(data, None) is not None or any(map(_ANIMATED.fullmatch, names))


def _is_lazy(node: LexborNode) -> bool:
    return "opacity" in (node.attributes.get("style") or "") or any(
        name.startswith("data-") for name in node.attributes
    )


def _words(node: LexborNode) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name not in ("class", "style") and value:
            yield from re.findall(r"[\w-]+", value)


def _can_be_opened(node: LexborNode, named: set[str]) -> bool:
    """Whether the page has something that shows a closed element."""
    name = node.attributes.get("id") or ""
    if name in named or not named.isdisjoint(f".{css}" for css in classes(node)):
        return True
    if node.attributes.get("role") == "tabpanel":
        return True
    for level, outer in enumerate(lineage(node)):
        if level > _MOST_LEVELS or outer.tag in ("body", "html"):
            break
        if any(len(name) < LONGEST_NAME and _OPENS.fullmatch(name) for name in classes(outer)):
            return True
    return any(beside is not None and _is_control(beside) for beside in (_sibling(node, -1), _sibling(node, 1)))


def _sibling(node: LexborNode, step: int) -> LexborNode | None:
    beside = node.prev if step < 0 else node.next
    while beside is not None and beside.is_text_node and not (beside.text(deep=False) or "").strip():
        beside = beside.prev if step < 0 else beside.next
    return beside


def _is_control(node: LexborNode) -> bool:
    if not node.is_element_node:
        return False
    href = node.attributes.get("href") or ""
    if node.tag in ("button", "label") or href == "#" or href.startswith("javascript:"):
        return True
    return bool({"onclick", "aria-expanded", "aria-controls"} & set(node.attributes)) or (
        bool(select(node, '[onclick], [aria-expanded], [aria-controls], button, a[href="#"]'))
    )


#: Words; where all that a text says is hidden, and is as long, it is a text that a script shows.
_WHOLE_TEXT = 30


def take_hidden(tree: LexborHTMLParser) -> int:
    """Take what is marked out of a text; the number of words that went, or -1: all was hidden, and has been left.

    What a screen reader says of a link or a button is not counted.
    """
    marked = [node for node in select(tree, f"[{MARK}]") if node.attributes[MARK] != _SHOWN]
    if not marked or tree.body is None:
        return 0
    outermost = list(_outermost(tree.body, {node.mem_id for node in marked}))
    said = sum(_count_words(node) for node in outermost)
    if said >= _WHOLE_TEXT and said >= _count_words(tree.body) and not select(tree.body, "img"):
        return -1
    return sum(_conceal(node, str(node.attributes[MARK])) for node in outermost)


def _outermost(body: LexborNode, marked: set[int]) -> Iterator[LexborNode]:
    waiting = [body]
    while waiting:
        for child in waiting.pop().iter():
            if child.mem_id in marked:
                yield child
            else:
                waiting.append(child)


def _count_words(node: LexborNode) -> int:
    return sum(any(map(str.isalnum, word)) for word in node.text(separator=" ").split())


def _conceal(node: LexborNode, kind: str) -> int:
    """Take an element out but for what it shows inside; the number of words that went."""
    before = _count_words(node)
    inside = select(node, "[style]") if kind in ("invisible", "tiny") else []
    shown = {
        inner.mem_id
        for inner in inside
        if inner.mem_id != node.mem_id and shows(inner.attributes.get("style") or "", kind)
    }
    if not shown:
        node.decompose()
        return 0 if kind == "assistive" else before
    way: set[int] = set()
    for inner in (inner for inner in inside if inner.mem_id in shown):
        for outer in lineage(inner):
            if outer.mem_id in way:
                break
            way.add(outer.mem_id)
    waiting = [node]
    while waiting:
        for child in list(waiting.pop().iter(include_text=True)):
            if child.mem_id in shown:
                continue
            if child.mem_id in way:
                waiting.append(child)
            else:
                child.decompose()
    return before - _count_words(node)
