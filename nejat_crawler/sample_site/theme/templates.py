"""Fills the theme's templates, with what they need to print a page."""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nejat_crawler.editions import EDITIONS
from nejat_crawler.sample_site.appearance import VERSIONS, Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.assemble import CLOCK
from nejat_crawler.sample_site.content.blocks import Heading, Paragraph
from nejat_crawler.sample_site.content.inline import HOME, escape
from nejat_crawler.sample_site.content.posts import Post, content_html, excerpt_html, say
from nejat_crawler.sample_site.content.theme_words import print_comments, print_date

_TEMPLATES = Environment(  # noqa: S701 (a post's content is markup; the templates escape titles and names of terms)
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


def views(post: Post) -> int:
    """Count how often a post was read."""
    return post.post_id % 997


def _php_json(thing: object) -> str:
    """Structured data as PHP prints it, slashes escaped."""
    return json.dumps(thing, indent=4).replace("/", "\\/")


_TEMPLATES.filters |= {
    "anchor": lambda words: "_".join(re.findall(r"\w+", escape(words))),
    "quoted": lambda address: quote(address, safe=""),
    "stamp": lambda moment: moment.isoformat(timespec="seconds"),
    "utc": lambda moment: moment.astimezone(UTC).isoformat(timespec="seconds"),
    "wp": escape,
}
_TEMPLATES.tests |= {
    "heading": lambda block: isinstance(block, Heading),
    "paragraph": lambda block: isinstance(block, Paragraph),
}
_TEMPLATES.globals |= {
    "HOME": HOME,
    "VERSIONS": VERSIONS,
    "content_html": content_html,
    "excerpt_html": excerpt_html,
    "on_clock": lambda moment: moment.astimezone(CLOCK),
    "print_comments": print_comments,
    "print_date": print_date,
    "random_below": lambda number: secrets.randbelow(number),
    "random_hex": lambda size: secrets.token_hex(size),
    "teaser_words": lambda post: say(post.teaser).split(),
    "views": views,
}


def render(name: str, blog: Blog, look: Appearance, **context: object) -> str:
    """Print the page that a template makes of `context`."""
    since = {version: look.since(version) for version in VERSIONS}
    return _TEMPLATES.get_template(name).render(context, blog=blog, labels=blog.labels, look=look, since=since)


def framed(name: str, blog: Blog, look: Appearance, data: list[object], **context: object) -> str:
    """Print a page in the theme's frame; `data` is what its head says of it for machines."""
    return render(
        name,
        blog,
        look,
        rtl=EDITIONS[blog.edition].direction == "rtl",
        menu_terms=[(term.link(blog.edition), term.name) for term in blog.used_terms("module")[:6]],
        structured_data=[*_organization(blog.name, blog.home), *map(_php_json, data)],
        **context,
    )


@cache
def _organization(name: str, home: str) -> tuple[str, str]:
    logo = {"@type": "ImageObject", "url": f"{home}wp-content/uploads/nejat-logo.png"}
    schema, about = {"@context": "https://schema.org/"}, {"url": home, "name": name}
    return (
        _php_json({**schema, "@type": "organization", "@id": "#organization", "logo": logo, **about}),
        _php_json({**schema, "@type": "WebSite", "alternateName": name, **about}),
    )


def breadcrumbs(*steps: tuple[str, str]) -> object:
    """The trail of (address, name) as structured data."""
    trail = [
        {"@type": "ListItem", "position": place, "item": {"@id": address, "name": name}}
        for place, (address, name) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": trail}
