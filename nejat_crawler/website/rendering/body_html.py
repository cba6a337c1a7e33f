"""The markup of a body as our pages show it: nothing is loaded, archived articles are linked, lists are whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape

import nh3

from nejat_crawler.extraction.markup import Tag, tags

_TAGS = set(
    """
    a abbr b blockquote br caption center cite code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins
    kbd li mark ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr u ul var
    """.split()  # noqa: SIM905
)
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
#: Elements that hold none, and those that the next of their kind ends: a hundred `<p>` are no hundred levels.
_LEVEL = frozenset(
    """
    area br col embed hr img input source track wbr
    dd dt li option p tbody td tfoot th thead tr
    """.split()  # noqa: SIM905
)
# Terms and bare items would stand in no list; centred is a matter of style.
_RENAMED = {"dl": "div", "dt": "div", "dd": "div", "center": "div", "strike": "s"}
_MARKUP = re.compile("<[^>]*>")
_DEEPEST = 64  # elements within elements; nh3 takes time by the square of it: 9 s for 30,000 lists in lists
_HEADING = re.compile("h[1-6]")
# A wide table is moved by itself, not the page with it; by keyboard, too.
_AROUND_TABLE = '<div class="scroll" tabindex="0" role="region" aria-label="Table">'


def render_body(markup: str, local: Mapping[str, str]) -> str:
    """Safe HTML for the markup of a body, sanitised once more: a database may come from anywhere.

    `local` gives the page in the archive for the address of an article. Pictures become their alternative text and a
    link to the file.
    """
    clean = nh3.clean(
        _flattened(markup),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    out: list[str] = []
    at = 0
    lists = tables = 0
    level = above = 1  # of the last heading, and of the one before: none is passed over
    heading = 0  # where the one that is open stands in `out`
    link: int | None = None  # where the link that is open stands in `out`
    for tag in tags(clean):
        out.append(clean[at : tag.start])
        at = tag.end
        if tag.name in {"ul", "ol"}:
            lists = max(0, lists + (-1 if tag.closing else 1))
        if tag.name == "table":
            tables += -1 if tag.closing else 1
            whole = clean[tag.start : tag.end]
            out.append(whole + ("" if tables else "</div>") if tag.closing else _AROUND_TABLE * (tables == 1) + whole)
        elif _HEADING.fullmatch(tag.name) and not tag.closing:
            heading, above = len(out), level
            level = min(max(int(tag.name[1]), 2), level + 1)
            out.append(_renamed(clean, tag, f"h{level}"))
        elif _HEADING.fullmatch(tag.name):
            if _MARKUP.sub("", "".join(out[heading + 1 :])).strip():
                out.append(f"</h{level}>")
            else:
                level, out[heading:] = above, []
        elif tag.name == "img":
            out.append(_picture(tag, linked=link is not None))
        elif tag.name == "a" and not tag.closing:
            link = len(out)
            out.append(_link(tag, local))
        elif tag.name == "a":
            if link is not None and not _MARKUP.sub("", "".join(out[link + 1 :])).strip():
                out[link] = ""  # without text there is nothing to follow
            elif link is not None and out[link]:
                out.append("</a>")
            link = None
        elif tag.name == "li" and not lists:
            out.append(_renamed(clean, tag, "div"))
        elif tag.name in _RENAMED:
            out.append(_renamed(clean, tag, _RENAMED[tag.name]))
        else:
            out.append(clean[tag.start : tag.end])
    out.append(clean[at:])
    return "".join(out)


def _flattened(markup: str) -> str:
    """`markup` without the tags of what lies deeper than any reader sees; no word is lost."""
    out: list[str] = []
    opened: Counter[str] = Counter()
    at = depth = 0
    for tag in tags(markup):
        if tag.name in _LEVEL:
            continue
        if opened[tag.name] > 0 if tag.closing else depth < _DEEPEST:
            step = -1 if tag.closing else 1
            opened[tag.name] += step
            depth += step
        else:
            out.append(markup[at : tag.start])
            at = tag.end
    return "".join([*out, markup[at:]])


def _renamed(clean: str, tag: Tag, name: str) -> str:
    """The tag under another name, with its `lang` and `dir`."""
    return f"</{name}>" if tag.closing else f"<{name}{clean[tag.start + 1 + len(tag.name) : tag.end]}"


def _link(tag: Tag, local: Mapping[str, str]) -> str:
    address = tag.attribute("href")
    if not address.startswith(("http://", "https://", "mailto:")):
        return ""  # "#top" and "/en/posts/1" would lead somewhere in this site
    if address in local:
        return f'<a href="{escape(local[address])}" class="local">'
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">'


def _picture(tag: Tag, *, linked: bool) -> str:
    words = escape(tag.attribute("alt").strip() or tag.attribute("src").rsplit("/", 1)[-1] or "picture")
    source = tag.attribute("src")
    if linked or not source.startswith(("http://", "https://")):
        return f'<span class="picture"><bdi>{words}</bdi></span>'
    away = f'<a href="{escape(source)}" rel="noopener noreferrer nofollow">'
    return f'<span class="picture">{away}<bdi>{words}</bdi></a></span>'
