"""An article's own page."""

from __future__ import annotations

from urllib.parse import quote

from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.entry import category_links, featured, hidden_date, share_links
from nejat_crawler.sample_site.labels import print_comments, print_date
from nejat_crawler.sample_site.listing import page_links
from nejat_crawler.sample_site.posts import Post, content_html, excerpt_html
from nejat_crawler.sample_site.runs import HOME, escape
from nejat_crawler.sample_site.soledad import breadcrumbs, json_ld, page, sidebar, time_tag


def article_page(blog: Blog, post: Post, number: int = 1) -> str:
    """Print page `number` of an article; related posts and comments stand inside its element, too."""
    paged = f" paged-{number} single-paged-{number}" if number > 1 else ""
    title = escape(post.shown_title)
    author = blog.term("posts/author", post.author)
    content = f"""\t<div class="post-entry blockquote-style-1">
\t\t<div class="inner-post-entry entry-content" id="penci-post-entry-inner">
{content_html(post, post.pages[number - 1])}
\t\t\t<div class="penci-single-link-pages">{page_links(blog, post, number)}
\t\t\t</div>
\t\t\t{_tags(blog, post)}\t\t</div>
\t</div>"""
    main = f"""\t<div class="container penci-breadcrumb single-breadcrumb">
\t\t{_crumbs(blog, post)}\t\t<span>{title}</span>
\t</div>
<div class="container container-single penci_sidebar  penci-enable-lightbox">
\t<div id="main">
\t\t<div class="theiaStickySidebar">
\t\t\t<article id="post-{post.post_id}" class="post type-post status-publish hentry">
\t<div class="header-standard header-classic single-header">
\t\t{category_links(blog, post)}
\t\t<h1 class="post-title single-post-title entry-title">{title}</h1>
\t\t{hidden_date(blog, post)}
\t\t<div class="post-box-meta-single">
\t\t\t<span class="author-post byline"><span class="author vcard">{blog.labels.written_by} \
<a class="author-url url fn n" href="{author.link(blog.edition)}">{escape(post.author)}</a></span></span>
\t\t\t<span>{time_tag(post)}</span>
\t\t</div>
\t</div>
{featured(blog, post, single=True)}{content}
\t<div class="tags-share-box center-box tags-share-box-s1">
\t\t<span class="single-comment-o"><i class="penci-faicon fa fa-comment-o" ></i>\
{print_comments(blog.edition, len(post.comments))}</span>
\t\t<div class="post-share hide-like-count"><div class="list-posts-share">{share_links(post)}</div></div>
\t</div>
\t<div class="post-author">
\t\t<div class="author-content"><h5><a href="{author.link(blog.edition)}" rel="author">{escape(post.author)}</a></h5>
\t\t<p></p></div>
\t</div>
{_neighbours(blog, post)}{_related(blog, post)}{_comments(blog, post)}
</article>\t\t\t</div>
\t</div>
{sidebar(blog)}
</div>"""
    return page(
        blog,
        title=post.shown_title,
        body_class=(
            f"post-template-default single single-post postid-{post.post_id} single-format-{post.format}{paged}"
        ),
        main=main,
        head=_head(blog, post, number),
        data=_data(blog, post),
    )


def _head(blog: Blog, post: Post, number: int) -> str:
    canonical = post.link if number == 1 else f"{post.link}/{number}"
    return (
        f'<link rel="alternate" type="application/json" href="{blog.home}wp-json/wp/v2/posts/{post.post_id}" />\n'
        f'<link rel="canonical" href="{canonical}" />\n'
        f"<link rel='shortlink' href='{blog.home}?p={post.post_id}' />\n"
        f'<link rel="alternate" type="application/json+oembed"'
        f' href="{blog.home}wp-json/oembed/1.0/embed?url={quote(post.link, safe="")}" />\n'
    )


def _data(blog: Blog, post: Post) -> str:
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
            "datePublished": post.date.date().isoformat(),
            "datemodified": post.changed.date().isoformat(),
            "mainEntityOfPage": post.link,
            "image": image,
            "author": {"@type": "Person", "@id": f"#person-{quote(post.author)}", "name": post.author},
        }
    trail = [(f"{HOME}/{blog.edition}", blog.labels.home)]
    trail += [(term.link(blog.edition), term.name) for term in blog.terms("module", post.categories[:1])]
    trail.append((post.link, post.shown_title))
    return json_ld({"@context": "https://schema.org/", **about}) + breadcrumbs(*trail)


def _crumbs(blog: Blog, post: Post) -> str:
    steps = [(blog.home, blog.labels.home)]
    steps += [(term.link(blog.edition), term.name) for term in blog.terms("module", post.categories[:1])]
    return "".join(
        f'<span><a class="crumb" href="{address}">{escape(name)}</a></span>'
        '<i class="penci-faicon fa fa-angle-right" ></i>'
        for address, name in steps
    )


def _tags(blog: Blog, post: Post) -> str:
    if not post.tags:
        return ""
    links = "".join(
        f'<a href="{term.link(blog.edition)}" rel="tag">{escape(term.name)}</a>'
        for term in blog.terms("tag", post.tags)
    )
    return f'<div class="post-tags">\n\t\t\t\t{links}\t\t\t</div>\n'


def _neighbours(blog: Blog, post: Post) -> str:
    posts = blog.public()
    place = posts.index(post)
    older = posts[place + 1] if place + 1 < len(posts) else None
    newer = posts[place - 1] if place else None
    steps = ""
    for name, neighbour, label in (("prev", older, blog.labels.previous), ("next", newer, blog.labels.following)):
        if neighbour:
            steps += f"""\t<div class="{name}-post"><div class="{name}-post-inner">
\t\t<div class="prev-post-title"><span>{label}</span></div>
\t\t<a href="{neighbour.link}"><div class="pagi-text"><h5 class="{name}-title">{escape(neighbour.shown_title)}</h5>\
</div></a>
\t</div></div>
"""
    return f'\t<div class="post-pagination">\n{steps}\t</div>\n'


def _related(blog: Blog, post: Post) -> str:
    """Print up to ten posts of the same category, their titles cut to eight words."""
    if not post.categories:
        return ""
    posts = [other for other in blog.archive(blog.term("module", post.categories[0])) if other is not post][:10]
    items = ""
    for other in posts:
        words = other.shown_title.split()
        title = escape(" ".join(words[:8]) + ("..." if len(words) > 8 else ""))
        thumb = (
            f'<a class="related-thumb penci-image-holder owl-lazy" data-src="{other.leads[0].src}"'
            f' href="{other.link}" title="{escape(other.shown_title)}"></a>'
            if other.leads
            else ""
        )
        items += f"""<div class="item-related">{thumb}
\t<h3><a href="{other.link}">{title}</a></h3>
\t<span class="date">{time_tag(other)}</span>
</div>
"""
    return f"""\t<div class="post-related">
\t\t<div class="post-title-box"><h4 class="post-box-title">{blog.labels.related}</h4></div>
\t\t<div class="penci-owl-carousel penci-owl-carousel-slider penci-related-carousel" data-lazy="true">
{items}</div></div>
"""


def _comments(blog: Blog, post: Post) -> str:
    shown = "".join(
        f"""<div class="comment even thread-even depth-1" id="comment-{post.post_id * 100 + place}" \
itemprop="" itemscope="itemscope" itemtype="https://schema.org/UserComments">
\t<div class="thecomment"><div class="comment-text">
\t<span class="author"><span itemprop="name">{escape(comment.author)}</span></span>
\t<span class="date"datetime="{comment.date.isoformat(timespec="seconds")}"itemprop="commentTime">\
<i class="penci-faicon fa fa-clock-o" ></i>{print_date(blog.edition, comment.date)} - {comment.date:%H:%M}</span>
\t<div class="comment-content" itemprop="commentText"><p>{escape(comment.text)}</p></div>
\t</div></div>
</div>
"""
        for place, comment in enumerate(post.comments)
    )
    thread = (
        f'<div class="post-title-box"><h4 class="post-box-title">'
        f"{print_comments(blog.edition, len(post.comments))}</h4></div>\n<div class='comments'>{shown}</div>\n"
        if shown
        else ""
    )
    return f"""\t<div class="post-comments{"" if shown else " no-comment-yet"}" id="comments">
{thread}\t<div id="respond" class="comment-respond">
\t\t<h3 id="reply-title" class="comment-reply-title"><span>{blog.labels.reply}</span></h3>\
<form action="{blog.home}wp-comments-post.php" method="post" id="commentform" class="comment-form">\
<p class="comment-form-comment"><textarea id="comment" name="comment" cols="45" rows="8"></textarea></p>
<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" value="Submit" />\
<input type='hidden' name='comment_post_ID' value='{post.post_id}' id='comment_post_ID' /></p></form>
\t</div><!-- #respond -->
\t</div> <!-- end comments div -->"""
