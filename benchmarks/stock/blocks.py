"""The block themes of WordPress itself, Twenty Twenty-Two to Twenty Twenty-Five: no `article`, no theme of their own."""

from __future__ import annotations

from benchmarks.stock import core
from benchmarks.stock.core import categories, content, excerpt, post_class, tags, thumbnail, title_of
from benchmarks.stock.design import Stock, without
from benchmarks.stock.posts import Post
from nejat_crawler.urls import SITE


def _title(post: Post, level: str, *, link: bool) -> str:
    """The block prints nothing at all for a post without a title."""
    if not post.shown_title:
        return ""
    inner = f'<a href="{post.url}" target="_self">{title_of(post)}</a>' if link else title_of(post)
    return f'<{level} class="wp-block-post-title has-x-large-font-size">{inner}</{level}>'


def _picture(post: Post) -> str:
    if not post.lead or post.protected:
        return ""
    return (
        f'<figure class="alignwide wp-block-post-featured-image"><a href="{post.url}">{thumbnail(post)}</a></figure>'
    )


def _date(post: Post) -> str:
    link = f'<a href="{post.url}">{post.printed()}</a>'
    return f'<div class="wp-block-post-date"><time datetime="{post.timestamp}">{link}</time></div>'


def _category_list(post: Post) -> str:
    shown = categories(post, '<span class="wp-block-post-terms__separator">, </span>', ' rel="tag"')
    return f'<div class="taxonomy-category wp-block-post-terms">{shown}</div>'


def _tag_list(post: Post) -> str:
    if not post.tags:
        return ""
    prefix = '<span class="wp-block-post-terms__prefix">Tags: </span>'
    shown = tags(post, '<span class="wp-block-post-terms__separator"> </span>')
    return f'<div class="taxonomy-post_tag wp-block-post-terms">{prefix}{shown}</div>'


def _author(post: Post, *, name_only: bool) -> str:
    link = f'<a href="{SITE}/{post.edition}/author/warden" target="_self" class="wp-block-post-author-name__link">'
    if name_only:
        return f'<div class="wp-block-post-author-name">{link}{post.author}</a></div>'
    return (
        f'<div class="wp-block-post-author"><div class="wp-block-post-author__avatar"><img alt="" src="/avatar/w.png" '
        f'class="avatar" /></div><div class="wp-block-post-author__content"><p class="wp-block-post-author__byline">'
        f'Posted by</p><p class="wp-block-post-author__name">{post.author}</p></div></div>'
    )


def _excerpt(post: Post) -> str:
    inner = excerpt(post, "&hellip; ").removeprefix("<p>").removesuffix("</p>")
    more = f'<a class="wp-block-post-excerpt__more-link" href="{post.url}">{post.words.more}</a>'
    return (
        f'<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{inner}</p><p '
        f'class="wp-block-post-excerpt__more-text">{more}</p></div>'
    )


def _content(post: Post) -> str:
    css = "entry-content alignfull wp-block-post-content has-global-padding is-layout-constrained"
    return f'<div class="{css} wp-block-post-content-is-layout-constrained">{content(post)}</div>'


def _entry(post: Post, full: bool, *, terms: bool, level: str) -> str:
    shown = f"{_category_list(post)}{_tag_list(post)}" if terms else ""
    return (
        f'<li class="wp-block-post {post_class(post)}"><div class="wp-block-group alignfull is-layout-constrained">'
        f"{_picture(post)}{_title(post, level, link=True)}{_content(post) if full else _excerpt(post)}{_date(post)}{shown}"
        "</div></li>"
    )


def _plain_entry(post: Post, full: bool) -> str:
    return _entry(post, full, terms=False, level="h2")


def _terms_entry(post: Post, full: bool) -> str:
    return _entry(post, full, terms=True, level="h3")


def _comments(post: Post) -> str:
    if post.protected:
        return '<div class="wp-block-comments"></div>'
    said = post.words.one_thought if post.comments == 1 else post.words.thoughts.format(post.comments)
    heading = (
        f'<h2 id="comments" class="wp-block-comments-title">{said} &#8220;{title_of(post)}&#8221;</h2>'
        if post.comments
        else ""
    )
    items = "".join(
        f'<li id="comment-{n}" class="comment even"><div class="wp-block-group"><div class="wp-block-avatar"><img '
        f'src="/avatar/{n}.png" class="avatar wp-block-avatar__image" alt="" /></div><div '
        f'class="wp-block-comment-author-name">Guest {n}</div><div class="wp-block-comment-date"><time '
        f'datetime="2024-02-0{n}T10:00:00+03:30">February {n}, 2024</time></div><div '
        f'class="wp-block-comment-content"><p>Well done, all {n} of you!</p></div></div></li>'
        for n in range(1, min(post.comments, 3) + 1)
    )
    form = (
        '<div id="respond" class="comment-respond wp-block-post-comments-form"><h3 id="reply-title">Leave a Reply</h3>'
        "<form><textarea></textarea></form></div>"
    )
    return (
        '<div class="wp-block-comments wp-block-comments-query-loop"><h2 class="wp-block-heading">Comments</h2>'
        f'{heading}<ol class="wp-block-comment-template">{items}</ol>{form}</div>'
    )


def _navigation(post: Post) -> str:
    base = f"{SITE}/{post.edition}/posts"
    return (
        '<nav class="wp-block-group alignwide" aria-label="Post navigation"><div class="post-navigation-link-previous '
        f'wp-block-post-navigation-link"><span class="wp-block-post-navigation-link__arrow-previous">←</span><a '
        f'href="{base}/14990" rel="prev">Neighbour One 77</a></div><div class="post-navigation-link-next '
        f'wp-block-post-navigation-link"><a href="{base}/14991" rel="next">Neighbour Two 78</a></div></nav>'
    )


def _more_posts(post: Post) -> str:
    """The query loop below an article, whose entries are `.hentry` while the article itself is not."""
    items = "".join(
        f'<li class="wp-block-post post-{number} post type-post status-publish format-standard has-post-thumbnail hentry '
        f'category-other"><div class="wp-block-group"><figure class="wp-block-post-featured-image"><img '
        f'src="/x/{number}.jpg" class="wp-post-image" alt="" /></figure><h3 class="wp-block-post-title"><a '
        f'href="{SITE}/{post.edition}/posts/{number}">{name}</a></h3><div class="wp-block-post-date"><time '
        f'datetime="2019-01-01T10:00:00+03:30">January 1, 2019</time></div><div class="taxonomy-category '
        f'wp-block-post-terms"><a href="{SITE}/{post.edition}/topic/other" rel="tag">Other</a></div></div></li>'
        for number, name in core.NEIGHBOURS
    )
    return (
        '<div class="wp-block-group alignwide"><h2 class="wp-block-heading has-small-font-size">More posts</h2><div '
        f'class="wp-block-query alignwide"><ul class="alignfull wp-block-post-template">{items}</ul></div></div>'
    )


def _two_single(post: Post) -> str:
    return (
        f'<main class="wp-block-group" id="wp--skip-link--target"><div class="wp-block-group alignwide">'
        f'{_title(post, "h1", link=False)}{_picture(post)}</div>{_content(post)}<div class="wp-block-group">{_date(post)}'
        f'{_author(post, name_only=False)}{_category_list(post)}{_tag_list(post)}</div><div class="wp-block-group">'
        f"{_comments(post)}</div></main>"
    )


def _three_single(post: Post) -> str:
    return (
        f'<main class="wp-block-group">{_picture(post)}<div class="wp-block-group">{_title(post, "h1", link=False)}</div>'
        f'{_content(post)}<div class="wp-block-group"><div class="wp-block-columns"><div class="wp-block-column"><div '
        f'class="wp-block-group"><p>Posted</p>{_date(post)}<p>in</p>{_category_list(post)}</div><div '
        f'class="wp-block-group"><p>by</p>{_author(post, name_only=False)}</div></div><div class="wp-block-column"><p>Tags:'
        f'</p>{_tag_list(post)}</div></div></div><section class="wp-block-group">{_comments(post)}</section></main>'
    )


def _four_single(post: Post) -> str:
    return (
        f'<main class="wp-block-group"><div class="wp-block-group alignfull">{_picture(post)}'
        f'{_title(post, "h1", link=False)}<div class="wp-block-template-part"><div class="wp-block-group">{_date(post)}'
        f'<p class="has-contrast-2-color">—</p><p>by</p>{_author(post, name_only=True)}<p>in </p>{_category_list(post)}'
        f'</div></div></div>{_content(post)}<div class="wp-block-group">{_tag_list(post)}{core.share()}</div>'
        f'<div class="wp-block-group">{_comments(post)}{_navigation(post)}</div></main>'
    )


def _five_single(post: Post) -> str:
    return (
        f'<main class="wp-block-group"><div class="wp-block-group alignfull">{_title(post, "h1", link=False)}{_picture(post)}'
        f'<div class="wp-block-group"><p>Written by </p>{_author(post, name_only=True)}<p>in</p>{_category_list(post)}'
        f'</div>{_content(post)}{_date(post)}<div class="wp-block-group">{_tag_list(post)}</div>{_navigation(post)}'
        f"{_comments(post)}</div>{_more_posts(post)}</main>"
    )


def _pager(edition: str, older: str) -> str:
    return (
        f'<nav class="alignwide wp-block-query-pagination" aria-label="Pagination"><a href="{SITE}/{edition}/" '
        f'class="wp-block-query-pagination-previous">Previous Page</a><a href="{older}" '
        'class="wp-block-query-pagination-next">Next Page</a></nav>'
    )


def _page(post: Post | None, edition: str, inner: str, archive: str | None) -> str:
    home = f"{SITE}/{edition}/"
    return (
        f'<body class="{core.body_class(post, archive)} wp-embed-responsive"><div class="wp-site-blocks"><header '
        f'class="wp-block-template-part"><div class="wp-block-group"><p class="wp-block-site-title"><a href="{home}" '
        f'rel="home">Ridge Rescue</a></p><nav class="wp-block-navigation"><ul><li><a href="{home}topic/other">Other</a>'
        f'</li></ul></nav></div></header>{inner}<footer class="wp-block-template-part"><div class="wp-block-group">'
        f"{core.widgets(edition)}<p>Proudly powered</p></div></footer></div></body></html>"
    )


_WRAP = (
    '<main class="wp-block-group"><div class="wp-block-query alignfull"><ul class="wp-block-post-template">{}</main>'
)


def _loop(edition: str, older: str) -> str:
    return f"</ul>{_pager(edition, older)}</div>"


_DATED_ONLY = without("categories", "tags", "author", "comment_count")
_NO_AUTHOR = without("author", "comment_count")

BLOCKS = (
    Stock("twentytwentytwo", _plain_entry, _two_single, _DATED_ONLY, page=_page, pager=_loop, wrap=_WRAP),
    Stock("twentytwentythree", _plain_entry, _three_single, _DATED_ONLY, page=_page, pager=_loop, wrap=_WRAP),
    Stock("twentytwentyfour", _terms_entry, _four_single, _NO_AUTHOR, page=_page, pager=_loop, wrap=_WRAP),
    Stock("twentytwentyfive", _plain_entry, _five_single, _DATED_ONLY, page=_page, pager=_loop, wrap=_WRAP),
)
