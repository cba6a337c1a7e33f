"""The site in the markup of WordPress's own themes: the home listing and articles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.response import Response
from nejat_crawler.sample_site.theme.templates import render

_PATH = re.compile(r"/(\w+)/(?:page/(\d{1,9})|posts/(\d{1,12})(?:/(\d{1,9}))?)?(?:\?.*)?")


def respond_by_twenty(blogs: Mapping[str, Blog], target: str) -> Response | None:
    """Answer for a page of the home listing or of an article; None for what this theme does not print."""
    match = _PATH.fullmatch(target)
    blog = blogs.get(match[1]) if match else None
    if match is None or blog is None:
        return None
    number = int(match[2] or match[4] or 1)
    post = blog.visible(int(match[3])) if match[3] else None
    if not (post and number <= len(post.pages) if match[3] else 1 <= number <= blog.pages()):
        return None
    return Response(render("twenty.html", blog, Appearance(), post=post, number=number))
