"""Read the fields of an article out of its frame, its content or its text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.body import find_byline, read_body
from nejat_crawler.editions import EDITIONS
from nejat_crawler.entries import printed_date, select
from nejat_crawler.images import image_source
from nejat_crawler.items import Article, Capture, Image, Newsletter
from nejat_crawler.markup import tags
from nejat_crawler.text import clean_line, fold_for_search
from nejat_crawler.text_layouts import read_entry
from nejat_crawler.themes import BY_NAME, Theme
from nejat_crawler.urls import PostAddress


def extract_article(capture: Capture) -> Article:
    """The article that a capture shows; its date is as printed until `resolve_date`."""
    article = _from_text(capture) if capture.text else _from_markup(capture)
    article.language = EDITIONS[capture.edition].language
    if article.body:
        article.byline = find_byline(article.body)
    if capture.teaser:
        article.excerpt, article.body, article.body_html, article.links = article.body, None, None, []
    return article


def _blank(capture: Capture, title: str) -> Article:
    return Article(
        edition=capture.edition,
        source=capture.source,
        theme=capture.theme,
        found_at=capture.found_at,
        captured_at=capture.captured_at,
        status=capture.status,
        title=title,
        own_page=capture.own_page,
    )


def _from_text(capture: Capture) -> Article:
    entry = read_entry(capture.text, capture.theme)
    article = _blank(capture, entry.title)
    article.categories = [entry.category] if entry.category else []
    article.published_text = entry.published_text
    article.comment_count = entry.comment_count
    article.images = list(entry.images)
    article.body = entry.body
    return article


def _from_markup(capture: Capture) -> Article:
    theme = BY_NAME[capture.theme]
    frames = [LexborHTMLParser(f"<body>{part.frame}") for part in capture.parts]
    address = PostAddress(capture.edition, capture.post_id) if capture.post_id else None
    page_url = address.url if address else capture.found_at
    bodies = [read_body(part.content, theme.captions, page_url) for part in capture.parts]
    first = frames[0]

    title = _text(select(first, theme.title)) or ""
    article = _blank(capture, "" if title in theme.untitled else title)
    article.post_id = capture.post_id
    article.url = address.url if address else None
    listed = theme.listing_categories if theme.listing_categories is not None else theme.categories
    categories = theme.categories if capture.own_page else listed
    article.categories = _texts(first, categories) if categories else None
    article.tags = next(
        (tags for frame in frames if (tags := _texts(frame, theme.tags))), [] if capture.own_page else None
    )
    machine, article.published_text = printed_date(first, theme)
    article.published_at = machine or capture.published_at
    article.author = _text(select(first, theme.author))
    article.comment_count = _number(_text(first.css_first(theme.comments)))
    article.protected = _is_protected(capture, theme, title)
    article.images = [*_lead_images(first, theme, page_url), *(image for body in bodies for image in body.images)]
    article.links = [link for body in bodies for link in body.links]
    article.body = "" if article.protected else "\n\n".join(body.text for body in bodies if body.text)
    article.body_html = "" if article.protected else "\n".join(body.html for body in bodies if body.html)
    article.first_part, article.part_count = capture.first_part, capture.part_count
    article.whole = not capture.teaser and len(capture.parts) == capture.part_count
    return article


def _text(node: LexborNode | None) -> str | None:
    return clean_line(node.text()) if node else None


def _texts(frame: LexborHTMLParser, selector: str) -> list[str]:
    """What the selected elements say, in order, each once."""
    return list(dict.fromkeys(text for node in frame.css(selector) if (text := clean_line(node.text()))))


def _number(text: str | None) -> int | None:
    """The number in "4 comments" or "۴ نظر"."""
    match = re.search(r"[0-9]{1,6}", fold_for_search(text))
    return int(match[0]) if match else None


def _is_protected(capture: Capture, theme: Theme, title: str) -> bool:
    """Whether the post asks for a password: by its class on a listing, by the form on its own page.

    Where a design shows the text all the same, WordPress's own word before the title tells.
    """
    if theme.leaks_protected and title.startswith(EDITIONS[capture.edition].protected_prefix):
        return True
    marks = (".post-password-required", "form.post-password-form")
    return any(tag.fits(mark) for tag in tags(capture.html[0]) for mark in marks)


def _lead_images(frame: LexborHTMLParser, theme: Theme, page_url: str) -> list[Image]:
    nodes = frame.css(theme.lead_images)
    sources = [image_source(node.attributes, page_url) for node in nodes]
    alts = [clean_line(node.attributes.get("alt") or "") for node in nodes]
    return [Image(src, alt, lead=True) for src, alt in zip(sources, alts, strict=True) if src]


class ExtractArticle:
    """Scrapy's door to `extract_article`."""

    def process_item(self, item: Capture | Newsletter) -> Article | Newsletter:
        """Turn a capture into an article; a newsletter has been read as a whole."""
        return item if isinstance(item, Newsletter) else extract_article(item)
