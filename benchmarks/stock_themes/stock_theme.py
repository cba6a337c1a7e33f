"""A stock theme: its template, and the fields of a post that its pages do not print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from benchmarks.stock_themes.stock_posts import WORDS, Post
from nejat_crawler.urls import SITE

#: What a listing or an article's own page of a theme may not print.
FIELDS = frozenset({"categories", "tags", "author", "published", "comment_count", "images"})

_TEMPLATES = Environment(  # a post's content is markup; the templates escape titles and names of terms
    loader=FileSystemLoader(Path(__file__).with_name("templates")), trim_blocks=True, lstrip_blocks=True
)
_TEMPLATES.globals["SITE"] = SITE


@dataclass(frozen=True, slots=True)
class StockTheme:
    """A theme; the sets name fields that it does not print."""

    name: str
    not_listed: frozenset[str] = frozenset()
    not_single: frozenset[str] = frozenset()
    full: bool = True
    """Whether a listing can show whole texts."""

    def listing(self, posts: list[Post], *, full: bool, archive: str | None = None) -> str:
        """A page of the listing, or of a category's archive."""
        return self._render(posts[0], posts=posts, full=full, archive=archive, older=f"{posts[0].home}/page/3")

    def article(self, post: Post) -> str:
        """A post's own page."""
        return self._render(post, post=post)

    def _render(self, any_post: Post, **context: object) -> str:
        template = _TEMPLATES.get_template(f"{self.name}.html")
        return template.render(context, home=any_post.home, words=WORDS[any_post.edition])


def without(*fields: str) -> frozenset[str]:
    """A set of field names, `category` among them wherever `categories` is."""
    assert set(fields) <= FIELDS, fields
    return frozenset(fields) | ({"category"} if "categories" in fields else set())
