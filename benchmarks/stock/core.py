"""What WordPress itself prints in any theme: classes, heads, term links, comments, widgets, page links."""

from __future__ import annotations

from datetime import date
from html import escape

from benchmarks.stock.posts import Post, Words
from nejat_crawler.urls import SITE

NEIGHBOURS = (("14990", "Neighbour One 77"), ("14991", "Neighbour Two 78"))


def post_class(post: Post, *own: str, thumb: bool = True) -> str:
    """The classes of an entry, the theme's own among them."""
    names = [*own, f"post-{post.post_id}", "post", "type-post", "status-publish", "format-standard"]
    names += ["has-post-thumbnail"] * bool(post.lead and thumb and not post.protected)
    names += ["sticky"] * post.sticky + ["post-password-required"] * post.protected + ["hentry"]
    names += [f"category-{slug}" for slug, _ in post.categories] + [f"tag-{slug}" for slug, _ in post.tags]
    return " ".join(names)


def title_of(post: Post) -> str:
    """The title, escaped as `the_title` does."""
    return escape(post.shown_title, quote=False)


def categories(post: Post, glue: str = ", ", rel: str = ' rel="category tag"', css: str = "") -> str:
    """The list of category links; some themes print their own `rel` and class."""
    base = f"{SITE}/{post.edition}/topic"
    return glue.join(f'<a{css} href="{base}/{slug}"{rel}>{escape(name)}</a>' for slug, name in post.categories)


def tags(post: Post, glue: str = ", ") -> str:
    """The list of tag links."""
    base = f"{SITE}/{post.edition}/tag"
    return glue.join(f'<a href="{base}/{slug}" rel="tag">{escape(name)}</a>' for slug, name in post.tags)


def author(post: Post, css: str = "url fn n") -> str:
    """The link to the author's archive."""
    return f'<a class="{css}" href="{SITE}/{post.edition}/author/warden">{post.author}</a>'


def times(post: Post, *, updated: bool = True, first: bool = True, css: str = "entry-date published") -> str:
    """The date of publication, and beside it, hidden by CSS, that of the last edit."""
    edited = date.fromisoformat(post.edited[:10])
    published = f'<time class="{css}" datetime="{post.timestamp}">{post.printed()}</time>'
    changed = f'<time class="updated" datetime="{post.edited}">{post.printed(edited)}</time>' if updated else ""
    return published + changed if first else changed + published


def comment_link(post: Post, *, hidden: bool = True) -> str:
    """What `comments_popup_link` prints; its hidden half names the title."""
    if post.protected:
        return ""
    said = post.words.comments.format(post.comments) if post.comments else post.words.no_comments
    anchor = "comments" if post.comments else "respond"
    about = f'<span class="screen-reader-text"> on {title_of(post)}</span>' if hidden else ""
    return f'<a href="{post.url}#{anchor}">{said}{about}</a>'


def thumbnail(post: Post, css: str = "attachment-post-thumbnail size-post-thumbnail wp-post-image") -> str:
    """The featured image."""
    if not post.lead or post.protected:
        return ""
    return f'<img width="900" height="600" src="{SITE}{post.lead}" class="{css}" alt="Lead" decoding="async" />'


def content(post: Post) -> str:
    """The whole text, or the form that asks for a password."""
    if post.protected:
        return (
            f'<form action="{SITE}/wp-login.php?action=postpass" class="post-password-form" method="post"><p>This '
            f'content is protected.</p><p><label for="pwbox-{post.post_id}">Password: <input name="post_password" '
            f'id="pwbox-{post.post_id}" type="password" /></label> <input type="submit" value="Enter" /></p></form>'
        )
    return post.content


def excerpt(post: Post, ending: str = " [&hellip;]") -> str:
    """The excerpt, with what the theme ends it in."""
    if post.protected:
        return "<p>There is no excerpt because this is a protected post.</p>"
    return f"<p>{post.excerpt}{ending}</p>"


def more_link(post: Post, css: str = "more-link", arrow: str = "") -> str:
    """`Continue reading`, and for a reader of screens the title."""
    hidden = f'<span class="screen-reader-text">&#8220;{title_of(post)}&#8221;</span>'
    return f'<a href="{post.url}" class="{css}">{post.words.more} {hidden}{arrow}</a>'


def comments(post: Post, css: str = "comments-area", title_css: str = "comments-title") -> str:
    """The comments, each an `article` of its own, and the form."""
    if post.protected:
        return ""
    words = post.words
    said = words.one_thought if post.comments == 1 else words.thoughts.format(post.comments)
    items = "".join(
        f'<li id="comment-{n}" class="comment even thread-even depth-1"><article id="div-comment-{n}" '
        f'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" '
        f'src="/avatar/{n}.png" class="avatar avatar-56 photo" /><b class="fn">Guest {n}</b> <span class="says">says:'
        f'</span></div><div class="comment-metadata"><a href="{post.url}#comment-{n}"><time '
        f'datetime="2024-02-0{n}T10:00:00+03:30">February {n}, 2024 at 10:00 am</time></a></div></footer><div '
        f'class="comment-content"><p>Well done, all {n} of you!</p></div><div class="reply"><a rel="nofollow" '
        f'class="comment-reply-link" href="#c">Reply</a></div></article></li>'
        for n in range(1, min(post.comments, 3) + 1)
    )
    heading = (
        f'<h2 class="{title_css}">{said} &#8220;<span>{title_of(post)}</span>&#8221;</h2>' if post.comments else ""
    )
    listed = f'<ol class="comment-list">{items}</ol>' if items else ""
    return (
        f'<div id="comments" class="{css}">{heading}{listed}<div id="respond" class="comment-respond"><h3 '
        'id="reply-title" class="comment-reply-title">Leave a Reply</h3><form id="commentform" class="comment-form">'
        '<p class="comment-notes">Your email address will not be published.</p><textarea></textarea></form></div></div>'
    )


def post_navigation(post: Post) -> str:
    """The neighbours, with their titles."""
    (before, one), (after, two) = NEIGHBOURS
    base = f"{SITE}/{post.edition}/posts"
    return (
        '<nav class="navigation post-navigation" aria-label="Posts"><h2 class="screen-reader-text">Post navigation</h2>'
        f'<div class="nav-links"><div class="nav-previous"><a href="{base}/{before}" rel="prev"><span '
        f'class="meta-nav" aria-hidden="true">{post.words.previous}</span> <span class="post-title">{one}</span></a>'
        f'</div><div class="nav-next"><a href="{base}/{after}" rel="next"><span class="meta-nav">'
        f'{post.words.following}</span> <span class="post-title">{two}</span></a></div></div></nav>'
    )


def related(post: Post) -> str:
    """A plugin's box of other posts: titles, dates, pictures, categories."""
    base = f"{SITE}/{post.edition}"
    cards = "".join(
        f'<div class="box-card"><a href="{base}/posts/{number}"><img src="/x/{number}.jpg" class="wp-post-image" '
        f'alt="" /></a><a href="{base}/topic/other" rel="category tag">Other</a><h4><a href="{base}/posts/{number}">'
        f'{name}</a></h4><time class="entry-date published" datetime="2019-01-0{n}T10:00:00+03:30">January {n}, 2019'
        f"</time></div>"
        for n, (number, name) in enumerate(NEIGHBOURS, start=1)
    )
    return f'<div class="further-reading"><h3>{post.words.related}</h3>{cards}</div>'


def share() -> str:
    """The share bar that a plugin adds below the text."""
    nets = "".join(f'<li><a href="#{net}"><span>{net}</span></a></li>' for net in ("Facebook", "Twitter", "Telegram"))
    return f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul>{nets}</ul></div>'


def bio(post: Post, css: str = "author-info") -> str:
    """Who the author is."""
    return (
        f'<div class="{css}"><div class="author-avatar"><img alt="" src="/avatar/w.png" class="avatar" /></div><div '
        f'class="author-description"><h2 class="author-title">{post.author}</h2><p class="author-bio">Keeps the lamps. '
        f'<a class="author-link" href="{SITE}/{post.edition}/author/warden" rel="author">View all posts by '
        f"{post.author}</a></p></div></div>"
    )


def widgets(edition: str) -> str:
    """Widgets with other posts and their dates."""
    items = "".join(
        f'<li><a href="{SITE}/{edition}/posts/{number}">{name}</a> <span class="post-date">January 1, 2018</span></li>'
        for number, name in NEIGHBOURS
    )
    block = "".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{SITE}/{edition}/posts/{number}">{name}</a><time '
        f'datetime="2018-01-01T10:00:00+03:30" class="wp-block-latest-posts__post-date">January 1, 2018</time></li>'
        for number, name in NEIGHBOURS
    )
    return (
        '<section id="recent-posts-2" class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2>'
        f'<ul>{items}</ul></section><section class="widget widget_block"><ul class="wp-block-latest-posts__list '
        f'wp-block-latest-posts">{block}</ul></section><section class="widget widget_categories"><h2 '
        f'class="widget-title">Categories</h2><ul><li class="cat-item"><a href="{SITE}/{edition}/topic/other">Other</a>'
        "</li></ul></section>"
    )


def breadcrumbs(post: Post, css: str) -> str:
    """Where the reader is."""
    return (
        f'<nav class="{css}" aria-label="Breadcrumbs"><a href="{SITE}/{post.edition}/">Home</a> » '
        f"{categories(post, ' » ', rel='')} » <span>{title_of(post)}</span></nav>"
    )


def pagination(edition: str, older: str) -> str:
    """The links to the other pages of a listing."""
    return (
        '<nav class="navigation pagination" aria-label="Posts"><h2 class="screen-reader-text">Posts navigation</h2><div '
        f'class="nav-links"><a class="prev page-numbers" href="{SITE}/{edition}/">Prev</a> <span '
        f'class="page-numbers current">2</span> <a class="page-numbers" href="{older}">3</a> <a '
        f'class="next page-numbers" href="{older}">Next</a></div></nav>'
    )


def head(words: Words, title: str, post: Post | None, *, json_ld: bool = False) -> str:
    """The page's head; a bare WordPress says no date in it."""
    links = ""
    if post:
        links = (
            f'<link rel="canonical" href="{post.url}" /><link rel="shortlink" '
            f'href="{SITE}/{post.edition}/?p={post.post_id}" />'
        )
    if post and json_ld:
        links += (
            '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Article",'
            f'"datePublished":"{post.timestamp}","dateModified":"{post.edited}"}}]}}</script>'
        )
    return (
        f'<!DOCTYPE html><html dir="{words.direction}" lang="{words.locale}"><head><meta charset="UTF-8" /><title>'
        f"{title} – Ridge Rescue</title>{links}</head>"
    )


def body_class(post: Post | None, archive: str | None, *own: str) -> str:
    """The classes of the page."""
    if post:
        names = ["post-template-default", "single", "single-post", f"postid-{post.post_id}", "single-format-standard"]
    elif archive:
        names = ["archive", "category", f"category-{archive}", "category-7"]
    else:
        names = ["home", "blog", "paged", "paged-2"]
    return " ".join([*names, "wp-custom-logo", *own])
