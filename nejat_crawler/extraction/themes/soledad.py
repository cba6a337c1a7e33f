"""The site's theme, in all its versions, layouts and single styles."""

from __future__ import annotations

from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

# What options of Soledad put into a text: a counter of views, share bars that stay in sight, contents, reactions,
# related posts and advertisements in boxes without a class, the button below a text of limited height.
_SOLEDAD_IN_TEXT = (
    ".penci-post-countview-number-check", ".penci-social-fixed-share", ".tags-share-box",
    ".penci-toc-container-wrapper", "#penci-toc-container", ".penci-post-reactions", ".penci-ilrltpost-insert",
    ".penci-ilrltpost-beaf", ".penci-ilrelated-posts", ".penci-custom-html-inside-content",
    ".penci-google-adsense-1", ".penci-google-adsense-2", ".penci-btn-more-content", ".penci-single-link-pages",
    ".post-tags", ".penci-post-sources", ".penci-more-link", ".penci-flag-rlt-popup", ".pc-content-delayed",
    ".penci-article-feedback", ".penci-recipe-print", ".penci-recipe-print-btn", ".penci-recipe-jump",
)  # fmt: skip


# What Soledad puts below a text, and its shortcodes and builders into one.
_SOLEDAD_BOXES = (
    ".post-related", ".post-pagination", ".post-author", ".penci-breadcrumb", ".penci-ilrelated-posts",
    ".penci-flag-rlt-popup", ".penci-rltpopup", ".rank-math-breadcrumb", ".yoast-breadcrumb", "#breadcrumbs",
)  # fmt: skip


SOLEDAD = Theme(
    name="soledad",
    selector=(
        'body[class*="soledad-ver-"], meta[name=generator][content^="Soledad"], head link[href*="/themes/soledad/"], '
        ".penci-entry-title, .single-post-title.post-title, .penci-menu-hbg, .penci-pagination, .penci-tiline-item"
    ),
    # Layouts with an overlay or a big picture first have no class hentry, timelines no element of an article.
    listing_entry=("article#post-*", "article.hentry", ".penci-tiline-item"),
    first_page_entry=".penci-bgitem",
    # From 7.9.2 on an article's own element has no hentry, while that of a quoted one may.
    article_entry=("article#post-ID", "article.hentry", "article.type-post"),
    article_header=(".penci-single-pheader", ".post-format-entry-header", ".single-header"),
    older=".penci-pagination .older a, .penci-pagination a.next.page-numbers",
    # `.entry-content` is the class of a whole text in some layouts, and of thirty words in all others.
    content=(".post-entry", ".standard-main-content"),
    article_content=(".inner-post-entry", ".entry-content"),
    teaser=(".item-content", ".pcbg-pexcerpt", ".entry-summary"),
    listing_end=(".penci-post-box-meta",),
    article_end=(".penci-single-link-pages",),
    title=(".single-post-title", ".entry-title", ".pcbg-title"),
    tag_box="post-tags",
    # a visible one may be who has edited the article; single style 21 says so above the heading
    author=(
        ".penci-hide-tagupdated .fn", ".penci-author-img-wrapper .author-name", ".vcard .fn",
        ".author-post .author-url", ".vcard .author-name",
    ),
    date=("time.published[datetime]", "time.entry-date:not(.updated)", "time[datetime]:not(.updated)"),
    comments=(
        '.single-comment-o, .penci-box-meta a[href*="#respond"], .penci-box-meta a[href*="#comments"], '
        ".overlay-style-comment a, .otherl-comment a, .post-box-meta-single > span:not([class]):not(:has(*)), "
        "#comments > .post-title-box"
    ),
    lead_images=(
        "img.wp-post-image, span.wp-post-image, .penci-image-holder, .penci-image-holder img, .jarallax-img, "
        ".penci-owl-carousel img, amp-img.wp-post-image"
    ),
    captions=(
        "figcaption, .wp-caption-text, .gallery-caption, .item-gallery-justified .caption, "
        ".item-gallery-masonry .caption, .penci-single-gallery-captions, .tiled-gallery-caption"
    ),
    lead_captions=".penci-featured-caption",
    header_chrome=(
        *(chrome for chrome in HEADER_CHROME if chrome != "#comments"), *_SOLEDAD_BOXES, ".widget",
        # the heading of the comments tells their number; a script loads the next article behind this one
        "#comments > :not(.post-title-box)", ".post-comments > :not(.post-title-box)", "article article",
    ),
    content_chrome=(*CONTENT_CHROME, *_SOLEDAD_IN_TEXT, *_SOLEDAD_BOXES),
    own_classes=("penci-", "pcsml-", "pcilr", "pcfb-"),
    deferred=(".pcfb-single-content-delayed",),
    in_text=(
        "penci-sg-cth", "penci-toc-section", "penci-post-gallery", "penci-gallery", "penci-image", "penci-video",
        "penci-dropcap", "penci-column", "penci-pullq", "penci-blockquote", "penci-button", "penci-table",
        "penci-list", "penci-icon", "penci-highlight", "penci-tooltip", "penci-accordion", "penci-review",
        "penci-recipe", "penci-text", "penci-lightbox", "penci-embed", "penci-entry", "penci-spacer",
        "penci-separator",
    ),
)  # fmt: skip
