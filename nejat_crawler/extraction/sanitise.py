"""The markup of a body, made safe by a library: paragraphs, links, lists, quotes, tables, headings, pictures."""

from __future__ import annotations

import nh3
from bs4 import BeautifulSoup

from nejat_crawler.extraction.images import image_source
from nejat_crawler.urls import absolute

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
