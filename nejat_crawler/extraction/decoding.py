"""The bytes of a page -> its text: as a browser reads them, and rightly where what is declared is wrong."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

#: What servers declare of every page, whatever it is in: Apache's `AddDefaultCharset`, and no thought.
_BY_DEFAULT = frozenset({"cp1252", "ascii"})
_ARABIC = "cp1256"
_WESTERN = "cp1252"

# In Persian and Arabic, words of one byte a letter are runs of high bytes; in western languages they stand alone.
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

# U+0092 is no letter of any language: it is the ’ of windows-1252, turned into UTF-8 as if it were Latin-1.
_C1 = {code: bytes([code]).decode(_WESTERN, "ignore") or chr(code) for code in range(0x80, 0xA0)}

_IN_C1 = re.compile("[\x80-\x9f]")  # a search costs a tenth of what a translation does


def decode(data: bytes, content_type: str | None = None) -> str:
    """The text of a page; `content_type` is what the server said of it.

    A byte order mark tells. Bytes that are UTF-8 are UTF-8, whoever says otherwise; a stray byte between them is
    one of windows-1252. Of the rest what the page itself declares counts before a server's default.
    """
    by_mark, mark = read_bom(data)
    if by_mark is not None:
        return _mended(data[len(mark or b"") :].decode(by_mark, "replace"))
    try:
        return _mended(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if len(_MULTI_BYTE.findall(data)) > _strays(data):
            if error.reason == "unexpected end of data":  # the page is cut off within a character
                data = data[: error.start]
            return _mended(data.decode("utf-8", _AS_WINDOWS))
    said = _declared(data, content_type)
    if said is None or said == "utf-8" or said in _BY_DEFAULT:
        said = _ARABIC if _is_arabic(data) else _WESTERN
    return _mended(data.decode(said, "replace"))


def _strays(data: bytes) -> int:
    """How many bytes above 127 are no part of a character in UTF-8."""
    return sum(map(len, _HIGH_RUN.findall(_MULTI_BYTE.sub(b"", data))))


def _declared(data: bytes, content_type: str | None) -> str | None:
    """The encoding that the page or its server names, the more thoughtful of the two first."""
    by_server = _charset(http_content_type_encoding(content_type))
    by_page = _charset(html_body_declared_encoding(data))
    if by_page and (by_server is None or by_server in _BY_DEFAULT or by_server == "utf-8"):
        return by_page
    return by_server


#: Of Python, and of no server: what turns bytes into bytes, or `\\u0041` into a letter.
_NO_CHARSETS = frozenset(
    """
    base64 bz2 hex quopri rot-13 rot13 uu zlib zip idna punycode undefined unicode-escape raw-unicode-escape utf-7
    mbcs oem
    """.split()  # noqa: SIM905 (as many quoted words are harder to read)
)


def _charset(name: str | None) -> str | None:
    known = (name or "").replace("_", "-").removesuffix("-codec")
    return name if name and known not in _NO_CHARSETS else None


def _is_arabic(data: bytes) -> bool:
    runs = [len(run) for run in _HIGH_RUN.findall(data)]
    return sum(length for length in runs if length > 2) * 2 > sum(runs)


def _mended(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.translate(_C1) if _IN_C1.search(text) else text


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 is one of windows-1252, or nobody knows which."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode(_WESTERN, "replace"), error.start + 1


_AS_WINDOWS = "nejat-as-windows"
codecs.register_error(_AS_WINDOWS, _as_windows)


class NotACaptureError(ValueError):
    """A file holds nothing that can be archived; the message says what it is, "a PDF"."""


def read_text(data: bytes) -> str:
    """The text in `data`; raises NotACaptureError for what is no text, or no kind of text that holds articles."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as some editors save
        data = decode(data).encode("utf-8", "replace")
    opening = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if opening.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex")) and b"<html" not in opening:
        raise NotACaptureError("a feed or sitemap")
    if opening.startswith((b"{", b"[")):
        raise NotACaptureError("JSON")
    if opening.startswith(b"<"):
        return decode(data)
    if b"\0" in data[:8192]:
        raise NotACaptureError("a binary file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotACaptureError("a binary file, or text that is not UTF-8") from None
