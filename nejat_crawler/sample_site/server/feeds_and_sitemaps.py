"""What machines read: RSS feeds, sitemaps, robots.txt."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape as xml

from nejat_crawler.sample_site.blog import Blog, Term
from nejat_crawler.sample_site.content.inline import HOME, escape
from nejat_crawler.sample_site.content.posts import Post, content_html, excerpt_html

_NAMESPACES = """xmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:slash="http://purl.org/rss/1.0/modules/slash/\""""


def etag(blog: Blog) -> str:
    """Give the one ETag that all feeds of an edition share: it says when the site last changed, not the feed."""
    stamp = blog.last_change().strftime("%Y-%m-%d %H:%M:%S")
    return f'"{hashlib.md5(stamp.encode(), usedforsecurity=False).hexdigest()}"'


def last_modified(blog: Blog) -> str:
    """Give the Last-Modified that all feeds of an edition share."""
    return format_datetime(blog.last_change(), usegmt=True)


def rss(blog: Blog, posts: list[Post], link: str, title: str = "") -> str:
    """Print a feed of `posts`; of an article in several pages it holds the first."""
    name = xml(f"{title} – {blog.name}" if title else blog.name)
    items = "".join(_item(blog, post) for post in posts)
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
\t{_NAMESPACES}
\t>
<channel>
\t<title>{name}</title>
\t<atom:link href="{link.rstrip("/")}/feed" rel="self" type="application/rss+xml" />
\t<link>{link.rstrip("/")}</link>
\t<description>{name}</description>
\t<lastBuildDate>{_rfc822(blog.last_change())}</lastBuildDate>
\t<language>{blog.labels.locale}</language>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<generator>https://wordpress.org/?v=6.1.9</generator>
{items}</channel>
</rss>
"""


def _item(blog: Blog, post: Post) -> str:
    target = "comments" if post.comments else "respond"
    terms = "\n\t\t".join(f"<category>{_cdata(name)}</category>" for name in (*post.categories, *post.tags))
    return f"""\t<item>
\t\t<title>{escape(post.shown_title)}</title>
\t\t<link>{post.link}</link>
\t\t<comments>{post.link}#{target}</comments>
\t\t<dc:creator>{_cdata(post.author)}</dc:creator>
\t\t<pubDate>{_rfc822(post.date)}</pubDate>
\t\t{terms}
\t\t<guid isPermaLink="false">{blog.home}?p={post.post_id}</guid>
\t\t<description>{_cdata(excerpt_html(post))}</description>
\t\t<content:encoded>{_cdata(content_html(post, post.pages[0]))}</content:encoded>
\t\t<wfw:commentRss>{post.link}/feed</wfw:commentRss>
\t\t<slash:comments>{len(post.comments)}</slash:comments>
\t</item>
"""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]&gt;')}]]>"


def _rfc822(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")


def sitemap_index(blog: Blog) -> str:
    """Print the list of the edition's sitemaps."""
    names = ("posts-post", "taxonomies-category", "taxonomies-post_tag", "users")
    rows = "".join(f"<sitemap><loc>{blog.home}wp-sitemap-{name}-1.xml</loc></sitemap>" for name in names)
    return _sitemap(blog, "sitemapindex", rows, "wp-sitemap-index.xsl")


def sitemap(blog: Blog, name: str) -> str | None:
    """Print a sitemap, without dates, as WordPress does; None for a name that there is not."""
    kinds = {"taxonomies-category": "module", "taxonomies-post_tag": "tag", "users": "posts/author"}
    if name == "posts-post":
        links = [post.link for post in sorted(blog.public(), key=lambda post: post.post_id)]
    elif name in kinds:
        terms: list[Term] = blog.used_terms(kinds[name])
        links = [term.link(blog.edition) for term in terms]
    else:
        return None
    return _sitemap(blog, "urlset", "".join(f"<url><loc>{xml(link)}</loc></url>" for link in links), "wp-sitemap.xsl")


def _sitemap(blog: Blog, root: str, rows: str, style: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<?xml-stylesheet type="text/xsl" href="{blog.home}{style}" ?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>\n'
    )


def robots(editions: list[str], crawl_delay: float | None) -> str:
    """Print robots.txt."""
    lines = ["User-agent: *"]
    if crawl_delay is not None:
        lines.append(f"Crawl-delay: {crawl_delay:g}")
    for edition in editions:
        lines += [f"Disallow: /{edition}/wp-admin/", f"Allow: /{edition}/wp-admin/admin-ajax.php"]
    lines += [f"Sitemap: {HOME}/{edition}/wp-sitemap.xml" for edition in editions]
    return "\n".join(lines) + "\n"
