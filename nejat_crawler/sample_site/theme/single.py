"""An article's own page."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.assemble import CLOCK
from nejat_crawler.sample_site.content.inline import HOME, escape
from nejat_crawler.sample_site.content.posts import Post, excerpt_html
from nejat_crawler.sample_site.content.theme_words import print_comments
from nejat_crawler.sample_site.theme.after_text import comments, neighbours, related, tags
from nejat_crawler.sample_site.theme.entry_parts import category_links, featured, hidden_date, page_links, share_links
from nejat_crawler.sample_site.theme.page_frame import breadcrumbs, json_ld, page, sidebar, time_tag, views
from nejat_crawler.sample_site.theme.single_styles import STYLES
from nejat_crawler.sample_site.theme.text_options import text_of


def article_page(blog: Blog, post: Post, look: Appearance, number: int = 1) -> str:
    """Print page `number` of an article; related posts and comments stand inside its element, too."""
    paged = f" paged-{number} single-paged-{number}" if number > 1 else ""
    author = blog.term("posts/author", post.author)
    style, pieces = STYLES[look.single], _pieces(blog, post, look)
    # From 7.9 on the article itself is no hentry; before, only style 2 leaves that to what holds the heading.
    entry = "" if look.since("7.9") or look.single == 2 else " hentry"
    named, body_named = "", ""
    if look.single > 2:
        named = f" penci-single-style-{look.single} penci-single-smore"
        body_named = f" penci-body-single-style-{look.single}"
    main = f"""{style.before.format_map(pieces)}<div class="container container-single{named} penci_sidebar  \
penci-enable-lightbox">
\t<div id="main">
\t\t<div class="theiaStickySidebar">
{style.in_column.format_map(pieces)}\
\t\t\t<article id="post-{post.post_id}" class="post type-post status-publish{entry}">
{style.inside.format_map(pieces)}\t<div class="post-entry blockquote-style-1">
\t\t<div class="inner-post-entry entry-content" id="penci-post-entry-inner">
{text_of(blog, post, look, number)}
\t\t\t<div class="penci-single-link-pages">{page_links(blog, post, number)}
\t\t\t</div>
\t\t\t{tags(blog, post)}\t\t</div>
\t</div>
{_share_box(post, look)}\t<div class="post-author">
\t\t<div class="author-content"><h5><a href="{author.link(blog.edition)}" rel="author">{escape(post.author)}</a></h5>
\t\t<p></p></div>
\t</div>
{neighbours(blog, post)}{related(blog, post, look)}{comments(blog, post)}
</article>\t\t\t</div>
\t</div>
{sidebar(blog, look)}
</div>"""
    if look.since("8.5"):
        main = f'<div class="penci-single-wrapper"><div class="penci-single-block">\n{main}\n</div></div>'
    return page(
        blog,
        look,
        title=post.shown_title,
        body_class=(
            f"post-template-default single single-post postid-{post.post_id} single-format-{post.format}{paged}"
            + body_named
        ),
        main=main,
        head=_stamps(post, look) + _head(blog, post, number),
        data=_data(blog, post, look) if look.json_ld else "",
    )


def _share_box(post: Post, look: Appearance) -> str:
    """Print the bar below the text, which counts the comments as well."""
    icon = '<i class="penci-faicon fa fa-comment-o" ></i>'
    count = f'<span class="single-comment-o">{icon}{print_comments(post.edition, len(post.comments))}</span>'
    if look.since("8.2"):
        return f"""\t<div data-id="{post.post_id}" class="tags-share-box single-post-share tags-share-box-s1  \
center-box social-align-default post-share hide-like-count">
\t\t{count}
\t\t{share_links(post, look)}
\t</div>
"""
    return f"""\t<div class="tags-share-box center-box tags-share-box-s1">
\t\t{count}
\t\t<div class="post-share hide-like-count"><div class="list-posts-share">{share_links(post, look)}</div></div>
\t</div>
"""


def _pieces(blog: Blog, post: Post, look: Appearance) -> dict[str, str]:
    """What a row of STYLES puts together."""
    span, back = _background(blog, post, look)
    return {
        "crumbs": f"{_crumbs(blog, post)}\t\t<span>{escape(post.shown_title)}</span>",
        "header": _header(blog, post, look),
        "image": featured(blog, post, look, single=True),
        "span": span,
        "back": back,
        "style": str(look.single),
        "hentry": " hentry" if look.since("7.9") or look.single == 2 else "",
    }


def _header(blog: Blog, post: Post, look: Appearance) -> str:
    apart, by = ("", blog.labels.written_by) if look.single == 1 else (" penci-single-cat", blog.labels.by)
    author = blog.term("posts/author", post.author)
    meta = f"\t\t\t<span>{time_tag(post, look)}</span>\n" if not look.hide_dates else ""
    if look.single == 2:
        meta += f"\t\t\t<span>{print_comments(blog.edition, len(post.comments))}</span>\n"
    if look.views:
        meta += f'\t\t\t<span><i class="penci-post-countview-number">{views(post)}</i> views</span>\n'
    if look.reading_time:
        minutes = len(post.body.split()) // 200 + 1
        meta += f'\t\t\t<span class="single-readtime">{minutes} minutes read</span>\n'
    return f"""\t<div class="header-standard header-classic single-header">
\t\t<div class="penci-standard-cat{apart}">{category_links(blog, post, look)}</div>
\t\t<h1 class="post-title single-post-title entry-title">{escape(post.shown_title)}</h1>
\t\t{hidden_date(blog, post, look)}
\t\t<div class="post-box-meta-single">
\t\t\t<span class="author-post byline"><span class="author vcard">{by} \
<a class="author-url url fn n" href="{author.link(blog.edition)}">{escape(post.author)}</a></span></span>
{meta}\t\t</div>
\t</div>
"""


def _background(blog: Blog, post: Post, look: Appearance) -> tuple[str, str]:
    """Print the lead image as the background of a span, alone and in its box; other formats show what they have."""
    if post.format in {"quote", "video", "gallery"}:
        shown = featured(blog, post, look, single=True)
        return shown, shown
    if not post.leads:
        return "", ""
    source = post.leads[0].src
    named = (
        "penci-single-featured-img wp-post-image penci-disable-lazy" if look.since("8.2") else "penci-image-holder"
    )
    span = (
        f'<a href="{source}" data-rel="penci-gallery-bground-content"><span class="attachment-penci-full-thumb'
        f' size-penci-full-thumb {named}" style="background-image: url({source});"></span></a>\n'
    )
    return span, f'<div class="post-image">\n{span}</div>\n'


def _stamps(post: Post, look: Appearance) -> str:
    """Print the times for other machines, which the theme does in UTC."""
    if not look.since("8.7"):
        return ""
    title = escape(post.title)
    published, modified = (_utc(moment) for moment in (post.date, post.changed))
    return (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="og:url" content="{post.link}">\n'
        f'<meta property="article:published_time" content="{published}">'
        f'<meta property="article:modified_time" content="{modified}">\n'
        f'<meta itemprop="name" content="{title}"><meta itemprop="datePublished" content="{published}">'
        f'<meta itemprop="dateModified" content="{modified}">'
        f'<meta itemprop="author" content="{escape(post.author)}">\n'
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _head(blog: Blog, post: Post, number: int) -> str:
    canonical = post.link if number == 1 else f"{post.link}/{number}"
    return (
        f'<link rel="alternate" type="application/json" href="{blog.home}wp-json/wp/v2/posts/{post.post_id}" />\n'
        f'<link rel="canonical" href="{canonical}" />\n'
        f"<link rel='shortlink' href='{blog.home}?p={post.post_id}' />\n"
        f'<link rel="alternate" type="application/json+oembed"'
        f' href="{blog.home}wp-json/oembed/1.0/embed?url={quote(post.link, safe="")}" />\n'
    )


def _data(blog: Blog, post: Post, look: Appearance) -> str:
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
    trail = [(f"{HOME}/{blog.edition}", blog.labels.home)]
    trail += [(term.link(blog.edition), term.name) for term in blog.terms("module", post.categories[:1])]
    trail.append((post.link, post.shown_title))
    return json_ld({"@context": "https://schema.org/", **about}) + breadcrumbs(*trail)


def _stamp(moment: datetime, look: Appearance) -> str:
    return moment.isoformat(timespec="seconds") if look.since("8.5") else moment.date().isoformat()


def _crumbs(blog: Blog, post: Post) -> str:
    steps = [(blog.home, blog.labels.home)]
    steps += [(term.link(blog.edition), term.name) for term in blog.terms("module", post.categories[:1])]
    return "".join(
        f'<span><a class="crumb" href="{address}">{escape(name)}</a></span>'
        '<i class="penci-faicon fa fa-angle-right" ></i>'
        for address, name in steps
    )
