"""The classic themes of WordPress itself, Twenty Ten to Twenty Twenty."""

from __future__ import annotations

from benchmarks.stock import core
from benchmarks.stock.core import (
    author,
    bio,
    categories,
    comment_link,
    comments,
    content,
    excerpt,
    more_link,
    post_class,
    post_navigation,
    related,
    share,
    tags,
    thumbnail,
    times,
    title_of,
    widgets,
)
from benchmarks.stock.design import Stock, without
from benchmarks.stock.posts import Post
from nejat_crawler.urls import SITE


def _h(post: Post, level: str, css: str = "entry-title") -> str:
    link = f'<a href="{post.url}" rel="bookmark">{title_of(post)}</a>'
    return f'<{level} class="{css}">{title_of(post) if level == "h1" else link}</{level}>'


# --- Twenty Ten: no HTML5, no `time` -------------------------------------------------------------------------------


def _ten_meta(post: Post) -> str:
    return (
        f'<div class="entry-meta"><span class="meta-prep meta-prep-author">{post.words.posted_on}</span> <a '
        f'href="{post.url}" title="6:36 pm" rel="bookmark"><span class="entry-date">{post.printed()}</span></a> <span '
        f'class="meta-sep">{post.words.by}</span> <span class="author vcard">{author(post)}</span></div>'
    )


def _ten_entry(post: Post, full: bool) -> str:
    more = (
        f' &hellip; <a href="{post.url}" class="more-link">{post.words.more} <span class="meta-nav">&rarr;</span></a>'
    )
    text = (
        f'<div class="entry-content">{content(post)}</div>'
        if full
        else f'<div class="entry-summary">{excerpt(post, more)}</div>'
    )
    links = f'<span class="entry-utility-prep entry-utility-prep-cat-links">Posted in</span> {categories(post)}'
    tagged = (
        f'<span class="tag-links"><span class="entry-utility-prep entry-utility-prep-tag-links">Tagged</span> '
        f'{tags(post)}</span><span class="meta-sep">|</span>'
        if post.tags
        else ""
    )
    return (
        f'<div id="post-{post.post_id}" class="{post_class(post, thumb=False)}">{_h(post, "h2")}{_ten_meta(post)}{text}'
        f'<div class="entry-utility"><span class="cat-links">{links}</span><span class="meta-sep">|</span> {tagged} <span '
        f'class="comments-link">{comment_link(post)}</span></div></div>'
    )


def _ten_single(post: Post) -> str:
    base = f"{SITE}/{post.edition}/posts"
    near = (
        f'class="navigation"><div class="nav-previous"><a href="{base}/14990" rel="prev">&larr; Neighbour One 77</a>'
        f'</div><div class="nav-next"><a href="{base}/14991" rel="next">Neighbour Two 78 &rarr;</a></div></div>'
    )
    tagged = f" and tagged {tags(post)}" if post.tags else ""
    return (
        f'<div id="content" role="main"><div id="nav-above" {near}<div id="post-{post.post_id}" '
        f'class="{post_class(post, thumb=False)}">{_h(post, "h1")}{_ten_meta(post)}<div class="entry-content">'
        f'{content(post)}{share()}</div>{bio(post, "entry-author-info")}<div class="entry-utility">This entry was posted '
        f'in {categories(post)}{tagged}. Bookmark the <a href="{post.url}" title="Permalink" rel="bookmark">permalink</a>.'
        f'</div></div><div id="nav-below" {near}{comments(post, "", "").replace("<h2 class", "<h3 id")}</div>'
    )


def _ten_pager(edition: str, older: str) -> str:
    return (
        f'<div id="nav-below" class="navigation"><div class="nav-previous"><a href="{older}"><span class="meta-nav">'
        f'&larr;</span> Older posts</a></div><div class="nav-next"><a href="{SITE}/{edition}/">Newer</a></div></div>'
    )


# --- Twenty Eleven to Fourteen --------------------------------------------------------------------------------------


def _posted(post: Post, css: str = "entry-date", extra: str = "") -> str:
    return (
        f'<a href="{post.url}" title="6:36 pm" rel="bookmark"><time class="{css}" datetime="{post.timestamp}"{extra}>'
        f"{post.printed()}</time></a>"
    )


def _eleven_byline(post: Post) -> str:
    return (
        f'<span class="sep">{post.words.posted_on} </span>{_posted(post)}<span class="by-author"> <span class="sep"> by '
        f'</span> <span class="author vcard">{author(post)}</span></span>'
    )


def _eleven_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    if not full:
        text = f'<div class="entry-summary">{excerpt(post, " &hellip; " + more_link(post))}</div>'
    tagged = f'<span class="tag-links"><span class="p">Tagged</span> {tags(post)}</span>' if post.tags else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header">{_h(post, "h1")}'.replace(
            title_of(post) + "</h1>", f'<a href="{post.url}" rel="bookmark">{title_of(post)}</a></h1>'
        )
        + f'<div class="entry-meta">{_eleven_byline(post)}</div><div class="comments-link">'
        f'<a href="{post.url}#comments"><span class="leave-reply">Reply</span></a></div></header>{text}<footer '
        f'class="entry-meta"><span class="cat-links"><span class="p">Posted in</span> {categories(post)}</span> {tagged}'
        f'<span class="sep"> | </span><span class="comments-link">{comment_link(post)}</span></footer></article>'
    )


def _eleven_single(post: Post) -> str:
    base = f"{SITE}/{post.edition}/posts"
    tagged = f" and tagged {tags(post)}" if post.tags else ""
    return (
        f'<div id="content" role="main"><nav id="nav-single"><h3 class="assistive-text">Post navigation</h3><span '
        f'class="nav-previous"><a href="{base}/14990" rel="prev">Previous</a></span></nav><article '
        f'id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header">{_h(post, "h1")}<div '
        f'class="entry-meta">{_eleven_byline(post)}</div></header><div class="entry-content">{content(post)}</div>'
        f'<footer class="entry-meta">This entry was posted in {categories(post)}{tagged} by '
        f'<a href="{SITE}/{post.edition}/author/warden">{post.author}</a>. Bookmark the <a href="{post.url}" '
        f'rel="bookmark">permalink</a>.{bio(post, "author-info")}</footer></article>'
        f"{comments(post, '', '').replace('<h2 class', '<h2 id')}</div>"
    ).replace('<h2 id=""', '<h2 id="comments-title"')


def _twelve_footer(post: Post) -> str:
    tagged = f" and tagged {tags(post)}" if post.tags else ""
    return (
        f'<footer class="entry-meta">This entry was posted in {categories(post)}{tagged} on {_posted(post)}<span '
        f'class="by-author"> by <span class="author vcard">{author(post)}</span></span>.'
    )


def _twelve_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    if not full:
        text = f'<div class="entry-summary">{excerpt(post)}</div>'
    featured = '<div class="featured-post">Featured post</div>' if post.sticky else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}">{featured}<header class="entry-header">'
        f'{thumbnail(post)}{_h(post, "h2")}<div class="comments-link">{comment_link(post, hidden=False)}</div></header>'
        f"{text}{_twelve_footer(post)}</footer></article>"
    )


def _twelve_single(post: Post) -> str:
    return (
        f'<div id="content" role="main"><article id="post-{post.post_id}" class="{post_class(post)}"><header '
        f'class="entry-header">{thumbnail(post)}{_h(post, "h1")}<div class="comments-link">'
        f'{comment_link(post, hidden=False)}</div></header><div class="entry-content">{content(post)}</div>'
        f"{_twelve_footer(post)}{bio(post)}</footer></article>{post_navigation(post)}{comments(post)}</div>"
    )


def _thirteen_meta(post: Post) -> str:
    tagged = f'<span class="tags-links">{tags(post)}</span>' if post.tags else ""
    return (
        f'<div class="entry-meta"><span class="featured-post">Sticky</span><span class="date">{_posted(post)}</span><span '
        f'class="categories-links">{categories(post)}</span>{tagged}<span class="author vcard">{author(post)}</span></div>'
    )


def _thirteen_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    if not full:
        text = f'<div class="entry-summary">{excerpt(post)}</div>'
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header"><div '
        f'class="entry-thumbnail">{thumbnail(post)}</div>{_h(post, "h1")}'.replace(
            title_of(post) + "</h1>", f'<a href="{post.url}" rel="bookmark">{title_of(post)}</a></h1>'
        )
        + f'{_thirteen_meta(post)}</header>{text}<footer class="entry-meta"><div class="comments-link">'
        f"{comment_link(post, hidden=False)}</div></footer></article>"
    )


def _thirteen_single(post: Post) -> str:
    return (
        f'<div id="content" class="site-content" role="main"><article id="post-{post.post_id}" '
        f'class="{post_class(post)}"><header class="entry-header"><div class="entry-thumbnail">{thumbnail(post)}</div>'
        f'{_h(post, "h1")}{_thirteen_meta(post)}</header><div class="entry-content">{content(post)}</div><footer '
        f'class="entry-meta">{bio(post)}</footer></article>{post_navigation(post)}{comments(post)}</div>'
    )


def _fourteen_meta(post: Post) -> str:
    return (
        f'<div class="entry-meta"><span class="entry-date">{_posted(post)}</span> <span class="byline"><span '
        f'class="author vcard">{author(post)}</span></span><span class="comments-link">{comment_link(post)}</span></div>'
    )


def _fourteen(post: Post, text: str, level: str) -> str:
    tagged = f'<footer class="entry-meta"><span class="tag-links">{tags(post)}</span></footer>' if post.tags else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><a class="post-thumbnail" href="{post.url}">'
        f'{thumbnail(post)}</a><header class="entry-header"><div class="entry-meta"><span class="cat-links">'
        f"{categories(post)}</span></div>{_h(post, level)}{_fourteen_meta(post)}</header>{text}{tagged}</article>"
    )


def _fourteen_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    return _fourteen(
        post, text if full else f'<div class="entry-summary">{excerpt(post)}</div>', "h1" if False else "h2"
    )


def _fourteen_single(post: Post) -> str:
    text = f'<div class="entry-content">{content(post)}{share()}</div>'
    return f'<div id="content" role="main">{_fourteen(post, text, "h1")}{post_navigation(post)}{comments(post)}</div>'


# --- Twenty Fifteen to Nineteen: two times, one hidden by CSS ------------------------------------------------------


def _dated(post: Post, *, link: bool = True) -> str:
    inner = times(post)
    if link:
        inner = f'<a href="{post.url}" rel="bookmark">{inner}</a>'
    return f'<span class="posted-on"><span class="screen-reader-text">{post.words.posted_on} </span>{inner}</span>'


def _named(post: Post) -> str:
    hidden = '<span class="screen-reader-text">Author </span>'
    return f'<span class="byline"><span class="author vcard">{hidden}{author(post)}</span></span>'


def _terms(post: Post) -> str:
    tagged = (
        f'<span class="tags-links"><span class="screen-reader-text">Tags </span>{tags(post)}</span>'
        if post.tags
        else ""
    )
    return f'<span class="cat-links"><span class="screen-reader-text">Categories </span>{categories(post)}</span>{tagged}'


def _fifteen(post: Post, text: str, level: str, after: str = "") -> str:
    shown = '<span class="sticky-post">Featured</span>' if post.sticky else ""
    said = f'<span class="comments-link">{comment_link(post)}</span>' if level == "h2" else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><div class="post-thumbnail">{thumbnail(post)}</div>'
        f'<header class="entry-header">{_h(post, level)}</header>{text}{after}<footer class="entry-footer">{shown}'
        f"{_dated(post)}{_named(post)}{_terms(post)}{said}</footer></article>"
    )


def _fifteen_entry(post: Post, full: bool) -> str:
    if full:
        return _fifteen(post, f'<div class="entry-content">{content(post)}</div>', "h2")
    return _fifteen(post, f'<div class="entry-summary">{excerpt(post, " &hellip; " + more_link(post))}</div>', "h2")


def _fifteen_single(post: Post) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    inner = _fifteen(post, text, "h1", bio(post))
    return f'<main id="main" class="site-main">{inner}{comments(post)}{post_navigation(post)}</main>'


def _sixteen(post: Post, text: str, level: str) -> str:
    avatar = '<img alt="" src="/avatar/w.png" class="avatar avatar-49 photo" />'
    said = f'<span class="comments-link">{comment_link(post)}</span>' if level == "h2" else ""
    named = _named(post).replace('vcard">', f'vcard">{avatar}', 1)
    shown = '<span class="sticky-post">Featured</span>' if post.sticky else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header">{shown}'
        f'{_h(post, level)}</header><a class="post-thumbnail" href="{post.url}" aria-hidden="true">{thumbnail(post)}</a>'
        f'{text}<footer class="entry-footer">{named}{_dated(post)}{_terms(post)}{said}</footer></article>'
    )


def _sixteen_entry(post: Post, full: bool) -> str:
    text = f'<div class="entry-content">{content(post)}</div>'
    return _sixteen(post, text if full else f'<div class="entry-summary">{excerpt(post)}</div>', "h2")


def _sixteen_single(post: Post) -> str:
    inner = _sixteen(post, f'<div class="entry-content">{content(post)}{bio(post)}</div>', "h1")
    return f'<main id="main" class="site-main">{inner}{comments(post)}{post_navigation(post)}</main>'


def _seventeen_entry(post: Post, full: bool) -> str:
    text = content(post) if full else excerpt(post, " &hellip; " + more_link(post))
    picture = f'<div class="post-thumbnail"><a href="{post.url}">{thumbnail(post)}</a></div>' if post.lead else ""
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post)}"><header class="entry-header"><div '
        f'class="entry-meta">{_dated(post)}</div>{_h(post, "h2")}</header>{picture}<div class="entry-content">{text}</div>'
        "</article>"
    )


def _seventeen_single(post: Post) -> str:
    picture = thumbnail(
        post, "attachment-twentyseventeen-featured-image size-twentyseventeen-featured-image wp-post-image"
    )
    before = f'<div class="single-featured-image-header">{picture}</div>' if picture else ""
    return (
        f'{before}<main id="main" class="site-main"><article id="post-{post.post_id}" class="{post_class(post)}"><header '
        f'class="entry-header"><div class="entry-meta">{_dated(post)}<span class="byline"> by <span '
        f'class="author vcard">{author(post)}</span></span></div>{_h(post, "h1")}</header><div class="entry-content">'
        f'{content(post)}</div><footer class="entry-footer"><span class="cat-tags-links">{_terms(post)}</span></footer>'
        f"</article>{comments(post)}{post_navigation(post)}</main>"
    )


def _nineteen_entry(post: Post, full: bool) -> str:
    text = content(post) if full else excerpt(post)
    picture = (
        f'<figure class="post-thumbnail"><a href="{post.url}">{thumbnail(post)}</a></figure>' if post.lead else ""
    )
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post, "entry")}"><header class="entry-header">'
        f'{_h(post, "h2")}</header>{picture}<div class="entry-content">{text}</div><footer class="entry-footer">'
        f'{_named(post)}{_dated(post)}{_terms(post)}<span class="comments-link">{comment_link(post)}</span></footer>'
        "</article>"
    )


def _nineteen_single(post: Post) -> str:
    heading = (
        f'<div class="entry-header">{_h(post, "h1")}<div class="entry-meta">{_named(post)}{_dated(post)}<span '
        f'class="comment-count"><span class="comments-link">{comment_link(post)}</span></span></div></div>'
    )
    return (
        f'<main id="main" class="site-main"><article id="post-{post.post_id}" class="{post_class(post, "entry")}">'
        f"{'' if thumbnail(post) else heading.replace('<div class=', '<header class=', 1)[:-6] + '</header>'}<div "
        f'class="entry-content">{content(post)}</div><footer class="entry-footer">{_named(post)}{_dated(post)}'
        f"{_terms(post)}</footer>{bio(post, 'author-bio')}</article>{post_navigation(post)}{comments(post)}</main>"
    )


def _nineteen_page(post: Post | None, edition: str, inner: str, archive: str | None) -> str:
    """A featured image moves the heading of an article into the header of the page, beside the menu."""
    above = ""
    if post and thumbnail(post):
        heading = (
            f'<div class="entry-header">{_h(post, "h1")}<div class="entry-meta">{_named(post)}{_dated(post)}<span '
            f'class="comment-count"><span class="comments-link">{comment_link(post)}</span></span></div></div>'
        )
        above = (
            f'<div class="site-featured-image"><figure class="post-thumbnail">{thumbnail(post)}</figure><div '
            f'class="hentry">{heading}</div></div>'
        )
    home = f"{SITE}/{edition}/"
    return (
        f'<body class="{core.body_class(post, archive)}"><div id="page" class="site"><header id="masthead" '
        f'class="site-header"><div class="site-branding-container"><div class="site-branding"><p class="site-title"><a '
        f'href="{home}" rel="home">Ridge Rescue</a></p><nav id="site-navigation"><ul><li><a href="{home}topic/other">'
        f'Other</a></li></ul></nav></div></div>{above}</header><div id="content" class="site-content"><section '
        f'id="primary" class="content-area">{inner}</section></div><footer id="colophon" class="site-footer"><aside '
        f'class="widget-area">{widgets(edition)}</aside></footer></div></body></html>'
    )


def _twenty_meta(post: Post, single: bool) -> str:
    tagged = (
        f'<div class="post-meta-wrapper post-meta-single post-meta-single-bottom"><ul class="post-meta"><li class="post-tags '
        f'meta-wrapper"><span class="meta-icon"><span class="screen-reader-text">Tags</span></span><span '
        f'class="meta-text">{tags(post)}</span></li></ul></div>'
    )
    if single:
        return tagged if post.tags else ""
    return (
        f'<div class="post-meta-wrapper post-meta-single post-meta-single-top"><ul class="post-meta"><li '
        f'class="post-author meta-wrapper"><span class="meta-icon"><span class="screen-reader-text">Post author</span>'
        f'</span><span class="meta-text">By <a href="{SITE}/{post.edition}/author/warden">{post.author}</a></span></li><li '
        f'class="post-date meta-wrapper"><span class="meta-icon"><span class="screen-reader-text">Post date</span></span>'
        f'<span class="meta-text"><a href="{post.url}">{post.printed()}</a></span></li><li class="post-comment-link '
        f'meta-wrapper"><span class="meta-text">{comment_link(post)}</span></li></ul></div>'
    )


def _twenty(post: Post, text: str, level: str, after: str) -> str:
    picture = (
        f'<figure class="featured-media"><div class="featured-media-inner section-inner">{thumbnail(post)}</div></figure>'
        if thumbnail(post)
        else ""
    )
    return (
        f'<article class="{post_class(post)}" id="post-{post.post_id}"><header class="entry-header has-text-align-center">'
        f'<div class="entry-header-inner section-inner medium"><div class="entry-categories"><span '
        f'class="screen-reader-text">Categories</span><div class="entry-categories-inner">{categories(post, " ")}</div>'
        f'</div>{_h(post, level)}{_twenty_meta(post, False)}</div></header>{picture}<div class="post-inner thin"><div '
        f'class="entry-content">{text}</div></div><div class="section-inner">{_twenty_meta(post, True)}{after}</div>'
    )


def _twenty_entry(post: Post, full: bool) -> str:
    ending = f' [&hellip;]</p><div class="read-more-button-wrap"><a href="{post.url}" class="more-link"><span>More</span></a></div><p>'
    return _twenty(post, content(post) if full else excerpt(post, ending), "h2", "") + "</article>"


def _twenty_single(post: Post) -> str:
    base = f"{SITE}/{post.edition}/posts"
    near = (
        f'<nav class="pagination-single section-inner"><div class="pagination-single-inner"><a class="previous-post" '
        f'href="{base}/14990"><span class="title"><span class="title-inner">Neighbour One 77</span></span></a></div></nav>'
    )
    said = comments(post, "comments", "comment-reply-title")
    inside = f'{near}<div class="comments-wrapper section-inner">{said}</div></article>'
    text = _twenty(post, content(post), "h1", bio(post, "author-bio"))
    return f'<main id="site-content">{text}{inside}{related(post)}</main>'


_NO_CATEGORY = without("categories", "tags", "author", "comment_count")

CLASSIC = (
    Stock(
        "twentyten", _ten_entry, _ten_single, without("images"), without("images", "comment_count"), pager=_ten_pager,
        wrap='<div id="content" role="main">{}</div>',
    ),
    Stock("twentyeleven", _eleven_entry, _eleven_single, without("images"), without("images"), pager=_ten_pager),
    Stock("twentytwelve", _twelve_entry, _twelve_single, without(), pager=_ten_pager),
    Stock("twentythirteen", _thirteen_entry, _thirteen_single, without(), pager=_ten_pager),
    Stock("twentyfourteen", _fourteen_entry, _fourteen_single, without()),
    Stock("twentyfifteen", _fifteen_entry, _fifteen_single, without()),
    Stock("twentysixteen", _sixteen_entry, _sixteen_single, without()),
    Stock("twentyseventeen", _seventeen_entry, _seventeen_single, _NO_CATEGORY),
    Stock("twentynineteen", _nineteen_entry, _nineteen_single, without(), page=_nineteen_page),
    Stock("twentytwenty", _twenty_entry, _twenty_single, without()),
)  # fmt: skip
