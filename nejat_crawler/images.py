"""The images of a body: the real file, the alternative text, the caption."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from nejat_crawler.items import Image
from nejat_crawler.text import clean_line
from nejat_crawler.urls import absolute

# Classes that tie a caption to its image, as a figure does; `item-gallery-justified` is Soledad's [gallery].
_CAPTIONED = frozenset({"wp-caption", "gallery-item", "item-gallery-justified"})
_GALLERY_DEPTH = 2
_PLACEHOLDER = re.compile(r"/images/penci\d*-holder\.png$|^data:", re.IGNORECASE)


def image_source(attributes: Mapping[str, object], page_url: str) -> str | None:
    """The real file of an image: lazy loading puts a placeholder into `src` and the file into `data-src`."""
    for name in ("data-src", "data-lazy-src", "src"):
        value = str(attributes.get(name) or "").strip()
        if value and not _PLACEHOLDER.search(value):
            return absolute(value, page_url)
    return None


def take_images(
    soup: BeautifulSoup, captions: str, page_url: str
) -> tuple[list[Image], list[tuple[NavigableString, Tag]]]:
    """The images in order, and their captions, each with the empty string that stands in its place in the tree.

    Out of the tree they do not end in the text; back in their places they belong to the markup.
    """
    taken: list[tuple[NavigableString, Tag]] = []
    images: list[Image] = []
    places: list[Tag] = []
    # AMP repeats an image inside itself, for browsers without it.
    repeats = {id(inner) for outer in soup.find_all("amp-img") for inner in outer.find_all("img")}
    for node in soup.find_all(["img", "amp-img"]):
        alt = clean_line(str(node.get("alt") or ""))
        if {"wp-smiley", "emoji"} & set(node.get("class") or ()):
            node.replace_with(alt)  # a character that WordPress has drawn
            continue
        src = image_source(node.attrs, page_url)
        if src is None or id(node) in repeats:
            continue
        images.append(Image(src, alt))
        places.append(node)
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
        uncaptioned = next((image for image in waiting if image.caption is None), None)
        if uncaptioned is not None:
            uncaptioned.caption = clean_line(caption.get_text(" ")) or None
            place_left = NavigableString("")
            caption.replace_with(place_left)
            taken.append((place_left, caption))
    return images, taken


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
