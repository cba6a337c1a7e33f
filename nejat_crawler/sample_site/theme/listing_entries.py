"""Prints the entries of a list as its layout's row says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post, content_html, say
from nejat_crawler.sample_site.content.theme_words import print_comments
from nejat_crawler.sample_site.theme.entry_parts import (
    author_line,
    background,
    category_links,
    category_names,
    featured,
    hidden_date,
    page_links,
    share_links,
)
from nejat_crawler.sample_site.theme.layout_rows import Layout, Shown
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from nejat_crawler.sample_site.theme.page_frame import time_tag, views

#: How many words an excerpt has.
EXCERPT_WORDS = 30


def print_entries(blog: Blog, posts: list[Post], look: Appearance, layout: Layout, between: str = "") -> str:
    """Print the entries of `posts`, without what stands round them; `between` follows on every second one."""
    printed = ""
    for place, post in enumerate(posts):
        entry = layout.entry(place)
        pieces = _Pieces(blog, post, look)
        text = entry.template.format_map(pieces)
        if entry.article:
            text = f'<article id="post-{post.post_id}" class="{entry.article.format_map(pieces)}">\n{text}</article>'
        if entry.tag:
            text = f"<{entry.tag.format_map(pieces)}>\n{text}\n</{entry.tag.split()[0]}>\n"
        printed += text + (between if place % 2 else "")
    return printed


def shown(post: Post, layout: str, place: int) -> Shown:
    """Tell what the entry at `place` of a list, counted from 0, shows of a post's text."""
    shows = LAYOUTS[layout].entry(place).shows
    if post.protected:
        return "none"
    if shows != "full":
        return shows
    if post.teaser != post.pages[0]:
        return "teaser"
    return "part" if len(post.pages) > 1 else "full"


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of a post's entry, each printed when a template asks for it."""

    blog: Blog
    post: Post
    look: Appearance

    def __getitem__(self, name: str) -> str:
        return PIECES[name](self)


def _post_class(entry: _Pieces) -> str:
    post = entry.post
    names = [f"post-{post.post_id} post type-post status-publish format-{post.format}"]
    if post.protected:
        names.append("post-password-required")
    elif post.leads:
        names.append("has-post-thumbnail")
    if post.sticky:
        names.append("sticky")
    names.append("hentry")
    names += [f"category-{term.css}" for term in entry.blog.terms("module", post.categories)]
    names += [f"tag-{term.css}" for term in entry.blog.terms("tag", post.tags)]
    return " ".join(names)


def _content(entry: _Pieces) -> str:
    """Print the content: its first page, up to where the author ends the teaser."""
    post = entry.post
    text = content_html(post, post.teaser)
    if post.protected:
        return text
    if post.teaser != post.pages[0]:
        text += (
            f'\n<div class="penci-more-link"><a href="{post.link}#more-{post.post_id}" class="more-link">'
            f"{entry.blog.labels.more}</a></div>"
        )
    return text + page_links(entry.blog, post, 1)


def _excerpt(entry: _Pieces) -> str:
    post = entry.post
    if post.protected:
        return f"<p>{entry.blog.labels.no_excerpt}</p>\n"
    words = say(post.teaser).split()
    ending = " &#8230;" if entry.look.since("8.2") else "..." if entry.look.since("7.9") else "&hellip;"
    cut = ending if len(words) > EXCERPT_WORDS else ""
    return f"<p>{escape(' '.join(words[:EXCERPT_WORDS]))}{cut}</p>\n"


def _auto_excerpt(entry: _Pieces) -> str:
    link = f'<a class="more-link" href="{entry.post.link}">{entry.blog.labels.more}</a>'
    return f'{_excerpt(entry)}<div class="penci-more-link">{link}</div>'


def _comments(entry: _Pieces) -> str:
    post = entry.post
    return (
        f'<a href="{post.link}#{"comments" if post.comments else "respond"} ">'
        f'<i class="penci-faicon fa fa-comment-o" ></i>{print_comments(post.edition, len(post.comments))}</a>'
    )


def _clock(entry: _Pieces) -> str:
    if entry.look.hide_dates:
        return ""
    icon = '<i class="penci-faicon fa fa-clock-o" ></i>'
    return f"\t\t\t\t<span>{icon}{time_tag(entry.post, entry.look)}</span>\n"


def _date(css: str) -> Callable[[_Pieces], str]:
    def print_date(entry: _Pieces) -> str:
        if entry.look.hide_dates:
            return ""
        named = f' class="{css}"' if css and entry.look.since("8.2") else ""
        return f"<span{named}>{time_tag(entry.post, entry.look)}</span>\n"

    return print_date


def _views(entry: _Pieces) -> str:
    return f"\t\t\t\t<span>{views(entry.post)} views</span>\n" if entry.look.views else ""


def _overlay_date(entry: _Pieces) -> str:
    if entry.look.hide_dates:
        return ""
    return f'<div class="overlay-share overlay-style-date">{time_tag(entry.post, entry.look)}</div>\n'


def _author(css: str) -> Callable[[_Pieces], str]:
    def print_author(entry: _Pieces) -> str:
        named = css if entry.look.since("8.2") else ""
        return author_line(entry.blog, entry.post, entry.look, f"{named}author-italic author vcard")

    return print_author


def _thumbnail(css: str) -> Callable[[_Pieces], str]:
    def print_thumbnail(entry: _Pieces) -> str:
        picture = background(entry.post, entry.look)
        return f'<div class="thumbnail{css}">\n{picture}</div>\n' if picture else ""

    return print_thumbnail


def _picture(entry: _Pieces) -> str:
    """Print the lead image as an `img` with its real address."""
    post = entry.post
    if not post.leads:
        return ""
    lead = post.leads[0]
    image = f'<img width="585" height="329" src="{lead.src}" class="wp-post-image" alt="{escape(lead.alt)}" />'
    return f'<div class="thumbnail">\n<a href="{post.link}" class="post-thumbnail">{image}</a>\n</div>\n'


def _pinned(entry: _Pieces) -> str:
    """Print the lead image as the theme's grids do, with a picture of its own where there is none."""
    post, theme = entry.post, f"{entry.blog.home}wp-content/themes/soledad/images/no-image.jpg"
    source = post.leads[0].src if post.leads else theme
    return f'<div class="penci-no-lazy penci-image-holder" style="background-image:url({source})"></div>'


def _since(version: str, classes: str) -> Callable[[_Pieces], str]:
    return lambda entry: classes if entry.look.since(version) else ""


PIECES: dict[str, Callable[[_Pieces], str]] = {
    "author": _author("otherl-date-author "),
    "auto_excerpt": _auto_excerpt,
    "big_author": _author("bg-date-author "),
    "big_date": _date("bg-date"),
    "background": lambda entry: background(entry.post, entry.look),
    "big_title": _since("8.7", " pc_titlebig_standard_df"),
    "categories": lambda entry: category_links(entry.blog, entry.post, entry.look),
    "category_names": lambda entry: category_names(entry.blog, entry.post, entry.look),
    "classic": _since("8.2", "standard-article classic-pitem "),
    "clock": _clock,
    "comments": _comments,
    "content": _content,
    "date": _date("otherl-date"),
    "excerpt": _excerpt,
    "featured": lambda entry: featured(entry.blog, entry.post, entry.look, single=False),
    "hidden_date": lambda entry: hidden_date(entry.blog, entry.post, entry.look),
    "link": lambda entry: entry.post.link,
    "no_thumb": lambda entry: " pc-nothumb" if entry.look.since("8.2") and not entry.post.leads else "",
    "list_thumb": lambda entry: (
        " pc-has-thumb pc-list-imgleft" if entry.look.since("8.2") and entry.post.leads else ""
    ),
    "mixed_share": _since("8.2", " pcmx-show-share"),
    "overlay_date": _overlay_date,
    "picture": _picture,
    "pinned": _pinned,
    "plain_author": _author(""),
    "plain_date": _date(""),
    "post_class": _post_class,
    "share": lambda entry: share_links(entry.post, entry.look),
    "small_title": _since("8.7", " penci_grid_title_df"),
    "standard": _since("8.2", "standard-article standard-pitem "),
    "thumbnail": _thumbnail(""),
    "thumbnail_arrow": _thumbnail(" arrow-bottom"),
    "thumbnail_left": _thumbnail(" thumb-left"),
    "thumbnail_right": _thumbnail(" thumb-right"),
    "time": lambda entry: time_tag(entry.post, entry.look),
    "views": _views,
    "title": lambda entry: f'<a href="{entry.post.link}">{escape(entry.post.shown_title)}</a>',
}
