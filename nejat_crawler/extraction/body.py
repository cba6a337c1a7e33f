"""The body of an article: its visible text in reading order, its images and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from nejat_crawler.extraction.images import take_images
from nejat_crawler.extraction.placeholders.picture_files import image_source
from nejat_crawler.extraction.visible_text.hidden_text import is_hidden
from nejat_crawler.items import Image, Link
from nejat_crawler.text import clean, clean_line
from nejat_crawler.urls import absolute, post_address

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre section summary table
    tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 (forty quoted words are harder to read)
)
_CELLS = frozenset({"td", "th"})
# What a browser that plays the media never shows: the fallback inside them.
_UNSEEN = frozenset({"script", "style", "template", "iframe", "video", "audio", "object", "canvas", "svg", "head"})
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Body:
    """What a content fragment holds; `text` parts paragraphs by a blank line, `html` is sanitised."""

    text: str
    html: str
    images: list[Image]
    links: list[Link]


def read_body(content: str, captions: str, page_url: str) -> Body:
    """Read a content fragment, its chrome already gone; `captions` selects the captions of its images."""
    soup = BeautifulSoup(content, "html.parser")
    for hidden in soup.find_all(lambda node: is_hidden(node.attrs)):
        hidden.extract()
    images, captions_taken = take_images(soup, captions, page_url)
    for unseen in soup.find_all(_UNSEEN):
        unseen.extract()
    text, links = _text(soup), list(_links(soup, page_url))
    for place, caption in captions_taken:
        place.replace_with(caption)
    return Body(text, sanitise(soup, page_url), images, links)


def _links(soup: BeautifulSoup, page_url: str) -> Iterator[Link]:
    for node in soup.find_all("a", href=True):
        text = clean_line(node.get_text())
        url = absolute(str(node["href"]), page_url)
        if (
            text
            and url.startswith(("http://", "https://", "mailto:"))
            and not str(node["href"]).strip().startswith("#")
        ):
            target = post_address(url)
            yield Link(url, text, target.url if target else None)


def _text(soup: BeautifulSoup) -> str:
    """The text, walked without recursion: old posts nest thousands deep."""
    pieces: list[str] = []
    stack: list[tuple[Iterator[object], str, bool]] = [(iter(soup.contents), "", False)]
    while stack:
        children, after, preformatted = stack[-1]
        child = next(children, None)
        if child is None:
            pieces.append(after)
            stack.pop()
        elif isinstance(child, Tag):
            if child.name in _UNSEEN:
                continue
            if child.name == "br":
                pieces.append("\n")
                continue
            around = "\n\n" if child.name in _BLOCKS else " " if child.name in _CELLS else ""
            pieces.append(around)
            stack.append((iter(child.contents), around, preformatted or child.name == "pre"))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            pieces.append(str(child) if preformatted else _SPACE.sub(" ", child))
    return clean("".join(pieces))


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


def sanitise(soup: BeautifulSoup, page_url: str) -> str:
    """The markup of a parsed fragment with whole addresses, and nothing that could run, load or deceive.

    The tree is changed by it: a copy takes 36 s where 20,000 elements nest. Images have the real file as `src`;
    whoever shows the markup decides whether it may be loaded.
    """
    for image in soup.find_all(["img", "amp-img"]):
        source = image_source(image.attrs, page_url)
        if source is None:
            image.extract()
        else:
            image.name = "img"
            kept = {name: value for name, value in image.attrs.items() if name in _ATTRIBUTES["img"]}
            image.attrs = {**kept, "src": source}
            image.clear()
    for link in soup.find_all("a", href=True):
        link["href"] = absolute(str(link["href"]), page_url)
    for caption in soup.find_all(class_=["wp-caption", "wp-caption-text"]):  # figures, before HTML had them
        caption.name = "figcaption" if "wp-caption-text" in caption["class"] else "figure"
    return nh3.clean(
        str(soup),
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    ).strip()
