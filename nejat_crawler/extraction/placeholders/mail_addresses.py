"""Mail addresses that a page hides from collectors, written as a script of the page would write them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

#: What readers without scripts see in the place of an address; Cloudflare's own words.
HIDDEN_ADDRESS = "[email\N{NO-BREAK SPACE}protected]"

_ADDRESS = re.compile(r"[^\s@<>\"']{1,200}@[^\s@<>\"']{1,200}")
_WITH_DOMAIN = re.compile(r"[^\s@<>\"']{1,64}@(?:[\w-]{1,63}\.){1,5}\w{2,24}")
# Cloudflare puts it round any word with an @ in it, also in a title: the key is the first byte, another each time.
_CF_ELEMENT = re.compile(
    r"<(?P<name>[a-z]+)\b[^<>]*\bdata-cfemail\s*=\s*[\"']?(?P<code>[^\"'\s<>]*)[^<>]*>"
    r"(?:[^<]{0,200}</(?P=name)\s*>(?:\s*<script\b[^<>]*\bdata-cfhash\b[^<>]*>.{0,2000}?</script\s*>)?)?",
    re.IGNORECASE | re.DOTALL,
)
_CF_LINK = re.compile(
    r"(?P<name>\bhref\s*=\s*)(?P<mark>[\"']?)(?P<page>[^\"'\s<>#]*/cdn-cgi/l/email-protection)#(?P<code>[^\"'\s<>]*)(?P=mark)",
    re.IGNORECASE,
)
# `data-enc-email="qrfx[at]uhg.rknzcyr"` is Email Encoder's, beside an `href` that does nothing.
_ENCODED_LINK = re.compile(r"<a\b[^<>]*\bdata-enc-email\s*=\s*[\"'](?P<code>[^\"'<>]*)[\"'][^<>]*>", re.IGNORECASE)
_SCRIPT_LINK = re.compile(
    r"\bhref\s*=\s*(?:\"(?P<double>\s*javascript:[^\"]{1,2000})\"|'(?P<single>\s*javascript:[^']{1,2000})')",
    re.IGNORECASE,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)", re.IGNORECASE)
# A text written backwards, which the style turns round.
_BACKWARDS = re.compile(
    r"<(?P<name>[a-z]+)\b(?:[^<>]*\bbidi-override[^<>]*\brtl\b|[^<>]*\brtl\b[^<>]*\bbidi-override|[^<>]*\beeb-rtl\b)[^<>]*>"
    r"(?P<text>[^<]{3,300})</(?P=name)\s*>|<bdo\b[^<>]*\brtl\b[^<>]*>(?P<bdo>[^<]{3,300})</bdo\s*>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"(?:<span\b[^<>]*\bid\s*=\s*[\"']?(?P<id>[\w-]+)[\"']?[^<>]*>[^<]{0,200}</span\s*>\s*)?"
    r"<script\b[^<>]*>(?P<code>(?:(?!</?script)[\s\S]){1,6000}?)</script\s*>"
    r"(?P<without>\s*<noscript\b[^<>]*>[^<]{0,300}</noscript\s*>)?", re.IGNORECASE)  # fmt: skip


def reveal_addresses(html: str) -> str:
    """A page's source with the mail addresses in it that scripts would put there, as text and as `mailto:` links.

    One that cannot be read reads `[email protected]`, and its link is the same on each visit.

    >>> reveal_addresses('<a href="/cdn-cgi/l/email-protection#0168416f2f6e">the hut</a>')
    '<a href="mailto:i@n.o">the hut</a>'
    """
    by_encoder = "eeb-" in html  # each search goes through the whole page
    if by_encoder or "document.write" in html:
        html = _SCRIPT.sub(_run, html)
    if "email" in html:  # stands in the next three
        html = _CF_ELEMENT.sub(_cf_element, html) if "data-cfemail" in html else html
        html = _CF_LINK.sub(_cf_link, html) if "/cdn-cgi/l/email-protection" in html else html
        html = _ENCODED_LINK.sub(_encoded_link, html) if "data-enc-email" in html else html
    if "javascript:" in html:
        html = _SCRIPT_LINK.sub(_script_link, html)
    if by_encoder or "bidi-override" in html or "<bdo" in html:
        html = _BACKWARDS.sub(_backwards, html)
    return html


#: One of these stands in all that `_LEFT` finds.
_SIGNS = ("email", "cryptx")
_LEFT = re.compile(
    r"data-cfemail\s*=|/cdn-cgi/l/email-protection\b|\bdata-enc-email\s*=|apbct-email-encoder|\bDe?CryptX\w*\(",
    re.IGNORECASE,
)


def count_hidden(html: str) -> int:
    """How many addresses in a source that was read by `reveal_addresses` are still hidden."""
    lower = html.lower()
    return len(_LEFT.findall(html)) if any(sign in lower for sign in _SIGNS) else 0


def _cf_element(match: re.Match[str]) -> str:
    address = _decode(match["code"])
    return f'<span data-cfemail="">{HIDDEN_ADDRESS}</span>' if address is None else escape(address, quote=False)


def _cf_link(match: re.Match[str]) -> str:
    address = _decode(match["code"])
    target = match["page"] if address is None else f"mailto:{escape(address)}"
    return f'{match["name"]}"{target}"'


def _decode(code: str) -> str | None:
    """The address behind Cloudflare's hexadecimal digits; None if that is none.

    >>> _decode("2a43446c45")
    """
    try:
        found = bytes.fromhex(code)
        text = bytes(byte ^ found[0] for byte in found[1:]).decode()
    except (ValueError, IndexError):
        return None
    return text if text.isprintable() and ("@" in text or "%40" in text) else None


def _encoded_link(match: re.Match[str]) -> str:
    code = unescape(match["code"]).replace("[at]", "@").replace("[dot]", ".")
    candidates = (codecs.encode(code, "rot13"), codecs.encode(code[::-1], "rot13"))
    # rot13 of a domain may look like one, too: it is what the plugin writes
    address = next((found for found in candidates if _WITH_DOMAIN.fullmatch(found)), None)
    if address is None:
        return match[0]
    tag = re.sub(r"\s*\bdata-enc-email\s*=\s*([\"'])[^\"'<>]*\1", "", match[0], flags=re.IGNORECASE)
    target = f'href="mailto:{escape(address)}"'
    return _HREF.sub(lambda _: target, tag) if _HREF.search(tag) else f"{tag[:2]} {target}{tag[2:]}"


_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")


def _script_link(match: re.Match[str]) -> str:
    """`href="javascript:DeCryptX('nbjmup;…')"`, `javascript:location='mailto:'+'desk'+…`: a link to the address."""
    code = unescape(match["double"] or match["single"])
    if "%" in code:
        code = unquote(code)
    written = [*(value for _, value in _literals(code)), "".join(value for _, value in _literals(code))]
    target = next((found for value in written for found in _unscrambled(value)), None)
    return match[0] if target is None else f'href="{escape(target)}"'


def _unscrambled(text: str) -> Iterator[str]:
    """What `text` says if it is a `mailto:` link: as it is, backwards, with each letter moved on."""
    for found in (text, text[::-1], codecs.encode(text, "rot13"), _paired(text), *_shifted(text)):
        if found.lower().startswith("mailto:") and _ADDRESS.search(found) and found.isprintable():
            yield found


def _paired(text: str) -> str:
    """CryptX writes `1n3d…`: how far a character was moved, then the character."""
    if len(text) % 2 or not text[::2].isdecimal():
        return ""
    return "".join(chr(max(ord(moved) - int(by), 0)) for by, moved in zip(text[::2], text[1::2], strict=True))


def _shifted(text: str) -> Iterator[str]:
    """`text` with all characters moved alike: `nbjmup;` is `mailto:`."""
    by = ord(text[0]) - ord("m") if text else 0
    if by and all(ord(character) - by > 0 for character in text):
        yield "".join(chr(ord(character) - by) for character in text)


def _backwards(match: re.Match[str]) -> str:
    text = unescape(match["text"] or match["bdo"]).strip()[::-1]
    return escape(text, quote=False) if _WITH_DOMAIN.search(text) else match[0]


# Email Encoder picks the characters of a text out of a list: `var ml="…",mi="…"`.
_PICKED = re.compile(
    r"\bml\s*=\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*,\s*mi\s*=\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
)
_WRITTEN = re.compile(r"document\.write(?:ln)?\s*\(|\.innerHTML\s*=")
_ROT13 = re.compile(r"\.replace\(\s*/\[a-z", re.IGNORECASE)
_CODES = re.compile(r"fromCharCode\(\s*([\d\s,]{1,3000})\)")


def _run(match: re.Match[str]) -> str:
    """What a script that writes nothing but a mail address, or a link to one, puts into its place."""
    code, identifier = match["code"], match["id"]
    in_span = identifier is not None and identifier in code
    if not ("document.write" in code or (in_span and (".innerHTML" in code or _PICKED.search(code)))):
        return match[0]
    written = _written(code)
    if written is None or not _is_mail(written):
        return match[0]
    before = match[0][: match.start("code") - match.start()].rpartition("<script")[0]
    return written if in_span else before + written


def _written(code: str) -> str | None:
    if picked := _PICKED.search(code):
        letters, places = (_text_of_literal(value[1:-1]) for value in picked.groups())
        chosen = [ord(place) - 48 for place in places]
        if not all(0 <= place < len(letters) for place in chosen):
            return None
        return unquote("".join(letters[place] for place in chosen))
    start = _WRITTEN.search(code)
    rest = code[start.end() :] if start else ""
    statement = rest.partition(";\n")[0].partition(".replace(")[0]
    # pieces in their order: quoted ones, and the numbers of characters
    pieces = [(place, text) for place, text in _literals(statement)]
    pieces += [(codes.start(), _of_codes(codes[1])) for codes in _CODES.finditer(statement)]
    text = "".join(piece for _, piece in sorted(pieces))
    if _ROT13.search(rest):
        text = codecs.encode(text, "rot13")
    if "%" in text and ("unescape" in statement or "decodeURI" in statement):
        text = unquote(text)
    return text.strip("'\"") if "eval" in statement else text


def _of_codes(numbers: str) -> str:
    codes = [int(number) for number in numbers.replace(" ", "").split(",") if number.strip().isdecimal()]
    return "".join(chr(code) for code in codes if code < 0x110000)


def _literals(code: str) -> list[tuple[int, str]]:
    found = _QUOTED.finditer(code)
    return [(one.start(), _text_of_literal(one[1] if one[1] is not None else one[2])) for one in found]


def _text_of_literal(value: str) -> str:
    """The text of a JavaScript literal, in which a character may be written as its number."""
    return re.sub(
        r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))",
        lambda one: chr(int(one[1] or one[2], 16)) if one[1] or one[2] else one[3],
        value,
    )


_LINK_OR_TEXT = re.compile(r"\s*(?:<a\b[^<>]*\bhref\s*=\s*[\"']?mailto:[^<>]*>[^<>]*</a>|[^<>]*)\s*", re.IGNORECASE)


def _is_mail(written: str) -> bool:
    """Whether a script writes an address or a link to one, and no other markup."""
    return bool(_LINK_OR_TEXT.fullmatch(written) and _WITH_DOMAIN.search(unescape(unquote(written))))
