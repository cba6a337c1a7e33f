"""The page designs that the site has used, a row each; the mark in the page picks the row, not the edition.

A row says where things stand; `pages` and the pipelines are the engine. Marks (`listing_entry`, `content` …)
are a tag, a class or an id, looked for in the source; the rest are CSS selectors. docs/adding-a-theme.md
says how to add a row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Theme:
    """One design of listing and article pages."""

    name: str
    recognise: str
    """Selector that matches on every page of the design and on no page of the rows below."""
    listing_entry: tuple[str, ...]
    """Marks of the tag that an article begins with on a listing; the first that occurs on the page counts."""
    article_entry: tuple[str, ...]
    """The same on an article's own page; `ID` in a mark stands for the number of the post."""
    article_header: tuple[str, ...] = ()
    """Marks of what says title and date before the article's own element; the first that occurs counts."""
    older: str | None = None
    """The link to the next older page of a listing; None: the design has no listings."""
    first_page_entry: str | None = None
    """Mark of the newest articles in a slider, which every page repeats and only the first must be read for."""
    content: tuple[str, ...] = (".entry-content",)
    """Marks of the tag that the body stands in; the first that occurs counts."""
    article_content: tuple[str, ...] = ()
    """Further marks that hold the body on an article's own page, and a teaser on a listing."""
    teaser: tuple[str, ...] = ()
    """Marks of the tag that holds a teaser on a listing."""
    listing_end: tuple[str, ...] = ()
    """Marks of what follows the body on a listing: the last of each, of those the first. Empty: where it closes."""
    article_end: tuple[str, ...] = ()
    """The same on an article's own page."""
    title: tuple[str, ...] = (".entry-title",)
    """Of this and the next two, the first that selects anything counts."""
    untitled: tuple[str, ...] = ()
    """What the design prints in place of a missing title."""
    categories: str = 'a[rel~="category"]'
    listing_categories: str | None = None
    """Where a listing names all of an article's categories; None: where an article does; empty: it does not."""
    tags: str = 'a[rel="tag"]'
    author: tuple[str, ...] = (".vcard .fn", ".byline a", "a[rel=author]")
    date: tuple[str, ...] = ("time.published[datetime]", "time.entry-date", "time[datetime]")
    comments: str = ".comments-link"
    lead_images: str = "img.wp-post-image"
    captions: str = "figcaption, .wp-caption-text, .gallery-caption"
    part_links: str = ".post-page-numbers, .page-links a"
    """Links to the other parts of a post split by `<!--nextpage-->`."""
    more: str = "a.more-link"
    """What ends a teaser that `<!--more-->` has cut."""
    frame_chrome: tuple[str, ...] = ()
    """Parts of an article's own element that belong to other articles or to nobody."""
    misplaced: str = ""
    """Lists of tags and the like inside the body's element, which say something of the article."""
    content_chrome: tuple[str, ...] = ()
    """Parts of the body's element that are not the body."""
    own_classes: tuple[str, ...] = ()
    """How the classes of the design's own parts begin, where all of them do."""
    in_text: tuple[str, ...] = ()
    """How the classes of those of its parts begin that are text: columns, quotations, galleries."""
    deferred: tuple[str, ...] = ()
    """Marks of what stands in the place of a text that only a script fetches."""
    amp: bool = False
    """Pages for phones: their bodies lose embeds, captions and the parts of a post; the desktop page is preferred."""
    by_address: bool = False
    """Whether the parts of the design are not known by name: what belongs to an article is told by its address."""
    leaks_protected: bool = False
    """Whether the text of a post behind a password is shown all the same."""


# What plugins put round and into a text, whatever the design.
_PLUGINS = (
    ".sharedaddy", ".jp-relatedposts", ".yarpp", ".yarpp-related", ".rp4wp-related-posts", ".crp_related",
    ".related-posts", ".addtoany_share_save_container", ".a2a_kit", ".heateor_sss_sharing_container", ".ssba",
    ".shared-counts-wrap", ".essb_links", ".swp_social_panel", ".share-buttons", ".social-share", ".post-views",
    "#toc_container", ".ez-toc-container", "#ez-toc-container", ".lwptoc", ".td-post-sharing", ".share-post",
    ".post-share", ".mh-social-bottom", ".printfriendly", ".wpulike", ".kk-star-ratings", "div.code-block",
    '[class*="inline_related"]', ".wp-block-latest-posts",
)  # fmt: skip

# In every WordPress design: forms, scripts, what core itself adds to a body, and what plugins do.
_CONTENT_CHROME = (
    "script", "style", "noscript:not(:has(img))", "template", "form", "button", "select", "textarea",
    ".post-nav-links", ".page-links", ".screen-reader-text", "a.more-link", *_PLUGINS,
)  # fmt: skip
_FRAME_CHROME = (
    "script", "style", "noscript", "template", "form", "#comments", "#respond", ".comment-respond",
    ".commentlist", ".comment-list", "li.comment",
)  # fmt: skip

# What options of Soledad put into a text: a counter of views, share bars that stay in sight, contents, reactions,
# related posts and advertisements in boxes without a class, the button below a text of limited height.
_SOLEDAD_IN_TEXT = (
    ".penci-post-countview-number-check", ".penci-social-fixed-share", ".tags-share-box",
    ".penci-toc-container-wrapper", "#penci-toc-container", ".penci-post-reactions", ".penci-ilrltpost-insert",
    ".penci-ilrltpost-beaf", ".penci-ilrelated-posts", ".penci-custom-html-inside-content",
    ".penci-google-adsense-1", ".penci-google-adsense-2", ".penci-btn-more-content", ".penci-single-link-pages",
    ".post-tags", ".penci-post-sources", ".penci-more-link", ".penci-flag-rlt-popup", ".pc-content-delayed",
    ".penci-article-feedback",
)  # fmt: skip

_SOLEDAD = Theme(
    name="soledad",
    recognise=(
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
    author=(".vcard .fn", ".author-post .author-url", ".vcard .author-name"),
    date=("time.published[datetime]", "time.entry-date:not(.updated)", "time[datetime]:not(.updated)"),
    comments=(
        '.single-comment-o, .penci-box-meta a[href*="#respond"], .penci-box-meta a[href*="#comments"], '
        ".overlay-style-comment a, .otherl-comment a, .post-box-meta-single > span:not([class]):not(:has(*))"
    ),
    lead_images=(
        "img.wp-post-image, span.wp-post-image, .penci-image-holder, .penci-image-holder img, .jarallax-img, "
        ".penci-owl-carousel img, amp-img.wp-post-image"
    ),
    captions="figcaption, .wp-caption-text, .gallery-caption, .item-gallery-justified .caption",
    frame_chrome=(
        *_FRAME_CHROME, ".post-related", ".post-pagination", ".post-author", ".post-comments", ".penci-breadcrumb",
        ".penci-ilrelated-posts", ".penci-flag-rlt-popup", ".penci-rltpopup", ".widget",
    ),
    content_chrome=(*_CONTENT_CHROME, *_SOLEDAD_IN_TEXT),
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

_JANNAH = Theme(
    name="jannah",
    recognise="body#tie-body",
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
    frame_chrome=(
        *_FRAME_CHROME, "#breadcrumb", "#post-extra-info", ".share-buttons", "#related-posts", ".about-author",
    ),
    content_chrome=(*_CONTENT_CHROME, ".post-bottom-meta", ".multiple-post-pages", ".share-buttons"),
)  # fmt: skip

_PUBLISHER = Theme(
    name="publisher",
    recognise="body.bs-publisher, body.bs-theme",
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
    frame_chrome=(
        *_FRAME_CHROME,
        ".post-author-avatar img",
        ".post-related",
        ".next-prev-post",
        ".comments-template",
    ),
    content_chrome=(*_CONTENT_CHROME, ".bs-post-pagination"),
)

_PENCI_AMP = Theme(
    name="penciamp",
    recognise="body.penci-amp-body",
    listing_entry=("article.penci-post-item",),
    article_entry=("article.amp-wp-article",),
    older=".penci-amp-pagination a.next",
    content=(".amp-wp-article-content",),
    teaser=(".post-excerpt",),
    article_end=("footer.amp-wp-article-footer",),
    title=(".penci__post-title", ".amp-wp-title"),
    author=(".post-author",),
    date=("time.published[datetime]",),
    comments=".penci-comment-count",
    lead_images=".penci-post-thumb, .amp-wp-article-featured-image amp-img",
    more=".post-read-more",
    frame_chrome=(*_FRAME_CHROME, ".penci-post-related", ".penci-post-pagination"),
    content_chrome=_CONTENT_CHROME,
    amp=True,
    leaks_protected=True,
)

_READER_AMP = Theme(
    name="readeramp",
    recognise='meta[name=generator][content*="mode=reader"], article.amp-wp-article',
    listing_entry=(),  # archives answer with the desktop page
    article_entry=("article.amp-wp-article",),
    content=(".amp-wp-article-content",),
    article_end=("footer.amp-wp-article-footer",),
    title=(".amp-wp-title",),
    author=(".amp-wp-author",),
    date=(".amp-wp-posted-on time[datetime]",),
    lead_images=".amp-wp-article-featured-image amp-img",
    comments=".amp-wp-comments-link",
    frame_chrome=(*_FRAME_CHROME, ".amp-related-posts"),
    content_chrome=(*_CONTENT_CHROME, ".post-bottom-meta", ".social", ".amp-related-posts"),
    amp=True,
)

_ABOUT_THE_AUTHOR = (
    ".author-info", ".author-bio", ".author-box", ".author-box-wrap", ".author-description", ".entry-author-info",
    "#entry-author-info", ".about-author", "#author-box", ".elementor-author-box",
    ".saboxplugin-wrap", ".pp-multiple-authors-boxes-wrapper",
)  # fmt: skip

_GENERIC = Theme(
    name="generic",
    recognise=(
        ".hentry, article.post, .wp-block-post, body.single-post, .td_module_wrap, "
        'article h2 a[href*="/posts/"], article h3 a[href*="/posts/"]'
    ),
    listing_entry=("article.hentry", "article.post", ".hentry", "li.wp-block-post", ".td_module_wrap", "article"),
    article_entry=("article", "main", "#main", "#content", "#primary", "body"),
    older=(
        "a.next.page-numbers, .nav-links a.next, .nav-previous a, a.wp-block-query-pagination-next, .older-posts a, "
        ".pagination-older a, .wp-pagenavi .nextpostslink, .page-nav a[aria-label=next-page], .pagination a.next, "
        ".pagination .next a, li.previous a, .older a, a[rel=next], link[rel=next]"
    ),
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
    frame_chrome=(
        *_FRAME_CHROME, *_PLUGINS, *_ABOUT_THE_AUTHOR, "nav", ".navigation", ".comments-area", ".wp-block-comments",
        ".wp-block-post-comments-form", ".post-navigation", ".widget-area", ".widget", ".sidebar", "aside.sidebar",
        "footer.site-footer", ".wp-block-query", '[class*="breadcrumb"]', ".screen-reader-text:not(.entry-title)",
        ".assistive-text", "img.avatar", ".meta-nav", ".tag-hash", ".site-title", ".site-branding",
        ".custom-logo-link",
    ),
    misplaced=".post-tags, .entry-tags, .tags-links, .tag-links, .postmetadata",
    content_chrome=(
        *_CONTENT_CHROME, *_ABOUT_THE_AUTHOR, "nav", ".navigation", ".post-navigation", ".wp-block-query",
        ".assistive-text", ".page-link", ".link-pages", ".pagelink", ".pagination-single", ".nav-links",
    ),
    by_address=True,
)  # fmt: skip

# What the REST interface answers has passed the filters of whichever desktop design the site has, and does not
# say of which.
_DESIGNS = (_JANNAH, _PUBLISHER, _SOLEDAD, _GENERIC)

#: Reads what no page shows, and is therefore none of THEMES.
REST = Theme(
    name="rest",
    recognise="",
    listing_entry=(),
    article_entry=(),
    content=(".rest-content",),
    article_end=(".rest-end",),
    captions=", ".join(dict.fromkeys(theme.captions for theme in _DESIGNS if theme.captions)),
    content_chrome=tuple(dict.fromkeys(selector for theme in _DESIGNS for selector in theme.content_chrome)),
)

#: In order: the first row that recognises a page reads it; the generic one is the last.
THEMES: tuple[Theme, ...] = (
    _PENCI_AMP,
    _READER_AMP,
    # The official AMP plugin in transitional mode shows Soledad's own templates.
    replace(
        _SOLEDAD, name="soledadamp", recognise="html[amp] .penci-entry-title, html[amp] .single-post-title", amp=True
    ),
    _JANNAH,
    _PUBLISHER,
    _SOLEDAD,  # known by its headings, which a body may quote; the two above by the page's own body element
    _GENERIC,
)

BY_NAME = {theme.name: theme for theme in THEMES}


# The elements that hold what authors write, in any of the designs.
_TEXTS = frozenset(
    mark[1:]
    for theme in THEMES
    for mark in (*theme.content, *theme.article_content, *theme.teaser)
    if mark.startswith(".") and "*" not in mark
)


def stands_in_text(node: LexborNode) -> bool:
    """Whether an element stands in a text or an excerpt: what authors write may quote the parts of any design."""
    current = node.parent
    while current is not None:
        if current.tag not in ("article", "main", "body") and _TEXTS & set(
            (current.attributes.get("class") or "").split()
        ):
            return True
        current = current.parent
    return False


def recognise(page: LexborHTMLParser) -> Theme | None:
    """The design of a page, or None if no row's mark stands in it.

    A mark outside of the texts that the page shows comes first; where a text never ends, all marks stand in it.
    """
    found = [(theme, nodes) for theme in THEMES if (nodes := page.css(theme.recognise))]
    outside = (theme for theme, nodes in found if any(not stands_in_text(node) for node in nodes))
    return next(outside, found[0][0] if found else None)
