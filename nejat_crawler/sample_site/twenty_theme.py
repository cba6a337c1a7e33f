"""The same posts in the markup of WordPress's own themes, whose listings show excerpts and name no author."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post, content_html, excerpt_html
from nejat_crawler.sample_site.content.theme_words import print_date
from nejat_crawler.sample_site.response import Response
from nejat_crawler.sample_site.theme.entry_parts import page_links

_PATH = re.compile(r"/(\w+)/(?:page/(\d{1,9})|posts/(\d{1,12})(?:/(\d{1,9}))?)?(?:\?.*)?")


def respond_by_twenty(blogs: Mapping[str, Blog], target: str) -> Response | None:
    """Answer for a page of the home listing or of an article; None for what this theme does not print."""
    match = _PATH.fullmatch(target)
    blog = blogs.get(match[1]) if match else None
    if match is None or blog is None:
        return None
    number = int(match[2] or match[4] or 1)
    if match[3]:
        post = blog.visible(int(match[3]))
        return Response(_article(blog, post, number)) if post and number <= len(post.pages) else None
    return Response(_listing(blog, number)) if 1 <= number <= blog.pages() else None


def _listing(blog: Blog, number: int) -> str:
    entries = "".join(_entry(blog, post) for post in blog.home_page(number))
    newer = f'<a class="prev page-numbers" href="{_at(blog, number - 1)}">&laquo;</a>' if number > 1 else ""
    older = (
        f'<a class="next page-numbers" href="{_at(blog, number + 1)}">&raquo;</a>' if number < blog.pages() else ""
    )
    paged = f" paged paged-{number}" if number > 1 else ""
    links = f'<nav class="navigation pagination"><div class="nav-links">{newer}{older}</div></nav>'
    return _page(blog, blog.name, f"home blog{paged}", f"{entries}{links}")


def _at(blog: Blog, number: int) -> str:
    return blog.home if number == 1 else f"{blog.home}page/{number}"


def _entry(blog: Blog, post: Post) -> str:
    return f"""<article id="post-{post.post_id}" class="post-{post.post_id} post type-post status-publish hentry">
<header class="entry-header"><h2 class="entry-title"><a href="{post.link}" rel="bookmark">\
{escape(post.shown_title)}</a></h2></header>
<div class="entry-summary"><p>{excerpt_html(post)}</p></div>
<footer class="entry-footer">{_meta(blog, post)}</footer>
</article>
"""


def _article(blog: Blog, post: Post, number: int) -> str:
    head = (
        f'<link rel="canonical" href="{post.link}" />\n<link rel="shortlink" href="{blog.home}?p={post.post_id}" />'
    )
    main = f"""<article id="post-{post.post_id}" class="post-{post.post_id} post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">{escape(post.shown_title)}</h1></header>
<div class="entry-content">
{content_html(post, post.pages[number - 1])}
{page_links(blog, post, number)}
</div>
<footer class="entry-footer">{_meta(blog, post)}</footer>
</article>
"""
    return _page(blog, post.shown_title, f"single single-post postid-{post.post_id}", main, head)


def _meta(blog: Blog, post: Post) -> str:
    names = "".join(
        f'<a href="{term.link(blog.edition)}" rel="category">{escape(term.name)}</a>'
        for term in blog.terms("module", post.categories)
    )
    date = f'<time class="entry-date published" datetime="{post.date.isoformat(timespec="seconds")}">'
    return f'<span class="posted-on">{date}{print_date(blog.edition, post.date)}</time></span> {names}'


def _page(blog: Blog, title: str, body_class: str, main: str, head: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="{blog.edition}">
<head>
<meta charset="UTF-8" />
<title>{escape(title)}</title>
{head}
</head>
<body class="{body_class}">
<header id="masthead" class="site-header"><a href="{blog.home}" rel="home">{escape(blog.name)}</a></header>
<main id="main" class="site-main">
{main}</main>
</body>
</html>
"""
