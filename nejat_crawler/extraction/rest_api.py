"""The site's REST interface: an answer of `wp-json/wp/v2/posts` -> one Record a post, as plain functions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

from nejat_crawler.items import Image, Record
from nejat_crawler.text import clean_line
from nejat_crawler.urls import SITE, PostAddress, post_address

#: The most that WordPress answers at once.
PAGE_SIZE = 100
EMBEDDED = "author,wp:term,wp:featuredmedia"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # "\ud83d" alone is valid JSON, and no text
_MOST_OFFSET = timedelta(hours=14)


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
    try:
        document = json.loads(body)
        # Addresses are printed as https:\\/\\/…: only written anew do they look as they do on a page.
        written = json.dumps(document, ensure_ascii=False)
        document = json.loads(_LONE_SURROGATE.sub("\ufffd", rewrite(written)))
    except (ValueError, RecursionError):
        raise NoPostsError("an HTML page" if body.lstrip()[:1] == b"<" else "broken JSON") from None
    if not isinstance(document, list):
        code = _text(document, "code")
        raise NoPostsError(f"the error {code[:80]}" if code else "no list of posts")
    answer = PostsPage()
    for post in document:
        address = _address(post, edition)
        content = _inner(post, "content")
        if address is None:
            answer.problems.append(f"a post without a number of {edition} ({_text(post, 'link')[:200] or 'no link'})")
        elif not isinstance(content.get("rendered"), str) or not isinstance(
            _inner(post, "title").get("rendered"), str
        ):
            answer.problems.append(f"{edition}-{address.post_id} comes without title and content")
        else:
            answer.records[address.post_id] = _read_post(post)
    return answer


def header_number(value: bytes | None) -> int | None:
    """The number in a header such as `X-WP-Total`; None where there is none.

    >>> header_number(b" 15193 "), header_number(b"many"), header_number(None)
    (15193, None, None)
    """
    value = (value or b"").strip()
    return int(value) if value.isdigit() and len(value) < 10 else None


def modified_times(document: Any) -> dict[int, str]:
    """When each post of an answer was last edited, in UTC; raises ValueError for an answer of another kind.

    >>> modified_times([{"id": 7, "modified_gmt": "2023-10-28T15:06:27"}])
    {7: '2023-10-28T15:06:27Z'}
    """
    if not isinstance(document, list):
        raise ValueError("no list of posts")
    times = {post.get("id"): _in_utc(_text(post, "modified_gmt")) for post in document if isinstance(post, dict)}
    return {number: time for number, time in times.items() if isinstance(number, int) and time}


def _address(post: Any, edition: str) -> PostAddress | None:
    """The post by its own number; None if its link leads to another post than that."""
    number = post.get("id") if isinstance(post, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10**12:
        return None
    own = PostAddress(edition, number)
    linked = post_address(_text(post, "link"))
    return own if linked is None or linked.post == own else None


def _read_post(post: dict[str, Any]) -> Record:
    return Record(
        title=_inner(post, "title")["rendered"],
        content=_inner(post, "content")["rendered"],
        categories=_terms(post, "categories", "category"),
        tags=_terms(post, "tags", "post_tag"),
        author=_name(next(iter(_embedded(post, "author")), None)),
        published_at=local_timestamp(_text(post, "date"), _text(post, "date_gmt")),
        modified_at=_in_utc(_text(post, "modified_gmt")),
        protected=_inner(post, "content").get("protected") is True,
        lead_images=_lead_images(post),
    )


def local_timestamp(local: str, gmt: str) -> str | None:
    """Local time with the offset that follows from UTC; without offset where the two make no sense together.

    >>> local_timestamp("2023-10-28T18:36:27", "2023-10-28T15:06:27")
    '2023-10-28T18:36:27+03:30'
    >>> local_timestamp("2023-10-28T18:36:27", "0000-00-00T00:00:00")
    '2023-10-28T18:36:27'
    """
    here, there = _moment(local), _moment(gmt)
    if here is None:
        return None
    if there is not None:
        offset = here - there
        if abs(offset) <= _MOST_OFFSET and offset % timedelta(minutes=1) == timedelta(0):
            here = here.replace(tzinfo=timezone(offset))
    return here.isoformat(timespec="seconds")


def _moment(printed: str) -> datetime | None:
    """A time as WordPress prints it, without an offset."""
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def _in_utc(printed: str) -> str | None:
    moment = _moment(printed)
    return moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


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
    source = _text(media, "source_url")
    if not source.startswith(("http://", "https://")):
        return []
    return [Image(source, clean_line(unescape(_text(media, "alt_text"))), lead=True)]


def _embedded(post: dict[str, Any], relation: str) -> list[Any]:
    found = _inner(post, "_embedded").get(relation)
    return found if isinstance(found, list) else []


def _inner(thing: Any, name: str) -> dict[str, Any]:
    inner = thing.get(name) if isinstance(thing, dict) else None
    return inner if isinstance(inner, dict) else {}


def _text(thing: Any, name: str) -> str:
    text = thing.get(name) if isinstance(thing, dict) else None
    return text if isinstance(text, str) else ""


def _name(thing: Any) -> str | None:
    """The name of a term or a user, which WordPress keeps escaped: `Huts &amp; Trails`."""
    return clean_line(unescape(_text(thing, "name"))) or None


def interface(edition: str) -> str:
    """The address at which an edition answers with its posts."""
    return f"{SITE}/{edition}/wp-json/wp/v2/posts"
