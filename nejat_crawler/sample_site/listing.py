"""Pages that list articles: the home listing, the archives of a term; and the page for what is not there."""

from __future__ import annotations

from nejat_crawler.sample_site.blocks import More
from nejat_crawler.sample_site.blog import PAGE_SIZE, Blog, Term
from nejat_crawler.sample_site.entry import category_links, featured, hidden_date, share_links
from nejat_crawler.sample_site.labels import print_comments
from nejat_crawler.sample_site.posts import Post, content_html
from nejat_crawler.sample_site.runs import escape
from nejat_crawler.sample_site.soledad import breadcrumbs, page, sidebar, time_tag


def home_listing(blog: Blog, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the listing that holds every article."""
    entries = "".join(_entry(blog, post) for post in blog.home_page(number))
    title = blog.name if number == 1 else f"{blog.name} – {blog.labels.page.format(number)}"
    return page(
        blog,
        title=title,
        body_class="home blog" + _paged(number),
        main=f"""\t<div class="container penci_sidebar right-sidebar">
\t\t<div id="main" class="penci-layout-standard">
\t\t\t<div class="theiaStickySidebar">
\t\t\t\t<div class="penci-wrapper-posts-content">
\t\t\t\t\t<div class="penci-wrapper-data">
{entries}
\t\t\t\t\t</div>
\t\t\t\t\t{_pager(blog, blog.home, number, blog.pages(), amp=amp)}
\t\t\t\t</div>
\t\t\t</div>
\t\t</div>
{sidebar(blog)}
</div>""",
    )


def archive_page(blog: Blog, term: Term, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the archive of a category, a tag or an author."""
    posts = blog.archive(term)
    shown = posts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    link = term.link(blog.edition)
    kind, label = {"module": ("category", blog.labels.category), "tag": ("tag", blog.labels.tag)}.get(
        term.kind, ("author", blog.labels.author)
    )
    css = f" {kind}-{term.css}" if term.css != str(term.number) else ""
    name = escape(term.name)
    main = f"""\t<div class="container penci-breadcrumb">
\t\t<span><a class="crumb" href="{blog.home}">{blog.labels.home}</a></span>\
<i class="penci-faicon fa fa-angle-right" ></i><span>{name}</span>
\t</div>
\t<div class="container penci_sidebar right-sidebar">
\t\t<div id="main" class="penci-layout-standard">
\t\t\t<div class="theiaStickySidebar">
\t\t\t\t<div class="archive-box"><div class="title-bar"><span>{label}</span> <h1>{name}</h1></div></div>
{"".join(_entry(blog, post) for post in shown)}\t\t\t\t{_pager(blog, link, number, blog.pages(posts), amp=amp)}
\t\t\t</div>
\t\t</div>
{sidebar(blog)}
</div>"""
    return page(
        blog,
        title=term.name,
        body_class=f"archive {kind}{css} {kind}-{term.number}{_paged(number)}",
        main=main,
        head=f'<link rel="alternate" type="application/rss+xml" title="{escape(blog.name)} &raquo; {name}"'
        f' href="{link}/feed" />\n',
        data=breadcrumbs((blog.home, blog.labels.home), (link, term.name)),
    )


def missing_page(blog: Blog) -> str:
    """Print the page for an address that leads nowhere."""
    return page(
        blog,
        title=blog.labels.missing,
        body_class="error404",
        main=f"""\t<div class="container">
\t\t<div class="error-404">
\t\t\t<div class="error-image">404</div>
\t\t\t<p class="sub-heading-text-404">{blog.labels.missing}</p>
\t\t\t<p class="go-back-home"><a href="{blog.home}">{blog.labels.home}</a></p>
\t\t</div>
\t</div>""",
    )


def _paged(number: int) -> str:
    return f" paged paged-{number}" if number > 1 else ""


def _entry(blog: Blog, post: Post) -> str:
    link = post.link
    target = "comments" if post.comments else "respond"
    return f"""<article id="post-{post.post_id}" class="{_post_class(blog, post)}">
{featured(blog, post, single=False)}\t<div class="header-standard">
\t\t{category_links(blog, post)}
\t\t<h2 class="penci-entry-title entry-title entry-title"><a href="{link}">{escape(post.shown_title)}</a></h2>
\t\t{hidden_date(blog, post)}
\t</div>
\t<div class="standard-content">
\t\t<div class="standard-main-content entry-content">
\t\t\t<div class="post-entry standard-post-entry classic-post-entry blockquote-style-1">
\t\t\t\t{_teaser(blog, post)}
\t\t\t</div>
\t\t</div>
\t\t<div class="penci-post-box-meta">
\t\t\t<div class="penci-box-meta">
\t\t\t\t<span><i class="penci-faicon fa fa-clock-o" ></i>{time_tag(post)}</span>
\t\t\t\t<span><a href="{link}#{target} "><i class="penci-faicon fa fa-comment-o" ></i>\
{print_comments(blog.edition, len(post.comments))}</a></span>
\t\t\t</div>
\t\t\t<div class="penci-post-share-box">{share_links(post)}\t\t\t</div>
\t\t</div>
\t</div>
</article>"""


def _post_class(blog: Blog, post: Post) -> str:
    names = [f"post-{post.post_id} post type-post status-publish format-{post.format}"]
    if post.protected:
        names.append("post-password-required")
    elif post.leads:
        names.append("has-post-thumbnail")
    if post.sticky:
        names.append("sticky")
    names.append("hentry")
    names += [f"category-{term.css}" for term in blog.terms("module", post.categories)]
    names += [f"tag-{term.css}" for term in blog.terms("tag", post.tags)]
    return " ".join(names)


def _teaser(blog: Blog, post: Post) -> str:
    """Print the content: its first page, up to where the author ends the teaser."""
    blocks = post.pages[0]
    more = next((place for place, block in enumerate(blocks) if isinstance(block, More)), None)
    shown = content_html(post, blocks[:more])
    if post.protected:
        return shown
    if more is not None:
        shown += (
            f'\n<div class="penci-more-link"><a href="{post.link}#more-{post.post_id}" class="more-link">'
            f"{blog.labels.more}</a></div>"
        )
    return shown + page_links(blog, post, 1)


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


def _pager(blog: Blog, link: str, number: int, pages: int, *, amp: bool) -> str:
    query = "?amp=1" if amp else ""
    stem = link.rstrip("/")
    newer = f'<span><i class="penci-faicon fa fa-angle-left" ></i>{blog.labels.newer}</span>'
    older = f'<span>{blog.labels.older} <i class="penci-faicon fa fa-angle-right" ></i></span>'
    before = f"{link if number == 2 else f'{stem}/page/{number - 1}'}{query}" if number > 1 else ""
    after = f"{stem}/page/{number + 1}{query}" if number < pages else ""
    return f"""<div class="penci-pagination">
\t<div class="newer">{_step(before, newer)}</div>
\t<div class="older">{_step(after, older)}</div>
</div>"""


def _step(address: str, words: str) -> str:
    return f'<a href="{address}" >{words}</a>' if address else f'<div class="disable-url">{words}</div>'
