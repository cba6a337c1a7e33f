"""What a listing and an article's page print alike: pictures above the text, categories, sharing, hidden date."""

from __future__ import annotations

from urllib.parse import quote

from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.posts import Post
from nejat_crawler.sample_site.runs import Picture, escape
from nejat_crawler.sample_site.soledad import holder, time_tag


def featured(blog: Blog, post: Post, *, single: bool) -> str:
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
    return f'<div class="{box}">\n\t{opening}\n\t{_lazy(blog, picture)}\t</a>\n</div>\n'


def _lazy(blog: Blog, picture: Picture) -> str:
    return (
        '<img class="attachment-penci-full-thumb size-penci-full-thumb penci-lazy wp-post-image"'
        f' src="{holder(blog)}" alt="{escape(picture.alt)}" title="{escape(picture.alt or "untitled upload")}"'
        f' data-src="{picture.src}">'
    )


def category_links(blog: Blog, post: Post) -> str:
    """Print the categories, with nothing between their links."""
    links = "".join(
        f'<a class="penci-cat-name penci-cat-{term.number}" href="{term.link(blog.edition)}"  rel="category tag">'
        f"{escape(term.name)}</a>"
        for term in blog.terms("module", post.categories)
    )
    return f'<div class="penci-standard-cat"><span class="cat">{links}</span></div>'


def hidden_date(blog: Blog, post: Post) -> str:
    """Print author and date a second time, for machines: a style sheet hides them."""
    author = blog.term("posts/author", post.author)
    return (
        f'<div class="penci-hide-tagupdated">\n\t<span class="author-italic author vcard">{blog.labels.by} '
        f'<a class="url fn n" href="{author.link(blog.edition)}">{escape(post.author)}</a></span>\n'
        f"\t{time_tag(post)}\t</div>"
    )


def share_links(post: Post) -> str:
    """Print the share bar: the networks' names with nothing between them."""
    title, link = quote(post.title), quote(post.link, safe="")
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
        f'<a class="post-share-item post-share-{name}" target="_blank" rel="nofollow"'
        + (f' href="{target}"' if target else ' data-pin-do="none" onclick="document.createElement(\'script\');"')
        + f'><i class="penci-faicon fa fa-{name}" ></i><span class="dt-share">{name.title()}</span></a>'
        for name, target in targets
    )
