"""One edition of the sample site: its posts and its terms, and what its editors do to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from nejat_crawler.sample_site.content.assemble import CLOCK, assemble
from nejat_crawler.sample_site.content.inline import HOME
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.content.theme_words import LABELS
from nejat_crawler.sample_site.content.writer import read_words

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Term:
    """A category, a tag or an author: what an archive is of. `kind` is its part of the address."""

    kind: str
    number: int
    name: str
    slug: str

    def link(self, edition: str) -> str:
        """Give the address of its archive, the host yet to be filled in."""
        return f"{HOME}/{edition}/{self.kind}/{self.slug}"

    @property
    def css(self) -> str:
        """The slug as a class name: WordPress falls back to the number where it is not ASCII."""
        return str(self.number) if "%" in self.slug else self.slug


def slugify(name: str) -> str:
    """Make the slug of a term: lower case, percent-encoded where it is not Latin."""
    letters = []
    for character in name.lower():
        plain = unicodedata.normalize("NFKD", character)[0]
        letters.append(plain if plain.isascii() else character)
    words = "".join(letter if letter.isalnum() else " " if letter in " -/&" else "" for letter in letters).split()
    return quote("-".join(words)).lower()


class Blog:
    """A WordPress with the posts of one edition."""

    def __init__(self, edition: str, limit: int | None = None) -> None:
        self.edition = edition
        self.labels = LABELS[edition]
        self.words = read_words(edition)
        self.name = self.words["site_name"]
        self.home = f"{HOME}/{edition}/"
        self.posts: tuple[Post, ...] = tuple(assemble(edition))
        self._terms: dict[tuple[str, str], Term] = {}
        self._name_terms()
        if limit is not None:
            dropped = {post.post_id for post in self.public()[limit:]}
            self.posts = tuple(post for post in self.posts if post.post_id not in dropped)

    def _name_terms(self) -> None:
        for name in self.words["categories"]:
            self.term("module", name)
        for post in sorted(self.posts, key=lambda post: post.post_id):
            self.terms("module", post.categories)
            self.terms("tag", post.tags)
            self.term("posts/author", post.author)

    def term(self, kind: str, name: str) -> Term:
        """Find the term of that name, or make it."""
        if (kind, name) not in self._terms:
            self._terms[kind, name] = Term(kind, len(self._terms) + 2, name, slugify(name))
        return self._terms[kind, name]

    def terms(self, kind: str, names: Iterable[str]) -> list[Term]:
        """Find the terms of those names."""
        return [self.term(kind, name) for name in names]

    def used_terms(self, kind: str) -> list[Term]:
        """List the terms of a kind that public posts have."""
        names = {name for post in self.posts if post.status == "publish" for name in _names(post, kind)}
        return [term for term in tuple(self._terms.values()) if term.kind == kind and term.name in names]

    def find_term(self, kind: str, slug: str) -> Term | None:
        """Find a term by the slug of an address, in whatever case it is percent-encoded."""
        wanted = unquote(slug)
        return next((term for term in self.used_terms(kind) if unquote(term.slug) == wanted), None)

    def archive(self, term: Term) -> list[Post]:
        """List the public posts of a term, newest first; of two with one timestamp the older id comes first."""
        return [post for post in self.by_query() if term.name in _names(post, term.kind)]

    def public(self) -> list[Post]:
        """List the public posts as the home listing does, newest first."""
        shown = [post for post in self.posts if post.status == "publish"]
        return sorted(shown, key=lambda post: (post.date, post.post_id), reverse=True)

    def by_query(self) -> list[Post]:
        """List the public posts as other queries do: posts with the same timestamp come in another order."""
        by_id = sorted(self.public(), key=lambda post: post.post_id)
        return sorted(by_id, key=lambda post: post.date, reverse=True)

    def find(self, post_id: int) -> Post:
        """Find a post, public or not; raises KeyError."""
        for post in self.posts:
            if post.post_id == post_id:
                return post
        raise KeyError(f"no post {self.edition}-{post_id}")

    def visible(self, post_id: int) -> Post | None:
        """Find a public post."""
        return next((post for post in self.posts if post.post_id == post_id and post.status == "publish"), None)

    def pages(self, posts: list[Post] | None = None) -> int:
        """Count the pages of a listing: of the home listing, if none is given."""
        return max(1, -(-len(self.public() if posts is None else posts) // PAGE_SIZE))

    def home_page(self, page: int) -> list[Post]:
        """List the posts of a page of the home listing; sticky ones stand on page 1 as well."""
        shown = self.public()
        found = shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        if page > 1:
            return found
        pinned = [post for post in shown if post.sticky]
        return pinned + [post for post in found if not post.sticky]

    def recent(self) -> list[Post]:
        """List what the sidebar shows."""
        return self.home_page(1)[:6]

    def last_change(self) -> datetime:
        """Tell when a post was last modified, in UTC."""
        changes = [post.changed for post in self.posts if post.status != "future"]
        return max(changes).astimezone(UTC)

    def now(self) -> datetime:
        """Tell the time on the site's clock, never the second of an earlier change: stamps hold whole seconds."""
        now = datetime.now(CLOCK).replace(microsecond=0)
        return max(now, self.last_change().astimezone(CLOCK) + timedelta(seconds=1))

    def put(self, post: Post) -> Post:
        """Save a post in place of the one with its id."""
        others = tuple(other for other in self.posts if other.post_id != post.post_id)
        self.posts = (*others, post)
        self.terms("module", post.categories)
        self.terms("tag", post.tags)
        self.term("posts/author", post.author)
        return post


def _names(post: Post, kind: str) -> list[str]:
    return {"module": post.categories, "tag": post.tags}.get(kind, [post.author])
