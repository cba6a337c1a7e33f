"""Themes for magazines and blogs: Ashe, Hestia, ColorMag, and Newspaper, whose listings have no `article` at all."""

from __future__ import annotations

from html import escape

from benchmarks.stock import core
from benchmarks.stock.core import (
    bio,
    categories,
    comment_link,
    comments,
    content,
    excerpt,
    post_class,
    related,
    share,
    tags,
    thumbnail,
    times,
    title_of,
)
from benchmarks.stock.design import Stock, without
from benchmarks.stock.posts import Post
from nejat_crawler.urls import SITE

# --- Ashe ----------------------------------------------------------------------------------------------------------


def _ashe_header(post: Post, level: str) -> str:
    inner = f'<a href="{post.url}">{title_of(post)}</a>' if level == "h2" else title_of(post)
    return (
        f'<header class="post-header"><div class="post-categories">{categories(post, ",&nbsp;&nbsp;")}</div><{level} '
        f'class="post-title">{inner}</{level}><div class="post-meta clear-fix"><span class="post-date">{post.printed()}'
        "</span></div></header>"
    )


def _ashe_footer(post: Post) -> str:
    said = comment_link(post, hidden=False).replace("<a ", '<a class="post-comments" ')
    tagged = f'<div class="post-tags">{tags(post, "")}</div>' if post.tags else ""
    return (
        f'<footer class="post-footer">{tagged}<span class="post-author"><a href="{SITE}/{post.edition}/author/warden"><img '
        f'alt="" src="/avatar/w.png" class="avatar" /></a><a href="{SITE}/{post.edition}/author/warden" title="Posts by" '
        f'rel="author">{post.author}</a></span><div class="post-share"><a class="facebook-share" href="#fb"><i></i></a></div>'
        f"{said}</footer>"
    )


def _ashe_entry(post: Post, full: bool) -> str:
    more = f'<div class="read-more"><a href="{post.url}">Read More</a></div>'
    text = f'<div class="post-content">{content(post) if full else excerpt(post, "...")}</div>{"" if full else more}'
    return (
        f'<li><article id="post-{post.post_id}" class="blog-post {post_class(post)}"><div class="post-media"><a '
        f'href="{post.url}"></a>{thumbnail(post)}</div>{_ashe_header(post, "h2")}{text}{_ashe_footer(post)}'.replace(
            f'<div class="post-tags">{tags(post, "")}</div>', ""
        )
        + "</article></li>"
    )


def _ashe_single(post: Post) -> str:
    base = f"{SITE}/{post.edition}/posts"
    near = (
        f'<nav class="single-navigation"><a href="{base}/14990" title="Neighbour One 77" class="previous-post"><img '
        f'src="/x/14990.jpg" class="wp-post-image" alt="" /><h4>Neighbour One 77</h4></a></nav>'
    )
    others = (
        f'<div class="related-posts"><h3>You May Also Like</h3><section><a href="{base}/14991"><img src="/x/14991.jpg" '
        f'class="wp-post-image" alt="" /></a><h4><a href="{base}/14991">Neighbour Two 78</a></h4><span class="related-post-'
        f'date">January 1, 2019</span></section></div>'
    )
    return (
        f'<div class="main-container"><article id="post-{post.post_id}" class="blog-post {post_class(post)}"><div '
        f'class="post-media">{thumbnail(post)}</div>{_ashe_header(post, "h1")}<div class="post-content">{content(post)}</div>'
        f"{_ashe_footer(post)}</article>{near}{others}{comments(post, 'comments-area', 'comment-title')}</div>"
    )


# --- Hestia: an article without the classes of a post, its title above it ------------------------------------------


def _hestia_entry(post: Post, full: bool) -> str:
    text = content(post) if full else excerpt(post, f'&hellip;<a class="moretag" href="{post.url}"> Read more</a>')
    css = "entry-content" if full else "entry-summary"
    picture = f'<div class="col-ms-5 col-sm-5"><div class="card-image"><a href="{post.url}">{thumbnail(post)}</a></div></div>'
    fn = f'<a href="{SITE}/{post.edition}/author/warden" class="url"><b class="author-name fn">{post.author}</b></a>'
    shown = categories(post, " ", ' title="View all posts" rel="tag"')
    return (
        f'<article \n\t\tid="post-{post.post_id}" \n\t\tclass="{post_class(post, "card", "card-blog", "card-plain")}"><div '
        f'class="row ">{picture}<div class= "col-ms-7 col-sm-7"><h6 class="category text-info">{shown}</h6><h2 '
        f'class="card-title entry-title"><a href="{post.url}" title="{title_of(post)}" rel="bookmark">{title_of(post)}</a>'
        f'</h2><div class="card-description {css} ">{text}</div><div class="posted-by vcard author">By {fn}, <a '
        f'href="{post.url}"><time class="entry-date published" datetime="{post.timestamp}" content="{post.day}">3 years'
        f'</time><time class="updated hestia-hidden" datetime="{post.edited}">3 years</time> ago </a></div></div></div>'
        "</article>"
    )


def _hestia_single(post: Post) -> str:
    fn = f'<a href="{SITE}/{post.edition}/author/warden" class="vcard author"><strong class="fn">{post.author}</strong></a>'
    base = f"{SITE}/{post.edition}/topic"
    shown = " ".join(
        f'<span class="label label-primary"><a href="{base}/{slug}">{escape(name)}</a></span>'
        for slug, name in post.categories
    )
    tagged = "".join(f'<span class="entry-tag">{tag}</span>' for tag in tags(post, "\n").split("\n") if tag)
    return (
        f'<div id="primary" class="boxed-layout-header page-header header-small"><div class="container"><div class="row"><div '
        f'class="col-md-10 text-center"><h1 class="hestia-title entry-title">{title_of(post)}</h1><h4 class="author">'
        f'Published by {fn} on {times(post)}</h4></div></div></div><div class="header-filter"></div></div><div '
        f'class="main main-raised"><div class="blog-post blog-post-wrapper"><div class="container"><article '
        f'id="post-{post.post_id}" class="section section-text"><div class="row"><div class="col-md-8 single-post-container '
        f'col-md-offset-2"><div class="single-post-wrap entry-content">{content(post)}</div><div class="section '
        f'section-blog-info"><div class="row"><div class="col-md-6"><div class="entry-categories">Categories:{shown}</div>'
        f'<div class="entry-tags">Tags: {tagged}</div></div></div><hr><div class="card card-profile card-plain">'
        f"{bio(post, 'card-avatar')}</div></div>{comments(post, 'section section-comments', 'hestia-title text-center')}"
        f'</div></div></article></div></div></div><div class="section related-posts">{related(post)}</div>'
    )


# --- ColorMag ------------------------------------------------------------------------------------------------------


def _colormag_meta(post: Post) -> str:
    said = f'<span class="cm-comments-link">{comment_link(post, hidden=False)}</span>'
    return (
        f'<div class="cm-below-entry-meta cm-separator-default"><span class="cm-post-date"><a href="{post.url}" '
        f'title="6:36 pm" rel="bookmark"><svg></svg> {times(post)}</a></span><span class="cm-author cm-vcard"><svg></svg><a '
        f'class="url fn n" href="{SITE}/{post.edition}/author/warden" title="">{post.author}</a></span>{said}</div>'
    )


def _colormag_cats(post: Post) -> str:
    return f'<div class="cm-entry-header-meta"><div class="cm-post-categories">{categories(post, "")}</div></div>'


def _colormag_entry(post: Post, full: bool) -> str:
    more = f'<a class="cm-entry-button" title="{title_of(post)}" href="{post.url}"><span>Read More</span></a>'
    text = content(post) if full else excerpt(post, "") + more
    picture = f'<div class="cm-featured-image"><a href="{post.url}">{thumbnail(post)}</a></div>'
    return (
        f'<article id="post-{post.post_id}" class="{post_class(post, "cm-post-holder")}">{picture}<div '
        f'class="cm-post-content">{_colormag_cats(post)}<header class="cm-entry-header"><h2 class="cm-entry-title"><a '
        f'href="{post.url}">{title_of(post)}</a></h2></header>{_colormag_meta(post)}<div class="cm-entry-summary">{text}'
        "</div></div></article>"
    )


def _colormag_single(post: Post) -> str:
    tagged = f'<span class="cm-tag-links"><svg></svg> {tags(post)}</span>' if post.tags else ""
    meta = _colormag_meta(post).removesuffix("</div>") + tagged + "</div>"
    base = f"{SITE}/{post.edition}/posts"
    near = (
        f'<ul class="default-wp-page"><li class="previous"><a href="{base}/14990" rel="prev"><span class="meta-nav">'
        f"&larr;</span> Neighbour One 77</a></li></ul>"
    )
    others = '<div class="related-posts-wrapper"><h4 class="related-posts-main-title"><span>You May Like</span></h4>'
    return (
        f'<div class="cm-posts clearfix"><article id="post-{post.post_id}" class="{post_class(post)}"><div '
        f'class="cm-featured-image">{thumbnail(post)}</div><div class="cm-post-content">{_colormag_cats(post)}<header '
        f'class="cm-entry-header"><h1 class="cm-entry-title">{title_of(post)}</h1></header>{meta}<div '
        f'class="cm-entry-summary">{content(post)}</div></div></article></div>{near}{bio(post, "author-box")}{others}'
        f"{related(post)}</div>{comments(post)}"
    )


# --- Newspaper -----------------------------------------------------------------------------------------------------


def _newspaper_module(url: str, title: str, day: str, timestamp: str, picture: str, text: str, extra: str) -> str:
    image = f'<img class="entry-thumb" src="{picture}" alt="Lead" title="{title}" />' if picture else ""
    return (
        f'<div class="td_module_16 td_module_wrap td-animation-stack"><div class="td-module-thumb"><a href="{url}" '
        f'rel="bookmark" class="td-image-wrap" title="{title}">{image}</a></div><div class="item-details"><h3 '
        f'class="entry-title td-module-title"><a href="{url}" rel="bookmark" title="{title}">{title}</a></h3><div '
        f'class="td-module-meta-info">{extra}<span class="td-post-date"><time class="entry-date updated td-module-date" '
        f'datetime="{timestamp}" >{day}</time></span></div><div class="td-excerpt">{text}</div></div></div>'
    )


def _newspaper_entry(post: Post, _: bool) -> str:
    base = f"{SITE}/{post.edition}"
    slug, name = post.categories[0]
    extra = (
        f'<a href="{base}/topic/{slug}" class="td-post-category">{escape(name)}</a><span class="td-post-author-name"><a '
        f'href="{base}/author/warden">{post.author}</a> <span>-</span> </span>'
    )
    said = f'<span class="td-module-comments"><a href="{post.url}#comments">{post.comments}</a></span>'
    picture = f"{SITE}{post.lead}" if thumbnail(post) else ""
    text = excerpt(post, "...").removeprefix("<p>").removesuffix("</p>")
    return _newspaper_module(
        post.url,
        title_of(post),
        post.printed(),
        post.timestamp,
        picture,
        text,
        extra + ("" if post.protected else said),
    )


def _newspaper_other(edition: str) -> str:
    number, name = core.NEIGHBOURS[0]
    return _newspaper_module(
        f"{SITE}/{edition}/posts/{number}", name, "January 1, 2019", "2019-01-01T10:00:00+03:30", "/x/1.jpg", "", ""
    )


def _newspaper_single(post: Post) -> str:
    base = f"{SITE}/{post.edition}"
    shown = "".join(
        f'<li class="entry-category"><a href="{base}/topic/{slug}">{escape(name)}</a></li>'
        for slug, name in post.categories
    )
    picture = (
        f'<div class="td-post-featured-image"><a href="{SITE}{post.lead}" data-caption=""><img class="entry-thumb '
        f'td-modal-image" src="{SITE}{post.lead}" alt="Lead" /></a></div>'
        if thumbnail(post)
        else ""
    )
    tagged = f'<ul class="td-tags td-post-small-box clearfix"><li><span>TAGS</span></li>{tags(post, "")}</ul>'
    near = (
        f'<div class="td-block-row td-post-next-prev"><div class="td-post-prev-post"><div class="td-post-next-prev-content">'
        f'<span>Previous article</span><a href="{base}/posts/14990">Neighbour One 77</a></div></div></div>'
    )
    crumbs = (
        f'<div class="td-crumb-container"><div class="entry-crumbs"><span><a class="entry-crumb" href="{base}/">Home</a>'
        f'</span> <span><a class="entry-crumb" href="{base}/topic/huts">Huts</a></span> <span '
        f'class="td-bred-no-url-last">{title_of(post)}</span></div></div>'
    )
    box = (
        f'<div class="author-box-wrap"><a href="{base}/author/warden"><img alt="" src="/avatar/w.png" class="avatar" /></a>'
        f'<div class="desc"><div class="td-author-name vcard author"><span class="fn"><a href="{base}/author/warden">'
        f'{post.author}</a></span></div><div class="td-author-description">Keeps the lamps.</div></div></div>'
    )
    said = f'<div class="td-post-comments"><a href="{post.url}#comments"><i class="td-icon-comments"></i>{post.comments}</a></div>'
    others = (
        f'<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a class="td-related-left" '
        f'href="#">RELATED ARTICLES</a></h4><div class="td_block_inner">{_newspaper_other(post.edition) * 3}</div></div>'
    )
    return (
        f'<div class="td-main-content-wrap"><div class="td-container td-post-template-default">{crumbs}<div '
        f'class="td-pb-row"><div class="td-pb-span8 td-main-content"><div class="td-ss-main-content"><article '
        f'id="post-{post.post_id}" class="{post_class(post)}"><div class="td-post-header"><ul class="td-category">{shown}'
        f'</ul><header class="td-post-title"><h1 class="entry-title">{title_of(post)}</h1><div class="td-module-meta-info">'
        f'<div class="td-post-author-name"><div class="td-author-by">By</div> <a href="{base}/author/warden">{post.author}'
        f'</a><div class="td-author-line"> - </div> </div><span class="td-post-date"><time class="entry-date updated '
        f'td-module-date" datetime="{post.timestamp}" >{post.printed()}</time></span>'
        f'{"" if post.protected else said}</div></header></div>{share()}<div class="td-post-content tagdiv-type">{picture}'
        f'{content(post)}</div><footer><div class="td-post-source-tags">{tagged if post.tags else ""}</div>{share()}{near}'
        f'{box}<span class="td-page-meta" itemprop="author"><meta itemprop="name" content="{post.author}"></span><meta '
        f'itemprop="datePublished" content="{post.timestamp}"><meta itemprop="dateModified" content="{post.edited}"></footer>'
        f'</article>{others}{comments(post, "comments", "td-comments-title")}</div></div><div class="td-pb-span4 '
        f'td-main-sidebar"><div class="td-ss-main-sidebar">{_newspaper_other(post.edition)}</div></div></div></div></div>'
    )


def _newspaper_page(post: Post | None, edition: str, inner: str, archive: str | None) -> str:
    """The menu and the sidebar show modules of the same kind as the listing does."""
    home = f"{SITE}/{edition}/"
    menu = (
        f'<div class="td-header-template-wrap"><div class="td-header-menu-wrap"><ul class="sf-menu"><li '
        f'class="menu-item td-mega-menu"><a href="{home}topic/other">Other</a><ul class="sub-menu"><li><div '
        f'class="td-mega-grid">{_newspaper_other(edition)}</div></li></ul></li></ul></div></div>'
    )
    side = (
        f'<div class="td-pb-span4 td-main-sidebar" role="complementary"><div class="td-ss-main-sidebar"><aside '
        f'class="widget">{_newspaper_other(edition)}</aside></div></div>'
    )
    if post is None:
        inner = (
            f'<div class="td-main-content-wrap td-container-wrap"><div class="td-container"><div class="td-pb-row"><div '
            f'class="td-pb-span8 td-main-content"><div class="td-ss-main-content">{inner}</div></div>{side}</div></div></div>'
        )
    return (
        f'<body class="{core.body_class(post, archive)} global-block-template-1"><div id="td-outer-wrap">{menu}{inner}<div '
        f'class="td-footer-wrapper"><div class="td-container">{_newspaper_other(edition)}</div></div></div></body></html>'
    )


def _newspaper_pager(edition: str, older: str) -> str:
    return (
        f'<div class="page-nav td-pb-padding-side"><a href="{SITE}/{edition}/" aria-label="prev-page"><i></i></a><span '
        f'class="current">2</span><a href="{older}" class="page" title="3">3</a><a href="{older}" aria-label="next-page"><i '
        'class="td-icon-menu-right"></i></a><span class="pages">Page 2 of 9</span></div>'
    )


MAGAZINES = (
    Stock("ashe", _ashe_entry, _ashe_single, without("tags")),
    Stock("hestia", _hestia_entry, _hestia_single, without("tags", "comment_count"), without("images")),
    Stock("colormag", _colormag_entry, _colormag_single, without("tags")),
    Stock(
        "newspaper", _newspaper_entry, _newspaper_single, without("categories", "tags"), page=_newspaper_page,
        pager=_newspaper_pager, wrap="{}", full=False,
    ),
)  # fmt: skip
