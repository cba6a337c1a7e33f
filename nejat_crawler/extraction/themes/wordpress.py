"""Where parts of an unknown theme are looked for: names that WordPress itself and widespread themes give them."""

from __future__ import annotations

from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

#: `unknown_theme` reads by it; it is none of THEMES.
WORDPRESS = Theme(
    name="wordpress",
    selector="",
    listing_entry=("article.hentry", "article.post", ".hentry", "li.wp-block-post", ".td_module_wrap", "article"),
    article_entry=("article", "main", "#main", "#content", "#primary", "body"),
    content=(".entry-content", ".wp-block-post-content"),
    article_content=(
        ".td-post-content", ".tdb_single_content", ".post-content", ".single-content", ".article-content",
        ".post-entry", ".page-content", ".cm-entry-summary", ".entry-body", ".post-body", ".entry",
    ),
    teaser=(".*summary", ".*excerpt"),
    listing_end=(".entry-footer", ".entry-utility", "footer.entry-meta", ".post-footer"),
    article_end=(".entry-footer", ".entry-utility", "footer.entry-meta", ".post-footer"),
    title=(
        ".entry-title", ".wp-block-post-title", ".post-title", "h1", '[class*="entry-title"]',
        '[class*="post-title"]', '[class*="entry_title"]', '[class*="post_title"]',
        "h2 a[rel=bookmark]", "h3 a[rel=bookmark]", "h2 a", "h3 a",
        ".hentry > h2", ".post > h2",
    ),
    categories=(
        'a[rel~="category"]:not([href*="/tag/"]), .taxonomy-category a, .cat-links a, .category-links a, '
        ".entry-category a, .entry-categories a, .post-categories a, .td-post-category, .category > a, "
        'a[href*="/topic/"], a[href*="/category/"]'
    ),
    tags='a[rel="tag"], a[href*="/tag/"]',
    author=(
        "a.fn", "a .fn", "a[rel=author]:not(.author-link)", ".byline a", ".author a", '[class*="post-author"] a',
        '[class*="author-name"] a', '[class*="-author"] a.url', ".vcard .fn", ".wp-block-post-author__name",
        ".wp-block-post-author-name", '[class*="author-name"]', 'a[href*="/author/"]',
    ),
    date=(
        "time.published[datetime]", "time.entry-date[datetime]",
        ".wp-block-post-date:not(.wp-block-post-date__modified-date) time", "[itemprop=datePublished][datetime]",
        "time[datetime]:not(.updated):not([itemprop=dateModified])",
        ".published", ".entry-date", ".post-date a", ".post-date", ".posted-on a", ".posted-on",
        ".hentry > small", ".post > small",
        "[itemprop=datePublished]", ".meta-date", ".date", '[class*="date"]:not([class*=mod]):not([class*=updat])',
        "time.updated", ".updated",
    ),
    comments=(
        ".comments-link, .comments-heading, .comment-count, .post-comment-link, .meta-comments, .post-comments, "
        '[class*="comments-link"], a[href*="#comments"], a[href*="#respond"]'
    ),
    lead_images=(
        "img.wp-post-image, .wp-block-post-featured-image img, img.entry-thumb, .post-thumbnail img, "
        '[class*="featured-image"] img, [class*="featured-media"] img'
    ),
    more=(
        'a.more-link, .read-more, .moretag, .more-tag, [class*="read-more"], [class*="readmore"], '
        '[class*="more-link"], [class*="more-text"], .continue-reading, [class*="entry-button"]'
    ),
    header_chrome=(
        *HEADER_CHROME, "nav", ".navigation", ".comments-area", ".wp-block-comments",
        ".wp-block-post-comments-form", ".post-navigation", ".widget-area", ".widget", ".sidebar", "aside.sidebar",
        "footer.site-footer", ".wp-block-query", '[class*="breadcrumb"]', ".screen-reader-text:not(.entry-title)",
        ".assistive-text", "img.avatar", ".meta-nav", ".tag-hash", ".site-title", ".site-branding",
        ".custom-logo-link",
    ),
    content_chrome=(
        *CONTENT_CHROME, "nav", ".navigation", ".post-navigation", ".wp-block-query",
        ".assistive-text", ".page-link", ".link-pages", ".pagelink", ".pagination-single", ".nav-links",
    ),
)  # fmt: skip
