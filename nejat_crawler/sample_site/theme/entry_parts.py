"""What a listing and an article's page print alike: pictures above the text, categories, sharing, hidden date."""

from __future__ import annotations

from urllib.parse import quote

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.inline import Picture, escape
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.theme.page_frame import holder, late, time_tag

# What stands in `src` until a script has put the real picture there.
_EMPTY = (
    "data:image/svg+xml,%3Csvg%20xmlns=&#039;http://www.w3.org/2000/svg&#039;%20viewBox=&#039;0%200%20480%20320&#039;"
    "%3E%3C/svg%3E"
)


def featured(blog: Blog, post: Post, look: Appearance, *, single: bool) -> str:
    """Print what stands above the text: the lead image, a carousel, a player or a quotation."""
    box = "post-image" if single else "standard-post-image"
    if post.format == "quote":
        return f"""<div class="standard-post-special post-quote no-thumb{" post-image" if single else ""}">
\t<div class="standard-content-special"><div class="format-post-box dt-quote">
\t<span class="post-format-icon"><i class="penci-faicon fa fa-quote-left" ></i></span>
\t<p class="dt-special">{escape(post.special)}</p>
\t</div></div>
</div>
"""
    if post.format == "video":
        return (
            f'<div class="{box} video-post"><iframe title="{escape(post.title)}" width="1170" height="658"'
            f' src="{post.special}" frameborder="0" allowfullscreen></iframe></div>\n'
        )
    if post.format == "gallery" and look.since("8.5"):
        return f'<div class="{box}">{_slides(post)}</div>\n'
    if post.format == "gallery":
        figures = "".join(
            f'<figure class="penci-gallery-images"><img class="owl-lazy" src="{holder(blog)}"'
            f' data-src="{picture.src}" alt="{escape(picture.alt)}" title="{escape(picture.alt)}"></figure>\n'
            for picture in post.leads
        )
        return (
            f'<div class="{box}"><div class="penci-owl-carousel penci-owl-carousel-slider penci-nav-visible"'
            f' data-auto="true" data-lazy="true">\n{figures}</div></div>\n'
        )
    if not post.leads:
        return ""
    picture = post.leads[0]
    if single:
        opening = f'<a href="{picture.src}" data-rel="penci-gallery-image-content">'
    else:
        opening = f'<a  href="{post.link}">'
    return f'<div class="{box}">\n\t{opening}\n\t{_lazy(blog, picture, look)}\t</a>\n</div>\n'


def _slides(post: Post) -> str:
    figures = "".join(
        '<div class="swiper-slide swiper-mark-item"><figure class="penci-swiper-mask penci-gallery-images">'
        f'<img src="{picture.src}" alt="{escape(picture.alt)}"></figure></div>\n'
        for picture in post.leads
    )
    return (
        '<div class="swiper penci-owl-carousel penci-owl-carousel-slider penci-nav-visible" data-auto="true">'
        f'<div class="swiper-wrapper">\n{figures}</div></div>'
    )


def _lazy(blog: Blog, picture: Picture, look: Appearance) -> str:
    empty = _EMPTY if look.since("8.2") else holder(blog)
    return (
        '<img class="attachment-penci-full-thumb size-penci-full-thumb penci-lazy wp-post-image"'
        f' src="{empty}" alt="{escape(picture.alt)}" title="{escape(picture.alt or "untitled upload")}"'
        f' data-src="{picture.src}">'
    )


def background(post: Post, look: Appearance) -> str:
    """Print the lead image as the background of a link to the article: there is no `img`."""
    if not post.leads:
        return ""
    named = "penci-lazy penci-image-holder" if look.since("8.7") else "penci-image-holder penci-lazy"
    return (
        f'<a class="{named}" {late(look)}="{post.leads[0].src}" href="{post.link}"'
        f' title="{escape(post.shown_title)}">\n</a>\n'
    )


def category_links(blog: Blog, post: Post, look: Appearance) -> str:
    """Print the categories, with nothing between their links."""
    return f'<span class="cat">{category_names(blog, post, look)}</span>'


def category_names(blog: Blog, post: Post, look: Appearance) -> str:
    """Print the links to the categories alone."""
    opening, closing = ('<span style="">', "</span>") if look.since("8.5") else ("", "")
    return "".join(
        f'<a class="penci-cat-name penci-cat-{term.number}" href="{term.link(blog.edition)}"  rel="category tag">'
        f"{opening}{escape(term.name)}{closing}</a>"
        for term in blog.terms("module", post.categories)
    )


def author_line(blog: Blog, post: Post, look: Appearance, classes: str = "author-italic author vcard") -> str:
    """Print who wrote the post."""
    author = blog.term("posts/author", post.author)
    named = "author-url url fn n" if look.since("8.2") else "url fn n"
    return (
        f'<span class="{classes}">{blog.labels.by} '
        f'<a class="{named}" href="{author.link(blog.edition)}">{escape(post.author)}</a></span>'
    )


def hidden_date(blog: Blog, post: Post, look: Appearance) -> str:
    """Print author and date a second time, for machines: a style sheet hides them."""
    if not look.schema_hentry:
        return ""
    return f'<div class="penci-hide-tagupdated">\n\t{author_line(blog, post, look)}\n\t{time_tag(post, look)}\t</div>'


def share_links(post: Post, look: Appearance) -> str:
    """Print the share bar: the networks' names with nothing between them."""
    title, link = quote(post.title), quote(post.link, safe="")
    named = "new-ver-share " if look.since("8.2") else ""
    targets = (
        ("facebook", f"https://www.facebook.com/sharer/sharer.php?u={post.link}"),
        (
            "twitter",
            f"https://twitter.com/intent/tweet?text=Check%20out%20this%20article:%20{title}%20-%20{post.link}",
        ),
        ("pinterest", ""),
        ("whatsapp", f"https://api.whatsapp.com/send?text={title} %0A%0A {link}"),
        ("telegram", f"https://telegram.me/share/url?url={link}&#038;text={title}"),
        ("email", f"mailto:?subject={title}&#038;BODY={post.link}"),
    )
    return "".join(
        f'<a class="{named}post-share-item post-share-{name}" target="_blank" rel="nofollow"'
        + (f' href="{target}"' if target else ' data-pin-do="none" onclick="document.createElement(\'script\');"')
        + f'><i class="penci-faicon fa fa-{name}" ></i><span class="dt-share">{name.title()}</span></a>'
        for name, target in targets
    )


def page_links(blog: Blog, post: Post, current: int) -> str:
    """Print the links to the pages of an article in several; nothing for others."""
    pages = len(post.pages)
    if post.protected or pages == 1:
        return ""
    links = " ".join(
        f'<span class="post-page-numbers current" aria-current="page">{number}</span>'
        if number == current
        else f'<a href="{post.link}{f"/{number}" if number > 1 else ""}" class="post-page-numbers">{number}</a>'
        for number in range(1, pages + 1)
    )
    return f'\n<p class="post-nav-links">{blog.labels.pages} {links}</p>'
