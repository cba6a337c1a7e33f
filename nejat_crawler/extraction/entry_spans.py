"""Where the articles of a page begin and end in its source, and which post each of a listing's is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nejat_crawler.extraction.markup import Tag, tag_index
from nejat_crawler.urls import PostAddress, absolute, post_address


@dataclass(frozen=True, slots=True)
class Span:
    """An article's element in a source: its start tag, where it begins and ends, and whether its end tag was seen."""

    tag: Tag
    start: int
    end: int
    closed: bool


def entry_spans(html: str, markers: tuple[str, ...], content_end: tuple[str, ...]) -> Iterator[Span]:
    """The spans of the elements with the first of `markers` that the page has.

    An article element that begins inside another's body is no entry; where such a quoted element
    is never closed, the marker after the outer body says that the next one is an entry again.
    """
    index = tag_index(html)
    entries = next(filter(None, ({tag.start: tag for tag in index.bearing(marker)} for marker in markers)), None)
    if not entries:
        return
    ends = {tag.start: tag for marker in content_end for tag in index.bearing(marker)}
    boxes = {tag.start: tag for tag in index.named(*sorted({tag.name for tag in entries.values()}))}
    found = [tag for _, tag in sorted({**entries, **ends, **boxes}.items())]
    opening: Tag | None = None
    close = depth = outside = first_close = 0
    body_over = ended = False
    for tag in found:
        ends_body = tag.start in ends
        if tag.start in entries and (depth == 0 or body_over or tag.name != "article"):
            if opening is not None:
                end = close if body_over else first_close
                yield Span(opening, opening.start, end or tag.start, bool(end))
            opening, close, first_close, depth, outside, body_over, ended = tag, 0, 0, 1, 0, False, False
        elif opening is not None and tag.name == opening.name:
            body_over = body_over or ends_body
            if not tag.closing:
                # one that begins behind the entry's end is a box of the page's own, not a part of it
                depth, outside = (depth + 1, outside) if depth else (0, outside + 1)
            elif outside:
                outside -= 1
            elif not ended:
                # an end tag before the body is over may be a stray one: the entry's own is still to come
                depth = max(0, depth - 1)
                if depth == 0:
                    close, ended = tag.end, body_over
                    first_close = first_close or close
        else:
            body_over = body_over or ends_body
    if opening is not None:
        end = close if body_over else first_close
        yield Span(opening, opening.start, end or len(html), bool(end))


def entry_address(tag: Tag, entry_html: str, page_url: str) -> PostAddress | None:
    """The address of a listing's entry: that of its own link, which bears the id of its element."""
    number = re.search(r"\bpost-(\d{1,12})\b", f"{tag.attribute('id')} {tag.attribute('class')}")
    post_id = int(number[1]) if number else None
    for link in tag_index(entry_html).named("a"):
        if not link.closing:
            address = post_address(absolute(link.attribute("href"), page_url))
            if address and post_id in (None, address.post_id):
                return address.post
    return None


def source_end(html: str) -> int:
    """Where a page's source ends, or -1: it has been cut off."""
    end = html.rfind("</html")
    return max(end, html.rfind("</HTML", end + 1))
