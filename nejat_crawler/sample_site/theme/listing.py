"""Pages that list articles: the home listing, the archives of a term; and the page for what is not there."""

from __future__ import annotations

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import PAGE_SIZE, Blog, Term
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.theme.boxes import AD_ELSEWHERE, AD_IN_LIST, FEATURED, GRID_ABOVE, POPULAR, SLIDER
from nejat_crawler.sample_site.theme.layout_rows import Layout
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from nejat_crawler.sample_site.theme.listing_entries import print_entries
from nejat_crawler.sample_site.theme.page_frame import breadcrumbs, page, sidebar, views
from nejat_crawler.sample_site.theme.pagers import PAGERS, Place


def home_listing(blog: Blog, look: Appearance, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the listing that holds every article."""
    name, layout = look.front_layout, LAYOUTS[look.front_layout]
    advertisement = ""
    if look.infeed_ads:
        advertisement = AD_IN_LIST if layout.closing == "</ul>" else AD_ELSEWHERE
    entries = print_entries(blog, blog.home_page(number), look, layout, advertisement)
    place = Place(blog, blog.home, number, blog.pages(), amp=amp, layout=name)
    title = blog.name if number == 1 else f"{blog.name} – {blog.labels.page.format(number)}"
    return page(
        blog,
        look,
        title=title,
        body_class="home blog" + _paged(number),
        main=f"""{_above(blog, look)}\t<div class="container penci_sidebar right-sidebar">
\t\t<div id="main" class="penci-layout-{_css(name)}">
\t\t\t<div class="theiaStickySidebar">
\t\t\t\t<div class="penci-wrapper-posts-content">
\t\t\t\t\t{_opening(look, name)}
{entries}
\t\t\t\t\t{layout.closing}
\t\t\t\t\t{PAGERS[look.pagination](place)}
\t\t\t\t</div>
\t\t\t</div>
\t\t</div>
{sidebar(blog, look)}
</div>""",
    )


def archived(blog: Blog, look: Appearance, term: Term) -> tuple[list[Post], list[Post]]:
    """List the posts of an archive: those in the grid above its list, and those in the list."""
    posts = blog.archive(term)
    apart = FEATURED if look.featured_category and term.kind == "module" else 0
    return posts[:apart], posts[apart:]


def archive_page(blog: Blog, look: Appearance, term: Term, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the archive of a category, a tag or an author."""
    apart, posts = archived(blog, look, term)
    above = _row(blog, apart, look, GRID_ABOVE) if apart and number == 1 else ""
    layout_name = look.archive_layout or look.layout
    layout = LAYOUTS[layout_name]
    shown = posts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    entries = print_entries(blog, shown, look, layout)
    if not layout.bare_in_archives:
        entries = f"{_opening(look, layout_name)}\n{entries}{layout.closing}\n"
    link = term.link(blog.edition)
    kind, label = {"module": ("category", blog.labels.category), "tag": ("tag", blog.labels.tag)}.get(
        term.kind, ("author", blog.labels.author)
    )
    css = f" {kind}-{term.css}" if term.css != str(term.number) else ""
    name = escape(term.name)
    which = (kind, str(term.number))
    place = Place(blog, link, number, blog.pages(posts), amp=amp, archive=which, layout=layout_name)
    main = f"""\t<div class="container penci-breadcrumb">
\t\t<span><a class="crumb" href="{blog.home}">{blog.labels.home}</a></span>\
<i class="penci-faicon fa fa-angle-right" ></i><span>{name}</span>
\t</div>
{above}\t<div class="container penci_sidebar right-sidebar">
\t\t<div id="main" class="penci-layout-{_css(layout_name)}">
\t\t\t<div class="theiaStickySidebar">
\t\t\t\t<div class="archive-box"><div class="title-bar"><span>{label}</span> <h1>{name}</h1></div></div>
{entries}\t\t\t\t{PAGERS[look.pagination](place)}
\t\t\t</div>
\t\t</div>
{sidebar(blog, look)}
</div>"""
    return page(
        blog,
        look,
        title=term.name,
        body_class=f"archive {kind}{css} {kind}-{term.number}{_paged(number)}",
        main=main,
        head=f'<link rel="alternate" type="application/rss+xml" title="{escape(blog.name)} &raquo; {name}"'
        f' href="{link}/feed" />\n',
        data=breadcrumbs((blog.home, blog.labels.home), (link, term.name)),
    )


def missing_page(blog: Blog, look: Appearance) -> str:
    """Print the page for an address that leads nowhere."""
    return page(
        blog,
        look,
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


def _css(layout: str) -> str:
    """Name a layout as the page does: automatic excerpts are a setting of another one."""
    return "standard" if layout == "excerpt" else layout


def _opening(look: Appearance, layout: str) -> str:
    named = f' data-layout="{layout}"' if look.since("8.2") else ""
    return LAYOUTS[layout].opening.replace("{data_layout}", named)


def _row(blog: Blog, posts: list[Post], look: Appearance, row: Layout) -> str:
    return f"{row.opening}{print_entries(blog, posts, look, row)}{row.closing}"


def _above(blog: Blog, look: Appearance) -> str:
    """Print what every page of the front page repeats above its list: new posts and old ones."""
    posts = blog.public()
    rows = _row(blog, [*posts[1:4], posts[-1]], look, SLIDER) if look.slider else ""
    if look.popular:
        rows += _row(blog, sorted(posts, key=views, reverse=True)[:6], look, POPULAR)
    return rows
