"""Posts of the site that announce an issue of the newsletter: the number they name, and the address of its file."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from nejat_crawler.extraction.newsletters import wording
from nejat_crawler.items import Article
from nejat_crawler.urls import HOSTS, MEDIA_HOSTS

CATEGORY = "Nejat Publications"
TITLE = re.compile(rf"(?:the )?nejat (?:society )?news ?letter\b.{{0,60}}|{wording.TITLE_PATTERN}", re.IGNORECASE)
_INSIDE = re.compile(r"\W*inside this issue\b", re.IGNORECASE)
# `No. 92`, `No.121`, `no.92`; a title may also say `Nejat Newsletter 113`
_NUMBER = re.compile(
    rf"\b(?:no|number|newsletter)\b[.: ]*#?(\d{{1,4}})(?!\w)|\b{wording.NUMBERS_PATTERN}", re.IGNORECASE
)
_FILE_NUMBER = re.compile(r"newsletter[-_]?(?:no)?[-_.]?(\d{1,4})(?:-\d)?\.pdf", re.IGNORECASE)


def is_newsletter_post(article: Article) -> bool:
    """Whether an article announces an issue: two of its category, its title or first line, and its file say so."""
    is_filed = CATEGORY.lower() in (name.lower() for name in article.categories or [])
    is_named = bool(TITLE.fullmatch(article.title) or _INSIDE.match(article.body or article.excerpt or ""))
    return (is_filed and is_named) or ((is_filed or is_named) and find_pdf(article) is not None)


def find_pdf(article: Article) -> str | None:
    """The address of the issue's file: that of the site's PDF that the text leads to, if it leads to one only."""
    found = {link.url for link in article.links if _is_pdf(link.url)}
    return found.pop() if len(found) == 1 else None


def find_number(article: Article) -> int | None:
    """The number that the title names, or else the file; None where neither does."""
    if named := _NUMBER.search(article.title):
        return int(re.findall(r"\d+", named[0])[0])
    file = _FILE_NUMBER.search(find_pdf(article) or "")
    return int(file[1]) if file else None


def _is_pdf(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:  # an address such as http://[x
        return False
    is_ours = parts.scheme in ("http", "https") and host in HOSTS | MEDIA_HOSTS
    return is_ours and parts.path.lower().endswith(".pdf")
