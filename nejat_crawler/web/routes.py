"""The addresses of our own pages. Everything else is Datasette's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any

from datasette.utils.asgi import Response  # type: ignore[import-untyped]

from nejat_crawler.paging import NAME, version_of
from nejat_crawler.web import article_pages, front_pages, list_pages, machine_pages, search_pages
from nejat_crawler.web.answers import PASSING, require_permission, searcher_of

View = Callable[[Any, Any], Awaitable[Any]]

_PAGES: tuple[tuple[str, View], ...] = (
    (r"/$", front_pages.front),
    (r"(/(?P<table>[^/.]+))?(\.md|/llms\.txt)$", machine_pages.described),
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
    # Of Datasette's pages about itself those stay that help to use the data: what columns mean, limits, what SQLite
    # can do. The rest tells of the machine (paths, threads) or is for working on a site.
    (r"/-/(?!(static|static-plugins)/|(metadata|settings|versions|plugins)(\.json)?$|mcp$)", front_pages.shut),
)


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """Regular expressions of paths, and what answers them; the first that fits is asked."""
    pages = _Kept()
    own = [("" if path == r"/$" else f"/{NAME}", path, view) for path, view in _PAGES]
    own += [("", path, view) for path, view in _ROOT_PAGES]
    return [*((place + path, _reading(view, pages)) for place, path, view in own), *_tables(datasette, pages)]


def _tables(datasette: Any, pages: _Kept) -> list[tuple[str, Any]]:
    table = rf"/(?P<database>{NAME})/(?P<table>[^\/\.]+)"
    try:
        from nejat_crawler.table_pages import RowPages, TablePages
    except ImportError:  # Datasette 1.0
        from nejat_crawler.alpha_table_pages import table_page

        return [(rf"{table}(\.(?P<format>\w+))?$", _reading(table_page, pages, is_ours=False))]

    def reading(view_class: Any) -> View:
        view = view_class.as_view(datasette)

        async def answer(_datasette: Any, request: Any) -> Any:
            return await view(request, None)

        return _reading(answer, pages, is_ours=False)

    return [
        (rf"{table}(\.(?P<format>\w+))?$", reading(TablePages)),
        (rf"{table}/(?P<pks>[^/]+?)(\.(?P<format>json|blob))?$", reading(RowPages)),
    ]


_KEPT = 256  # pages
_LONGEST_KEPT = 300_000  # characters


class _Kept:
    """Pages as they were sent, for as long as the archive does not change."""

    def __init__(self) -> None:
        self._version: tuple[int, ...] = ()
        self._pages: dict[tuple[str, ...], Response] = {}

    def get(self, version: tuple[int, ...], key: tuple[str, ...]) -> Response | None:
        """The page of an address, if it was made of this version of the archive."""
        if version != self._version:
            self._pages.clear()
            self._version = version
        return self._pages.get(key)

    def keep(self, version: tuple[int, ...], key: tuple[str, ...], page: Any) -> None:
        """Keep a page of the latest version, unless it is long, a stream, or no success."""
        body = getattr(page, "body", None)
        if isinstance(body, str) and len(body) <= _LONGEST_KEPT and page.status == 200 and version == self._version:
            while len(self._pages) >= _KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[key] = page


def _reading(view: View, pages: _Kept, *, is_ours: bool = True) -> View:
    """`view` for those who may read. What is asked for again is not made again."""

    async def answer(datasette: Any, request: Any) -> Any:
        await require_permission(datasette, request)
        if request.actor or request.cookies:  # to whom Datasette may show more, and messages
            return await view(datasette, request)
        searcher = searcher_of(datasette)
        version = version_of(searcher.path)
        key = (request.scheme, request.host, request.full_path)
        if kept := pages.get(version, key):
            return _unless_known(request, kept)
        page = await view(datasette, request)
        # what ours are made of may lag behind an archive that is being written to
        lags = is_ours and not searcher.shelf.is_current(searcher.path)
        if not lags and PASSING not in request.scope and version_of(searcher.path) == version:
            pages.keep(version, key, page)
        return _unless_known(request, page)

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
