"""The page designs that the site has used, a row each; the mark in the page picks the row, not the edition.

A row says where things stand; `pages` and the pipelines are the engine. Marks (`entry`, `content`,
`content_end`) are a tag and a class or id, looked for in the source; the rest are CSS selectors.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser


@dataclass(frozen=True, slots=True)
class Theme:
    """One design of listing and article pages."""

    name: str
    recognise: str
    """Selector that matches on every page of the design and on no other."""
    entry: str
    """Mark of the tag that an article begins with, on listings and on its own page."""
    content: str
    """Mark of the tag that the body stands in."""
    content_end: tuple[str, ...]
    """Marks of the first thing after the body; the last one of an article counts. Empty: where `content` closes."""
    older: str
    """The link to the next older page of a listing."""
    title: str = ".entry-title"
    categories: str = 'a[rel~="category"]'
    tags: str = 'a[rel="tag"]'
    author: str = ".vcard .fn, .byline a, a[rel=author]"
    date: str = "time.published[datetime], time.entry-date, time[datetime]"
    comments: str = ".comments-link"
    lead_images: str = "img.wp-post-image"
    captions: str = "figcaption, .wp-caption-text, .gallery-caption"
    part_links: str = ".post-page-numbers, .page-links a"
    """Links to the other parts of a post split by `<!--nextpage-->`."""
    more: str = "a.more-link"
    """What ends a teaser that `<!--more-->` has cut."""
    frame_chrome: tuple[str, ...] = ()
    """Parts of an article's own element that belong to other articles or to nobody."""
    content_chrome: tuple[str, ...] = ()
    """Parts of the body's element that are not the body."""


# In every WordPress design: forms, scripts, and what core itself adds to a body.
_CONTENT_CHROME = (
    "script", "style", "noscript", "template", "form", "button", "select", "textarea",
    ".post-nav-links", ".page-links", ".screen-reader-text", ".sharedaddy", "a.more-link",
)  # fmt: skip
_FRAME_CHROME = ("script", "style", "noscript", "template", "form", "#comments", "#respond", ".comment-respond")

THEMES: tuple[Theme, ...] = (
    Theme(
        name="soledad",
        recognise=".penci-entry-title, .single-post-title.post-title, .penci-menu-hbg, .penci-pagination",
        entry="article.hentry",
        content=".entry-content",
        content_end=(".penci-post-box-meta", ".penci-single-link-pages"),
        older=".penci-pagination .older a",
        author=".vcard .fn, .author-post .author-url",
        comments='.single-comment-o, .penci-box-meta a[href*="#respond"], .penci-box-meta a[href*="#comments"]',
        lead_images="img.wp-post-image, .penci-gallery-images img",
        captions="figcaption, .wp-caption-text, .gallery-caption, .item-gallery-justified .caption",
        frame_chrome=(*_FRAME_CHROME, ".post-related", ".post-pagination", ".post-author", ".post-comments"),
        content_chrome=(*_CONTENT_CHROME, ".penci-more-link", ".penci-single-link-pages", ".post-tags"),
    ),
    Theme(
        name="generic",
        recognise=".hentry",
        entry="article.hentry",
        content=".entry-content",
        content_end=(".entry-footer",),
        older="nav.pagination a.next, .nav-links a.next, .nav-links .nav-previous a",
        frame_chrome=(*_FRAME_CHROME, ".comments-area", ".post-navigation", ".widget-area"),
        content_chrome=_CONTENT_CHROME,
    ),
)

BY_NAME = {theme.name: theme for theme in THEMES}


def recognise(page: LexborHTMLParser) -> Theme | None:
    """The design of a page, or None if no row's mark stands in it."""
    return next((theme for theme in THEMES if page.css_first(theme.recognise) is not None), None)
