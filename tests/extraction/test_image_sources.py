"""Where the file of an image is: beside a placeholder, in a set of sizes, in a style."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

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


FILE = "/en/2021/02/ridge.jpg"
WHOLE = f"{SITE}{FILE}"
EMPTY = "data:image/svg+xml,%3Csvg%20viewBox=%220%200%209%206%22%3E%3C/svg%3E"
SMALL = f"{SITE}/en/2021/02/ridge-300x200.jpg"
DRAWN = b64encode(f'<svg width="9" data-u="{quote(WHOLE, safe="")}" data-w="9"></svg>'.encode()).decode()
#: An image as plugins and services write it, whose file is FILE.
PLUGINS = {
    "WP Rocket": f'<img src="{EMPTY}" data-lazy-src="{WHOLE}"><noscript><img src="{WHOLE}"></noscript>',
    "LiteSpeed": f'<img data-lazyloaded="1" src="{HOLDER}" data-src="{WHOLE}" data-srcset="{SMALL} 300w">',
    "a3": f'<img src="/wp-content/plugins/a3-lazy-load/assets/images/lazy_placeholder.gif" data-src="{WHOLE}">',
    "a3 without scripts": f'<img src="/plugins/a3/lazy_placeholder.gif"><noscript><img src="{WHOLE}"></noscript>',
    "Jetpack": f'<img src="{WHOLE}?is-pending-load=1" srcset="{HOLDER}" data-lazy-src="{WHOLE}">',
    "Jetpack's gallery": f'<img src="{WHOLE}" data-orig-file="/full.jpg" data-large-file="/l.jpg">',
    "Autoptimize": f'<noscript><img src="{WHOLE}"></noscript><img src="{EMPTY}" data-src="{WHOLE}">',
    "a fallback before it alone": f'<noscript><img src="{WHOLE}"></noscript><img class="lazyload" src="{EMPTY}">',
    "NitroPack": f'<img nitro-lazy-src="{WHOLE}" nitro-lazy-empty src="data:image/svg+xml;nitro-empty-id=M,">',
    "NitroPack's sizes": f'<img nitro-lazy-srcset="{WHOLE} 900w, {SMALL} 300w" src="{EMPTY}">',
    "NitroPack's host": (
        '<img src="https://cdn-ab.nitrocdn.com/AbC/assets/images/optimized/rev-1a/www.nejatngo.org/en/2021/02/ridge.jpg">'
    ),
    "WP Fastest Cache": f'<img src="/plugins/wpfc/pro/images/blank.gif" data-wpfc-original-src="{WHOLE}">',
    "Breeze": f'<img class="br-lazy" src="{EMPTY}" data-breeze="{WHOLE}" data-brsrcset="{SMALL} 300w">',
    "FlyingPress": f'<img data-loading="lazy" data-origin-src="{WHOLE}" src="{EMPTY}">',
    "Optimole": (
        f'<img src="https://m.i.optimole.com/w:auto/q:eco/{WHOLE}" data-opt-src="https://m.i.optimole.com/w:9/q:mauto/{WHOLE}">'
    ),
    "ShortPixel": f'<img src="data:image/svg+xml;base64,{DRAWN}" data-spai="1">',
    "ShortPixel's host": f'<img src="https://cdn.shortpixel.ai/spai/q_lossy+w_9+ret_img/www.nejatngo.org{FILE}">',
    "EWWW": f'<img src="/ewww/lazy/placeholder-640x480.png" data-src-webp="{WHOLE}.webp" data-src="{WHOLE}">',
    "mod_pagespeed": f'<img src="/pagespeed_static/1.JiB.gif" data-pagespeed-lazy-src="{WHOLE}">',
    "mod_pagespeed's names": f'<img src="{SITE}/en/2021/02/640x480xridge.jpg.pagespeed.ic.Ab-C_1.webp">',
    "its names without a width": f'<img src="{SITE}/en/2021/02/x200xridge.jpg.pagespeed.ic.AbC.webp">',
    "its names of what is only kept": f'<img src="{WHOLE}.pagespeed.ce.AbC1.jpg">',
    "its preview": f'<img src="data:image/jpeg;base64,/9j/" data-pagespeed-high-res-src="{WHOLE}">',
    "Ezoic": f'<img data-ezsrc="{WHOLE}" ezimgfmt="rs src ng" src="/utilcave_com/easyimg.png">',
    "Ezoic's format": f'<img src="{SITE}/ezoimgfmt/www.nejatngo.org{FILE}?ezimgfmt=rs:9x6/ng:webp">',
    "BJ Lazy Load": f'<img data-lazy-src="{WHOLE}" src="/wp-content/plugins/bj-lazy-load/img/placeholder.gif">',
    "Slider Revolution": f'<img src="/plugins/revslider/public/assets/dummy.png" data-lazyload="{WHOLE}">',
    "Mirage": f'<img data-cfsrc="{WHOLE}" style="display:none"><noscript><img src="{WHOLE}"></noscript>',
    "Photon": f'<img src="https://i2.wp.com/www.nejatngo.org{FILE}?resize=640%2C480&amp;ssl=1">',
    "Cloudflare's sizes": f'<img src="{SITE}/cdn-cgi/image/width=640,format=auto{FILE}">',
    "Cloudflare's sizes of a whole address": f'<img src="{SITE}/cdn-cgi/image/width=640/{WHOLE}">',
    "Statically": f'<img src="https://cdn.statically.io/img/www.nejatngo.org/f=auto,w=9{FILE}">',
    "Cloudinary": f'<img src="https://res.cloudinary.com/hut/image/fetch/f_auto/{WHOLE}">',
    "a name that nobody knows": f'<img src="{EMPTY}" xy-hut-picture="{WHOLE}">',
    "and a drawing that nobody knows": f'<img src="/img/wait.svg" data-hut="{WHOLE}">',
    "a theme's own drawing": f'<img src="/wp-content/themes/hut/wait.png" data-deferred="{WHOLE}">',
    "a spinner": f'<img src="/assets/spinner.svg" data-image="{WHOLE}">',
    "loading": f'<img src="/assets/loading.gif" data-url="{WHOLE}">',
    "one pixel": f'<img src="/t.gif" width="1" height="1" data-full="{WHOLE}">',
    "a preview by its name": f'<img src="/en/2021/02/ridge-lqip.jpg" data-img="{WHOLE}">',
    "a preview by its size": f'<img src="/en/2021/02/ridge-20x13.jpg" data-full="{WHOLE}">',
    "a preview of low quality": f'<img src="{SITE}/q:20/ridge.jpg" data-hq="{WHOLE}">',
    "a preview asked for": f'<img src="{WHOLE}?resize=10,7">',
    "a preview before its fallback": f'<img src="/ridge-30x20.jpg"><noscript><img src="{WHOLE}"></noscript>',
    "the fallback of a picture": (
        f'<picture><source data-srcset="{WHOLE}.webp"><img src="{EMPTY}"></picture>'
        f'<noscript><picture><source srcset="{WHOLE}.webp"><img src="{WHOLE}"></picture></noscript>'
    ),
    "the last source of a picture": (
        f'<picture><source data-srcset="/r.webp"><source data-srcset="{SMALL} 300w, {WHOLE} 900w">'
        f'<img src="{EMPTY}"></picture>'
    ),
    "a fallback behind its link": f'<a href="/x"><img src="{EMPTY}"></a><noscript><img src="{WHOLE}"></noscript>',
    "an image made by a script": f'<span class="later"></span><noscript><img src="{WHOLE}"></noscript>',
    "a cover": f'<div role="img" aria-label="" style="background-image:url({WHOLE})"></div>',
    "a cover that is loaded late": f'<div role="img" data-lazy-bg="{WHOLE}"></div>',
    "other pictures beside it": (
        f'<img src="{WHOLE}" data-thumb="/t.jpg" data-hover-src="/h.jpg" data-fallback-src="/f.jpg" '
        'data-gif="/g.gif" '
        'data-src-mp4="/v.mp4" data-permalink="/en/ridge.jpg" data-sizes-json=\'{"a": "/b.jpg"}\'>'
    ),
}


@pytest.mark.parametrize("html", PLUGINS.values(), ids=PLUGINS)
def test_an_image_of_a_plugin_is_the_real_file(html: str) -> None:
    body = read_body(f"<p>One.</p><p>{html}</p><p>Two.</p>", "figcaption", f"{SITE}/en/posts/1")
    assert [image.src for image in body.images] == [WHOLE]
    assert body.html.count("<img") == body.html.count(f'src="{WHOLE}"') == 1
    assert body.text == "One.\n\nTwo."


NO_FILES = {
    "a placeholder": '<img src="/wp-content/plugins/hut/blank.gif" alt="Ridge">',
    "a spinner": '<img src="/img/ajax-loader.gif" alt="Ridge">',
    "nothing": '<img alt="Ridge">',
    "a fallback without an image": f'<img src="{HOLDER}" alt="Ridge"><noscript>Pictures need scripts.</noscript>',
    "a film": f'<img src="{HOLDER}" data-lazy-video="/v.mp4" data-src="/v.mp4" alt="Ridge">',
}


@pytest.mark.parametrize("html", NO_FILES.values(), ids=NO_FILES)
def test_an_image_whose_file_is_nowhere_named_has_none(html: str) -> None:
    body = read_body(f"<p>{html}</p>", "", f"{SITE}/en/posts/1")
    assert [(image.src, image.alt) for image in body.images] == [(None, "Ridge")]
    assert "<img" not in body.html


COUNTERS = {
    "an image": '<img src="https://count.example/p.gif?n=1" width="1" height="1" alt="">',
    "for browsers without scripts": '<noscript><img height="1" width="1" src="https://count.example/p"></noscript>',
}


@pytest.mark.parametrize("html", COUNTERS.values(), ids=COUNTERS)
def test_what_counts_readers_is_no_image(html: str) -> None:
    assert sources(f"<p>{html}</p>") == []
