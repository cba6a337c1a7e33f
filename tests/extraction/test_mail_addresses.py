"""Mail addresses that a page hides from collectors: as published, and the same on each visit."""

from __future__ import annotations

import codecs
from urllib.parse import quote

import pytest

from nejat_crawler.extraction.page import read_page
from nejat_crawler.items import Article
from nejat_crawler.urls import SITE
from tests.support.soledad_pages import extract, single

WARDEN = "warden@ridge-hut.example"


def hidden(text: str, key: int = 0x5B) -> str:
    """The digits that Cloudflare writes: the key, then each byte under it."""
    return bytes([key, *(byte ^ key for byte in text.encode())]).hex()


def element(text: str, key: int = 0x5B, tag: str = "a") -> str:
    return (
        f'<{tag} href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{hidden(text, key)}">'
        f"[email&#160;protected]</{tag}>"
    )


def link(text: str, key: int = 0x5B, host: str = "") -> str:
    return f'<a href="{host}/cdn-cgi/l/email-protection#{hidden(text, key)}">the hut</a>'


def article(content: str, title: str = "Title 1") -> Article:
    page = read_page(single(1, content).replace(">Title 1<", f">{title}<"), f"{SITE}/en/posts/15001")
    [entry] = page.entries
    return extract(page, entry)


def moved(text: str, by: int) -> str:
    return "".join(chr(ord(character) + by) for character in text)


def picked(html: str) -> str:
    """What Email Encoder writes: a list of characters, and which of them make the text."""
    coded = quote(html)
    letters = "".join(sorted(set(coded)))
    places = "".join(chr(48 + letters.index(character)) for character in coded).replace("\\", "\\\\")
    return (
        f'<span id="eeb-71-9"></span><script>(function() {{var ml="{letters}",mi="{places}",o="";'
        'for(var j=0,l=mi.length;j<l;j++) {o+=ml.charAt(mi.charCodeAt(j)-48);}document.getElementById("eeb-71-9")'
        ".innerHTML = decodeURIComponent(o);}());</script><noscript>*protected email*</noscript>"
    )


ROT13 = codecs.encode(f"mailto:{WARDEN}", "rot13")
MAIL = f"mailto:{WARDEN}"
APART = "".join(f"{place % 4}{moved(letter, place % 4)}" for place, letter in enumerate(MAIL))
WRITTEN = f'<a href="{MAIL}">{WARDEN}</a>'
#: What stands in the source, what readers see, where links lead.
ADDRESSES: dict[str, tuple[str, str, list[str]]] = {
    "Cloudflare's element": (element(WARDEN), WARDEN, []),
    "a span of Cloudflare's": (element(WARDEN, tag="span"), WARDEN, []),
    "its attributes in another order": (
        f"<a data-cfemail='{hidden(WARDEN).upper()}'\n class=__cf_email__ href='/x'>[email protected]</a>",
        WARDEN,
        [],
    ),
    "with the script that Cloudflare once put behind": (
        f'{element(WARDEN)}<script data-cfhash="f9e31">/* <![CDATA[ */!function(t){{}}(0);/* ]]> */</script>',
        WARDEN,
        [],
    ),
    "a handle": (element("@ridge_hut"), "@ridge_hut", []),
    "letters of other scripts": (element("کوه@پناهگاه.example"), "کوه@پناهگاه.example", []),
    "marks of HTML": (element("a&b@x.example <now>"), "a&b@x.example <now>", []),
    "Cloudflare's link": (link(WARDEN), "the hut", [MAIL]),
    "a whole address of a link": (link(WARDEN, host=SITE), "the hut", [MAIL]),
    "a subject in the link": (link(f"{WARDEN}?subject=Snow%20&b=1"), "the hut", [f"{MAIL}?subject=Snow%20&b=1"]),
    "an element in a link": (link(WARDEN).replace("the hut", element(WARDEN, 9, "span")), WARDEN, [MAIL]),
    "entities of WordPress": (
        '<a href="m&#97;ilto:%77arden%40ridge-hut.%65xample">war&#100;en</a>', "warden", [MAIL],
    ),
    "a scheme in capitals": (f'<a href=" MAILTO: {WARDEN} ">the hut</a>', "the hut", [MAIL]),
    "Email Encoder's link": (
        f'<a class="mailto-link" href="javascript:;" data-enc-email="{ROT13[7:].replace("@", "[at]")}">the hut</a>',
        "the hut",
        [MAIL],
    ),
    "Email Encoder's list of characters": (picked(WRITTEN), WARDEN, [MAIL]),
    "Email Encoder's escapes": (
        '<span id="eeb-1-2"></span><script>document.getElementById("eeb-1-2").innerHTML = '
        f'eval(decodeURIComponent("%27{quote(WARDEN, safe="")}%27"))</script><noscript>*protected*</noscript>',
        WARDEN,
        [],
    ),
    "written backwards": (f'<i style="direction: rtl; unicode-bidi:bidi-override">{WARDEN[::-1]}</i>', WARDEN, []),
    "written backwards by Email Encoder": (f'<span class="eeb eeb-rtl">{WARDEN[::-1]}</span>', WARDEN, []),
    "overridden": (f'<bdo dir="rtl">{WARDEN[::-1]}</bdo>', WARDEN, []),
    "in pieces": (
        """<script>document.write('<a href="mai'+'lto:warden'+'@'+'ridge-hut.example">'+'the hut<\\/a>');</script>""",
        "the hut",
        [MAIL],
    ),
    "in escapes": (
        f"<script>document.write(unescape('{''.join(f'%{ord(letter):02x}' for letter in WRITTEN)}'))</script>",
        WARDEN,
        [MAIL],
    ),
    "in numbers": (
        f"<script>document.write(String.fromCharCode({','.join(str(ord(letter)) for letter in WARDEN)}))</script>",
        WARDEN,
        [],
    ),
    "in rot13": (
        f"<script>document.write('{codecs.encode(WRITTEN, 'rot13')}'.replace(/[a-zA-Z]/g,function(c)"
        '{return String.fromCharCode((c<="Z"?90:122)>=(c=c.charCodeAt(0)+13)?c:c-26);}));</script>',
        WARDEN,
        [MAIL],
    ),
    "a link with each letter moved": (
        f"<a href=\"javascript:DeCryptX('{moved(MAIL, 1)}')\">the hut</a>", "the hut", [MAIL],
    ),
    "a link with letters moved apart": (
        f"<a href=\"javascript:DeCryptX('{APART}')\">the hut</a>",
        "the hut",
        [MAIL],
    ),
    "a link backwards": (f"<a href=\"javascript:go('{MAIL[::-1]}')\">the hut</a>", "the hut", [MAIL]),
    "a link in rot13": (f"<a href='javascript:go(\"{ROT13}\")'>the hut</a>", "the hut", [MAIL]),
    "a link in pieces": (
        "<a href=\"javascript:location='mailto:'+'warden'+'@'+'ridge-hut.example'\">the hut</a>", "the hut", [MAIL],
    ),
    "as the author typed it": ("warden [at] ridge-hut [dot] example", "warden [at] ridge-hut [dot] example", []),
    "another script": ('<script>document.write("Snow @ noon")</script>the hut', "the hut", []),
    "a link that does nothing": ('<a href="javascript:void(0)">the hut</a>', "the hut", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "said", "links"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_hidden_address_is_the_one_that_was_published(source: str, said: str, links: list[str]) -> None:
    found = article(f"<p>Write to {source}.</p>")
    assert (found.body, [one.url for one in found.links]) == (f"Write to {said}.", links)
    assert all(target in (found.body_html or "").replace("&amp;", "&") for target in links)
    assert found.hidden_addresses == 0


def test_a_title_is_decoded_too() -> None:
    assert article("<p>One.</p>", element("SNOW@NOON", tag="span")).title == "SNOW@NOON"


def test_another_key_on_each_visit_changes_nothing() -> None:
    visits = [article(f"<p>{element(WARDEN, key)} or {link(WARDEN, key)}</p>") for key in (1, 0x80, 0xFF)]
    assert visits[0] == visits[1] == visits[2]


UNREADABLE = {
    "no digits": [f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{code}">x</a>' for code in ("zz", "0g1")],
    "no address": [element("snow", 3), element("ice", 4)],
    "a link that breaks off": [
        f'<a href="/cdn-cgi/l/email-protection#{code}">[email protected]</a>' for code in ("5b3", "5c4", "")
    ],
}


@pytest.mark.parametrize("sources", UNREADABLE.values(), ids=UNREADABLE)
def test_one_that_cannot_be_read_is_counted_and_the_same_on_each_visit(sources: list[str]) -> None:
    visits = [article(f"<p>Write to {source}.</p>") for source in sources]
    assert all(visit == visits[0] for visit in visits)
    assert (" ".join((visits[0].body or "").split()), visits[0].hidden_addresses) == (
        "Write to [email protected].",
        1,
    )
