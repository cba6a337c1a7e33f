"""The site's Datasette plugin: folded search, our own pages, and what the templates ask for."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from datasette import handle_exception, hookimpl  # type: ignore[import-untyped]
from datasette.plugins import pm  # type: ignore[import-untyped]
from datasette.utils import tilde_encode  # type: ignore[import-untyped]

from nejat_crawler.archive import lean_import  # noqa: F401  (first of all: what follows brings sqlite-utils along)
from nejat_crawler.archive.reading.browse import read_announcements, read_stories
from nejat_crawler.archive.reading.query_rows import Rows
from nejat_crawler.archive.word_forms import LANGUAGES
from nejat_crawler.editions import EDITIONS, listed
from nejat_crawler.website.app.http_protocol import adopt_protocol
from nejat_crawler.website.app.quiet_log import quieten
from nejat_crawler.website.app.routes import is_ours, routes
from nejat_crawler.website.app.security import Application, secured, takes_list
from nejat_crawler.website.app.turns import in_turn
from nejat_crawler.website.database import NAME, adopt, begin
from nejat_crawler.website.readers_sql.permitted import add_functions
from nejat_crawler.website.rendering.entry_items import entry
from nejat_crawler.website.rendering.reader_dates import clock, long_date, long_month, persian_date
from nejat_crawler.website.rendering.table_items import definitions, facet_items, options
from nejat_crawler.website.rendering.template_filters import (
    direction,
    edition_language,
    edition_name,
    paragraphs,
    web_address,
)
from nejat_crawler.website.responses import ask
from nejat_crawler.website.search.facets import choice_items

# ---------------------------------------------------------------- search


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after Datasette's own escape_fts, so that ours stays
def prepare_connection(conn: Any) -> None:
    """Give SQL the functions of the site."""
    add_functions(conn)
    conn.set_authorizer(_authorize)


def _authorize(action: int, what: str | None, *_: object) -> int:
    """Everything but where on the server's disk the file lies."""
    hidden = action == sqlite3.SQLITE_READ and what == "pragma_database_list"
    return sqlite3.SQLITE_DENY if hidden else sqlite3.SQLITE_OK


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Serve the archive read-only even where plain `datasette` opened it, and keep errors cheap."""
    adopt(datasette)
    adopt_protocol()
    quieten()
    # With rich installed, Datasette prints every local variable of every refused query: a second each.
    handle_exception.rich = None
    if not pm.hook.get_metadata.get_hookimpls():  # the owner's metadata alone, which stay as they were read
        # By itself Datasette copies all of them, deep, twice a page: a fifth of the time of a page of a table.
        datasette._table_permission_allows = lru_cache(maxsize=256)(datasette._table_permission_allows)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Put our own pages before Datasette's."""
    return routes(datasette)


@hookimpl  # type: ignore[untyped-decorator]
def register_mcp_tools(datasette: Any, mcp: Any) -> None:
    """Add our tools to those of datasette-mcp; called only where that is installed."""
    from nejat_crawler.website.pages.mcp_tools import register

    register(datasette, mcp)


# ---------------------------------------------------------------- safety


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(scope: dict[str, Any]) -> bool:
    """Let lists of names in from browsers that hold cookies of other programs on the same host."""
    return takes_list(scope["path"])


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Application], Application]:
    """Let nothing in but reading, all but our own pages when its turn has come, and out with the security headers."""
    base: str = datasette.setting("base_url")

    def wrapped(application: Application) -> Application:
        ours = in_turn(application, lambda path: is_ours(f"/{path.removeprefix(base)}"))
        return secured(ours, begin=partial(begin, datasette))

    return wrapped


# ---------------------------------------------------------------- templates

_LIMITS = ("sql_time_limit_ms", "max_returned_rows", "allow_csv_stream")
QUERIES = {"stories": read_stories, "posts": read_announcements}


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Name the filters that templates use, limits, languages whose words have forms, and the state of the stylesheet.

    Browsers keep that for an hour.
    """
    env.globals["archive"] = NAME
    # plain text, which is written faster than what Datasette makes of paths
    articles = env.globals["articles"] = str(datasette.urls.path("/nejat/articles/"))
    env.filters["entry"] = partial(entry, articles=articles)
    env.globals["limits"] = {name: datasette.setting(name) for name in _LIMITS}
    for plain in (
        web_address, paragraphs, direction, edition_name, edition_language, tilde_encode, clock, long_date,
        long_month, persian_date, choice_items,
        facet_items, options, definitions,
    ):  # fmt: skip
        env.filters[plain.__name__] = plain
    for name, known in (("languages_with_forms", True), ("languages_without_forms", False)):
        languages = [edition.name for edition in EDITIONS.values() if (edition.language in LANGUAGES) is known]
        env.globals[name] = listed(languages, "and")
    sheet = Path(datasette.config_dir or "") / "static" / "site.css"
    env.globals["stylesheet"] = hashlib.sha256(sheet.read_bytes()).hexdigest()[:8] if sheet.exists() else ""


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Let templates ask one of QUERIES: `answer("stories", id)`."""

    async def answer(name: str, newsletter_id: str) -> Rows:
        return await ask(datasette, lambda connection, _: QUERIES[name](connection, newsletter_id))

    return {"answer": answer}
