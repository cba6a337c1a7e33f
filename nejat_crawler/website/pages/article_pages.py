"""The page of an article, and the article as text and citation."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import NotFound, Response  # type: ignore[import-untyped]

from nejat_crawler.archive.reading.article_details import find_named, read_details, read_named_row
from nejat_crawler.archive.reading.states import read_history
from nejat_crawler.website.rendering.body_html import render_body
from nejat_crawler.website.rendering.citation_tags import FORMS, citation, cite, coins, meta_tags
from nejat_crawler.website.rendering.template_filters import web_address
from nejat_crawler.website.responses import absolute_url, as_text, ask, corpus_version_of, html
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.search.similar import related_articles

_LONGEST_MARKUP = 300_000  # characters, which take a quarter of a second; of longer texts the paragraphs are shown
_LONG_MARKUP = 20_000  # characters, beyond which other readers are answered meanwhile
_MOST_ENTITIES = 100_000  # nh3 takes time by the square of them


def read_article(connection: sqlite3.Connection, searcher: Searcher, article_id: str) -> dict[str, Any] | None:
    """All that the archive knows of an article, changes the latest first; None if there is no such article.

    `list` has the names of `read_details`, `near` those of `related_articles`.
    """
    row = read_named_row(connection, article_id)
    history = read_history(connection, article_id, changed_only=True)
    if row is None or history is None:
        return None
    return {
        "row": row,
        "list": read_details(connection, article_id),
        "near": related_articles(connection, searcher, row),
        "changes": [*history.changes()][::-1],
        "status_changes": history.status_changes[::-1],
    }


async def article(datasette: Any, request: Any) -> Any:
    """`/nejat/articles/en-15193`: a text to read, where it came from, what became of it, how to cite it."""
    article_id = unquote(request.url_vars["id"])
    shown = await ask(datasette, lambda connection, searcher: read_article(connection, searcher, article_id))
    if shown is None:
        named = await ask(datasette, lambda connection, _: find_named(connection, article_id))
        if named and len(named.ids) == 1:  # 15193, EN-15193, an id of before
            return Response.redirect(datasette.urls.path(f"/nejat/articles/{named.ids[0]}"))
        raise NotFound(f"There is no article {article_id} in the archive")
    address = absolute_url(datasette, request, f"/nejat/articles/{article_id}")
    row, page = shown["row"], str(datasette.urls.path("/nejat/articles/"))
    local = {link["url"]: page + link["target"] for link in shown["list"]["links"] if link["target"]}
    markup = row["body_html"] if _is_shown_as_markup(row) else ""
    if len(markup) > _LONG_MARKUP:
        body = await asyncio.to_thread(render_body, markup, local)
    else:
        body = render_body(markup, local)
    context = {
        **shown,
        "body": body,
        "citation": citation(row, address, await corpus_version_of(datasette, request)),
        "forms": FORMS,
        "meta": meta_tags(row, address),
        "coins": coins(row, address),
        "address": address,
        "warcs": web_address(os.environ.get("NEJAT_WARC_URL", "").rstrip("/")),
    }
    return html(datasette, "article.html", context)


def _is_shown_as_markup(row: Any) -> bool:
    """Whether the page shows the markup, and not the text alone."""
    markup = row["body_html"] or ""
    return row["body"] is not None and 0 < len(markup) <= _LONGEST_MARKUP and markup.count("&") <= _MOST_ENTITIES


async def article_file(datasette: Any, request: Any) -> Any:
    """`/nejat/articles/en-15193.txt`, and the citation as `.bib`, `.ris`, `.csl.json`."""
    article_id, ending = unquote(request.url_vars["id"]), request.url_vars["format"]
    row = await ask(datasette, lambda connection, _: read_named_row(connection, article_id))
    if row is None:
        raise NotFound(f"There is no article {article_id} in the archive")
    address = absolute_url(datasette, request, f"/nejat/articles/{article_id}")
    cited = cite(row, address, await corpus_version_of(datasette, request))
    if ending == "txt":
        text = row["body"] if row["body"] is not None else row["excerpt"]
        parts = [row["title"], row["published"] or "", text or "", cited["text"]]
        return as_text("\n\n".join(part for part in parts if part) + "\n")
    kind = next(kind for _, form, kind in FORMS if form == ending)
    return as_text(cited[ending], kind, f"{article_id}.{ending}")
