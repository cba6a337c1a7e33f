from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.extraction.body import Body, find_byline, read_body
from nejat_crawler.extraction.placeholders.picture_files import image_source
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.items import Image, Link
from nejat_crawler.urls import SITE
from pipelines.strip_chrome import strip_chrome

PAGE = f"{SITE}/en/posts/15193"


def read(content: str) -> Body:
    return read_body(content, BY_NAME["soledad"].captions, PAGE)


TEXTS = {
    "nothing": ("", ""),
    "paragraphs": ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
    "paragraphs without end tags": ("One.<p>Two.<div>Three.</div>Four.", "One.\n\nTwo.\n\nThree.\n\nFour."),
    "line breaks": ("<p>One,<br>two,<br />\nthree.</p>", "One,\ntwo,\nthree."),
    "many line breaks": ("<p>One.<br><br><br><br>Two.</p>", "One.\n\nTwo."),
    "white space": ("<p>  One\n\ttwo  three </p>", "One two three"),
    "no-break spaces": ("<p>One\u00a0two&nbsp;&nbsp; three</p>", "One two three"),
    "paragraphs of no-break spaces": ("<p>One.</p><p>&nbsp;</p><p>\u00a0 &nbsp;</p><p>Two.</p>", "One.\n\nTwo."),
    "inline tags in a word": ("<p>m<b>o</b>un<i><span>tai</span></i>n <em>hut</em>s</p>", "mountain huts"),
    "a list": ("<ul>\n<li>One</li>\n<li>Two</li>\n</ul>", "One\n\nTwo"),
    "a list in a list": (
        "<ul><li>One<ol><li>Two</li><li>Three</li></ol></li><li>Four</li></ul>",
        "One\n\nTwo\n\nThree\n\nFour",
    ),
    "paragraphs in a list": ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", "One\n\nTwo"),
    "a list of terms": ("<dl><dt>Rope</dt><dd>Thirty metres</dd></dl>", "Rope\n\nThirty metres"),
    "headings": ("<h2>Huts</h2><p>One.</p><h6>Ropes</h6>Two.", "Huts\n\nOne.\n\nRopes\n\nTwo."),
    "a quotation": (
        "<blockquote><p>One.</p><p>Two.</p><cite>A warden</cite></blockquote>",
        "One.\n\nTwo.\n\nA warden",
    ),
    "preformatted lines": ("<pre>One\n  two\n<b>three</b></pre>", "One\ntwo\nthree"),
    "a rule": ("One<hr>two", "One\n\ntwo"),
    "a table": (
        "<table><caption>Huts</caption><thead><tr><th>Hut</th><th>Beds</th></tr></thead>\n<tbody>\n<tr>\n<td>Larch</td>\n"
        "<td>12</td>\n</tr>\n<tr><td>Lantern</td><td>7<br>8</td></tr></tbody></table>",
        "Huts\n\nHut Beds\n\nLarch 12\n\nLantern 7\n8",
    ),
    "empty cells": ("<table><tr><td></td><td>One</td><td> </td><td>two</td></tr></table>", "One two"),
    "a table in a table": (
        "<table><tr><td>One</td><td><table><tr><td>two</td><td>three</td></tr></table></td><td>four</td></tr></table>",
        "One\n\ntwo three\n\nfour",
    ),
    "a table's caption in a figure": (
        '<figure class="wp-block-table"><table><tr><td>One</td></tr></table><figcaption>Beds.</figcaption></figure>',
        "One\n\nBeds.",
    ),
    "zero-width non-joiners": ("<p>می‌رود خانه&zwnj;ها</p>", "می\u200cرود خانه\u200cها"),
    "characters as published": (
        "<p>كتاب ﻻ é e\u0301 “x” ½ \u200f&lt;b&gt; &amp;amp;</p>",
        "كتاب ﻻ é e\u0301 “x” ½ \u200f<b> &amp;",
    ),
    "scripts and styles": (
        "<p>One<script>two()</script><style>p {}</style> three</p><template>four</template>",
        "One three",
    ),
    "players": ("<p>One</p><iframe>two</iframe><video>three</video><object>four</object><audio>five</audio>", "One"),
    "comments": ("<p>One<!-- two --> <![CDATA[three]]>four</p><!--more--><?php five ?>", "One four"),
    "hidden parts": (
        "<p>One</p><p hidden>two</p><div style='DISPLAY : none'><p>three</p></div><p>four</p>",
        "One\n\nfour",
    ),
    "an unclosed tag": ("<p>One <b>two</p><p>three</p>", "One two\n\nthree"),
    "stray end tags": ("<p>One</b></p></div></table><p>two</p>", "One\n\ntwo"),
    "quotation marks of an old editor": ("<p ‘> font-size: 10pt”>One</p>", "font-size: 10pt”>One"),
    "a smaller sign": ("<p>5 < 7 && 7 > 5</p>", "5 < 7 && 7 > 5"),
}


@pytest.mark.parametrize(("content", "text"), TEXTS.values(), ids=TEXTS)
def test_the_text_is_what_a_reader_sees(content: str, text: str) -> None:
    assert read(content).text == text


def img(name: str) -> str:
    return f'<img src="/{name}.jpg" alt="Alt {name}">'


def figure(name: str, caption: str = "") -> str:
    caption = caption and f'<figcaption class="wp-element-caption">{caption}</figcaption>'
    return f'<figure class="wp-block-image">{img(name)}{caption}</figure>'


def tile(name: str, caption: str = "") -> str:
    """A picture of the theme's [gallery]."""
    caption = caption and f'<div class="caption">{caption}</div>'
    return f'<a class="item-gallery-justified" href="/{name}.jpg">{img(name)}{caption}</a>'


def image(name: str, caption: str | None = None) -> Image:
    return Image(f"{SITE}/{name}.jpg", f"Alt {name}", caption)


PICTURES = {
    "none": ("<img><img src=''><img src='data:image/gif;base64,R0'>", []),
    "without a caption": (f'<a href="/a.jpg">{img("a")}</a><p>{img("b")}</p>', [image("a"), image("b")]),
    "classic": (
        f'<div id="attachment_7" class="wp-caption"><a href="/a.jpg">{img("a")}</a>'
        '<p id="caption-attachment-7" class="wp-caption-text">The  <b>rope</b>\nteam</p></div>',
        [image("a", "The rope team")],
    ),
    "an HTML5 caption": (
        f'<figure class="wp-caption">{img("a")}<figcaption class="wp-caption-text">Rope</figcaption></figure>',
        [image("a", "Rope")],
    ),
    "a figure": (figure("a", "Two<br>lines"), [image("a", "Two lines")]),
    "a blank caption": (figure("a", " &nbsp;"), [image("a")]),
    "the same twice": (figure("a", "Rope") * 2, [image("a", "Rope")] * 2),
    "a gallery of blocks": (
        f'<figure class="wp-block-gallery">{figure("a", "One")}{figure("b")}{figure("c", "Three")}</figure>',
        [image("a", "One"), image("b"), image("c", "Three")],
    ),
    "the theme's gallery": (
        f'<p><div class="penci-post-gallery-container">{tile("a", "One")}{tile("b")}{tile("c", "Three")}</div></p>',
        [image("a", "One"), image("b"), image("c", "Three")],
    ),
    "the core's gallery": (
        f'<div class="gallery"><dl class="gallery-item"><dt><a href="/a.jpg">{img("a")}</a></dt>'
        '<dd class="wp-caption-text gallery-caption">One</dd></dl>'
        f'<dl class="gallery-item"><dt>{img("b")}</dt></dl></div>',
        [image("a", "One"), image("b")],
    ),
    "loaded late": (
        '<img src="/wp-content/themes/soledad/images/penci2-holder.png" data-src="/a.jpg" alt="Alt a">'
        '<img src="data:image/svg+xml,x" data-lazy-src="/b.jpg" alt="Alt b"><img data-src="/c.jpg" alt="Alt\n c ">',
        [image("a"), image("b"), image("c")],
    ),
    "loaded late, with captions": (
        "".join(
            f'<figure><img alt="Alt {name}" {attributes}><figcaption>Cap {name}</figcaption></figure>'
            for name, attributes in {
                "a": 'src="data:image/svg+xml,x" data-orig-src="/a.jpg"',
                "b": 'src="/en/blank.gif" data-original="/b.jpg" data-lazy="true"',
                "c": 'src="data:image/gif;base64,R0" data-lazy="/c.jpg"',
                "d": 'src="data:image/gif;base64,R0" data-srcset="/d-3.jpg 300w, /d.jpg 900w, /d-6.jpg 600w"',
                "e": 'srcset="/e.jpg"',
            }.items()
        ),
        [image(name, f"Cap {name}") for name in "abcde"],
    ),
    "in a fallback": (
        f'<figure><img src="data:image/gif;base64,R0" alt="Alt a"><noscript>{img("a")}</noscript>'
        f"<figcaption>Rope</figcaption></figure>{img('b')}<noscript>{img('b')}</noscript>"
        "<noscript>Enable it.</noscript>",
        [image("a", "Rope"), image("b")],
    ),
    "in a picture": (
        '<figure><picture><source srcset="/a.jpg"><img src="data:," alt="Alt a"></picture>'
        "<figcaption>Rope</figcaption></figure>",
        [image("a", "Rope")],
    ),
    "not to be found": (
        '<figure><img src="data:," alt="x"><figcaption>Rope</figcaption></figure>',
        [Image(None, "x", "Rope")],
    ),
    "one of them not to be found": (
        f'<figure><img src="data:,">{img("a")}<figcaption>Rope</figcaption></figure>',
        [image("a", "Rope")],
    ),
}


@pytest.mark.parametrize(("content", "images"), PICTURES.values(), ids=PICTURES)
def test_pictures_and_their_captions_are_apart_from_the_text(content: str, images: list[Image]) -> None:
    found = read(f"<p>Before.</p>{content}<p>After.</p>")
    assert found.images == images
    assert found.text == "Before.\n\nAfter."


def test_a_caption_of_no_picture_stays_in_the_text() -> None:
    assert read('<p class="wp-caption-text">Left over.</p><p>One.</p>').text == "Left over.\n\nOne."
    found = read(f"<figure><blockquote>Said.</blockquote><figcaption>By whom</figcaption></figure>{img('a')}")
    assert (found.text, found.images) == ("Said.\n\nBy whom", [image("a")])
    found = read(f"<figure>{figure('a', 'One')}{figure('b', 'Two')}<figcaption>All of us</figcaption></figure>")
    assert (found.text, found.images) == ("All of us", [image("a", "One"), image("b", "Two")])


def test_a_fallback_of_a_picture_is_no_chrome() -> None:
    content = (
        '<p>One.</p><img src="data:,"><noscript><img src="/a.jpg" alt="Alt a"></noscript><noscript>No.</noscript>'
    )
    html = f'<article class="hentry"><div class="entry-content">{content}</div></article>'
    kept = strip_chrome(html, BY_NAME["generic"], own_page=True).content
    assert "No." not in kept
    assert (read(kept).text, [found.src for found in read(kept).images]) == ("One.", [f"{SITE}/a.jpg"])


def test_a_drawn_character_is_a_character() -> None:
    found = read(
        '<p>Thanks<img class="emoji" alt="🙂" src="/1f642.svg"> <img class="wp-smiley" src="/s.png" alt=":)">!</p>'
    )
    assert (found.text, found.images) == ("Thanks🙂 :)!", [])


def test_the_real_file_of_a_picture() -> None:
    assert image_source({"src": " /a.jpg "}, PAGE) == f"{SITE}/a.jpg"
    assert image_source({"src": "/x.jpg", "data-src": "a.jpg"}, PAGE) == f"{SITE}/en/posts/a.jpg"
    assert image_source({"src": "https://www.nejatngo.org/images/penci-holder.png", "data-src": ""}, PAGE) is None
    assert image_source({"src": None, "alt": "x"}, PAGE) is None


def link(path: str, text: str, target: str | None = None) -> list[Link]:
    return [Link(f"{SITE}{path}", text, f"{SITE}{target}" if target else None)]


LINKS = {
    "outside": ('<a href="https://example.org/?b=1&amp;c=2">it</a>', [Link("https://example.org/?b=1&c=2", "it")]),
    "to a post": (
        '<a href="/en/posts/0012?amp=1#x"> a\n<b>hut</b></a>',
        link("/en/posts/0012?amp=1#x", "a hut", "/en/posts/12"),
    ),
    "by a short link": ('<a href="/fa/?p=661">hut</a>', link("/fa/?p=661", "hut", "/fa/posts/661")),
    "to a part of a post": ('<a href="/en/posts/12/2">hut</a>', link("/en/posts/12/2", "hut", "/en/posts/12")),
    "to a listing": ('<a href="/en/posts/module/newspics">huts</a>', link("/en/posts/module/newspics", "huts")),
    "relative": ('<a href=" ../about ">us</a>', link("/en/about", "us")),
    "by mail": ('<a href="mailto:hut@example.org">write</a>', [Link("mailto:hut@example.org", "write")]),
    "within the page": ('<a href="#note">1</a><a name="note">note</a>', []),
    "within the page, after a space": ('<a href=" #top">up</a>', []),
    "of a picture": (f'<a href="/a.jpg">{img("a")}</a><a href="/b"> <span></span></a>', []),
    "to a script": ('<a href="javascript:alert(1)">a</a><a href=" JavaScript:x">b</a><a href="data:,x">c</a>', []),
}


@pytest.mark.parametrize(("content", "expected"), LINKS.values(), ids=LINKS)
def test_links(content: str, expected: list[Link]) -> None:
    assert read(f"<p>See {content}.</p>").links == expected


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("By Mazda Parsi\n\nOne.\n\nTwo.", "Mazda Parsi"),
        ("One.\n\nTwo.\n\nBy Mazda Parsi", "Mazda Parsi"),
        ("One.\n\nTwo.\nby: Ann van der Berg", "Ann van der Berg"),
        ("One.\n\nBy Ebrahim Khodabandeh\n\nTranslated for the Hut Society", "Ebrahim Khodabandeh"),
        ("One.\n\nBy the end of the day, all were down.", None),
        ("By the end of the day, all were down.\n\nTwo.", None),
        ("By morning\n\nTwo.", None),
        ("By Tuesday, Nobody Knew.\n\nTwo.", None),
        ("One, written By Mazda Parsi", None),
        ("One.\n\nTwo.\n\nThree.\n\nBy Mazda Parsi\n\nFive.\n\nSix.\n\nSeven.", None),
        ("By " + "Long " * 40, None),
        ("By", None),
        ("", None),
    ],
)
def test_a_byline_is_a_line_of_its_own_that_names_someone(text: str, byline: str | None) -> None:
    assert find_byline(text) == byline


WORD = st.text("abcdefghijäë&<>'\"؟هیک\u200c۱", min_size=1, max_size=6).filter(
    lambda word: word.strip("\u200c") != ""
)
LEAF = st.lists(WORD, min_size=1, max_size=4).map(lambda words: (escape(" ".join(words)), words))
BLOCKS = ["p", "div", "ul", "li", "blockquote", "h3", "table", "tr", "td", "dl", "dd", "section", "pre", "figure"]
TAGS = st.sampled_from([*BLOCKS, "b", "i", "em", "span", "font", "a", "center", "o:p"])
Tree = tuple[str, list[str]]


def wrap(tag: str, trees: list[Tree]) -> Tree:
    inside = " ".join(markup for markup, _ in trees)
    return f"<{tag}>{inside}</{tag}>", [word for _, words in trees for word in words]


TREES = st.recursive(
    LEAF, lambda inner: st.builds(wrap, TAGS, st.lists(inner, min_size=1, max_size=4)), max_leaves=20
)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_every_word_is_kept_in_its_place(tree: Tree) -> None:
    markup, words = tree
    found = read(markup)
    assert found.text.split() == words
    assert all(line == " ".join(line.split()) for line in found.text.split("\n"))


BARE = st.lists(
    st.sampled_from(
        [
            "snow", "two words", " ", "  ", "\n", "\t", "\u00a0", "\u2003", "\u2028", "\u200c", "برف",
            "&nbsp;", "&amp;", "&lt;", "&quot;", "&#8217;", "&#8230;", "&#8232;", "&#038;", "&#x27;", "&#160;",
            "& ", "&\n", "&c", "&copy", ">", "<br>", "<br />", "<em>a</em>", "<b> b </b>", "<i></i>",
            "<strong>c<br/>d</strong>", "<em>e", "<u>f</u>", "\x92", "\r",
        ]
    )
).map("".join)  # fmt: skip
BLANK = st.sampled_from(["", "\n", " ", "\n\n\t", " \t "])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(BARE, BLANK), min_size=1, max_size=4), st.booleans(), BLANK)
def test_bare_paragraphs_are_read_like_those_that_need_a_tree(
    paragraphs: list[tuple[str, str]], boxed: bool, before: str
) -> None:
    def written(tag: str) -> str:
        inside = before + "".join(f"<{tag}>{words}</p>{blank}" for words, blank in paragraphs)
        return f'\n<div id="text" class="entry-content">{inside}</div>' if boxed else inside

    assert read(written("p")) == read(written('p class="lead"'))
