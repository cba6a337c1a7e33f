"""The themes that most sites take from the public directory: Astra, GeneratePress, OceanWP, Kadence, Neve and others."""

from __future__ import annotations

from benchmarks.stock.core import (
    bio,
    breadcrumbs,
    categories,
    comment_link,
    comments,
    content,
    excerpt,
    post_class,
    post_navigation,
    related,
    tags,
    thumbnail,
    times,
    title_of,
)
from benchmarks.stock.design import Stock, without
from benchmarks.stock.posts import Post
from nejat_crawler.urls import SITE


def _link(post: Post, extra: str = "") -> str:
    return f'<a href="{post.url}" rel="bookmark"{extra}>{title_of(post)}</a>'


def _hidden(words: str) -> str:
    return f'<span class="screen-reader-text">{words}</span>'


def _author(post: Post, inner: str) -> str:
    return f'<a class="url fn n" href="{SITE}/{post.edition}/author/warden" rel="author">{inner}</a>'


# --- Astra: the date without a `time` ------------------------------------------------------------------------------


def _astra_meta(post: Post) -> str:
    name = f'<span class="author-name" itemprop="name">{post.author}</span>'
    edited = '<span class="updated" itemprop="dateModified"> March 3, 2024 </span>'
    return (
        f'<div class="entry-meta"><span class="comments-link">{comment_link(post)}</span> / <span '
        f'class="ast-terms-link ast-taxonomy-container cat-links default">{categories(post)}</span> / By <span '
        f'class="posted-by vcard author" itemtype="https://schema.org/Person" itemscope itemprop="author">'
        f'{_author(post, name)}</span> / <span class="posted-on"><span class="published" itemprop="datePublished"> '
        f"{post.printed()} </span>{edited}</span></div>"
    )


def _astra_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content clear" itemprop="text">{content(post)}</div>'
    if not full:
        more = f'<p class="read-more"> <a class="" href="{post.url}"> {_hidden(title_of(post))} Read More »</a></p>'
        text = f'<div class="ast-excerpt-container ast-blog-single-element">{excerpt(post, "&hellip;")}</div>{more}'
    picture = f'<div class="post-thumb-img-content post-thumb"><a href="{post.url}">{thumbnail(post)}</a></div>'
    return (
        f'<article class="{post_class(post, "ast-grid-common-col", "ast-article-post")}" id="post-{post.post_id}" '
        f'itemtype="https://schema.org/CreativeWork" itemscope><div class="ast-post-format- blog-layout-4 ast-article-inner">'
        f'<div class="post-content ast-grid-common-col"><div class="ast-blog-featured-section post-thumb">{picture}</div>'
        f'<h2 class="entry-title ast-blog-single-element" itemprop="headline">{_link(post)}</h2><header '
        f'class="entry-header">{_astra_meta(post)}</header>{text}<div class="entry-content clear"></div></div></div>'
        "</article>"
        if not full
        else f'<article class="{post_class(post, "ast-article-post")}" id="post-{post.post_id}"><div '
        f'class="ast-post-format- ast-no-thumb blog-layout-1"><div class="post-content ast-col-md-12">{picture}<header '
        f'class="entry-header"><h2 class="entry-title">{_link(post)}</h2>{_astra_meta(post)}</header>{text}</div></div>'
        "</article>"
    )


def _astra_single(post: Post) -> str:
    tagged = (
        f'<div class="ast-single-post-tags"><span class="tags-links">{tags(post)}</span></div>' if post.tags else ""
    )
    box = '<div class="ast-single-related-posts-container"><div class="ast-related-posts-title-section"><h2>Related</h2>'
    return (
        f'<main id="main" class="site-main"><article class="{post_class(post, "ast-article-single")}" '
        f'id="post-{post.post_id}"><div class="ast-post-format- single-layout-1"><header class="entry-header"><div '
        f'class="post-thumb-img-content post-thumb">{thumbnail(post)}</div><h1 class="entry-title" itemprop="headline">'
        f'{title_of(post)}</h1>{_astra_meta(post)}</header><div class="entry-content clear" itemprop="text">{content(post)}'
        f"</div>{tagged}</div></article>{post_navigation(post)}{box}</div>{related(post)}</div>"
        f"{comments(post, 'comments-area comment-form-position-below', 'comments-title')}</main>"
    )


# --- GeneratePress: the hidden `time` of the last edit stands first -------------------------------------------------


def _generate_meta(post: Post) -> str:
    name = f'<span class="author-name" itemprop="name">{post.author}</span>'
    return (
        f'<div class="entry-meta"><span class="posted-on">{times(post, first=False)}</span> <span class="byline">by <span '
        f'class="author vcard" itemprop="author">{_author(post, name)}</span></span></div>'
    )


def _generate_footer(post: Post, *, listing: bool) -> str:
    tagged = f'<span class="tags-links">{_hidden("Tags")}{tags(post)}</span>' if post.tags else ""
    said = f'<span class="comments-link">{comment_link(post, hidden=False)}</span>' if listing else ""
    near = (
        f'<nav id="nav-below" class="post-navigation"><div class="nav-previous"><span class="prev"><a '
        f'href="{SITE}/{post.edition}/posts/14990" rel="prev">Neighbour One 77</a></span></div></nav>'
    )
    return (
        f'<footer class="entry-meta"><span class="cat-links">{_hidden("Categories")}{categories(post)}</span> {tagged} {said}'
        f"{'' if listing else near}</footer>"
    )


def _generate_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content" itemprop="text">{content(post)}</div>'
    if not full:
        more = f' ... <a title="{title_of(post)}" class="read-more" href="{post.url}">Read more{_hidden(title_of(post))}</a>'
        text = f'<div class="entry-summary" itemprop="text">{excerpt(post, more)}</div>'
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}" itemtype="https://schema.org/CreativeWork"><div '
        f'class="inside-article"><header class="entry-header"><h2 class="entry-title" itemprop="headline">{_link(post)}'
        f'</h2>{_generate_meta(post)}</header><div class="post-image"><a href="{post.url}">{thumbnail(post)}</a></div>'
        f"{text}{_generate_footer(post, listing=True)}</div></article>"
    )


def _generate_single(post: Post) -> str:
    picture = f'<div class="featured-image page-header-image-single grid-container">{thumbnail(post)}</div>'
    return (
        f'<main class="site-main" id="main"><article id="post-{post.post_id}" class="{post_class(post)}"><div '
        f'class="inside-article">{picture}<header class="entry-header"><h1 class="entry-title" itemprop="headline">'
        f'{title_of(post)}</h1>{_generate_meta(post)}</header><div class="entry-content" itemprop="text">{content(post)}'
        f'</div>{_generate_footer(post, listing=False)}</div></article><div class="comments-area">'
        f"{comments(post, '', 'comments-title')}</div></main>"
    )


# --- OceanWP: the title of the page above the article --------------------------------------------------------------


def _ocean_meta(post: Post) -> str:
    link = f'<a href="{SITE}/{post.edition}/author/warden" title="Posts by" rel="author">{post.author}</a>'
    said = (
        f'<li class="meta-comments">{_hidden("Post comments:")}<i class="icon-bubble"></i>{comment_link(post)}</li>'
    )
    return (
        f'<ul class="meta obem-default clr"><li class="meta-author" itemprop="name">{_hidden("Post author:")}<i '
        f'class="icon-user"></i>{link}</li><li class="meta-date" itemprop="datePublished">{_hidden("Post published:")}<i '
        f'class="icon-clock"></i>{post.printed()}</li><li class="meta-mod-date" itemprop="dateModified">'
        f'{_hidden("Post last modified:")}March 3, 2024</li><li class="meta-cat">{_hidden("Post category:")}<i '
        f'class="icon-folder"></i>{categories(post, " <span>/</span> ")}</li>{said}</ul>'
    )


def _ocean_entry(post: Post, full: bool) -> str:
    more = f'<div class="blog-entry-readmore clr"><a href="{post.url}">Continue Reading{_hidden(title_of(post))}</a></div>'
    text = (
        f'<div class="blog-entry-summary clr" itemprop="text">{excerpt(post, "&hellip;")}</div>{more}'
        if not full
        else f'<div class="blog-entry-summary clr" itemprop="text">{content(post)}</div>'
    )
    picture = f'<div class="thumbnail"><a href="{post.url}" class="thumbnail-link">{thumbnail(post)}</a></div>'
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post, "blog-entry", "clr", "large-entry")}"><div '
        f'class="blog-entry-inner clr">{picture}<header class="blog-entry-header clr"><h2 class="blog-entry-title '
        f'entry-title">{_link(post)}</h2></header>{_ocean_meta(post)}{text}</div></article>'
    )


def _ocean_single(post: Post) -> str:
    tagged = (
        f'<div class="post-tags clr"><span class="owp-tag-text">Tags: </span>{tags(post)}</div>' if post.tags else ""
    )
    return (
        f'<header class="page-header"><h1 class="page-header-title clr" itemprop="headline">Blog</h1>'
        f'{breadcrumbs(post, "site-breadcrumbs clr")}</header><div id="content" class="site-content clr"><article '
        f'id="post-{post.post_id}" class="{post_class(post)}"><div class="thumbnail">{thumbnail(post)}</div><header '
        f'class="entry-header clr"><h2 class="single-post-title entry-title" itemprop="headline">{title_of(post)}</h2>'
        f'</header>{_ocean_meta(post)}<div class="entry-content clr" itemprop="text">{content(post)}</div>{tagged}<section '
        f'id="related-posts" class="clr"><h3 class="theme-heading related-posts-title">You Might Also Like</h3>'
        f"{related(post)}</section>{comments(post, 'comments-area clr', 'theme-heading comments-title')}</article></div>"
    )


# --- Kadence: categories with the rel of tags ----------------------------------------------------------------------


def _kadence_meta(post: Post) -> str:
    name = f'<span class="posted-by"><span class="meta-label">By</span><span class="author vcard">{_author(post, post.author)}'
    return (
        f'<div class="entry-meta entry-meta-divider-dot">{name}</span></span><span class="posted-on">{times(post)}</span>'
        f'<span class="meta-comments">{comment_link(post, hidden=False)}</span></div>'
    )


def _kadence_cats(post: Post) -> str:
    shown = categories(post, " | ", ' rel="tag"', ' class="category-link-huts"')
    return f'<div class="entry-taxonomies"><span class="category-links term-links category-style-normal">{shown}</span></div>'


def _kadence_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    if not full:
        more = f'<p class="more-link-wrap"><a href="{post.url}" class="post-more-link">Read More{_hidden(title_of(post))}</a></p>'
        text = (
            f'<div class="entry-summary">{excerpt(post, "&#8230;")}</div><footer class="entry-footer"><div '
            f'class="entry-actions">{more}</div></footer>'
        )
    picture = f'<a class="post-thumbnail kadence-thumbnail-ratio-2-3" href="{post.url}">{thumbnail(post)}</a>'
    return (
        f'<li class="entry-list-item"><article class="{post_class(post, "entry", "content-bg", "loop-entry")}">{picture}<div '
        f'class="entry-content-wrap"><header class="entry-header">{_kadence_cats(post)}<h2 class="entry-title">'
        f"{_link(post)}</h2>{_kadence_meta(post)}</header>{text}</div></article></li>"
    )


def _kadence_single(post: Post) -> str:
    tagged = (
        f'<footer class="entry-footer"><div class="entry-tags"><span class="tags-links"><span class="tags-label '
        f'screen-reader-text">Post Tags:</span>{tags(post, "")}</span></div></footer>'
        if post.tags
        else ""
    )
    near = (
        f'<div class="entry-related alignfull entry-related-style-wide"><div class="entry-related-inner"><h2 '
        f'class="entry-related-title">Similar Posts</h2>{related(post)}</div></div>'
    )
    return (
        f'<section role="banner" class="entry-hero post-hero-section"><div class="entry-hero-container-inner"><header '
        f'class="entry-header post-title title-align-inherit">{_kadence_cats(post)}<h1 class="entry-title">'
        f'{title_of(post)}</h1>{_kadence_meta(post)}</header></div></section><main id="main" class="site-main"><div '
        f'class="content-wrap"><div class="post-thumbnail article-post-thumbnail"><div class="post-thumbnail-inner">'
        f'{thumbnail(post)}</div></div><article id="post-{post.post_id}" class="'
        f'{post_class(post, "entry", "content-bg", "single-entry")}"><div class="entry-content-wrap"><div '
        f'class="entry-content single-content">{content(post)}</div>{tagged}</div></article>{post_navigation(post)}{near}'
        f"{comments(post)}</div></main>"
    )


# --- Neve ------------------------------------------------------------------------------------------------------------


def _neve_meta(post: Post) -> str:
    name = f'<span class="author-name fn">by {_author(post, post.author)}</span>'
    return (
        f'<ul class="nv-meta-list"><li class="meta author vcard"><img alt="" src="/avatar/w.png" class="avatar" />{name}'
        f'</li><li class="meta date posted-on">{times(post)}</li><li class="meta category">{categories(post)}</li><li '
        f'class="meta comments">{comment_link(post)}</li></ul>'
    )


def _neve_entry(post: Post, full: bool) -> str:
    more = f'&hellip; <a href="{post.url}" rel="bookmark">Read More »{_hidden(title_of(post))}</a>'
    text = content(post) if full else excerpt(post, more)
    picture = f'<div class="nv-post-thumbnail-wrap img-wrap"><a href="{post.url}" rel="bookmark">{thumbnail(post)}</a></div>'
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post, "layout-default", "col-12", "nv-non-grid-article")}">'
        f'<div class="article-content-col"><div class="content">{picture}<h2 class="blog-entry-title entry-title">'
        f'{_link(post)}</h2>{_neve_meta(post)}<div class="excerpt-wrap entry-summary">{text}</div></div></div></article>'
    )


def _neve_single(post: Post) -> str:
    tagged = f'<div class="nv-tags-list"><span>Tags:</span>{tags(post, "")}</div>' if post.tags else ""
    base = f"{SITE}/{post.edition}/posts"
    near = (
        f'<div class="nv-post-navigation"><div class="previous"><a href="{base}/14990" rel="prev"><span '
        f'class="nav-direction">previous</span><span>Neighbour One 77</span></a></div></div>'
    )
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post, "nv-single-post-wrap", "col")}"><div '
        f'class="entry-header"><div class="nv-title-meta-wrap"><small class="nv--yoast-breadcrumb neve-breadcrumbs-wrapper">'
        f'{breadcrumbs(post, "crumbs")}</small><h1 class="title entry-title">{title_of(post)}</h1>{_neve_meta(post)}</div>'
        f'</div><div class="nv-thumb-wrap">{thumbnail(post)}</div><div class="nv-content-wrap entry-content">{content(post)}'
        f"</div>{tagged}{comments(post)}{near}</article>"
    )


# --- Hello Elementor: no ids, no dates -----------------------------------------------------------------------------


def _hello_entry(post: Post, _: bool) -> str:
    picture = f'<a href="{post.url}">{thumbnail(post)}</a>' if thumbnail(post) else ""
    return (
        f'<article class="post"><h2 class="entry-title"><a href="{post.url}">{title_of(post)}</a></h2>{picture}'
        f"{excerpt(post)}</article>"
    )


def _hello_single(post: Post) -> str:
    tagged = f'<div class="post-tags"><span class="tag-links">Tagged {tags(post)}</span></div>' if post.tags else ""
    return (
        f'<main id="content" class="site-main {post_class(post)}"><div class="page-header"><h1 class="entry-title">'
        f'{title_of(post)}</h1></div><div class="page-content">{content(post)}{tagged}</div>'
        f"{comments(post, 'comments-area', 'title-comments')}</main>"
    )


# --- Storefront ----------------------------------------------------------------------------------------------------


def _storefront_meta(post: Post) -> str:
    return (
        f'<span class="posted-on">Posted on <a href="{post.url}" rel="bookmark">{times(post)}</a></span> <span '
        f'class="post-author">by <a href="{SITE}/{post.edition}/author/warden" rel="author">{post.author}</a></span> <span '
        f'class="post-comments">&mdash; {comment_link(post, hidden=False)}</span>'
    )


def _storefront_terms(post: Post) -> str:
    tagged = f'<div class="tags-links">Tagged {tags(post)}</div>' if post.tags else ""
    return f'<aside class="entry-taxonomy"><div class="cat-links">Category: {categories(post)}</div>{tagged}</aside>'


def _storefront(post: Post, level: str, text: str) -> str:
    inner = _link(post) if level == "h2" else title_of(post)
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header"><{level} '
        f'class="{"alpha " if level == "h2" else ""}entry-title">{inner}</{level}>{_storefront_meta(post)}</header><div '
        f'class="entry-content">{thumbnail(post)}{text}</div>{_storefront_terms(post)}'
    )


def _storefront_entry(post: Post, full: bool) -> str:
    more = f'{excerpt(post, "")}<p><a href="{post.url}#more-{post.post_id}" class="more-link">Continue</a></p>'
    return _storefront(post, "h2", content(post) if full else more) + "</article>"


def _storefront_single(post: Post) -> str:
    inner = _storefront(post, "h1", content(post))
    near = post_navigation(post).replace("navigation post-navigation", "navigation post-navigation storefront")
    said = comments(post).replace("<div id=", "<section id=", 1).removesuffix("</div>") + "</section>"
    return f'<main id="main" class="site-main">{inner}{near}{said if not post.protected else ""}{bio(post)}</article></main>'


POPULAR = (
    Stock("astra", _astra_entry, _astra_single, without("tags")),
    Stock("generatepress", _generate_entry, _generate_single, without()),
    Stock("oceanwp", _ocean_entry, _ocean_single, without("tags")),
    Stock("kadence", _kadence_entry, _kadence_single, without("tags")),
    Stock("neve", _neve_entry, _neve_single, without("tags")),
    Stock(
        "helloelementor", _hello_entry, _hello_single,
        without("categories", "tags", "author", "published", "comment_count"),
        without("categories", "author", "published", "images"), full=False,
    ),
    Stock("storefront", _storefront_entry, _storefront_single, without()),
)  # fmt: skip
