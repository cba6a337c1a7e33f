"""The sample site: four editions, what their editors do, and the faults of their server."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.blocks import Block, Paragraph
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.content.theme_words import LABELS
from nejat_crawler.sample_site.faults import Answer, Fault, refuse
from nejat_crawler.sample_site.theme.layouts import Shown, shown


class SampleSite:
    """A small invented site that behaves like the real one.

    It has the editions whose words somebody has invented. `limit` keeps the newest posts of each. `links` says
    where the pages' links point: to the `server` itself, as if it were the site's home, or to the real `site`.
    `appearance` may be changed at any time, and holds from the next request on. Two sites made alike have the
    same truth.
    """

    def __init__(
        self,
        editions: Sequence[str] = tuple(LABELS),
        *,
        limit: int | None = None,
        links: Literal["server", "site"] = "server",
        crawl_delay: float | None = None,
        appearance: Appearance = Appearance(),  # noqa: B008 (it cannot be changed)
    ) -> None:
        self.blogs = {edition: Blog(edition, limit) for edition in editions}
        self.links = links
        self.crawl_delay = crawl_delay
        self.appearance = appearance
        self._faults: list[Fault] = []
        self._lock = threading.RLock()

    def truth(self) -> list[dict[str, Any]]:
        """Describe every public article by the contract, in listing order, edition after edition."""
        return [post.truth() for blog in self.blogs.values() for post in blog.public()]

    def post(self, edition: str, post_id: int) -> Post:
        """Find a post, public or not; raises KeyError."""
        return self.blogs[edition].find(post_id)

    def public_posts(self, edition: str) -> list[Post]:
        """List the public posts in listing order, newest first, sticky ones at their place."""
        return self.blogs[edition].public()

    def pages(self, edition: str) -> int:
        """Count the pages of the edition's listing."""
        return self.blogs[edition].pages()

    def shows(self, post: Post, page: int) -> Shown:
        """Tell what a page of the listing shows of a post's text; raises ValueError if the post is not there."""
        posts = self.blogs[post.edition].home_page(page)
        look = self.appearance
        if look.theme == "other":
            return "none" if post.protected else "excerpt"
        return shown(post, look.front_layout, posts.index(post))

    def publish(
        self,
        edition: str,
        *,
        title: str,
        paragraphs: Sequence[str] = (),
        blocks: Sequence[Block] | None = None,
        categories: Sequence[str] | None = None,
        tags: Sequence[str] = (),
        author: str | None = None,
        date: datetime | None = None,
        sticky: bool = False,
        protected: bool = False,
        status: str = "publish",
    ) -> Post:
        """Publish a post under the next id, dated a day after the newest unless `date` is given."""
        with self._lock:
            blog = self.blogs[edition]
            shown = blog.public()
            content = [Paragraph(words) for words in paragraphs] if blocks is None else blocks
            post = Post(
                edition=edition,
                post_id=max(post.post_id for post in blog.posts) + 1,
                title=title,
                date=date or (shown[0].date + timedelta(days=1) if shown else blog.now()),
                blocks=list(content),
                categories=list(categories or blog.words["categories"][:1]),
                author=author or blog.words["authors"][0],
                tags=list(tags),
                status=status,
                sticky=sticky,
                protected=protected,
                modified=blog.now(),
            )
            return blog.put(post)

    def edit(
        self,
        edition: str,
        post_id: int,
        *,
        title: str | None = None,
        paragraphs: Sequence[str] | None = None,
        blocks: Sequence[Block] | None = None,
        categories: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
        author: str | None = None,
    ) -> Post:
        """Change what is given of a post, and its time of modification; raises KeyError."""
        with self._lock:
            blog = self.blogs[edition]
            post = blog.find(post_id)
            if paragraphs is not None:
                blocks = [Paragraph(words) for words in paragraphs]
            return blog.put(
                replace(
                    post,
                    title=post.title if title is None else title,
                    blocks=post.blocks if blocks is None else list(blocks),
                    categories=post.categories if categories is None else list(categories),
                    tags=post.tags if tags is None else list(tags),
                    author=author or post.author,
                    modified=blog.now(),
                )
            )

    def delete(self, edition: str, post_id: int) -> Post:
        """Move a post to the trash: its address answers 404; raises KeyError."""
        return self._set_status(edition, post_id, "trash")

    def restore(self, edition: str, post_id: int) -> Post:
        """Take a post out of the trash; raises KeyError."""
        return self._set_status(edition, post_id, "publish")

    def _set_status(self, edition: str, post_id: int, status: str) -> Post:
        with self._lock:
            blog = self.blogs[edition]
            return blog.put(replace(blog.find(post_id), status=status, modified=blog.now()))

    def fault(self, answer: Answer | None, path_regex: str, times: int | None = None, **details: Any) -> Fault:
        """Give this answer where the regex is found in path and query, None: a late one; details are Fault's."""
        with self._lock:
            self._faults.append(Fault(answer, re.compile(path_regex), times, **details))
            return self._faults[-1]

    def fail(
        self, path_regex: str, status: int = 503, times: int | None = None, headers: dict[str, str] | None = None
    ) -> None:
        """Answer with `status` where the regex is found in path and query."""
        self.fault(refuse, path_regex, times, status=status, headers=headers or {})

    def slow(self, path_regex: str, seconds: float, times: int | None = None) -> None:
        """Wait before answering where the regex is found in path and query."""
        self.fault(None, path_regex, times, seconds=seconds)

    def heal(self) -> None:
        """End all faults."""
        with self._lock:
            self._faults.clear()

    def faults_at(self, path: str) -> list[Fault]:
        """Take the faults that strike a request for `path` (with its query): at most one, and a slow one."""
        with self._lock:
            struck: dict[bool, Fault] = {}
            for fault in self._faults:
                slow = fault.answer is None
                if fault.left != 0 and fault.pattern.search(path) and slow not in struck:
                    struck[slow] = fault
                    fault.strikes += 1
                    if fault.left is not None:
                        fault.left -= 1
            return list(struck.values())
