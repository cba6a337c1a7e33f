"""Read the fields of an article out of its header, its content or its text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.body import find_byline, read_body
from nejat_crawler.extraction.bounds import run_bounded
from nejat_crawler.extraction.entry import trails_off
from nejat_crawler.extraction.entry_header import read_header, read_title
from nejat_crawler.extraction.markup import tag_index, tags
from nejat_crawler.extraction.nodes import parse_once
from nejat_crawler.extraction.placeholders.mail_addresses import count_hidden
from nejat_crawler.extraction.publication_date import printed_date
from nejat_crawler.extraction.themes import BY_NAME, REST
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.visible_text.style_sheets import mark_by_sheets
from nejat_crawler.items import Article, Capture, Newsletter, Part, Record
from nejat_crawler.urls import PostAddress
from pipelines.strip_chrome import strip_chrome


def extract_article(capture: Capture) -> Article:
    """The article that a capture shows; its date is as printed until `resolve_date`."""
    if capture.record is not None:
        article = _from_record(capture, capture.record)
    else:
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
        modified_at=capture.modified_at,
        updates_last_seen=capture.updates_last_seen,
        kept=capture.kept,
        rereads=capture.rereads,
    )


def _from_text(capture: Capture) -> Article:
    from nejat_crawler.extraction.text_captures import read_entry  # patterns, 0.1 s

    entry = read_entry(capture.text, capture.theme)
    article = _blank(capture, entry.title)
    # A teaser shows no categories, and no pictures of its text: what another capture shows is kept.
    names = [entry.category, *entry.more_categories] if entry.category else []
    article.categories = names or (None if entry.teaser else [])
    article.published_text = entry.published_text or None
    article.comment_count = entry.comment_count
    article.images = list(entry.images) or (None if entry.teaser else [])
    article.protected = entry.protected
    article.body = entry.body
    return article


def _from_markup(capture: Capture) -> Article:
    theme = BY_NAME[capture.theme]
    address = PostAddress(capture.edition, capture.post_id) if capture.post_id else None
    page_url = address.url if address else capture.found_at
    trees = [parse_once(part.header) for part in capture.parts]
    headers = [
        read_header(tree, theme, address, page_url, own_page=capture.own_page, others=_names_others(part, capture))
        for tree, part in zip(trees, capture.parts, strict=True)
    ]
    bodies = [read_body(part.content, theme.captions, page_url) for part in capture.parts]
    first = headers[0]

    article = _blank(capture, first.title)
    article.post_id = capture.post_id
    article.url = address.url if address else None
    article.categories = first.categories
    article.tags = next((header.tags for header in headers if header.tags), [] if capture.own_page else None)
    article.published_at, article.published_text = printed_date(trees[0], theme, capture.published_at, first.boxes)
    article.author, article.comment_count = first.author, first.comment_count
    unknown = (*first.unknown, *(name for part in capture.parts for name in part.unknown))
    article.unknown_parts = tuple(dict.fromkeys(unknown))
    article.doubtful_parts = tuple(dict.fromkeys(name for part in capture.parts for name in part.doubtful))
    article.hidden_words = _hidden_words(*capture.parts)
    article.hidden_addresses = sum(count_hidden(part.content) for part in capture.parts)
    article.protected = _is_protected(capture, theme, first.title, said=sum(len(body.text) for body in bodies))
    article.images = [*first.lead_images, *(image for body in bodies for image in body.images)]
    article.links = [link for body in bodies for link in body.links]
    article.body = "" if article.protected else "\n\n".join(body.text for body in bodies if body.text)
    article.body_html = "" if article.protected else "\n".join(body.html for body in bodies if body.html)
    article.first_part, article.part_count = capture.first_part, capture.part_count
    article.empty_parts = len(bodies) > 1 and not all(body.text for body in bodies)
    article.whole = not capture.teaser and len(capture.parts) == capture.part_count
    article.open_end = article.whole and not capture.own_page and trails_off(capture.parts[-1].content)
    return article


_POST = re.compile(r"/posts/(\d+)")


def _names_others(part: Part, capture: Capture) -> bool:
    """Whether what stands round a text leads to another post."""
    return not {str(capture.post_id)}.issuperset(_POST.findall(part.header))


def _hidden_words(*parts: Part) -> int:
    return min(0, *(part.hidden_words for part in parts)) or sum(part.hidden_words for part in parts)


# What is left of `<!--more-->` and `<!--nextpage-->`, which are paragraphs to WordPress.
_BREAK = re.compile(r"<p>\s*<!--(?:more|nextpage)[^>]{0,200}-->\s*</p>")


def _from_record(capture: Capture, record: Record) -> Article:
    address = PostAddress(capture.edition, capture.post_id) if capture.post_id else None
    page_url = address.url if address else capture.found_at
    content = mark_by_sheets(record.content, LexborHTMLParser(record.content))
    content = _BREAK.sub("", content)
    part = strip_chrome(
        f'<article><div class="rest-content">{content}</div><p class="rest-end">', REST, own_page=True
    )
    body = read_body("" if record.protected else part.content, REST.captions, page_url)

    heading = LexborHTMLParser(f"<body>{record.title}")
    title = read_title(heading.body, None)
    prefix = EDITIONS[capture.edition].protected_prefix
    # The site shows it, the interface leaves it out; if it does not, Albanian has "I mbrojtur" beside "E mbrojtur".
    if record.protected and prefix.split()[-1] not in title[: len(prefix)]:
        title = prefix + title
    article = _blank(capture, title)
    article.post_id = capture.post_id
    article.url = address.url if address else None
    article.categories, article.tags = record.categories, record.tags
    article.published_at, article.modified_at = record.published_at, record.modified_at
    article.author = record.author
    article.protected, article.hidden_addresses = record.protected, count_hidden(part.content)
    article.images = None if record.lead_images is None else [*record.lead_images, *body.images]
    article.links = body.links
    article.body, article.body_html = body.text, body.html
    article.unknown_parts, article.doubtful_parts = part.unknown, part.doubtful
    article.hidden_words = part.hidden_words
    return article


#: Characters that plugins may put beside the form that asks for a password; in a longer text it is quoted.
_BESIDE_FORM = 200


def _is_protected(capture: Capture, theme: Theme, title: str, said: int) -> bool:
    """Whether the post asks for a password: by its class on a listing, by the form in the place of its text.

    Where a theme shows the text or an excerpt all the same ("There is no excerpt because this is a protected
    post."), WordPress's own word before the title tells. `said` is how long the text is without the form.
    """
    if (theme.leaks_protected or capture.teaser) and f"{title} ".startswith(
        EDITIONS[capture.edition].protected_prefix
    ):
        return True
    if "post-password-" not in capture.html[0]:
        return False
    own = next(tags(capture.html[0]))
    if own.matches(".post-password-required"):
        return True
    forms = tag_index(capture.html[0]).bearing("form.post-password-form")
    return said < _BESIDE_FORM and any(form.start > own.start for form in forms)


class ExtractArticle:
    """Item pipeline around `extract_article`."""

    def process_item(self, item: Capture | Newsletter) -> Article | Newsletter:
        """Turn a capture into an article; a newsletter has been read as a whole."""
        if isinstance(item, Newsletter):
            return item
        record = (item.record.title, item.record.content) if item.record else ()
        parts = (source for part in item.parts for source in (part.header, part.content))
        return run_bounded(extract_article, item, sources=(*record, *parts, item.text))
