"""A theme as a row: where things stand on its pages. docs/adding-a-theme.md says how to add one."""

from __future__ import annotations

from dataclasses import dataclass

from nejat_crawler.dates import DayOrder


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of listing and article pages."""

    name: str
    selector: str
    """Selector that matches on every page of the theme and on no page of the rows below."""
    listing_entry: tuple[str, ...]
    """Markers of the tag that an article begins with on a listing; the first that occurs on the page counts."""
    article_entry: tuple[str, ...]
    """The same on an article's own page; `ID` in a marker stands for the number of the post."""
    article_header: tuple[str, ...] = ()
    """Markers of what says title and date before the article's own element; the first that occurs counts."""
    older: str | None = None
    """The link to the next older page of a listing; None: the theme has no listings."""
    first_page_entry: str | None = None
    """Marker of the newest articles in a slider, which every page repeats and only the first must be read for."""
    content: tuple[str, ...] = (".entry-content",)
    """Markers of the tag that the body stands in; the first that occurs counts."""
    article_content: tuple[str, ...] = ()
    """Further markers that hold the body on an article's own page, and a teaser on a listing."""
    teaser: tuple[str, ...] = ()
    """Markers of the tag that holds a teaser on a listing."""
    listing_end: tuple[str, ...] = ()
    """Markers of what follows the body on a listing: the last of each, of those the first. Empty: where it closes."""
    article_end: tuple[str, ...] = ()
    """The same on an article's own page."""
    title: tuple[str, ...] = (".entry-title",)
    """Of this and the next two, the first that selects anything counts."""
    untitled: tuple[str, ...] = ()
    """What the theme prints in place of a missing title."""
    categories: str = 'a[rel~="category"]'
    listing_categories: str | None = None
    """Where a listing names all of an article's categories; None: where an article does; empty: it does not."""
    tags: str = 'a[rel="tag"]'
    tag_box: str = ""
    """Class of the box in which they stand in the body's element; empty: they never do."""
    author: tuple[str, ...] = (".vcard .fn", ".byline a", "a[rel=author]")
    date: tuple[str, ...] = ("time.published[datetime]", "time.entry-date", "time[datetime]")
    day_order: DayOrder | None = None
    """In which order it prints a day in digits; None: a day in digits is not read, for nobody can know."""
    comments: str = ".comments-link"
    lead_images: str = "img.wp-post-image"
    captions: str = "figcaption, .wp-caption-text, .gallery-caption"
    lead_captions: str = ""
    """Captions of images outside the body: each is that of the picture beside it, or of the only one."""
    part_links: str = ".post-page-numbers, .page-links a"
    """Links to the other parts of a post split by `<!--nextpage-->`."""
    more: str = "a.more-link"
    """What ends a teaser that `<!--more-->` has cut."""
    header_chrome: tuple[str, ...] = ()
    """Parts of an article's own element that belong to other articles or to nobody."""
    content_chrome: tuple[str, ...] = ()
    """Parts of the body's element that are not the body."""
    own_classes: tuple[str, ...] = ()
    """How the classes of the theme's own parts begin, where all of them do."""
    in_text: tuple[str, ...] = ()
    """How the classes of those of its parts begin that are text: columns, quotations, galleries."""
    deferred: tuple[str, ...] = ()
    """Markers of what stands in the place of a text that only a script fetches."""
    amp: bool = False
    """Pages for phones: their bodies lose embeds, captions and the parts of a post; the desktop page is preferred."""
    leaks_protected: bool = False
    """Whether the text of a post behind a password is shown all the same."""


# In every WordPress theme: forms, scripts, and what core itself adds to a body. Inline Related Posts has another
# class for each box; those of other plugins are in `visible_text.plugin_boxes`.
CONTENT_CHROME = (
    "script", "style", "noscript:not(:has(img))", "template", "form", "button", "select", "textarea", "amp-ad",
    ".post-nav-links", ".page-links", ".screen-reader-text", "a.more-link", "a:has(.ctaText):has(.postTitle)",
    'a[href$="/print/"][rel="nofollow"]', 'a[href$="/email/"][rel="nofollow"]',
)  # fmt: skip


HEADER_CHROME = (
    "script", "style", "noscript:not(:has(img))", "template", "form", "#comments", "#respond", ".comment-respond",
    ".commentlist", ".comment-list", "li.comment",
)  # fmt: skip
