"""The addresses of our own pages. Everything else is Datasette's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any

from datasette.utils.asgi import Response  # type: ignore[import-untyped]

from nejat_crawler.paging import NAME
from nejat_crawler.web import article_pages, front_pages, list_pages, machine_pages, search_pages
from nejat_crawler.web.answers import is_version_current, require_permission, searcher_of

View = Callable[[Any, Any], Awaitable[Any]]

_PAGES: tuple[tuple[str, View], ...] = (
    (r"/$", front_pages.front),
    (r"/about$", front_pages.about),
    (r"/search(\.(?P<format>json|csv|atom))?$", search_pages.search),
    (r"/articles/(?P<id>[^/.]+)$", article_pages.article),
    (r"/articles/(?P<id>[^/.]+)\.(?P<format>txt|bib|ris|csl\.json)$", article_pages.article_file),
    (r"/timeline$", list_pages.timeline),
    (r"/timeline/(?P<month>\d{4}(-\d{2})?)$", list_pages.month),
    (r"/categories$", list_pages.categories),
    (r"/tags$", list_pages.tags),
    (r"/tags/(?P<name>[^/]+)$", list_pages.tag),
    (r"/issues$", list_pages.issues),
    (r"/pictures$", list_pages.pictures),
    (r"/(?P<kind>new|changes|removals)(\.(?P<format>atom))?$", list_pages.happenings),
)
_ROOT_PAGES: tuple[tuple[str, View], ...] = (
    (r"/robots\.txt$", machine_pages.robots),
    (r"/llms\.txt$", machine_pages.llms),
    (r"/sitemap\.xml$", machine_pages.sitemap),
    (r"/sitemap-(?P<number>\d{1,4})\.xml$", machine_pages.sitemap_part),
    # Of Datasette's pages about itself those stay that help to use the data: what columns mean, the limits.
    # The rest tells of the machine (paths, threads, versions) or is for working on a site.
    (r"/-/(?!(static|static-plugins)/|(metadata|settings)(\.json)?$)", front_pages.shut),
)


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """Regular expressions of paths, and what answers them; the first that fits is asked."""
    own = [("" if path == r"/$" else f"/{NAME}", path, view) for path, view in _PAGES]
    own += [("", path, view) for path, view in _ROOT_PAGES]
    return [*((place + path, _reading(view)) for place, path, view in own), *_tables(datasette)]


def _tables(datasette: Any) -> list[tuple[str, Any]]:
    try:
        from nejat_crawler.table_pages import RowPages, TablePages
    except ImportError:  # Datasette 1.0: its own pages of tables
        return []
    table = rf"/(?P<database>{NAME})/(?P<table>[^\/\.]+)"
    return [
        (rf"{table}(\.(?P<format>\w+))?$", TablePages.as_view(datasette)),
        (rf"{table}/(?P<pks>[^/]+?)(\.(?P<format>json|blob))?$", RowPages.as_view(datasette)),
    ]


_KEPT = 256  # pages
_LONGEST_KEPT = 300_000  # characters


def _reading(view: View) -> Any:
    """`view` for those who may read. A page is kept until the archive is written to."""

    async def answer(datasette: Any, request: Any) -> Any:
        await require_permission(datasette, request)
        searcher = searcher_of(datasette)
        key = (request.host, request.path, request.query_string)
        if searcher.shelf.is_current(searcher.path):
            if kept := searcher.pages.get(key):
                return _unless_known(request, kept)
        else:
            searcher.pages.clear()
        response = await view(datasette, request)
        body = getattr(response, "body", None)  # a stream has none
        lasts = searcher.shelf.is_current(searcher.path) and is_version_current(datasette)
        if isinstance(body, str) and len(body) <= _LONGEST_KEPT and lasts:
            while len(searcher.pages) >= _KEPT:
                del searcher.pages[next(iter(searcher.pages))]
            searcher.pages[key] = response
        return _unless_known(request, response)

    return answer


def _unless_known(request: Any, response: Any) -> Any:
    """`response`, or 304 to a reader of feeds that has it already: most ask every hour, and nothing is new."""
    if not isinstance(getattr(response, "body", None), str) or response.status != 200:
        return response
    if "etag" not in response.headers:
        # weak: nginx may compress what it stands for
        response.headers["etag"] = f'W/"{blake2b(response.body.encode(), digest_size=12).hexdigest()}"'
    known = [tag.strip() for tag in (request.headers.get("if-none-match") or "").split(",")]
    tag = response.headers["etag"]
    if tag in known or tag.removeprefix("W/") in known or "*" in known:
        return Response("", status=304, headers={"etag": tag})
    return response
