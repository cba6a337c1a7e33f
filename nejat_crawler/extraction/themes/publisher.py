"""Publisher, of desktop archives."""

from __future__ import annotations

from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

PUBLISHER = Theme(
    name="publisher",
    selector="body.bs-publisher, body.bs-theme",
    listing_entry=("article.listing-item-blog", "article.listing-item"),
    first_page_entry="article.listing-mg-item",
    article_entry=("article.single-post-content",),
    older=".bs-numbered-pagination a.next, .pagination a.next, .pagination .older a",
    teaser=(".post-summary",),
    article_end=(".bs-post-pagination", ".bottom-share", ".post-tags"),
    title=(".post-title", ".title"),
    categories=".term-badges a",
    listing_categories="",  # the primary one only
    author=(".post-author-name b", ".post-author-name", ".post-author"),
    date=("time.post-published[datetime]", "time[datetime]"),
    comments=".post-share-btn-comments .number, a.comments",
    lead_images=".single-featured img, .featured a.img-holder",
    part_links=".post-page-numbers, .page-links a, .bs-post-pagination a",
    header_chrome=(
        *HEADER_CHROME,
        ".post-author-avatar img",
        ".post-related",
        ".next-prev-post",
        ".comments-template",
    ),
    content_chrome=(*CONTENT_CHROME, ".bs-post-pagination"),
)
