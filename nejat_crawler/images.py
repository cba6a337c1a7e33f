"""The images of a body: the real file, the alternative text, the caption."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

from nejat_crawler.items import Image
from nejat_crawler.text import clean_line
from nejat_crawler.urls import absolute

# Elements that tie a caption to its image; `item-gallery-justified` is Soledad's [gallery].
_CAPTIONED = "figure, .wp-caption, .gallery-item, .item-gallery-justified"
_PLACEHOLDER = re.compile(r"/images/penci\d*-holder\.png$|^data:", re.IGNORECASE)


def image_source(attributes: Mapping[str, object], page_url: str) -> str | None:
    """The real file of an image: lazy loading puts a placeholder into `src` and the file into `data-src`."""
    for name in ("data-src", "data-lazy-src", "src"):
        value = str(attributes.get(name) or "").strip()
        if value and not _PLACEHOLDER.search(value):
            return absolute(value, page_url)
    return None


def take_images(soup: BeautifulSoup, captions: str, page_url: str) -> list[Image]:
    """The images in order; their captions are taken out of the tree, so that they do not end in the text."""
    images: list[Image] = []
    places: list[Tag] = []
    for node in soup.find_all(["img", "amp-img"]):
        alt = clean_line(str(node.get("alt") or ""))
        if {"wp-smiley", "emoji"} & set(node.get("class") or ()):
            node.replace_with(alt)  # a character that WordPress has drawn
            continue
        src = image_source(node.attrs, page_url)
        if src is None or node.find_parent("amp-img"):  # AMP repeats an image inside, for browsers without it
            continue
        images.append(Image(src, alt))
        places.append(node)
    for caption in soup.select(captions) if captions else ():
        holder = next(iter(caption.find_parents(lambda tag: tag.css.match(_CAPTIONED))), None)
        inside = [image for image, place in zip(images, places, strict=True) if holder and holder in place.parents]
        bare = next((image for image in inside if image.caption is None), None)
        if bare is not None:
            bare.caption = clean_line(caption.get_text(" ")) or None
            caption.extract()
    return images
