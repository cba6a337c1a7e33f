"""The site's REST interface: an answer of `wp-json/wp/v2/posts` -> one Record a post, as plain functions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from nejat_crawler.extraction.placeholders.mail_addresses import reveal_addresses
from nejat_crawler.extraction.rest_api.rest_values import (
    ahead_sentence,
    is_ahead,
    local_timestamp,
    modified_at,
    post_number,
    read_field,
)
from nejat_crawler.items import Image, Record
from nejat_crawler.text import clean_line
from nejat_crawler.urls import SITE, PostAddress, post_address

#: The most that WordPress answers at once.
PAGE_SIZE = 100
#: So many answers are read one after the other; the site would have a hundred thousand posts.
MOST_PAGES = 1000
EMBEDDED = "author,wp:term,wp:featuredmedia"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # "\ud83d" alone is valid JSON, and no text
_LIST = re.compile(r'\[\s*(?:\{\s*"|\])')
_DECODER = json.JSONDecoder()
_BEHIND = re.compile(r"\s*(?:<|\Z)")
#: Of an answer with a hundred posts: SQLite, and the memory, have room for so many.
_MOST_POSTS = 10 * PAGE_SIZE
_MOST_VALUES = 1_000_000


class NoPostsError(ValueError):
    """An answer holds no list of posts; the message says what it is instead, "an HTML page"."""


@dataclass(slots=True)
class PostsPage:
    """The posts of one answer, by their numbers."""

    records: dict[int, Record] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """Posts that it has but that could not be read, a sentence each."""


def read_answer(body: bytes, edition: str, rewrite: Callable[[str], str] = str) -> PostsPage:
    """Read an answer; `rewrite` turns a mirror's addresses into the site's own. Raises NoPostsError."""
    # Addresses are printed as https:\\/\\/…: only written anew do they look as they do on a page.
    try:
        written = json.dumps(read_list(body), ensure_ascii=False)
        document = json.loads(_LONE_SURROGATE.sub("\ufffd", rewrite(written)))
    except RecursionError:
        raise NoPostsError("broken JSON") from None
    answer = PostsPage()
    for post in document:
        address = _address(post, edition)
        content = _inner(post, "content")
        if is_ahead(post):
            answer.problems.append(ahead_sentence(post))
        if address is None:
            answer.problems.append(
                f"a post without a number of {edition} ({read_field(post, 'link')[:200] or 'no link'})"
            )
        elif not isinstance(content.get("rendered"), str) or not isinstance(
            _inner(post, "title").get("rendered"), str
        ):
            answer.problems.append(f"{edition}-{address.post_id} comes without title and content")
        else:
            answer.records[address.post_id] = _read_post(post)
    return answer


def read_list(body: bytes) -> list[Any]:
    """The list that an answer consists of, also between a notice of PHP and a cache's comment; raises NoPostsError.

    >>> read_list(b'<b>Notice</b>: Array to string [0] on line <b>12</b><br />[{"id": 7}]<!-- cached -->')
    [{'id': 7}]
    """
    if sum(map(body.count, (b",", b"[", b"{"))) > _MOST_VALUES:
        raise NoPostsError("an answer of more than a million values")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = _cut_out(body.decode("utf-8", "replace"))
        if document is None:
            raise NoPostsError("an HTML page" if body.lstrip()[:1] == b"<" else "broken JSON") from None
    if not isinstance(document, list):
        code = read_field(document, "code")
        raise NoPostsError(f"the error {code[:80]}" if code else "no list of posts")
    if len(document) > _MOST_POSTS:
        raise NoPostsError(f"a list of {len(document)}")
    return document


def _cut_out(text: str) -> list[Any] | None:
    """The one list of objects in `text`, or an empty list behind which nothing but markup stands; None if unsure.

    A list within one that breaks off does not count: the first that opens must be whole.
    """
    for match in _LIST.finditer(text):
        try:
            found, end = _DECODER.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            return None
        if _BEHIND.match(text, end):
            return found if isinstance(found, list) else None
        if found:
            return None
    return None


def header_number(value: bytes | None) -> int | None:
    """The number in a header such as `X-WP-Total`; None where there is none.

    >>> header_number(b" 15193 "), header_number(b"many"), header_number(None)
    (15193, None, None)
    """
    value = (value or b"").strip()
    return int(value) if value.isdigit() and len(value) < 10 else None


def _address(post: Any, edition: str) -> PostAddress | None:
    """The post by its own number; None if its link leads to another post than that."""
    number = post_number(post.get("id") if isinstance(post, dict) else None)
    if number is None:
        return None
    own = PostAddress(edition, number)
    linked = post_address(read_field(post, "link"))
    return own if linked is None or linked.post == own else None


def _read_post(post: dict[str, Any]) -> Record:
    return Record(
        title=reveal_addresses(_inner(post, "title")["rendered"]),
        content=reveal_addresses(_inner(post, "content")["rendered"]),
        categories=_terms(post, "categories", "category"),
        tags=_terms(post, "tags", "post_tag"),
        author=_name(next(iter(_embedded(post, "author")), None)),
        published_at=local_timestamp(read_field(post, "date"), read_field(post, "date_gmt")),
        modified_at=modified_at(post),
        protected=_inner(post, "content").get("protected") is True,
        lead_images=_lead_images(post),
    )


def _terms(post: dict[str, Any], name: str, taxonomy: str) -> list[str] | None:
    """The names of a post's terms in the order of the site, which sorts them by name.

    None where a name is missing: before 6.1 WordPress embeds ten terms of eleven.
    """
    numbers = post.get(name)
    if not isinstance(numbers, list):
        return None
    groups = _embedded(post, "wp:term")
    terms = [term for group in groups if isinstance(group, list) for term in group if isinstance(term, dict)]
    names = [found for term in terms if term.get("taxonomy") == taxonomy and (found := _name(term))]
    return list(dict.fromkeys(names)) if len(names) >= len(numbers) else None


def _lead_images(post: dict[str, Any]) -> list[Image] | None:
    """The featured image; None for a gallery post, in whose place the site shows pictures that are not answered."""
    if post.get("format") == "gallery":
        return None
    media = next(iter(_embedded(post, "wp:featuredmedia")), None)
    source = read_field(media, "source_url")
    if not source.startswith(("http://", "https://")):
        return []
    return [Image(source, clean_line(unescape(read_field(media, "alt_text"))), lead=True)]


def _embedded(post: dict[str, Any], relation: str) -> list[Any]:
    found = _inner(post, "_embedded").get(relation)
    return found if isinstance(found, list) else []


def _inner(thing: Any, name: str) -> dict[str, Any]:
    inner = thing.get(name) if isinstance(thing, dict) else None
    return inner if isinstance(inner, dict) else {}


def _name(thing: Any) -> str | None:
    """The name of a term or a user, which WordPress keeps escaped: `Huts &amp; Trails`."""
    return clean_line(unescape(read_field(thing, "name"))) or None


def interface(edition: str) -> str:
    """The address at which an edition answers with its posts."""
    return f"{SITE}/{edition}/wp-json/wp/v2/posts"
