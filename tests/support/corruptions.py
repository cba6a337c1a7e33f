"""Ways in which a good page is spoilt, each with a seeded source of chance; and what it then still has to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random
from typing import Any

from nejat_crawler.extraction.markup import Tag, tags


@dataclass(frozen=True, slots=True, eq=False)
class Good:
    """A good page, and the truth of every article on it by id."""

    name: str
    url: str | None
    html: str
    truths: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Mangled:
    """A spoilt page. `target` is the article into whose body `words` were put; the rest of it is as it was."""

    html: str
    words: frozenset[str] = frozenset()
    target: str | None = None


Mangling = Callable[[Good, Random], Mangled]

_END_TAG = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)
# where text stands between two tags
_TEXT = re.compile(r">([^<>]+)<")
_PLAIN_ATTRIBUTES = re.compile(r'(?:\s+[a-z][a-z0-9:-]*="[^"<>]*")+', re.IGNORECASE)
_ATTRIBUTE = re.compile(r'\s+[a-z][a-z0-9:-]*="[^"<>]*"', re.IGNORECASE)
_HEAD_PART = re.compile(
    r"<title>.*?</title>|<script\b[^>]*>.*?</script>|<style\b[^>]*>.*?</style>|<(?:meta|link)\b[^>]*>", re.DOTALL
)
_STRAY = (
    "</div>", "</div></div>", "</p>", "</span>", "</section>", "</li>", "</ul>", "</a>", "</main>", "</td>",
    "</article>", "</b>", "</body>", "</html>",
)  # fmt: skip
_CHROME = ("nav", "aside", "footer", "form", "header")
_CHROME_CLASSES = frozenset(
    """
    penci-post-share-box penci-box-meta penci-pagination post-related post-pagination post-author tags-share-box
    penci-hide-tagupdated post-share side-newsfeed pages-nav share-buttons single-post-meta post-bottom-meta
    related-posts penci-post-related amp-wp-article-footer post-meta archive-box post-comments bs-numbered-pagination
    """.split()  # noqa: SIM905 (thirty quoted words are harder to read)
)


def _body_start(html: str) -> int:
    return max(html.find("<body"), 0)


def cut(page: Good, chance: Random) -> Mangled:
    """The connection breaks off at any byte."""
    data = page.html.encode()
    return Mangled(data[: chance.randrange(len(data))].decode(errors=chance.choice(("ignore", "replace"))))


def drop_end_tags(page: Good, chance: Random) -> Mangled:
    """One to four end tags are missing."""
    found = list(_END_TAG.finditer(page.html, _body_start(page.html)))
    html = page.html
    for match in sorted(chance.sample(found, min(len(found), chance.randint(1, 4))), key=lambda m: -m.start()):
        html = html[: match.start()] + html[match.end() :]
    return Mangled(html)


def stray_end_tags(page: Good, chance: Random) -> Mangled:
    """One to four end tags too many stand where text ends."""
    found = list(_TEXT.finditer(page.html, _body_start(page.html)))
    html = page.html
    for match in sorted(chance.sample(found, min(len(found), chance.randint(1, 4))), key=lambda m: -m.start()):
        html = html[: match.end(1)] + chance.choice(_STRAY) + html[match.end(1) :]
    return Mangled(html)


def nest_wrongly(page: Good, chance: Random) -> Mangled:
    """End tags that follow each other change places, as in `<b><i></b></i>`."""
    found = list(re.finditer(r"(</[a-z0-9]+>)(\s*)(</[a-z0-9]+>)", page.html[_body_start(page.html) :]))
    offset, html = _body_start(page.html), page.html
    for match in sorted(chance.sample(found, min(len(found), chance.randint(1, 4))), key=lambda m: -m.start()):
        start, end = match.start() + offset, match.end() + offset
        html = html[:start] + match[3] + match[2] + match[1] + html[end:]
    return Mangled(html)


def swap_attributes(page: Good, chance: Random) -> Mangled:
    """Every tag's attributes come in another order."""

    def shuffle(match: re.Match[str]) -> str:
        attributes = _ATTRIBUTE.findall(match[2])
        chance.shuffle(attributes)
        return f"{match[1]}{''.join(attributes)}{match[3]}"

    pattern = rf"(<[a-z][a-z0-9-]*)({_PLAIN_ATTRIBUTES.pattern})(\s*/?>)"
    return Mangled(re.sub(pattern, shuffle, page.html, flags=re.IGNORECASE))


def swap_head(page: Good, chance: Random) -> Mangled:
    """What stands in the head comes in another order."""
    start = page.html.find("<head")
    start, end = page.html.find(">", start) + 1, page.html.find("</head>")
    head = page.html[start:end]
    if "<!--[if" in head:  # what stands in conditional comments may not leave them
        return swap_attributes(page, chance)
    parts = _HEAD_PART.findall(head)
    chance.shuffle(parts)
    shuffled = iter(parts)
    return Mangled(page.html[:start] + _HEAD_PART.sub(lambda _: next(shuffled), head) + page.html[end:])


def double_boilerplate(page: Good, chance: Random) -> Mangled:
    """Menus, share bars, related posts, pagers or forms stand two or three times."""
    html = page.html
    found = _chrome(html)
    for tag in sorted(chance.sample(found, min(len(found), 2)), key=lambda tag: -tag.start):
        end = _element_end(html, tag)  # of what is left of it: an inner one may have been doubled
        html = html[:end] + html[tag.start : end] * chance.randint(1, 2) + html[end:]
    return Mangled(html)


@cache
def _chrome(html: str) -> list[Tag]:
    """What begins what stands round the articles of a good page."""
    return [
        tag
        for tag in tags(html)
        if not tag.closing and (tag.name in _CHROME or not tag.classes.isdisjoint(_CHROME_CLASSES))
    ]


def _element_end(html: str, opening: Tag) -> int:
    depth = 0
    for tag in tags(html, opening.start):
        if tag.name == opening.name:
            depth += -1 if tag.closing else 1
            if depth == 0:
                return tag.end
    return opening.end


#: Looks like a part of an article or of a page; `{w}` becomes words that stand nowhere else.
LOOK_ALIKES = (
    '<time class="entry-date published" datetime="2011-11-11T11:11:11+03:30">{w}</time>',
    '<h2 class="penci-entry-title entry-title post-title"><a href="https://www.nejatngo.org/en/posts/999">{w}</a></h2>',
    '<h1 class="post-title single-post-title entry-title amp-wp-title">{w}</h1>',
    '<span class="cat"><a class="penci-cat-name post-cat" href="/en/module/x" rel="category tag">{w}</a></span>',
    '<a href="/en/tag/x" rel="tag">{w}</a>',
    '<article id="post-999" class="post-999 post type-post hentry penci-post-item listing-item-blog"><h2'
    ' class="entry-title"><a href="https://www.nejatngo.org/en/posts/999">{w}</a></h2><p>{w}</p></article>',
    '<article id="post-999" class="post-999 post type-post hentry"><h2 class="entry-title"><a'
    ' href="https://www.nejatngo.org/en/posts/999">{w}</a></h2><p>{w}</p>',
    '<ul class="menu"><li class="menu-item"><a href="/en/">{w}</a></li><li>{w}</li></ul>',
    '<div class="comments"><div class="comment"><span class="author">{w}</span><p>{w}</p></div></div>',
    '<span class="date meta-item">November 11, 2011 {w}</span>',
    '<p class="post-excerpt">{w}</p>',
    '<div class="entry-content"><p>{w}</p></div>',
    '<span class="author vcard"><a class="url fn n" href="/x">{w}</a></span>',
)


def inject_look_alikes(page: Good, chance: Random) -> Mangled:
    """What looks like a title, a date, a category, an article, a menu or a comment stands in a body."""
    target = chance.choice(sorted(page.truths))
    places = _body_places(page.html, page.truths[target])
    if not places:
        return Mangled(page.html)
    words = f"Zzinject{chance.randrange(10**6)} zzagain{chance.randrange(10**6)}"
    look_alike = chance.choice(LOOK_ALIKES).format(w=words)
    place = chance.choice(places)
    html = f"{page.html[:place]} {look_alike} {page.html[place:]}"
    seen = " ".join(re.sub(r"<[^>]*>", " ", look_alike).split())
    return Mangled(html, frozenset(seen.split()), target)


def _body_places(html: str, truth: Mapping[str, Any]) -> list[int]:
    """Where a paragraph of a body ends, if its text stands in the markup but once."""
    lines = [line for line in (truth.get("body") or "").split("\n") if len(line) > 40]
    printed = dict.fromkeys(form for line in lines for form in (line, escape(line, quote=False)))
    return [html.index(f">{form}</p") + 1 + len(form) for form in printed if html.count(f">{form}</p") == 1]


_ENTRIES = ("article.hentry", "li.post-item", "article.penci-post-item", "article.listing-item-blog")


@cache
def _entries(html: str) -> list[tuple[int, int]]:
    """Where the entries of a good page begin and end."""
    found = [tag for tag in tags(html) if not tag.closing and any(tag.matches(mark) for mark in _ENTRIES)]
    spans: list[tuple[int, int]] = []
    for tag in found:
        if not spans or tag.start >= spans[-1][1]:
            spans.append((tag.start, _element_end(html, tag)))
    return spans


def swap_entries(page: Good, chance: Random) -> Mangled:
    """Two entries of a listing change places."""
    spans = _entries(page.html)
    if len(spans) < 2:
        return swap_attributes(page, chance)
    (a, b), (c, d) = sorted(chance.sample(spans, 2))
    html = page.html
    return Mangled(html[:a] + html[c:d] + html[b:c] + html[a:b] + html[d:])


def double_entries(page: Good, chance: Random) -> Mangled:
    """An entry of a listing stands a second time, behind itself or behind another."""
    spans = _entries(page.html)
    if len(spans) < 2:
        return double_boilerplate(page, chance)
    (start, end), (_, place) = chance.choice(spans), chance.choice(spans)
    return Mangled(page.html[:place] + page.html[start:end] + page.html[place:])


MANGLINGS: dict[str, Mangling] = {
    made.__name__: made
    for made in (
        cut, drop_end_tags, stray_end_tags, nest_wrongly, swap_attributes, swap_head, double_boilerplate,
        inject_look_alikes, swap_entries, double_entries,
    )
}  # fmt: skip
