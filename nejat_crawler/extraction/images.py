"""The images of a body: the real file, the alternative text, the caption."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from nejat_crawler.items import Image
from nejat_crawler.text import clean_line
from nejat_crawler.urls import absolute

# Classes that tie a caption to its image, as a figure does; `item-gallery-justified` is Soledad's [gallery].
_CAPTIONED = frozenset({"wp-caption", "gallery-item", "item-gallery-justified"})
_GALLERY_DEPTH = 2
_PLACEHOLDER = re.compile(
    r"/images/(?:penci\d*-holder|no-image|no-thumb)\.(?:png|jpg)$|(?:^|/)(?:blank|spacer|transparent|lazy[_-]placeholder)\.(?:gif|png|svg)$|^data:",
    re.IGNORECASE,
)
# Where lazy loading keeps the file: Jetpack, WP Rocket, Avada, lazysizes, Unveil; some say `data-lazy="true"`.
_ADDRESSES = ("data-src", "data-lazy-src", "data-orig-src", "data-original", "data-lazy", "data-bg", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "data-bgset", "srcset")
# WP Rocket's `data-bg="url(/a.jpg)"` is CSS; other plugins give a mere address there.
_IN_URL = re.compile(r"\Aurl\(\s*[\"']?([^\"')]+)[\"']?\s*\)\Z", re.IGNORECASE)
# A featured image in the background of a link or box: `background-image: url(&quot;/a.jpg&quot;)`.
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)


def image_source(attributes: Mapping[str, object], page_url: str) -> str | None:
    """The real file of an image: lazy loading puts a placeholder into `src` and the file into `data-src`."""
    for name in _ADDRESSES:
        value = _IN_URL.sub(r"\1", str(attributes.get(name) or "").strip())
        if value and not _PLACEHOLDER.search(value) and (name == "src" or "/" in value or "." in value):
            return absolute(value, page_url)
    largest = (_largest(str(attributes.get(name) or "")) for name in _SETS)
    if address := next((address for address in largest if address), None):
        return absolute(address, page_url)
    background = _BACKGROUND.search(str(attributes.get("style") or ""))
    if background is None or _PLACEHOLDER.search(background[1].strip()):
        return None
    return absolute(background[1].strip(), page_url)


# A file's name may hold a comma: one parts two candidates behind a size (`585w,`) or before a space.
_CANDIDATES = re.compile(r"(?<=\d[wx]),\s*|,\s+")


def _largest(srcset: str) -> str | None:
    """The address of the widest of "a-300.jpg 300w, a.jpg 900w".

    Soledad names the whole file last, without a width: `a-585x390.jpg 585w,a.jpg`.
    """
    found: list[tuple[float, str]] = []
    for candidate in _CANDIDATES.split(srcset.strip()):
        address, _, width = candidate.strip().partition(" ")
        if address and not _PLACEHOLDER.search(address):
            number = re.match(r"\d+(?:\.\d+)?", width.strip())
            whole = "w," in srcset and not width.strip()
            found.append((float(number[0]) if number else inf if whole else 1, address))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _source_in_place(node: Tag, page_url: str) -> str | None:
    """The real file of an image in a text: its own, that of its fallback without scripts, or of its <picture>."""
    if src := image_source(node.attrs, page_url):
        return src
    fallback = node.find_next_sibling()
    others = list(fallback.find_all("img")) if isinstance(fallback, Tag) and fallback.name == "noscript" else []
    before = node.find_previous_sibling()
    if isinstance(before, Tag) and before.name == "source":
        others.append(before)
    return next((src for other in others if (src := image_source(other.attrs, page_url))), None)


def take_images(
    soup: BeautifulSoup, captions: str, page_url: str
) -> tuple[list[Image], list[tuple[NavigableString, Tag]]]:
    """The images in order, and their captions, each with the empty string that stands in its place in the tree.

    Out of the tree they do not end in the text; back in their places they belong to the markup.
    """
    taken: list[tuple[NavigableString, Tag]] = []
    images: list[Image] = []
    places: list[Tag] = []
    unknown: set[int] = set()
    # AMP repeats an image inside itself, lazy loading behind itself, for browsers without it.
    fallbacks = soup.find_all("noscript")
    repeats = {id(inner) for outer in (*soup.find_all("amp-img"), *fallbacks) for inner in outer.find_all("img")}
    for node in soup.find_all(["img", "amp-img"]):
        alt = clean_line(str(node.get("alt") or ""))
        if {"wp-smiley", "emoji"} & set(node.get("class") or ()):
            node.replace_with(alt)  # a character that WordPress has drawn
            continue
        if id(node) in repeats:
            continue
        src = _source_in_place(node, page_url)
        images.append(Image(src or "", alt))
        places.append(node)
        if src is None:
            unknown.add(id(images[-1]))  # its caption is none of the text all the same
        elif image_source(node.attrs, page_url) is None:
            node["src"] = src
    for fallback in fallbacks:
        if not fallback.decomposed:
            fallback.decompose()
    if not images:
        return images, taken
    holders = _holders(soup)
    bare: dict[int, list[Image]] = {}
    for image, place in zip(images, places, strict=True):
        holder = holders.get(id(place))
        for _ in range(_GALLERY_DEPTH):  # a gallery's own caption stands outside the figures of its images
            if holder is not None:
                bare.setdefault(id(holder), []).append(image)
                holder = holders.get(id(holder))
    for caption in soup.select(captions) if captions else ():
        waiting = bare.get(id(holders.get(id(caption))), [])
        free = [image for image in waiting if image.caption is None]
        uncaptioned = next((image for image in free if id(image) not in unknown), next(iter(free), None))
        if uncaptioned is not None:
            uncaptioned.caption = clean_line(caption.get_text(" ")) or None
            place_left = NavigableString("")
            caption.replace_with(place_left)
            taken.append((place_left, caption))
    return [image for image in images if id(image) not in unknown], taken


def _holders(soup: BeautifulSoup) -> dict[int, Tag]:
    """For each element inside one that ties captions to images, the nearest such one; by identity, in one walk.

    Asking each caption for its parents takes minutes where a hostile page nests a thousand.
    """
    nearest: dict[int, Tag] = {}
    for node in soup.find_all(True):
        parent = node.parent
        if parent is not None and (parent.name == "figure" or _CAPTIONED & set(parent.get("class") or ())):
            nearest[id(node)] = parent
        elif id(parent) in nearest:
            nearest[id(node)] = nearest[id(parent)]
    return nearest
