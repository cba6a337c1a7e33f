"""An article's own page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.assemble import CLOCK
from nejat_crawler.sample_site.content.inline import HOME
from nejat_crawler.sample_site.content.posts import Post, excerpt_html
from nejat_crawler.sample_site.theme.templates import breadcrumbs, framed


def article_page(blog: Blog, post: Post, look: Appearance, number: int = 1) -> str:
    """Print page `number` of an article."""
    posts = blog.public()
    place = posts.index(post)
    terms = blog.terms("module", post.categories[:1])
    trail = [(blog.home, blog.labels.home), *((term.link(blog.edition), term.name) for term in terms)]
    trail.append((post.link, post.shown_title))
    same_category = blog.archive(terms[0]) if terms else []
    return framed(
        "single.html",
        blog,
        look,
        [_described(blog, post, look), breadcrumbs((f"{HOME}/{blog.edition}", blog.labels.home), *trail[1:])]
        if look.json_ld
        else [],
        title=post.shown_title,
        post=post,
        number=number,
        trail=trail,
        author=blog.term("posts/author", post.author),
        older=posts[place + 1] if place + 1 < len(posts) else None,
        newer=posts[place - 1] if place else None,
        related=[other for other in same_category if other is not post][:10],
    )


def _described(blog: Blog, post: Post, look: Appearance) -> object:
    """What the head says of the article as structured data."""
    picture = post.leads[0].src if post.leads else f"{blog.home}wp-content/themes/soledad/images/no-image.jpg"
    image = {"@type": "ImageObject", "url": picture, "width": 640, "height": 400}
    if post.format == "video":
        about: dict[str, object] = {"@type": "VideoObject", "name": post.title, "contentUrl": post.special}
    elif post.format == "gallery":
        about = {"name": post.title, **image}
    else:
        about = {
            "@type": "BlogPosting",
            "headline": post.title,
            "description": excerpt_html(post),
            "datePublished": _stamp(post.date, look),
            "datemodified": _stamp(post.changed.astimezone(CLOCK), look),
            "mainEntityOfPage": post.link,
            "image": image,
            "author": {"@type": "Person", "@id": f"#person-{quote(post.author)}", "name": post.author},
        }
    return {"@context": "https://schema.org/", **about}


def _stamp(moment: datetime, look: Appearance) -> str:
    return moment.isoformat(timespec="seconds") if look.since("8.5") else moment.date().isoformat()
