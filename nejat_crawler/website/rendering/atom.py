"""Atom feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from nejat_crawler.citations import SITE_NAME

_ATOM = "http://www.w3.org/2005/Atom"
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "2003-01-01T00:00:00Z"  # an empty feed must have been updated at some time

ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something that happened to an article: `key` is new for each, `updated` a UTC timestamp."""

    key: str
    title: str
    address: str
    updated: str
    language: str
    summary: str = ""
    published: str | None = None
    category: str | None = None


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NO_XML.sub(" ", text) if text is not None else None
    return element


def _moment(text: str) -> str:
    return f"{text}T00:00:00Z" if len(text) == len("2023-05-01") else text


def atom(title: str, address: str, page: str, entries: Iterable[FeedEntry]) -> str:
    """A feed at `address` of what `page` shows, newest first; `title` may be empty.

    Its id does not hold the host: the same archive may be reached by several, and move.
    """
    shown = list(entries)
    parts = urlsplit(address)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", f"Archive of {SITE_NAME}: {title}" if title else f"Archive of {SITE_NAME}")
    _add(feed, "id", f"tag:{SITE_NAME},2003:archive{parts.path}" + (f"?{parts.query}" if parts.query else ""))
    _add(feed, "updated", max((_moment(entry.updated) for entry in shown), default=_NEVER))
    _add(feed, "link", rel="self", href=address, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html")
    _add(_add(feed, "author"), "name", SITE_NAME)
    for entry in shown:
        element = _add(feed, "entry")
        element.set(f"{_XML_NAMESPACE}lang", entry.language)
        _add(element, "title", entry.title or "(untitled)")
        _add(element, "id", f"tag:{SITE_NAME},2003:archive/{entry.key}")
        _add(element, "link", rel="alternate", href=entry.address, type="text/html")
        _add(element, "updated", _moment(entry.updated))
        if entry.published:
            _add(element, "published", _moment(entry.published))
        if entry.category:
            _add(element, "category", term=_NO_XML.sub(" ", entry.category))
        if entry.summary:
            _add(element, "summary", entry.summary)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode")
