"""A page of an unknown theme, rewritten in WordPress's own markup: `themes/generic.py` is the row that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.entry import EntryCut, ends_as_teaser, find_part, is_teaser
from nejat_crawler.extraction.entry_header import EntryHeader, read_header
from nejat_crawler.extraction.entry_spans import Span, entry_address, entry_spans, source_end
from nejat_crawler.extraction.markup import Tag, tag_index, tags
from nejat_crawler.extraction.nodes import drop, markup_of, parse_without
from nejat_crawler.extraction.publication_date import publication_dates, says_published
from nejat_crawler.extraction.themes.wordpress import WORDPRESS
from nejat_crawler.extraction.unknown_theme.article_element import holds_article, in_own_column
from nejat_crawler.extraction.unknown_theme.article_texts import encode_article, encode_listing, encode_teaser
from nejat_crawler.extraction.unknown_theme.date_places import stands_by_text
from nejat_crawler.extraction.unknown_theme.encoded_text import (
    TEXT_ELEMENT,
    decode_text,
    has_encoded_text,
    split_at_text,
)
from nejat_crawler.extraction.unknown_theme.misplaced import mark_date, move_misplaced
from nejat_crawler.extraction.unknown_theme.other_posts import drop_other_posts, without_other_posts
from nejat_crawler.extraction.unknown_theme.page_context import OWN_HEADINGS, read_context
from nejat_crawler.extraction.unknown_theme.part_lists import drop_part_lists, part_lists
from nejat_crawler.extraction.visible_text.content import drop_plugin_boxes, read_content
from nejat_crawler.urls import PostAddress


def rewrite(html: str, page_url: str, post: PostAddress | None, *, own_page: bool) -> str:
    """The page's articles and nothing else: of an own page the one that is `post`, of a listing each.

    An article whose source breaks off is left open, and so is the page if its source does.
    """
    html = encode_article(html, post, by_density=False) if own_page else encode_listing(html)
    page = LexborHTMLParser(html) if own_page else None
    spans = _own_span(html, post) if own_page else _listed_spans(html)
    end = source_end(html)
    whole = end >= 0
    pieces = []
    for span in spans:
        closed = span.closed or end >= span.start
        whole = whole and closed
        pieces += [_article(html, span, page_url, post, page), "</article>" if closed else ""]
    return f"<html><body>{''.join(pieces)}{'</body></html>' if whole else ''}"


def _own_span(html: str, post: PostAddress | None) -> list[Span]:
    """The span of an own page's article; none where no element holds it."""
    markers = WORDPRESS.article_entry
    if post is not None:
        markers = (f".post-{post.post_id}", f"#post-{post.post_id}", *markers)
    spans = (span for marker in markers for span in entry_spans(html, (marker,), WORDPRESS.article_end))
    return list(islice((span for span in spans if holds_article(html, span, post)), 1))


def _listed_spans(html: str) -> list[Span]:
    return in_own_column(html, list(entry_spans(html, WORDPRESS.listing_entry, WORDPRESS.listing_end)))


def _article(html: str, span: Span, page_url: str, own: PostAddress | None, page: LexborHTMLParser | None) -> str:
    """An article in WordPress's markup, without its end tag; one without an address has nothing but its element."""
    tag, entry_html = span.tag, html[span.start : span.end]
    if page is not None and not has_encoded_text(entry_html):
        entry_html = encode_article(entry_html, own, by_density=True)
    if own is not None:
        entry_html = without_other_posts(entry_html, own)
    post = own.post if own is not None else entry_address(tag, entry_html, page_url)
    if post is None:
        # a timeline's days stand in boxes like its entries
        is_entry = tag.name == "article" or "<a" in entry_html
        return _start_tag(tag, tag.attribute("id")) if is_entry else ""
    if page is not None:
        around = read_context(page, LexborHTMLParser(f"<body>{entry_html}"), post)
        entry_html = f"{entry_html[: tag.end - span.start]}{around}{entry_html[tag.end - span.start :]}"
    return _start_tag(tag, f"post-{post.post_id}") + _inside(
        decode_text(entry_html), post, page_url, own_page=page is not None
    )


def _inside(entry_html: str, post: PostAddress, page_url: str, *, own_page: bool) -> str:
    """An article's fields and its text, each in the element in which WordPress prints it."""
    cut = _cut(entry_html, own_page=own_page)
    header = parse_without(cut.header, WORDPRESS.header_chrome)
    drop_plugin_boxes(header, f"{OWN_HEADINGS}, {TEXT_ELEMENT}")
    content = read_content(cut.content, WORDPRESS.content_chrome)
    drop_part_lists(content, post)
    if cut.is_teaser:
        drop(content, WORDPRESS.more)
    move_misplaced(content, header)
    mark_date(header)
    drop_other_posts(header, post)
    date = next((node for node in publication_dates(header, WORDPRESS) if stands_by_text(node, header)), None)
    teaser = not own_page and is_teaser(cut, entry_html, WORDPRESS)
    protected = any(tag_index(entry_html).bearing("form.post-password-form"))
    return "".join(
        (
            *_header(read_header(header, WORDPRESS, post, page_url, own_page=own_page), post, date),
            '<form class="post-password-form"></form>' if protected else "",
            f'<div class="entry-content">{markup_of(content)}</div><footer class="{TEXT_ELEMENT}-end">',
            '<a class="more-link"></a>' if teaser else "",
            *_part_links(entry_html, post, page_url),
            "</footer>",
        )
    )


def _cut(entry_html: str, *, own_page: bool) -> EntryCut:
    """Header and content; a content of many blocks is no teaser, although it stands where the theme may put one."""
    parted = split_at_text(entry_html)
    if parted is None:
        found = encode_article(entry_html, None, by_density=True) if own_page else encode_teaser(entry_html)
        parted = split_at_text(decode_text(found))
    if parted is None:
        return EntryCut(entry_html, "", is_teaser=not own_page)
    header, content, in_teaser = parted
    return EntryCut(header, content, in_teaser and (not _is_rich(content) or ends_as_teaser(content)))


def _is_rich(content: str) -> bool:
    """Whether a text has what WordPress puts into no excerpt: several paragraphs, pictures, lists, headings."""
    names = [tag.name for tag in tags(content) if not tag.closing]
    return names.count("p") >= 3 or bool({"img", "ul", "ol", "table", "figure", "h2", "h3"} & set(names))


def _start_tag(tag: Tag, name: str) -> str:
    kept = sorted(css for css in tag.classes if css.startswith("type-") or css == "post-password-required")
    return f'<article id="{escape(name)}" class="{escape(" ".join(("hentry", *kept)))}">'


def _header(header: EntryHeader, post: PostAddress, date: LexborNode | None) -> Iterator[str]:
    yield f'<h1 class="entry-title"><a href="{post.url}">{escape(header.title)}</a></h1><p class="entry-meta">'
    if date is not None:
        marked = "entry-date published" if says_published(date) else "entry-date"
        machine = date.attributes.get("datetime")
        stamp = f' datetime="{escape(machine)}"' if machine else ""
        yield f'<time class="{marked}"{stamp}>{escape(date.text())}</time>'
    yield from (f'<a rel="category">{escape(name)}</a>' for name in header.categories or ())
    yield from (f'<a rel="tag">{escape(name)}</a>' for name in header.tags)
    if header.author:
        yield f'<span class="vcard"><span class="fn">{escape(header.author)}</span></span>'
    if header.comment_count is not None:
        yield f'<span class="comments-link">{header.comment_count:,}</span>'
    yield "</p>"
    for image in header.lead_images:
        yield f'<img class="wp-post-image" src="{escape(image.src or "")}" alt="{escape(image.alt)}">'


def _part_links(entry_html: str, post: PostAddress, page_url: str) -> Iterator[str]:
    """Which part of a split post is shown, and the link to its last one."""
    lists = list(part_lists(LexborHTMLParser(entry_html), post))
    current, count = find_part(entry_html, WORDPRESS, post, page_url)
    if current == 1:
        current = next((found.named[0] for found in reversed(lists) if found.named), 1)
    count = max(count, *(number for found in lists for number in (*found.linked, *found.named)), 1)
    if count > 1:
        yield f'<span class="post-page-numbers current">{current}</span>'
        yield f'<a class="post-page-numbers" href="{post.url}/{count}">{count}</a>'
