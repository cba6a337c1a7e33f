"""Pages that list articles: the home listing, the archives of a term; and the page for what is not there."""

from __future__ import annotations

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import PAGE_SIZE, Blog, Term
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from nejat_crawler.sample_site.theme.pagers import Place
from nejat_crawler.sample_site.theme.templates import breadcrumbs, framed, views

#: How many of a category's newest posts stand in the grid above its list, and no longer in the list.
_FEATURED = 5


def home_listing(blog: Blog, look: Appearance, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the listing that holds every article."""
    posts = blog.public()
    return framed(
        "listing.html",
        blog,
        look,
        [],
        title=blog.name if number == 1 else f"{blog.name} – {blog.labels.page.format(number)}",
        term=None,
        layout_name=look.front_layout,
        layout=LAYOUTS[look.front_layout],
        posts=blog.home_page(number),
        place=Place(blog.home, number, blog.pages(), amp),
        newest=[*posts[1:4], posts[-1]],
        most_read=sorted(posts, key=views, reverse=True)[:6],
    )


def archived(blog: Blog, look: Appearance, term: Term) -> tuple[list[Post], list[Post]]:
    """List the posts of an archive: those in the grid above its list, and those in the list."""
    posts = blog.archive(term)
    apart = _FEATURED if look.featured_category and term.kind == "module" else 0
    return posts[:apart], posts[apart:]


def archive_page(blog: Blog, look: Appearance, term: Term, number: int, *, amp: bool = False) -> str:
    """Print page `number` of the archive of a category, a tag or an author."""
    apart, posts = archived(blog, look, term)
    layout, link, labels = look.archive_layout or look.layout, term.link(blog.edition), blog.labels
    kinds = {"module": ("category", labels.category), "tag": ("tag", labels.tag)}
    kind, label = kinds.get(term.kind, ("author", labels.author))
    return framed(
        "listing.html",
        blog,
        look,
        [breadcrumbs((blog.home, labels.home), (link, term.name))],
        title=term.name,
        term=term,
        kind=kind,
        label=label,
        layout_name=layout,
        layout=LAYOUTS[layout],
        apart=apart if number == 1 else [],
        posts=posts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        place=Place(link, number, blog.pages(posts), amp),
    )


def missing_page(blog: Blog, look: Appearance) -> str:
    """Print the page for an address that leads nowhere."""
    return framed("missing.html", blog, look, [], title=blog.labels.missing)
