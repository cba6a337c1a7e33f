"""Constructs of HTML, each of any length, that may cost a parser more than their length."""

from __future__ import annotations

from collections.abc import Callable


def _repeated(unit: str, before: str = "") -> Callable[[int], str]:
    """`unit` again and again; `%` in it is a number that counts up."""

    def make(size: int) -> str:
        count = max(1, size // len(unit))
        return before + ("".join(unit.replace("%", str(n)) for n in range(count)) if "%" in unit else unit * count)

    return make


def _halves(first: str, second: str, before: str = "") -> Callable[[int], str]:
    """Half of the length of the one, then half of the other."""
    return lambda size: before + _repeated(first)(size // 2) + _repeated(second)(size // 2)


def _long(before: str, unit: str, after: str) -> Callable[[int], str]:
    return lambda size: before + _repeated(unit)(size) + after


CONSTRUCTS: dict[str, Callable[[int], str]] = {
    "bold reopened in paragraphs": _halves("<b id=%>", "<p>x", "<p>"),
    "fonts reopened in boxes": _halves("<font color=%>", "<div>x</div>", "<p>"),
    "links reopened in paragraphs": _halves("<a href=%>", "<p>x", "<p>"),
    "bold reopened in items": _halves("<b id=%>", "<li>x", "<ul><li>"),
    "bold reopened in cells": _halves("<b id=%>", "<table><td>x</table>", "<p>"),
    "thirty reopened": lambda size: "<p>" + "".join(f"<b id={n}>" for n in range(30)) + "<p>x" * (size // 4),
    "bold in each paragraph": _repeated("<p><b id=%>x"),
    "bold in each box": _repeated("<div><b id=%>x</div>"),
    "bold in each table": _repeated("<table><td><b id=%>"),
    "links in objects": _repeated("<a href=/%><object>x"),
    "links in tables": _repeated("<a href=/%><table><tr><td>x"),
    "links in buttons": _repeated("<a href=/%><button>x"),
    "links misnested": _repeated("<a><p>x</a>y</p>"),
    "bold misnested": _repeated("<b id=%><div>x</b>"),
    "one bold, many boxes and ends": _halves("<div>", "</b>", "<b>"),
    "many bold, many ends": _halves("<b id=%>", "</b>", "<p>"),
    "eight kinds": _repeated("<a><b><i><u><s><tt><em><big><p>x"),
    "boxes": _repeated("<div>"),
    "boxes, then paragraphs": _halves("<div>", "<p>x"),
    "boxes, then items": _halves("<div>", "<li>x"),
    "boxes, then strange ends": _halves("<div>", "</x>"),
    "spans": _repeated("<span>x"),
    "spans, then paragraphs": _halves("<span>", "<p>x"),
    "lists in lists": _repeated("<ul><li>x"),
    "quotations": _repeated("<blockquote>x"),
    "tables in tables": _repeated("<table><tr><td>"),
    "text that no table may hold": _halves("<table>", "x<tr>"),
    "bold that no table may hold": _halves("<table>", "<b>x"),
    "rows": _repeated("<tr><td>x", "<table>"),
    "options": _repeated("<option>x", "<select>"),
    "templates": _repeated("<template>"),
    "drawings": _repeated("<svg><foreignObject>x"),
    "formulas": _repeated("<math><mi><b>"),
    "ruby": _repeated("<ruby><rt>x"),
    "headings": _repeated("<h1><div>"),
    "own elements": _repeated("<x-%>"),
    "attributes of a paragraph": _long("<p ", "a%=1 ", ">x</p>"),
    "attributes of a picture": _long("<img src=a.jpg ", "a%=1 ", ">"),
    "attributes of a link": _long("<a href=/x ", "a%=1 ", ">x</a>"),
    "attributes of many bodies": _repeated("<body a%=1>"),
    "classes": _long('<p class="', "c% ", '">x</p>'),
    "a style": _long('<p style="display', " ", 'x">x</p>'),
    "sizes of a picture": _long('<img srcset="', "a.jpg 1w, ", '">'),
    "commas": _long('<img srcset="', ",", '">'),
    "a comment": _long("<!--", "x", "-->"),
    "a comment of dashes": _repeated("-", "<!--"),
    "comments that begin": _repeated("<!--"),
    "sections that begin": _repeated("<![CDATA["),
    "tags that begin": _repeated("<a"),
    "values that begin": _repeated("<a b='"),
    "entities": _repeated("&nbsp;"),
    "entities that are none": _repeated("&notit"),
    "an entity": _repeated("a", "&"),
    "a number": _long("&#", "1", ";"),
    "white space": _repeated(" "),
    "dots": _repeated("\u2026 "),
    "dots in brackets": _repeated("[\u2026]"),
    "white space before dots": _long("x", " ", "\u2026x"),
    "phrases in a character": _repeated("\ufdfa"),
    "marks": _repeated("\u0301\u0316", "a"),
    "joiners": _repeated("\u0645\u200c"),
    "pictures": _repeated("<img src=a.jpg>"),
    "figures": _repeated("<figure><img src=a.jpg><figcaption>x"),
    "captions": _repeated("<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>x"),
    "galleries": _repeated(
        "<div class=gallery><dl class=gallery-item><dt><img src=a.jpg><dd class=gallery-caption>x"
    ),
    "links": _repeated("<a href=/en/posts/1>x</a>"),
    "a link of steps up": _long("<a href='/", "../", "'>x</a>"),
    "a link of questions": _long("<a href='/en/?", "p=1&", "'>x</a>"),
    "articles": _repeated('<article id="post-%" class="hentry">'),
    "texts in texts": _repeated('<div class="entry-content">'),
    "ends of texts": _repeated('<div class="penci-post-box-meta">'),
    "scripts": _repeated("<script>x</script>"),
    "data of machines": _long('<script type="application/ld+json">', "[", "</script>"),
    "part links": _repeated("<p class=post-nav-links><a href=/en/posts/15002/%>%</a></p>"),
    "text for print": _repeated("<pre><b>x"),
    "hidden": _repeated("<p style='display:none'>x"),
    "bylines": _repeated("<p>By Mazda Parsi</p>"),
}
