"""Pages with the truth about them: of the sample site, or of a folder with an `expected.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.sample_site import Post, SampleSite
from nejat_crawler.sample_site.content.posts import REAL, at_home
from nejat_crawler.sample_site.server.addresses import respond

Truth = Mapping[str, Any]
"""The fields of an article by the contract; what is null cannot be seen on the page, and is not compared."""

#: A post's own page shows these, a listing of the same design does not.
_ONLY_ON_OWN_PAGE = ("tags",)
_FREE_TEXT = ("title", "author", "categories", "tags")


class BadFolderError(ValueError):
    """A folder that cannot be evaluated; the message says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """An article's own page, or a listing; a post split by `<!--nextpage-->` has one page a part."""

    name: str
    source: str
    """`sample site`, or the name of the folder."""
    listing: bool
    url: str | None
    pages: tuple[str, ...]
    truths: Mapping[str, Truth]
    """By id, `en-15193`."""
    variant: str = ""
    """Version and layout, or single style, of the theme: a row of its own in the report."""

    @property
    def edition(self) -> str:
        """The edition of the articles."""
        return next(iter(self.truths)).partition("-")[0]


def sample_cases(site: SampleSite) -> Iterator[Case]:
    """Every article's own page of the sample site, and its listings and category archives, rendered in-process."""
    for edition in site.blogs:
        posts = {post.id: post for post in site.public_posts(edition)}
        for post in posts.values():
            yield own_page_case(site, post, comparable(post.truth()))
        for path in _listing_paths(site, edition):
            html = page_of(site, path)
            found = (f"{edition}-{number}" for number in re.findall(r'<article id="post-(\d+)" class="post-\d', html))
            shown = {name: on_listing(comparable(posts[name].truth()), html) for name in found}
            yield Case(path, "sample site", True, REAL + path, (html,), shown)


def own_page_case(site: SampleSite, post: Post, truth: Truth, variant: str = "") -> Case:
    """An article's own page, each of its parts; `truth` says what it shows in a `variant` of the theme."""
    paths = [f"/{post.edition}/posts/{post.post_id}"]
    paths += [f"{paths[0]}/{part}" for part in range(2, truth["pages"] + 1)]
    pages = tuple(page_of(site, path) for path in paths)
    name = f"{paths[0]} {variant}".strip()
    return Case(name, "sample site", False, REAL + paths[0], pages, {post.id: truth}, variant)


def _listing_paths(site: SampleSite, edition: str) -> Iterator[str]:
    blog = site.blogs[edition]
    yield f"/{edition}/"
    yield from (f"/{edition}/page/{number}" for number in range(2, blog.pages() + 1))
    yield from (f"/{edition}/module/{term.slug}" for term in blog.used_terms("module"))


def page_of(site: SampleSite, path: str) -> str:
    """A page of the sample site as the real one would serve it; raises TypeError for what is no page."""
    body = respond(site, path, {}).body
    if not isinstance(body, str):
        raise TypeError(f"{path} is no page")
    return at_home(body, REAL)


def on_listing(truth: Truth, html: str, shows: str | None = None) -> Truth:
    """The truth as far as a listing can show it: no tags, and of a teaser that there is no body.

    Where nothing says whether the listing shows whole texts, the last paragraph tells: it stands in the page, or not.
    """
    fields = {**truth, **dict.fromkeys(_ONLY_ON_OWN_PAGE)}
    body = truth.get("body")
    if truth.get("truncated") or truth.get("truncated_on_listing") or shows == "excerpt":
        cut = True
    elif shows == "full" or not body:
        cut = False
    else:
        cut = " ".join(body.split("\n")[-1].split()) not in visible_text(html)
    return {**fields, "body": None, "images": None, "links": None, "teaser": True} if cut else fields


def visible_text(html: str) -> str:
    """What a page says, white space folded: without scripts and styles."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template", "noscript"])
    return " ".join(tree.body.text(separator=" ").split()) if tree.body else ""


def folder_cases(folder: Path) -> Iterator[Case]:
    """The pages that a folder's `expected.json` names; raises BadFolderError."""
    try:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        truths = {article["id"]: comparable(article) for article in expected["articles"]}
        rows = {name: _row(name, row, truths) for name, row in expected["pages"].items()}
        pages = {name: (folder / name).read_text("utf-8") for name in rows}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFolderError(f"{folder} cannot be evaluated: {type(error).__name__}: {error}") from error
    for name, case in rows.items():
        if _first_part(name) in rows:
            continue
        later = sorted(other for other in rows if _first_part(other) == name)
        parts = tuple(pages[part] for part in [name, *later])
        case = replace(case, source=folder.name, pages=parts)
        if case.listing:
            shows = expected["pages"][name].get("shows") if isinstance(expected["pages"][name], dict) else None
            case = replace(case, truths={id_: on_listing(t, parts[0], shows) for id_, t in case.truths.items()})
        yield case


def _first_part(name: str) -> str | None:
    """`single_nextpage_2.html` is the second part of `single_nextpage.html`."""
    match = re.fullmatch(r"(.+)_[2-9]\.html", name)
    return f"{match[1]}.html" if match else None


def _row(name: str, row: Any, truths: Mapping[str, Truth]) -> Case:
    """A row of `pages`: either post ids, or an object that says `posts`, `edition`, `kind`, `url` and `shows`."""
    facts = row if isinstance(row, dict) else {"posts": row}
    editions = [facts["edition"]] if "edition" in facts else sorted({truth["edition"] for truth in truths.values()})
    for edition in editions:
        ids = [f"{edition}-{number}" for number in facts["posts"]]
        if ids and all(id_ in truths for id_ in ids):
            kind = facts.get("kind") or ("single" if "single" in name else "listing")
            shown = {id_: truths[id_] for id_ in ids}
            return Case(name, "", kind != "single", facts.get("url"), (), shown)
    raise BadFolderError(f"expected.json has no articles for {name}")


def comparable(truth: Truth) -> Truth:
    """A truth with entities decoded: one account is expected as `&amp;` where every page prints `&`."""
    decoded = {name: _unescape(truth[name]) for name in _FREE_TEXT if truth.get(name) is not None}
    categories = decoded.get("categories")
    return {**truth, **decoded, "category": (categories or [None])[0]}


def _unescape(value: Any) -> Any:
    return [unescape(name) for name in value] if isinstance(value, list) else unescape(value)
