"""The body of an article: its visible text in reading order, its images, its links and its markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.images import Pictures, take_images
from nejat_crawler.extraction.nodes import drop, select, set_apart
from nejat_crawler.extraction.visible_text.bare_paragraphs import read_paragraphs
from nejat_crawler.extraction.visible_text.hidden_text import is_hidden
from nejat_crawler.items import Image, Link
from nejat_crawler.text import clean, clean_line
from nejat_crawler.urls import absolute, post_address

_BLANKS = " \n\t\f\r"
# What a browser that plays the media never shows: the fallback inside them.
_UNSEEN = frozenset({"script", "style", "template", "iframe", "video", "audio", "object", "canvas", "svg"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a content fragment holds; `text` parts paragraphs by a blank line, `html` is sanitised."""

    text: str
    html: str
    images: list[Image]
    links: list[Link]


def read_body(content: str, captions: str, page_url: str) -> Body:
    """Read a content fragment, its chrome already gone; `captions` selects the captions of its images."""
    if (paragraphs := read_paragraphs(content)) is not None:
        text, html = paragraphs
        return Body(text, html, [], [])
    tree = LexborHTMLParser(f"<body>{content}")
    for node in select(tree, "[style], [hidden]"):
        if is_hidden(node.attributes):
            node.decompose()
    drop(
        tree, "script, style, template, noembed, noframes, datalist, meter, progress, rp, annotation, annotation-xml"
    )
    pictures = take_images(tree, captions, page_url)
    reading = _Reading(pictures, page_url)
    if tree.body:
        reading.walk(tree.body)
    text, html = clean("".join(reading.text)), sanitise("".join(reading.html))
    return Body(text, html, pictures.images, list(filter(None, reading.links)))


@dataclass(slots=True)
class _Open:
    """An element that is being read: what stands round it, and which link it is."""

    node: LexborNode
    around: str = ""
    end_tag: str = ""
    preformatted: bool = False
    unread: bool = False
    """Whether it is no part of the text, for it is a caption or stands in one."""
    unmarked: bool = False
    """Whether it is no part of the markup, for it stands in an image."""
    link: tuple[int, int, str, str] | None = None
    """Its place among the links, that of its first words, `href` and address."""


@dataclass(slots=True)
class _Reading:
    """Text, links and markup in one walk, which is no recursion: old posts nest thousands deep."""

    pictures: Pictures
    page_url: str
    text: list[str] = field(default_factory=list)
    links: list[Link | None] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    _said: list[str] = field(default_factory=list)
    """The text as it stands in the source: what links say."""

    def walk(self, body: LexborNode) -> None:
        """Read all that stands in `body`."""
        inside, outer = _Open(body), list[_Open]()
        node = body.first_child
        while node is not None or outer:
            if node is None:
                self._close(inside)
                node, inside = inside.node.next, outer.pop()
            elif (words := node.text_content) is not None:
                self._read(words, inside)
                node = node.next
            elif node.is_element_node and (tag := node.tag or "") not in _UNSEEN:
                outer.append(inside)
                inside = self._open(node, tag, inside)
                node = node.first_child
            else:
                if node.is_element_node and not inside.unread:
                    self._part(set_apart(node))
                node = node.next

    def _read(self, words: str, inside: _Open) -> None:
        if not inside.unread:
            self.text.append(words if inside.preformatted else _fold(words))
            self._said.append(words)
        if not inside.unmarked:
            blank = not inside.preformatted and not words.strip(_BLANKS)
            self.html.append("\n" if blank and "\n" in words else " " if blank else escape(words, quote=False))

    def _open(self, node: LexborNode, tag: str, outer: _Open) -> _Open:
        opened = _Open(node, "", "", outer.preformatted or tag == "pre", outer.unread, outer.unmarked)
        attributes = node.attributes
        shown = self.pictures.shown.get(node.mem_id)
        if tag == "br":
            self.text += ["\n"] * (not opened.unread)
            self._said.append(" ")
        elif node.mem_id in self.pictures.captions:
            opened.unread = True
        elif not opened.unread and shown != {} and (around := set_apart(node)):  # what nobody sees parts nothing
            self._part(around)
            opened.around = around
        if shown is not None:
            self.html += [_start_tag("img", shown)] * (bool(shown) and not opened.unmarked)
            opened.unmarked = True
            return opened
        if tag == "a" and "href" in attributes:
            href = attributes["href"] or ""
            url = attributes["href"] = absolute(href, self.page_url)
            if not opened.unread:
                opened.link = len(self.links), len(self._said), href, url
                self.links.append(None)
        if not opened.unmarked:
            css = (attributes.get("class") or "").split()  # figures, before HTML had them
            tag = "figcaption" if "wp-caption-text" in css else "figure" if "wp-caption" in css else tag
            if tag in _KEPT:
                self.html.append(_start_tag(tag, attributes))
                opened.end_tag = "" if tag in _VOID else f"</{tag}>"
        return opened

    def _part(self, around: str) -> None:
        self.text.append(around)
        self._said.append(around)

    def _close(self, ended: _Open) -> None:
        if ended.around:
            self._part(ended.around)
        self.html.append(ended.end_tag)
        if ended.link is None:
            return
        place, start, href, url = ended.link
        said = clean_line("".join(self._said[start:]))
        if said and url.startswith(("http://", "https://", "mailto:")) and not href.strip().startswith("#"):
            target = post_address(url)
            self.links[place] = Link(url, said, target.url if target else None)


def _fold(words: str) -> str:
    """A string with runs of white space folded to one space, also before and behind it."""
    return f"{' ' * words[:1].isspace()}{' '.join(words.split())}{' ' * words[-1:].isspace()}"


def _start_tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    """With the attributes that are kept; what is behind a newline in `<pre>` counts, the newline does not."""
    known = _ATTRIBUTES.get(tag, _EVERYWHERE)
    kept = sorted(name for name in attributes if name in known or name in _EVERYWHERE) if attributes else ()
    values = "".join(f' {name}="{escape(attributes[name] or "")}"' for name in kept)
    return f"<{tag}{values}>\n" if tag == "pre" else f"<{tag}{values}>"


_BYLINE = re.compile(r"(?:By|by|BY)[ :]\s*(\S.{1,58}\S)")


def find_byline(text: str) -> str | None:
    r"""Whom a text names as its author in a line of its own near its beginning or end.

    >>> find_byline("One.\n\nTwo.\n\nBy Mazda Parsi")
    'Mazda Parsi'
    """
    lines = [line for line in text.split("\n") if line]
    for line in [*lines[-3:][::-1], *lines[:2]]:
        match = _BYLINE.fullmatch(line)
        if match and _is_name(match[1]):
            return match[1]
    return None


def _is_name(text: str) -> bool:
    """Two to five words, each with a capital but for particles: not "By the end of the day"."""
    words = text.split()
    capitals = [word for word in words if word[0].isupper()]
    return (
        len(words) <= 6
        and len(capitals) >= max(1, len(words) - 2)
        and words[-1][0].isupper()
        and text[-1] not in ".:;,!?"
        and words[0][0].isupper()
    )


_TAGS = set(
    """
    a abbr b blockquote br caption center cite code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup
    table tbody td tfoot th thead tr u ul var
    """.split()  # noqa: SIM905
)


_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}


# What these hold is no text of the body.
_DROPPED_WHOLE = {
    "audio",
    "canvas",
    "form",
    "iframe",
    "noscript",
    "object",
    "script",
    "style",
    "svg",
    "template",
    "video",
}
_EVERYWHERE = _ATTRIBUTES["*"]
_VOID = frozenset({"br", "col", "hr", "img"})
_KEPT = _TAGS | _DROPPED_WHOLE
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """Markup without anything that could run, load or deceive; whoever shows it decides whether images are loaded."""
    return _CLEANER.clean(html).strip()
