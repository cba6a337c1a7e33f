"""A page that breaks off, and what the server appends to it: status 200 has been sent, so its error stands behind.

The end tags of the appended document make the half of a page look whole.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from nejat_crawler.extraction.markup import tag_index

#: Where another document may begin.
_DOCUMENT = re.compile(
    r"<(?=[!hb])(?:!doctype\s|(?:html|head|body)[\s>]|h1>\s*(?:internal server|service unavail|error establishing))",
    re.IGNORECASE,
)
#: The words begin with which PHP and WordPress end; one of the signs stands in all of them.
_LAST_WORDS = re.compile(
    r"""class=["']wp-die-message | there\ has\ been\ a\ critical\ error\ on
      | (?:<br\s*/?>\s*)?(?:<b>\s*)?(?:php\ )?(?:fatal|parse|recoverable\ fatal)\ error\s*(?:</b>)?\s*: """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = (b"wp-die-message", b"critical error on", b"fatal error", b"parse error")
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
#: What pages are built of, and what no page leaves open: `<p>` and `<li>` may want their end tags.
_BOXES = frozenset({"article", "section", "aside", "div"})
_COUNTED = _BOXES | {"html"}
_TAG = re.compile(rf"<(/?)({'|'.join(sorted(_COUNTED))})\b", re.IGNORECASE)
#: The same with all attributes; where no value has `<` in it, a tag ends before the next one.
_WHOLE_TAG = re.compile(
    rf"<(?=/?[aAdDhHsS])(/?(?i:{'|'.join(sorted(_COUNTED))}))(?![a-zA-Z0-9:-])"
    r"""[^<>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^<>=]*+)*+>"""
)
_PAIR = re.compile(r"(?<![^\n])(\w+)\n/\1\n")
#: So deep boxes stand in each other; what is left behind is counted one by one.
_ROUNDS = 30
#: What a proxy writes at the end of a page, and the elements whose end tags stand there on a whole page.
_ANYWHERE = frozenset({"script", "noscript", "link", "style", "meta", "img", "iframe"})
_CONTAINERS = _BOXES | {"footer", "main", "nav", "header"}
_MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
#: Characters of what stands behind the break that a sentence quotes.
_QUOTED = 80


def split_at_break(html: str) -> tuple[str, str]:
    """The source up to where it breaks off, and the first words of what has been appended there.

    Of a whole page that is all of it and no words, also where an article quotes a document: plugins print
    `<!DOCTYPE html PUBLIC …><html><body>` into texts. What is quoted stands in boxes that are closed behind it.
    """
    body = _BODY.search(html)
    if body is None:
        return html, ""
    lower = html.encode("utf-8", "surrogatepass").lower()
    said = _LAST_WORDS.finditer(html, body.end()) if any(sign in lower for sign in _SIGNS) else ()
    places = sorted(match.start() for match in (*_DOCUMENT.finditer(html, body.end()), *said))
    found = zip(places, _open_at(html, places), _closed_behind(html, places), strict=True) if places else ()
    for place, opened, closed in found:
        boxes = [name for name in opened if name in _BOXES]
        # where all that is open are `<div>`s, a stray `</div>` of the appended document proves nothing
        kinds = boxes if len(boxes) > 1 else [*boxes, "html"]
        if opened and not all(closed[name] for name in kinds):
            return html[:place], _words(html[place:])
    return _split_at_end(html)


def _split_at_end(html: str) -> tuple[str, str]:
    """The same where a proxy has ended the half of a page with `</body></html>`, and perhaps a script of its own.

    Whole pages leave a `<div>` open here and there; none ends within an article, or in two boxes and behind a text.
    """
    end = html.rfind("</body")
    end = max(end, html.rfind("</BODY", end + 1))
    opened = _open_before(html, end) if end > 0 else Counter[str]()
    if opened["article"] or opened["div"] > 1:
        last = next(
            (tag for tag in reversed(list(tag_index(html))) if tag.start < end and tag.name not in _ANYWHERE), None
        )
        if opened["article"] or not (last and last.closing and last.name in _CONTAINERS):
            return html[:end], "no more than its end tags"
    return html, ""


def _open_before(html: str, end: int) -> Counter[str]:
    """How many elements of each kind stand open at a place where a tag begins.

    On most pages none is: what begins and ends with nothing of their kind in it, again and again, leaves nothing.
    """
    index = tag_index(html)
    if index.nested:
        return _open_at(html, [end])[0]
    names, after = list[str](), 0
    for start, over in (*index.spans(0, end), (end, end)):
        names += _WHOLE_TAG.findall(html, after, start)
        after = over
    left, found = "\n".join((*names, "")).lower(), 1
    for _ in range(_ROUNDS):
        left, found = _PAIR.subn("", left) if found else (left, 0)
    opened, depth = list[str](), Counter[str]()
    for name in left.split():
        _step(opened, depth, name.lstrip("/"), closing=name.startswith("/"))
    return +depth


def _open_at(html: str, places: list[int]) -> list[Counter[str]]:
    """How many elements of each kind stand open at each of the places."""
    opened, depth = list[str](), Counter[str]()
    found: list[Counter[str]] = []
    for tag in tag_index(html).named(*sorted(_COUNTED)):
        while len(found) < len(places) and tag.start >= places[len(found)]:
            found.append(+depth)
        _step(opened, depth, tag.name, closing=tag.closing)
    return found + [+depth] * (len(places) - len(found))


def _step(opened: list[str], depth: Counter[str], name: str, *, closing: bool) -> None:
    """Open an element, or close the last of its name: what was not closed inside of it is closed with it."""
    if not closing:
        opened.append(name)
        depth[name] += 1
    while closing and depth[name]:
        inner = opened.pop()
        depth[inner] -= 1
        if inner == name:
            break


def _closed_behind(html: str, places: list[int]) -> list[Counter[str]]:
    """How many elements of each kind that were opened before each of the places are closed behind it."""
    found: list[Counter[str]] = []
    excess: Counter[str] = Counter()
    # not by `tag_index`: a page may break off within a script, or a value, that ends in the appended document
    for tag in reversed(list(_TAG.finditer(html, places[0]))):
        while len(found) < len(places) and tag.start() < places[-1 - len(found)]:
            found.append(+excess)
        name = tag[2].lower()
        excess[name] = max(0, excess[name] + (1 if tag[1] else -1))
    return (found + [+excess] * (len(places) - len(found)))[::-1]


def _words(html: str) -> str:
    text = _MARKUP.sub(" ", html[:20_000])
    return " ".join(unescape(text).split())[:_QUOTED].strip() or "an empty document"
