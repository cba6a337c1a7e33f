"""The addresses of our own pages. Everything else is Datasette's."""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.asgi import BadRequest  # type: ignore[import-untyped]

from nejat_crawler.website.app.page_cache import PageCache, View, cached
from nejat_crawler.website.app.table_views import OnceReadRequest, QueryPages, RowPages, TablePages, answered
from nejat_crawler.website.database import NAME
from nejat_crawler.website.pages import (
    activity_pages,
    article_pages,
    front_pages,
    list_pages,
    machine_pages,
    name_pages,
    search_pages,
)

_PAGES: tuple[tuple[str, View], ...] = (
    (r"/$", front_pages.front),
    (r"(/(?P<table>[^/.]+))?(\.md|/llms\.txt)$", machine_pages.described),
    (r"/about$", front_pages.about),
    (r"/search(\.(?P<format>json|csv|atom))?$", search_pages.search),
    (r"/names(\.(?P<format>json|csv))?$", name_pages.names),
    (r"/articles/(?P<id>[^/.]+)$", article_pages.article),
    (r"/articles/(?P<id>[^/.]+)\.(?P<format>txt|bib|ris|csl\.json)$", article_pages.article_file),
    (r"/timeline$", list_pages.timeline),
    (r"/timeline/(?P<month>\d{4}(-\d{2})?)$", list_pages.month),
    (r"/categories$", list_pages.categories),
    (r"/tags$", list_pages.tags),
    (r"/tags/(?P<name>[^/]+)$", list_pages.tag),
    (r"/issues$", list_pages.issues),
    (r"/pictures$", list_pages.pictures),
    (r"/(?P<kind>new|changes|removals)(\.(?P<format>atom))?$", activity_pages.activity),
)
_ROOT_PAGES: tuple[tuple[str, View], ...] = (
    (r"/robots\.txt$", machine_pages.robots),
    (r"/llms\.txt$", machine_pages.llms),
    (r"/sitemap\.xml$", machine_pages.sitemap),
    (r"/sitemap-(?P<number>\d{1,4})\.xml$", machine_pages.sitemap_part),
    (r"/(-/)?static(-plugins)?/(?!([\w-]+/)*[\w.-]{1,200}$)", front_pages.not_found),  # `/static/site.css/x`
    # Of Datasette's pages about itself those stay that help to use the data: what columns mean, limits, what SQLite
    # can do. The rest tells of the machine (paths, threads) or is for working on a site.
    (r"/-/(?!(static|static-plugins)/|(metadata|settings|versions|plugins)(\.json)?$|mcp$)", front_pages.not_found),
)


_OURS = [re.compile(r"/(-/)?static(-plugins)?/([\w-]+/)*[\w.-]{1,200}$")]
_OURS += [re.compile(("" if path == r"/$" else f"/{NAME}") + path) for path, _ in _PAGES]
_OURS += [re.compile(path) for path, view in _ROOT_PAGES if view is not front_pages.not_found]


def is_ours(path: str) -> bool:
    """Whether a path, as it was sent, is one of our own pages, or of the files that they need."""
    return any(pattern.match(path) for pattern in _OURS)


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """Regular expressions of paths, and what answers them; the first that matches is asked."""
    pages = PageCache()
    own = [("" if path == r"/$" else f"/{NAME}", path, view) for path, view in _PAGES]
    own += [("", path, view) for path, view in _ROOT_PAGES]
    return [*((place + path, cached(view, pages)) for place, path, view in own), *_of_datasette(datasette)]


def _of_datasette(datasette: Any) -> list[tuple[str, Any]]:
    pages = PageCache()  # our own pages do not wait until one of these is made
    database = rf"/(?P<database>{NAME})"
    table = rf"{database}/(?P<table>[^\/\.]+)"

    def view_of(view_class: Any) -> View:
        view = view_class.as_view(datasette)

        async def answer(datasette: Any, request: Any) -> Any:  # noqa: ARG001  # Datasette goes by the names
            request.__class__ = OnceReadRequest
            with answered():
                page = await view(request, None)
                if isinstance(getattr(page, "body", None), int | float):  # `.blob` of a number, which cannot be sent
                    raise BadRequest("Only text and bytes can be had as a file")
                return page

        return answer

    return [
        (rf"{database}(\.(?P<format>(?!db$)\w+))?$", view_of(QueryPages)),
        (rf"{table}(\.(?P<format>\w+))?$", cached(view_of(TablePages), pages, uses_index=False)),
        (rf"{table}/(?P<pks>[^/]+?)(\.(?P<format>json|blob))?$", cached(view_of(RowPages), pages, uses_index=False)),
    ]
