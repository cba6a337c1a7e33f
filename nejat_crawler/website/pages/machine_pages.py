"""What crawlers and models ask for: robots.txt, sitemaps, llms.txt, descriptions of the tables."""

from __future__ import annotations

import sqlite3
from typing import Any
from xml.sax.saxutils import escape

from datasette.plugins import pm  # type: ignore[import-untyped]
from datasette.utils import tilde_decode  # type: ignore[import-untyped]
from datasette.utils.asgi import NotFound, Response  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.full_text.kinds import KINDS
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.database import NAME
from nejat_crawler.website.pages.front_pages import DESCRIPTION
from nejat_crawler.website.responses import absolute_url, as_text, ask
from nejat_crawler.website.search.searcher import Searcher

_A_PART = 20_000  # addresses; the protocol allows 50,000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

# Articles may be read and indexed; what can be asked in endless ways, and what takes the server long, may not.
_DISALLOWED = ("/nejat/search", "/nejat/articles?", "/nejat?", "/nejat/*?", "/-/", "/*.json", "/*.csv")


async def robots(datasette: Any, request: Any) -> Any:
    """`/robots.txt`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _DISALLOWED), "Crawl-delay: 5"]
    return as_text("\n".join([*lines, f"Sitemap: {absolute_url(datasette, request, '/sitemap.xml')}", ""]))


async def llms(datasette: Any, request: Any) -> Any:
    """`/llms.txt`: what a language model with a tool for fetching pages should know."""

    def at(path: str) -> str:
        return absolute_url(datasette, request, path)

    asking, reading = "", ""
    if pm.get_plugin("mcp"):
        asking = f"- MCP (Streamable HTTP, no key): {at('/-/mcp')}, with tools for search, articles and SQL\n"
    if pm.get_plugin("llms_txt"):
        reading = f"- [What the tables and columns mean]({at('/nejat.md')}), and {at('/nejat/articles.md')} for one\n"
    return as_text(
        f"""# Archive of nejatngo.org

> {DESCRIPTION}

Texts are kept exactly as they were published, with where and when each was found. They are what the site says, not
what this archive says. Cite an article by its own address and the day it was last seen; every article's page gives
the citation.

## Asking

- [Search]({at("/nejat/search.json?q=rope&size=10")}): `q` takes words, "phrases", OR, NOT, begin*, title:word;
  `kind` {" ".join(KINDS)} (where to look; all but the last by default),
  `edition` {" ".join(EDITIONS)}, `category`, `from` and `to` (2015, 2015-05, 2015-05-03; 1402 is Persian),
  `status` live gone unseen, `sort` rank newest oldest, `page`, `size` up to 100;
  400 and `problem` for what is not understood
- [Articles by edition and year for each of some names]({at("/nejat/names.json?names=Anna%0ABora")}), a name a line
- [SQL]({at("/nejat.json?sql=select+edition,count%28*%29+from+articles+group+by+1")}): read-only SQLite over these
  tables, 3 seconds and 1,000 rows
- [Tables]({at("/nejat.json")}): articles, article_categories, article_tags, images, links, article_versions,
  newsletters, newsletter_stories, runs
{asking}
## Reading

- An article: {at("/nejat/articles/en-15193")} and the same with .txt, .json, .bib, .ris, .csl.json
- [What is new]({at("/nejat/new.atom")}), [changed]({at("/nejat/changes.atom")}), [gone]({at("/nejat/removals.atom")})
- [Everything as CSV]({at("/nejat/articles.csv?_stream=on")})
{reading}""",
        "text/markdown",
    )


async def described(datasette: Any, request: Any) -> Any:
    """`/nejat.md`, `/nejat/articles.md`: tables and columns, and what they mean, as datasette-llms-txt writes it.

    That plugin's own routes ask for nobody's permission; ours do, and come first.
    """
    if not pm.get_plugin("llms_txt"):
        raise NotFound("Tables are not described here")
    from datasette_llms_txt.generate import generate_database, generate_table  # type: ignore[import-untyped]

    table = request.url_vars["table"]
    if table is None:
        return as_text(await generate_database(datasette, NAME, request), "text/markdown")
    if not await datasette.get_database(NAME).table_exists(tilde_decode(table)):
        raise NotFound("There is no such table")
    return as_text(await generate_table(datasette, NAME, tilde_decode(table), request), "text/markdown")


async def sitemap(datasette: Any, request: Any) -> Any:
    """`/sitemap.xml`: an index of parts."""

    def count(connection: sqlite3.Connection, searcher: Searcher) -> int:
        return searcher.index(connection).everything.bit_count()

    parts = range(-(-await ask(datasette, count) // _A_PART))
    lines = (
        f"<sitemap><loc>{escape(absolute_url(datasette, request, f'/sitemap-{number + 1}.xml'))}</loc></sitemap>"
        for number in parts
    )
    return _xml(f'<sitemapindex xmlns="{_SITEMAP}">{"".join(lines)}</sitemapindex>')


async def sitemap_part(datasette: Any, request: Any) -> Any:
    """`/sitemap-1.xml`: pages of articles, oldest archived first, so that parts do not change once they are full."""
    number = int(request.url_vars["number"])

    def find(connection: sqlite3.Connection, searcher: Searcher) -> list[str]:
        held = [name for name in searcher.index(connection).ids if name]
        return held[(number - 1) * _A_PART : number * _A_PART] if number else []

    held = await ask(datasette, find)
    if not held:
        raise NotFound("There is no such part of the sitemap")
    base = absolute_url(datasette, request, "/nejat/articles/")
    lines = (f"<url><loc>{escape(base + name)}</loc></url>" for name in held)
    return _xml(f'<urlset xmlns="{_SITEMAP}">{"".join(lines)}</urlset>')


def _xml(text: str) -> Response:
    return as_text('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n", "application/xml")
