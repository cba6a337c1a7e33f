"""Any other theme: the row for what `unknown_theme` has made of its pages."""

from __future__ import annotations

from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

#: `selector` and `older` are looked for in the page as it came; all else is what `unknown_theme.rewrite` writes.
GENERIC = Theme(
    name="generic",
    selector=(
        ".hentry, article.post, .wp-block-post, body.single-post, .td_module_wrap, "
        'article h2 a[href*="/posts/"], article h3 a[href*="/posts/"]'
    ),
    listing_entry=("article.hentry",),
    article_entry=("article.hentry",),
    older=(
        "a.next.page-numbers, .nav-links a.next, .nav-previous a, a.wp-block-query-pagination-next, .older-posts a, "
        ".pagination-older a, .wp-pagenavi .nextpostslink, .page-nav a[aria-label=next-page], .pagination a.next, "
        ".pagination .next a, li.previous a, .older a, a[rel=next], link[rel=next]"
    ),
    listing_end=(".nejat-text-end",),
    article_end=(".nejat-text-end",),
    header_chrome=HEADER_CHROME,
    content_chrome=CONTENT_CHROME,
)  # fmt: skip
