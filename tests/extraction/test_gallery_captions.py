"""Captions of galleries and of images in odd places belong to an image, and never to the text."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.body import read_body
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.urls import SITE

CAPTIONS = Theme(name="", selector="", listing_entry=(), article_entry=()).captions


def figure(name: str, caption: str = "") -> str:
    return f'<figure><img src="/{name}.jpg">{f"<figcaption>{caption}</figcaption>" if caption else ""}</figure>'


def read(content: str) -> tuple[str, list[tuple[str, str | None]]]:
    body = read_body(f"<p>Above.</p>{content}<p>Below.</p>", CAPTIONS, f"{SITE}/en/posts/1")
    return body.text, [((image.src or "").removeprefix(SITE), image.caption) for image in body.images]


def gallery(*figures: str, caption: str) -> str:
    return f'<figure class="wp-block-gallery">{"".join(figures)}<figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    ("first", "captions"),
    [(figure("a"), ["All huts.", None]), (figure("a", "One hut."), ["One hut.", "All huts."])],
    ids=["no other caption", "one other caption"],
)
def test_the_caption_of_a_whole_gallery_goes_to_the_first_image_without_one(
    first: str, captions: list[str | None]
) -> None:
    text, images = read(gallery(first, figure("b"), caption="All huts."))
    assert (text, images) == ("Above.\n\nBelow.", list(zip(["/a.jpg", "/b.jpg"], captions, strict=True)))
