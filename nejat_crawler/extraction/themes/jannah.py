"""Jannah, which older captures and other editions have."""

from __future__ import annotations

from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

JANNAH = Theme(
    name="jannah",
    selector="body#tie-body",
    listing_entry=("li.post-item",),
    article_entry=("article#the-post",),
    older=".pages-nav .last-page a, .pages-nav .pages-numbers li.current + li a",
    content=(".entry-content", "div.entry"),
    teaser=(".post-excerpt",),
    article_end=(
        ".post-bottom-source", ".post-bottom-tags", ".post-bottom-meta", ".multiple-post-pages", "#post-extra-info",
    ),
    title=(".post-title",),
    untitled=("(no title)", "(بدون عنوان)"),
    categories="a.post-cat",
    listing_categories="",  # the first only, and only over a picture
    author=(".meta-author .author-name", ".meta-author a"),
    date=("span.date.meta-item", ".date"),
    comments=".meta-comment",
    part_links=".post-page-numbers, .page-links a, .multiple-post-pages a",
    more="a.more-link",
    header_chrome=(
        *HEADER_CHROME, "#breadcrumb", "#post-extra-info", ".share-buttons", "#related-posts", ".about-author",
    ),
    content_chrome=(*CONTENT_CHROME, ".post-bottom-meta", ".multiple-post-pages", ".share-buttons"),
)  # fmt: skip
