"""The REST interface: posts, one post, terms, users."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nejat_crawler.sample_site.blog import Blog, Term
from nejat_crawler.sample_site.content.assemble import CLOCK
from nejat_crawler.sample_site.content.blocks import More
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post, excerpt_html

_BOUNDS = ("after", "before", "modified_after", "modified_before")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the interface answers: `body` is printed as JSON."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def refuse(status: int, code: str, message: str) -> Answer:
    """Answer with an error."""
    return Answer({"code": code, "message": message, "data": {"status": status}}, status)


def refuse_all(status: int) -> Answer:
    """Answer as a site does that has switched the interface off."""
    if status == 404:
        return refuse(404, "rest_disabled", "The REST API is disabled on this site.")
    return refuse(status, "rest_cannot_access", "Only authenticated users can access the REST API.")


def answer(blog: Blog, route: str, query: Mapping[str, str]) -> Answer:
    """Answer a request for what stands behind `/wp-json/`."""
    kinds = {"categories": "module", "tags": "tag", "users": "posts/author"}
    route = route.strip("/")
    if not route:
        return Answer({"name": blog.name, "url": blog.home.rstrip("/"), "namespaces": ["wp/v2"]})
    namespace, _, rest = route.partition("wp/v2/")
    name, _, number = rest.partition("/")
    if namespace or not (name == "posts" or (name in kinds and not number)):
        return refuse(404, "rest_no_route", "No route was found matching the URL and request method.")
    if name in kinds:
        terms = [_term(blog, term) for term in blog.used_terms(kinds[name])]
        return _paged(blog, f"wp/v2/{name}", terms, query)
    if not number:
        return _posts(blog, query)
    post = blog.visible(int(number)) if number.isdecimal() else None
    if post is None:
        return refuse(404, "rest_post_invalid_id", "Invalid post ID.")
    return Answer(_chosen(_post(blog, post, embed="_embed" in query), query))


def _posts(blog: Blog, query: Mapping[str, str]) -> Answer:
    posts = blog.by_query()
    bounds: dict[str, datetime] = {}
    for name in _BOUNDS:
        if name in query:
            try:
                bound = datetime.fromisoformat(query[name])
            except ValueError:
                return _invalid(name)
            # Without an offset a time is on the site's clock.
            bounds[name] = bound if bound.tzinfo else bound.replace(tzinfo=CLOCK)
    for name, bound in bounds.items():
        times = {post.post_id: post.changed if "modified" in name else post.date for post in posts}
        later = name.endswith("after")
        posts = [post for post in posts if (times[post.post_id] > bound if later else times[post.post_id] < bound)]
    if "include" in query:
        wanted = re.split(r"[\s,]+", query["include"].strip(", "))
        if not all(re.fullmatch(r"\d{1,18}", number) for number in wanted if number):
            return _invalid("include")
        # WordPress takes an empty list for none.
        included = {int(number) for number in wanted if number} or {post.post_id for post in posts}
        posts = [post for post in posts if post.post_id in included]
    order = query.get("orderby", "date")
    if order not in {"date", "id", "modified"}:
        return _invalid("orderby")
    if order == "id":
        posts.sort(key=lambda post: -post.post_id)
    if order == "modified":
        posts.sort(key=lambda post: -post.changed.timestamp())
    if query.get("order") == "asc":
        posts.reverse()
    return _paged(blog, "wp/v2/posts", posts, query)


def _invalid(name: str) -> Answer:
    return refuse(400, "rest_invalid_param", f"Invalid parameter(s): {name}")


def _paged(blog: Blog, route: str, things: list[Any], query: Mapping[str, str]) -> Answer:
    """Cut a page out of `things`, and print it if it holds posts."""
    numbers: dict[str, int] = {}
    for name, default, most in (("page", 1, 10**6), ("per_page", 10, 100)):
        value = query.get(name, str(default))
        if not value.isdecimal() or not 1 <= int(value) <= most:
            return _invalid(name)
        numbers[name] = int(value)
    page, size = numbers["page"], numbers["per_page"]
    pages = -(-len(things) // size)
    if page > max(pages, 1):
        return refuse(400, "rest_post_invalid_page_number", "The page number requested is too large.")
    shown = [
        _post(blog, thing, embed="_embed" in query) if isinstance(thing, Post) else thing
        for thing in things[(page - 1) * size : page * size]
    ]
    headers = {"X-WP-Total": str(len(things)), "X-WP-TotalPages": str(pages)}
    near = [(page - 1, "prev")] * (page > 1) + [(page + 1, "next")] * (page < pages)
    if near:
        address = f"{blog.home}wp-json/{route}?per_page={size}"
        headers["Link"] = ", ".join(f'<{address}&page={number}>; rel="{name}"' for number, name in near)
    return Answer([_chosen(thing, query) for thing in shown], headers=headers)


def _chosen(thing: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """Keep the fields that `_fields` names, as `id,title.rendered`."""
    if "_fields" not in query:
        return thing
    chosen: dict[str, Any] = {}
    for name in query["_fields"].split(","):
        first, _, second = name.strip().partition(".")
        if first in thing:
            value = thing[first]
            chosen[first] = (
                {**chosen.get(first, {}), second: value[second]}
                if second and isinstance(value, dict) and second in value
                else value
            )
    return chosen


def _term(blog: Blog, term: Term) -> dict[str, Any]:
    return {
        "id": term.number,
        "count": len(blog.archive(term)),
        "link": term.link(blog.edition),
        "name": escape(term.name),
        "slug": term.slug,
    }


def _rendered(post: Post) -> str:
    """Print the whole content: all pages, the marks between them as comments."""
    if post.protected:
        return ""
    pages = (
        "\n".join("<p><!--more--></p>" if isinstance(block, More) else block.html() for block in blocks)
        for blocks in post.pages
    )
    return "\n<p><!--nextpage--></p>\n".join(pages) + "\n"


def _stamps(name: str, moment: datetime) -> dict[str, str]:
    return {
        name: f"{moment:%Y-%m-%dT%H:%M:%S}",
        f"{name}_gmt": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
    }


def _post(blog: Blog, post: Post, *, embed: bool) -> dict[str, Any]:
    author = blog.term("posts/author", post.author)
    categories, tags = blog.terms("module", post.categories), blog.terms("tag", post.tags)
    root = f"{blog.home}wp-json/wp/v2"
    thing: dict[str, Any] = {
        "id": post.post_id,
        **_stamps("date", post.date),
        "guid": {"rendered": f"{blog.home}?p={post.post_id}"},
        **_stamps("modified", post.changed.astimezone(CLOCK)),
        "slug": f"post-{post.post_id}",
        "status": "publish",
        "type": "post",
        "link": post.link,
        "title": {"rendered": escape(post.shown_title)},
        "content": {"rendered": _rendered(post), "protected": post.protected},
        "excerpt": {
            "rendered": "" if post.protected else f"<p>{excerpt_html(post)}</p>\n",
            "protected": post.protected,
        },
        "author": author.number,
        "featured_media": post.leads[0].number if post.leads else 0,
        "comment_status": "open",
        "ping_status": "closed",
        "sticky": post.sticky,
        "template": "",
        "format": post.format,
        "meta": [],
        "categories": [term.number for term in categories],
        "tags": [term.number for term in tags],
        "_links": {
            "self": [{"href": f"{root}/posts/{post.post_id}"}],
            "collection": [{"href": f"{root}/posts"}],
            "author": [{"embeddable": True, "href": f"{root}/users/{author.number}"}],
        },
    }
    if embed:
        thing["_embedded"] = {
            "author": [_term(blog, author)],
            "wp:term": [
                [_term(blog, term) | {"taxonomy": "category"} for term in categories],
                [_term(blog, term) | {"taxonomy": "post_tag"} for term in tags],
            ],
        }
        if post.leads:
            lead = post.leads[0]
            thing["_embedded"]["wp:featuredmedia"] = [
                {"id": lead.number, "source_url": lead.src, "alt_text": lead.alt, "media_type": "image"}
            ]
    return thing
