"""How a stock theme is put together: an entry on a listing, an article's own page, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.stock import core
from benchmarks.stock.posts import WORDS, Post
from nejat_crawler.urls import SITE

#: What a listing or an article's own page of a theme may not print.
FIELDS = frozenset({"categories", "tags", "author", "published", "comment_count", "images"})

EntryPrinter = Callable[[Post, bool], str]
"""Prints an entry of a listing, with the whole text or with an excerpt."""


def classic_page(post: Post | None, edition: str, inner: str, archive: str | None) -> str:
    """The frame of most classic themes: site header with menus, content, sidebar, footer."""
    home = f"{SITE}/{edition}/"
    return (
        f'<body class="{core.body_class(post, archive)}"><div id="page" class="site"><a class="skip-link '
        f'screen-reader-text" href="#content">Skip to content</a><header id="masthead" class="site-header"><div '
        f'class="site-branding"><p class="site-title"><a href="{home}" rel="home">Ridge Rescue</a></p><p '
        f'class="site-description">Since 1911</p></div><nav id="site-navigation" class="main-navigation"><ul><li '
        f'class="menu-item"><a href="{home}topic/other">Other</a></li></ul></nav></header><div id="content" '
        f'class="site-content"><div id="primary" class="content-area">{inner}</div><aside id="secondary" '
        f'class="widget-area">{core.widgets(edition)}</aside></div><footer id="colophon" class="site-footer"><div '
        'class="site-info">© 2024 Ridge Rescue</div></footer></div></body></html>'
    )


PagePrinter = Callable[[Post | None, str, str, str | None], str]


@dataclass(frozen=True, slots=True)
class Stock:
    """A theme. `single` prints what its page frame goes round; the sets name fields that it does not print."""

    name: str
    entry: EntryPrinter
    single: Callable[[Post], str]
    not_listed: frozenset[str]
    not_single: frozenset[str] = frozenset()
    page: PagePrinter = classic_page
    pager: Callable[[str, str], str] = core.pagination
    wrap: str = '<main id="main" class="site-main">{}</main>'
    json_ld: bool = False
    full: bool = True
    """Whether a listing can show whole texts."""

    def listing(self, posts: list[Post], *, full: bool, archive: str | None = None) -> str:
        """A page of the listing, or of a category's archive."""
        edition, words = posts[0].edition, WORDS[posts[0].edition]
        older = f"{SITE}/{edition}/page/3"
        top = ""
        if archive:
            top = (
                f'<header class="page-header"><h1 class="page-title">{words.archive}: <span>Huts</span></h1></header>'
            )
        entries = "".join(self.entry(post, full) for post in posts)
        inner = top + self.wrap.format(entries + self.pager(edition, older))
        return core.head(words, "Listing", None) + self.page(None, edition, inner, archive)

    def article(self, post: Post) -> str:
        """A post's own page."""
        inner = self.single(post)
        title = core.title_of(post)
        return core.head(post.words, title, post, json_ld=self.json_ld) + self.page(post, post.edition, inner, None)


def without(*fields: str) -> frozenset[str]:
    """A set of field names, `category` among them wherever `categories` is."""
    assert set(fields) <= FIELDS, fields
    return frozenset(fields) | ({"category"} if "categories" in fields else set())
