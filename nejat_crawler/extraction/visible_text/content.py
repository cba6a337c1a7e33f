"""The content of an article as its readers see it: freed of chrome, of the boxes of plugins, and of hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import classes, lineage, said, select, set_apart
from nejat_crawler.extraction.visible_text.hidden_text import LONGEST_NAME, mark_hidden
from nejat_crawler.extraction.visible_text.plugin_boxes import box_of_plugin

#: Of these no element goes round a text.
_NO_BOXES = frozenset({"script", "style", "noscript", "template", "button", "select", "textarea", "a"})
#: Buttons that are the headings of what they open: of an accordion, a tab, a question.
_HEADINGS = (
    "h2 button, h3 button, h4 button, h5 button, h6 button, dt button, summary button, button[role=tab], "
    'button[class*="accordion"], button[class*="faq"]'
)
#: Without their end tags they take in the text that follows.
_CONTROLS = ("form", "button")
#: What PHP says of a plugin in the middle of a text, once the server has a newer PHP; no page ends with it.
_PHP_MESSAGE = re.compile(
    r"""(?:<br\s*/?>\s*)?<b>(?:Warning|Notice|Deprecated|Strict\ Standards)</b>:\s[^\n]{0,1000}?
        \ in\ <b>[^<\n]{0,200}[/\\][^<\n]{1,200}</b>\ on\ line\ <b>\d+</b>(?:<br\s*/?>)?
      | ^(?:PHP\ )?(?:Warning|Notice|Deprecated|Strict\ Standards):\s[^\n<]{0,1000}?
        \ in\ /[^\n<]{1,300}\ on\ line\ \d+$""",
    re.MULTILINE | re.VERBOSE,
)


def read_content(html: str, chrome: tuple[str, ...]) -> LexborHTMLParser:
    """The tree of a content without what any of the selectors of `chrome` selects, and without plugins' boxes.

    A box that has most of the article's own text is no such box, whatever its class says: it stays. What is hidden is
    marked, and stays, too: what has been taken out may be what opens it.
    """
    if " on line " in html:  # stands in each such message
        html = _PHP_MESSAGE.sub(" ", html)
    tree = LexborHTMLParser(f"<body>{html}")
    mark_hidden(tree)
    for button in select(tree, _HEADINGS) if "button" in html.lower() else ():
        if button.next is not None:  # of several in a row
            button.insert_after(" ")
        button.unwrap()
    for name in (name for name in _CONTROLS if html.count(f"<{name}") > html.count(f"</{name}>")):
        for unclosed in select(tree, f"{name}:has(p)"):
            unclosed.unwrap()
    chosen = {node.mem_id for node in select(tree, ", ".join(chrome))} if chrome else set()
    shares = _share_buttons(tree)
    bars = ((link, _share_bar(link)) for link in shares[:_MOST_SHARES])
    chosen |= {bar.mem_id for link, bar in bars if bar is not link}  # in the middle of a sentence it is the author's
    for node in list(_boxes(tree, chosen)):
        if set_apart(node) and _is_in_line(node.prev) and _is_in_line(node.next):
            node.insert_before(" ")  # a box has parted the words beside it
        node.decompose()
    return tree


def _is_in_line(node: LexborNode | None) -> bool:
    """Whether words stand beside a box, which nothing else would part."""
    if node is None or not node.is_text_node:
        return node is not None and node.is_element_node and not set_apart(node)
    return bool((node.text_content or "").strip())


#: Where a share button of whatever plugin leads: no author links there.
_SHARES = re.compile(
    r"""//(?:[\w-]+\.)?(?:facebook\.com/(?:sharer|share\.php|dialog/)|(?:twitter|x)\.com/(?:intent/(?:tweet|post)|share)
      |t(?:elegram)?\.me/share|wa\.me/\?text|(?:api|web)\.whatsapp\.com/send/?\?text|linkedin\.com/(?:shareArticle|sharing|cws)
      |pinterest\.[a-z.]+/pin/create|reddit\.com/submit|tumblr\.com/(?:share|widgets)|vk\.com/share|bsky\.app/intent)
      |^(?:whatsapp|tg|viber|fb-messenger)://|^mailto:\?""",
    re.IGNORECASE | re.VERBOSE,
)
_MOST_SHARES, _BAR_LEVELS, _LABEL_WORDS = 40, 3, 3
#: Of "Click to share on X (Opens in new window)"; a sentence that readers shall share is its author's.
_BUTTON_WORDS = 12


def _share_buttons(root: LexborHTMLParser | LexborNode) -> list[LexborNode]:
    links = (link for link in select(root, "a[href]") if _SHARES.search(link.attributes["href"] or ""))
    return [link for link in links if len(said(link).split()) <= _BUTTON_WORDS]


def _share_bar(link: LexborNode) -> LexborNode:
    """What stands round a share button and has no more than buttons, and a label: "Share this:"."""
    bar = link
    for outer in islice(lineage(link.parent), _BAR_LEVELS) if link.parent else ():
        inside = _share_buttons(outer)
        words, buttons = (sum(len(said(node).split()) for node in nodes) for nodes in ([outer], inside))
        if outer.tag == "body" or words > buttons + _LABEL_WORDS:
            break
        bar = outer
    return bar


def drop_plugin_boxes(header: LexborHTMLParser, kept: str) -> None:
    """Take plugins' boxes out of what stands round a text, but for those that hold what `kept` selects."""
    for node in list(_boxes_of_plugins(header)):
        if not select(node, kept):
            node.decompose()


def _boxes_of_plugins(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    waiting = [tree.body] if tree.body else []
    while waiting:
        node = waiting.pop()
        if plugin_box(node):
            yield node
        else:
            waiting += reversed(list(node.iter()))


def _boxes(tree: LexborHTMLParser, chosen: set[int]) -> Iterator[LexborNode]:
    """The outermost elements that are no text."""
    whole: list[int] | None = None
    kept = 0
    waiting = [tree.body] if tree.body else []
    while waiting:
        node = waiting.pop()
        if node.mem_id in chosen or plugin_box(node):
            if node.tag in _NO_BOXES or "post-password-form" in classes(node):
                yield node
                continue
            whole = _own_text(tree.body) if whole is None and tree.body else whole
            if kept < _MOST_KEPT and not _holds_text(node, whole or []):
                yield node
                continue
            kept += 1
        waiting += reversed(list(node.iter()))


def plugin_box(node: LexborNode) -> str:
    """The class or `#id` by which an element is known as the box of a plugin; empty if it is none."""
    attributes = node.attributes
    css, name = attributes.get("class") or "", attributes.get("id") or ""
    return box_of_plugin(node.tag or "", css, name) if (css or name) and node.tag != "body" else ""


#: Boxes that are kept and looked into; hostile pages nest thousands.
_MOST_KEPT = 10
#: Of a text, what its author has written in paragraphs: of how many words, and which share of all such words.
_FEWEST_WORDS, _FEWEST_PARAGRAPHS, _SHARE = 4, 2, 0.6
_LONG_PARAGRAPH = 40
_NOT_OWN = frozenset(
    {
        "a",
        "button",
        "form",
        "nav",
        "label",
        "select",
        "script",
        "style",
        "textarea",
        "template",
        "noscript",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "aside",
    }
)


def _holds_text(box: LexborNode, whole: list[int]) -> bool:
    """Whether a box has most of an article's own text, and so much that it is no line of a plugin's."""
    own = _own_text(box)
    enough = len(own) >= _FEWEST_PARAGRAPHS or max(own, default=0) >= _LONG_PARAGRAPH
    return enough and sum(own) >= _SHARE * sum(whole)


def _own_text(box: LexborNode) -> list[int]:
    """How many words each line has that is neither link nor heading nor form; short ones do not count."""
    found = []
    waiting = list(box.iter(include_text=True))
    while waiting:
        node = waiting.pop()
        if node.is_text_node:
            words = len((node.text(deep=False) or "").split())
            found += [words] if words >= _FEWEST_WORDS else []
        elif node.tag not in _NOT_OWN:
            waiting += node.iter(include_text=True)
    return found


_SUSPICIOUS = re.compile(
    r"(?:.*[-_])?(?:shar(?:e|es|ing)|socials?|related|recommended|ratings?|votes?|voting|likes?|views?|counter|toc|"
    r"author[-_]?(?:box|bio|info)|newsletter|subscri(?:be|ption)|adverts?|advertisement|ads?|sponsored|banner|promo|"
    r"paywall|restrict(?:ed|ion)|unauthorized|locked|pmpro|cookies?|breadcrumbs?|donat(?:e|ion|ions)|polls?|print|disqus|popup|follow|tts|reactions?|plugin)(?:[-_].*)?",
    re.IGNORECASE,
)
_AT_MOST = 3


def sounds_like_plugin(name: str) -> bool:
    """Whether a class sounds as those do that plugins give to their boxes."""
    return len(name) < LONGEST_NAME and _SUSPICIOUS.fullmatch(name) is not None


def doubtful_boxes(tree: LexborHTMLParser) -> Iterator[str]:
    """The classes of boxes at a text's own level that sound as a plugin's do, and that nobody has named."""
    level = [tree.body] if tree.body else []
    for _ in range(_AT_MOST):
        children = [child for node in level for child in node.iter()]
        for child in children:
            if child.tag in ("div", "section", "aside", "ul", "span") and not plugin_box(child):
                names = [name for name in classes(child) if not name.startswith(("wp-block-", "has-", "is-"))]
                named = next(filter(sounds_like_plugin, names), "")
                if named and any(map(str.isalnum, child.text())):
                    yield named
        level = [child for child in children if child.tag == "div" and len(children) == 1]


def kept_boxes(tree: LexborHTMLParser) -> Iterator[str]:
    """The names of plugins' boxes that have been kept, for they hold most of a text."""
    for node in select(tree, "[class], [id]"):
        if name := plugin_box(node):
            yield name
