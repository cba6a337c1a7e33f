"""The site's Datasette plugin: folded search, security headers, and what the templates ask for."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import datasette as datasette_package  # type: ignore[import-untyped]
from datasette import handle_exception, hookimpl
from datasette.utils import tilde_encode  # type: ignore[import-untyped]

from nejat_crawler.editions import EDITIONS
from nejat_crawler.paging import NAME, adopt
from nejat_crawler.text import fold_for_search, match_expression
from nejat_crawler.web.calendars import long_date, persian_date
from nejat_crawler.web.routes import routes

# ---------------------------------------------------------------- search


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after Datasette's own escape_fts, so that ours stays
def prepare_connection(conn: Any) -> None:
    """Fold what is typed into the search box as the index is folded."""
    conn.create_function("escape_fts", 1, match_expression, deterministic=True)
    conn.create_function("fold_for_search", 1, fold_for_search, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Serve the archive read-only even where plain `datasette` opened it, and keep errors cheap."""
    adopt(datasette)
    # With rich installed, Datasette prints every local variable of every refused query: a second each.
    handle_exception.rich = None


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Put our own pages before Datasette's."""
    return routes(datasette)


# ---------------------------------------------------------------- security headers

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_COMMON = "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def _hashes_of_inline_scripts() -> str:
    templates = Path(datasette_package.__file__).parent / "templates"
    # table.html fills in whether facets are allowed; everything else stands in the templates as it is sent
    scripts = ["DATASETTE_ALLOW_FACET = true;", *_SCRIPT.findall((templates / "_codemirror_foot.html").read_text())]
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


#: Pages made by our own templates hold neither script nor inline style.
OWN_POLICY = f"default-src 'none'; style-src 'self'; {_COMMON}"
#: Datasette's pages bring a style block with the names of a table's columns, and style attributes.
DATASETTE_POLICY = (
    f"default-src 'none'; script-src 'self' {_hashes_of_inline_scripts()}; "
    f"style-src 'self' 'unsafe-inline'; {_COMMON}"
)
_OWN_PAGES = re.compile(
    rf"/({NAME}/(articles(/[^/]+)?|newsletters/[^/]+|search|about|timeline(/[^/]+)?|categories|tags(/[^/]+)?"
    r"|issues|pictures|new|changes|removals))?$"
)

# Datasette repeats a page's address in a Link header; 10,000 characters of search make one that clients refuse.
_LONGEST_LINK = 2000

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
}

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Any, Send], Awaitable[None]]


_LONG_QUERY = 8000  # bytes
_MOST_TYPED = 1000  # characters of a search that are read


def _shortened(query: bytes) -> bytes:
    """`query` with what is searched for cut: Datasette takes it apart a hundred times, 4 s for 10,000 letters."""
    if len(query) <= _LONG_QUERY:
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode(
        [(name, value[:_MOST_TYPED] if name in {"_search", "q"} else value) for name, value in pairs]
    ).encode()


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[Application], Application]:
    """Send the security headers with every answer, errors and files too; cut a search of absurd length."""

    def wrap(application: Application) -> Application:
        async def secured(scope: Scope, receive: Any, send: Send) -> None:
            policy = OWN_POLICY if _OWN_PAGES.fullmatch(scope.get("path", "")) else DATASETTE_POLICY
            scope = {**scope, "query_string": _shortened(scope.get("query_string", b""))}
            ours = {**HEADERS, b"content-security-policy": policy.encode()}

            async def send_secured(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    headers = ((bytes(name).lower(), value) for name, value in message.get("headers", []))
                    kept = [
                        (name, value)
                        for name, value in headers
                        if name not in ours and (name != b"link" or len(value) <= _LONGEST_LINK)
                    ]
                    message = {**message, "headers": [*kept, *ours.items()]}
                await send(message)

            await application(scope, receive, send_secured)

        return secured

    return wrap


# ---------------------------------------------------------------- templates

QUERIES = {
    "stories": """
        SELECT stories.title, stories.source, stories.date, stories.text, stories.url, articles.id AS article_id
        FROM newsletter_stories AS stories LEFT JOIN articles ON articles.id = stories.article_id
        WHERE stories.newsletter_id = ? ORDER BY stories.position
    """,
}


def web_address(text: str | None) -> str | None:
    """`text` if it is an address of the web; a page may have given `javascript:…` for one."""
    try:
        parts = urlsplit((text or "").strip())
    except ValueError:  # "http://[" is no address
        return None
    return (text or "").strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def paragraphs(text: str | None) -> list[list[str]]:
    """The paragraphs of a body, each a list of its lines."""
    return [paragraph.split("\n") for paragraph in (text or "").split("\n\n") if paragraph.strip()]


def direction(language: str | None) -> str:
    """`ltr` or `rtl`; `auto` for a language that no edition has."""
    return next((row.direction for row in EDITIONS.values() if row.language == language), "auto")


def edition_name(code: str | None) -> str:
    """`Persian` for `fa`."""
    return EDITIONS[code].name if code in EDITIONS else code or ""


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any) -> None:
    """Name the filters that the templates use."""
    for plain in (web_address, paragraphs, direction, edition_name, tilde_encode, long_date, persian_date):
        env.filters[plain.__name__] = plain


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Let templates ask one of QUERIES: `answer("tags", id)`."""

    async def answer(name: str, *parameters: Any) -> list[Any]:
        return list((await datasette.get_database(NAME).execute(QUERIES[name], parameters)).rows)

    return {"answer": answer, "archive": NAME}
