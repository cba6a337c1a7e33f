"""Articles in lists, written without a template: its steps for twenty results took longer than all else of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils import tilde_encode  # type: ignore[import-untyped]
from markupsafe import escape

from nejat_crawler.website.rendering.template_filters import direction, edition_name, marked

_Pieces = Iterable[tuple[str, bool]]


def entry(
    row: Mapping[str, Any],
    title: _Pieces = (),
    teaser: _Pieces = (),
    passages: Iterable[Any] = (),
    address: str = "",
    *,
    articles: str,
) -> str:
    """Markup: an article in a list; of `row`, what is missing is left out.

    `articles` is the address of all articles, `address` that of this one if it is another; `title` and `teaser` are
    in pieces, marked and not, as are `passages`, each beside its name.
    """
    known = dict(row).get
    language, ways = escape(known("language", "")), direction(known("language"))
    link = escape(address or f"{articles}{tilde_encode(known('id', ''))}")
    shown = marked(title) if title else escape(known("title") or "(untitled)")
    published, category, issue = known("published"), known("category"), known("issue")
    period = f", {escape(known('period'))}" if known("period") else ""
    day = f' datetime="{escape(published)}">{escape(published)}' if published else ">no date"
    of_category = f'<bdi lang="{language}">{escape(category)}</bdi>' if category else ""
    gone = '<strong class="gone">taken down</strong>' if known("status") == "gone" else ""
    of_issue = f'<span>newsletter story</span> <bdi lang="{language}">{escape(issue)}{period}</bdi>' if issue else ""
    protected = "<strong>password</strong>" if known("protected") else ""
    opening = f'<p class="teaser">{marked(teaser)}</p>' if teaser else ""
    beside = "".join([
        f'<p class="passage"><span class="quiet" lang="en">{escape(passage.name.capitalize())}:</span>'
        f" <bdi>{marked(passage.pieces)}</bdi></p>\n"
        for passage in passages
    ])  # fmt: skip
    return (
        f'<article class="entry" lang="{language}" dir="{ways}">\n'
        f'<h2><a href="{link}">{shown}</a></h2>\n'
        f'<p class="facts" lang="en" dir="{ways}">\n'
        f"<time{day}</time>\n"
        f"<span>{escape(edition_name(known('edition')))}</span>\n"
        f"{of_category}\n{gone}\n{of_issue}\n{protected}\n</p>\n"
        f"{opening}\n{beside}\n</article>"
    )
