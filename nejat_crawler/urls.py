"""Any address of a post -> its one canonical address and (edition, id); and mirrors of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

from nejat_crawler.editions import EDITIONS

SITE = "https://www.nejatngo.org"
HOSTS = frozenset({"nejatngo.org", "www.nejatngo.org"})
MEDIA_HOSTS = frozenset({"dld.nejatngo.org"})

_EDITION = "|".join(EDITIONS)
# /en/posts/15193, /en/posts/00123, /en/posts/13286/2, /en/posts/15193/amp/, /en/posts/amp/15193
_POST_PATH = re.compile(
    rf"/({_EDITION})/posts/(?:amp/)?([0-9]{{1,12}})(?:/([0-9]{{1,4}}))?(?:/amp)?/*", re.IGNORECASE
)
#: As the site itself prints nearly all.
_PLAIN_POST = re.compile(rf"https?://(?:www\.)?nejatngo\.org/({_EDITION})/posts/([0-9]{{1,12}})/?")
_EDITION_PATH = re.compile(rf"/({_EDITION})(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostAddress:
    """Which post an address leads to; `page` counts the parts of a post split by `<!--nextpage-->`."""

    edition: str
    post_id: int
    page: int = 1

    @property
    def post(self) -> PostAddress:
        """The post as a whole, whichever part of it this address leads to."""
        return PostAddress(self.edition, self.post_id)

    @property
    def url(self) -> str:
        """The canonical address of the post.

        >>> PostAddress("en", 15193).url
        'https://www.nejatngo.org/en/posts/15193'
        """
        return f"{SITE}/{self.edition}/posts/{self.post_id}"


def _split(url: str) -> tuple[str, str, str] | None:
    """Host, path and query of an address on the site, or None."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:  # an address such as http://[x
        return None
    if parts.scheme not in ("http", "https") or host not in HOSTS:
        return None
    return host, parts.path, parts.query


@lru_cache(maxsize=512)
def post_address(url: str | None) -> PostAddress | None:
    """The post that `url` leads to, in any of the forms in which the site prints it; None for all else.

    >>> post_address("http://nejatngo.org/en/posts/00123?amp=1").url
    'https://www.nejatngo.org/en/posts/123'
    >>> post_address("https://www.nejatngo.org/en/?p=15193").post_id
    15193
    >>> post_address("https://www.nejatngo.org/en/posts/module/newspics") is None
    True
    """
    if url and (plain := _PLAIN_POST.fullmatch(url)) and int(plain[2]):
        return PostAddress(plain[1], int(plain[2]))
    split = _split(url) if url else None
    if split is None:
        return None
    _, path, query = split
    path = unquote(path)
    if match := _POST_PATH.fullmatch(path):
        edition, number, page = match.groups()
        post_id = int(number)
        return PostAddress(edition.lower(), post_id, max(1, int(page or 1))) if post_id else None
    if match := _EDITION_PATH.match(path):
        short = parse_qs(query).get("p", [""])[0]
        if path.strip("/").lower() == match[1].lower() and re.fullmatch(r"[0-9]{1,12}", short) and int(short):
            return PostAddress(match[1].lower(), int(short))
    return None


def is_foreign(url: str) -> bool:
    """Whether an address names a host that is none of the site's; one that names none is not.

    >>> is_foreign("https://evil.example/en/posts/7"), is_foreign("https://dld.nejatngo.org/en/a.pdf")
    (True, False)
    """
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return False
    return bool(host) and not f".{host}".endswith(".nejatngo.org")


def edition_of(url: str | None) -> str | None:
    """The edition whose pages `url` stands among, or None."""
    split = _split(url) if url else None
    match = _EDITION_PATH.match(split[1]) if split else None
    return match[1].lower() if match else None


# Letters, digits and the marks that need no escape in an address (RFC 3986, 2.3), and the @ between its halves.
_ESCAPED = re.compile(r"%(2D|2E|3[0-9]|40|4[1-9A-F]|5[0-9A]|5F|6[1-9A-F]|7[0-9A]|7E)", re.IGNORECASE)


# What urljoin would leave as it is, in a third of the time; it drops an empty `;`.
_WHOLE = re.compile(r"https?://[\w.-]+(?:[/?#][^;]*)?\Z")
# What it and its parts would leave as it is, whatever they are.
_PLAIN = re.compile(r"https?://[\w.-]+(?:/[\w/.~%+=&,@:-]*)?(?:\?[\w/.~%+=&,@:-]+)?(?:#[\w/.~%+=&,@:-]+)?", re.ASCII)


@lru_cache(maxsize=512)
def absolute(url: str, page_url: str) -> str:
    """`url` as printed on `page_url`, made absolute and free of `/./`; unchanged if it is no address.

    A feed prints images as `https://dld.nejatngo.org/./en/a.jpg`. Of a mail address WordPress writes some characters
    as `%64`, others on each visit.

    >>> absolute("mailto:%68u%74@huts.example", "https://www.nejatngo.org/en/")
    'mailto:hut@huts.example'
    """
    if url.strip()[:7].lower() == "mailto:":
        return f"mailto:{_ESCAPED.sub(lambda match: chr(int(match[1], 16)), url.strip()[7:].lstrip(' /'))}"
    bare = url.strip()
    if _PLAIN.fullmatch(bare) and "/./" not in bare:
        return bare
    try:
        parts = urlsplit(bare if _WHOLE.match(bare) else urljoin(page_url, bare))
    except ValueError:
        return url.strip()
    if "/./" in parts.path:
        parts = parts._replace(path=re.sub(r"/(?:\./)+", "/", parts.path))
    return urlunsplit(parts)


@dataclass(frozen=True, slots=True)
class Mirror:
    """A server that answers in the site's place; canonical addresses stay those of the site."""

    base_url: str

    @classmethod
    def parse(cls, base_url: str) -> Mirror:
        """The mirror at `base_url`; raises ValueError for anything but an http(s) address with a host."""
        try:
            parts = urlsplit(base_url.strip())
            valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            valid = False
        if "@" in base_url:  # it would be kept with each run, and published
            raise ValueError("base_url must not name a user or a password: let a proxy add them")
        if not valid:
            raise ValueError(f"base_url must be an address such as http://127.0.0.1:8000, not {base_url!r}")
        return cls(urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", "")))

    @property
    def host(self) -> str:
        """Name of the only host that a crawl of this mirror asks."""
        return urlsplit(self.base_url).hostname or ""

    def request_url(self, url: str) -> str | None:
        """Where to ask for the page that the site has at `url`; None if `url` is not on the site."""
        try:
            parts = urlsplit(url)
        except ValueError:  # a page may print http://[x
            return None
        if (parts.hostname or "").lower() not in HOSTS:
            return None
        return self.base_url + urlunsplit(("", "", parts.path or "/", parts.query, ""))

    def site_url(self, url: str) -> str:
        """The site's own address of a page asked for at `url` on this mirror."""
        return SITE + url[len(self.base_url) :] if self._holds(url) else url

    def site_markup(self, markup: str) -> str:
        """`markup` with the mirror's addresses turned into the site's own."""
        if self.base_url == SITE:
            return markup
        return re.sub(re.escape(self.base_url) + r"(?![\w.:-])", SITE, markup)

    def _holds(self, url: str) -> bool:
        return url == self.base_url or url.startswith((self.base_url + "/", self.base_url + "?"))


THE_SITE = Mirror(SITE)


# 137 of `/en/page/137?amp=1`, and of `/en/?paged=137`, as WordPress has it without permalinks.
_PAGE_IN_PATH = re.compile(r"/page/(\d{1,9})(?=/|$)")


_PAGE_IN_QUERY = re.compile(r"(?<![^&])paged=(\d{1,9})(?=&|$)")


def page_number_of(url: str) -> int | None:
    """The number of a listing page, by its address; None for one that bears none."""
    parts = urlsplit(url)
    found = _PAGE_IN_PATH.search(parts.path) or _PAGE_IN_QUERY.search(parts.query)
    return int(found[1]) if found else None


def with_page_number(url: str, number: int) -> str:
    """The address of another page of the same listing; empty where none can be told."""
    parts = urlsplit(url)
    path, query = parts.path, parts.query
    if _PAGE_IN_PATH.search(path):
        path = _PAGE_IN_PATH.sub(f"/page/{number}", path, count=1)
    elif _PAGE_IN_QUERY.search(query):
        query = _PAGE_IN_QUERY.sub(f"paged={number}", query, count=1)
    elif number == 2:  # only the first page bears no number
        path = f"{path.rstrip('/')}/page/{number}"
    else:
        return ""
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))
