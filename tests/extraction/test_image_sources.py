"""Where the file of an image is: beside a placeholder, in a set of sizes, in a style."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.body import read_body
from nejat_crawler.urls import SITE

HOLDER = "data:image/gif;base64,R0"


def sources(html: str) -> list[str]:
    """The files of the images in a text, without the site's address."""
    found = read_body(html, "figcaption", f"{SITE}/en/posts/1").images
    return [(image.src or "").removeprefix(SITE) for image in found]


LATE = ["data-src", "data-lazy-src", "data-orig-src", "data-original", "data-lazy", "data-bg"]
SETS = ["data-srcset", "data-lazy-srcset", "data-bgset", "srcset"]


@pytest.mark.parametrize("name", LATE)
def test_a_file_that_is_loaded_late_is_the_image(name: str) -> None:
    assert sources(f'<img src="{HOLDER}" {name}="/a.jpg">') == ["/a.jpg"]
    assert sources(f'<img src="/small.jpg" {name}="/a.jpg">') == ["/a.jpg"]
    assert sources(f'<img src="/small.jpg" {name}="true">') == ["/small.jpg"]
    assert sources(f'<img src="/small.jpg" {name}="{HOLDER}">') == ["/small.jpg"]


@pytest.mark.parametrize("name", SETS)
def test_the_widest_of_a_set_is_the_image(name: str) -> None:
    assert sources(f'<img src="{HOLDER}" {name}="/3.jpg 300w, /9.jpg 900w, /6.jpg 600w">') == ["/9.jpg"]


SIZES = {
    "/a.jpg 1x, /b.jpg 2x, /c.jpg 1.5x": "/b.jpg",
    "/a.jpg 1.5x, /b.jpg 1.25x": "/a.jpg",
    "/a-300.jpg 300w,/a.jpg": "/a.jpg",
    "/a.jpg": "/a.jpg",
    "/a,b.jpg 300w, /c.jpg 200w": "/a,b.jpg",
    "/a.jpg 300w,   /b.jpg 400w": "/b.jpg",
    "/a.jpg, /b.jpg 2x": "/b.jpg",
    f"{HOLDER} 900w, /a.jpg 300w": "/a.jpg",
    "/a.jpg 300w, ": "/a.jpg",
}


@pytest.mark.parametrize(("sizes", "source"), SIZES.items())
def test_a_set_of_sizes_is_read_as_browsers_and_the_theme_write_it(sizes: str, source: str) -> None:
    assert sources(f'<img src="{HOLDER}" srcset="{sizes}">') == [source]


PLACEHOLDERS = [
    "/images/penci-holder.png",
    "/wp-content/themes/soledad/images/penci2-holder.png",
    "/images/no-image.jpg",
    "/images/no-thumb.png",
    "/blank.gif",
    "blank.gif",
    "/img/SPACER.PNG",
    "/transparent.svg",
    "/lazy-placeholder.gif",
    "/lazy_placeholder.png",
    "data:,",
]


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_placeholder_is_no_image(placeholder: str) -> None:
    assert sources(f'<img src="{placeholder}">') == []
    assert sources(f'<img src="{placeholder}" data-src="/a.jpg">') == ["/a.jpg"]


@pytest.mark.parametrize(
    "file", ["/blanket.gif", "/point-blank.gif", "/blank.gif.jpg", "/holder.png", "/my-data:x.jpg", "/blank.jpg"]
)
def test_a_file_named_almost_like_a_placeholder_is_an_image(file: str) -> None:
    assert sources(f'<img src="{file}">') == [file]


STYLES = {
    "background-image:url(/a.jpg)": ["/a.jpg"],
    "color: red; BACKGROUND : no-repeat url( '/a.jpg' )": ["/a.jpg"],
    "background:url(&quot;/a.jpg&quot;) center": ["/a.jpg"],
    "background-image:url(/blank.gif)": [],
    "background:red;content:url(/a.jpg)": [],
    "width:10px": [],
}


@pytest.mark.parametrize(("style", "found"), STYLES.items())
def test_a_file_in_the_background_is_the_image(style: str, found: list[str]) -> None:
    assert sources(f'<img style="{style}">') == found


@pytest.mark.parametrize("address", ["url(/a.jpg)", "URL( '/a.jpg' )", "url(&quot;/a.jpg&quot;)", "/a.jpg"])
def test_an_address_may_be_written_as_css(address: str) -> None:
    assert sources(f'<img data-bg="{address}">') == ["/a.jpg"]


REPEATS = {
    "AMP repeats it inside": '<amp-img src="/a.jpg"><noscript><img src="/a.jpg"></noscript></amp-img>',
    "AMP repeats it bare": '<amp-img src="/a.jpg"><img src="/a.jpg"></amp-img>',
    "a script repeats it behind": f'<img src="{HOLDER}" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>',
    "a script has it behind alone": f'<img src="{HOLDER}"><noscript><img src="/a.jpg"></noscript>',
    "a picture has it before": f'<picture><source srcset="/a.jpg"><img src="{HOLDER}"></picture>',
}


@pytest.mark.parametrize("html", REPEATS.values(), ids=REPEATS)
def test_an_image_that_is_repeated_for_other_browsers_is_one(html: str) -> None:
    assert sources(f"<p>{html}</p>") == ["/a.jpg"]


@pytest.mark.parametrize("name", ["wp-smiley", "emoji"])
def test_a_drawn_character_is_no_image(name: str) -> None:
    body = read_body(f'<p>Thanks <img class="x {name}" src="/s.png" alt=":)">!</p>', "", f"{SITE}/en/posts/1")
    assert (body.text, body.images) == ("Thanks :)!", [])
