"""Everything that belongs to one article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from nejat_crawler.archive.reading.query_rows import Connection, Rows, read_dicts
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search
from nejat_crawler.urls import SITE, is_foreign, post_address

#: What `read_details` reads; `same_issue` are the other articles of a newsletter.
_DETAILS = {
    "images": "SELECT src, alt, caption, lead FROM images WHERE article_id = ? ORDER BY position",
    "links": """
        SELECT links.url, links.text, links.target, links.target_url, articles.title AS target_title
        FROM links LEFT JOIN articles ON articles.id = links.target
        WHERE links.article_id = ? ORDER BY links.position
    """,
    "linked_from": """
        SELECT DISTINCT articles.id, articles.title, articles.published, articles.language
        FROM links JOIN articles ON articles.id = links.article_id
        WHERE links.target = ? ORDER BY articles.published DESC LIMIT 12
    """,
    "newsletters": """
        SELECT DISTINCT newsletters.id, newsletters.title, newsletters.period FROM newsletters
        JOIN newsletter_stories ON newsletter_stories.newsletter_id = newsletters.id
        WHERE newsletter_stories.article_id = ?
    """,
    "same_issue": """
        SELECT DISTINCT articles.id, articles.title, articles.published, articles.language
        FROM newsletter_stories AS this JOIN newsletter_stories AS other ON other.newsletter_id = this.newsletter_id
        JOIN articles ON articles.id = other.article_id
        WHERE this.article_id = ? AND articles.id != this.article_id ORDER BY other.position LIMIT 12
    """,
    "captures": "SELECT captures.* FROM captures JOIN articles ON capture_id = captures.id WHERE articles.id = ?",
    "announces": """
        SELECT newsletter_posts.number, newsletter_posts.pdf_url, newsletters.id, newsletters.title
        FROM newsletter_posts LEFT JOIN newsletters ON newsletters.id = newsletter_posts.newsletter_id
        WHERE newsletter_posts.article_id = ?
    """,
}


def read_row(connection: Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article; None if there is no such article."""
    return next(iter(read_dicts(connection, "SELECT * FROM articles WHERE id = ?", article_id)), None)


def read_named_row(connection: Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article with the names of its `categories` and `tags`; None if there is no such article."""
    row = read_row(connection, article_id)
    tables = {"categories": "article_categories", "tags": "article_tags"}
    return row and {**row, **{kind: read_names(connection, table, article_id) for kind, table in tables.items()}}


def read_names(connection: Connection, table: str, article_id: str) -> list[str]:
    """Categories or tags of an article in their order."""
    sql = f"SELECT name FROM {table} WHERE article_id = ? ORDER BY position"
    return [row["name"] for row in read_dicts(connection, sql, article_id)]


def read_details(connection: Connection, article_id: str) -> dict[str, Rows]:
    """Lists of rows: `images`, `links`, `linked_from`, `newsletters`, `same_issue`, `captures`, `announces`."""
    return {name: read_dicts(connection, sql, article_id) for name, sql in _DETAILS.items()}


# ---------------------------------------------------------------- what somebody calls an article

_EDITION = "|".join(EDITIONS)
_ROUND_IT = " \t\r\n<>[]()\"'«»“”‘’.,;،؛#"
_LONGEST_NAME = 1000
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")  # copied with it out of a page
_NUMBER = re.compile(r"0*([1-9]\d{0,11})")
_ID = re.compile(rf"({_EDITION})[-/](?:posts/)?(t[0-9a-f]{{12}}|\d{{1,12}})", re.IGNORECASE)
_OWN_LINK = re.compile(r"(?:^|/)articles/([^/?#]+?)(?:\.(?:txt|bib|ris|csl\.json|json))?/?(?:[?#].*)?$")
_SHORT_LINK = re.compile(r"/?\?p=(\d{1,12})(?:[&#].*)?")
_WITHOUT_HOST = re.compile(rf"(?:(?:{_EDITION})/)?posts/\d", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?:https?://|www\.|(?:[\w-]+\.)*nejatngo\.org(?:/|$)|/|{_WITHOUT_HOST.pattern})\S*|\?p=\d+\S*", re.IGNORECASE
)
_COPIED = re.compile(r"^https?://.+?(?=https?://)", re.IGNORECASE)  # web.archive.org/web/2015/https://…
_ONE_SLASH = re.compile(r"(https?):/(?=\w)", re.IGNORECASE)  # what some archives make of an address within theirs
_ESCAPED = re.compile("https?%3a%2f%2f", re.IGNORECASE)
# /fa/posts/41940/%D9%86%D8%A7%D9%85%D9%87, /en/posts/15193/feed, /en/wp-json/wp/v2/posts/15193
_WITHIN_PATH = re.compile(rf"/(?:({_EDITION})/)?(?:.*/)?posts/(?:amp/)?0*([1-9]\d{{0,11}})\b", re.IGNORECASE)
_HOME = re.compile(rf"/*(?:({_EDITION})/*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedArticles:
    """What is called by an id, an address or a number, and the `ids` of the articles that it may be, or none."""

    ids: list[str]
    kind: Literal["id", "address", "number"]


def find_named(connection: Connection, typed: str) -> NamedArticles | None:
    """The articles that are called `en-15166`, `15166` (of any edition), or by an address of the site or an archive.

    None for what is no such name.
    """
    name = _UNSEEN.sub("", typed).strip(_ROUND_IT)
    if _ESCAPED.search(name):
        name = unquote(name)
    name = _ONE_SLASH.sub(r"\1://", name)
    if not name or len(name) > _LONGEST_NAME or " " in name:
        return None
    if number := _NUMBER.fullmatch(fold_for_search(name)):
        return NamedArticles(_with_number(connection, number[1]), "number")
    if found := _ID.fullmatch(fold_for_search(name)):
        return NamedArticles(_with_id(connection, f"{found[1]}-{found[2].lstrip('0')}"), "id")
    if not _ADDRESS.fullmatch(name):
        return None
    address = _COPIED.sub("", name)
    if _WITHOUT_HOST.match(address):
        address = f"/{address}"
    if short := _SHORT_LINK.fullmatch(fold_for_search(address)):
        return NamedArticles(_with_number(connection, short[1].lstrip("0")), "address")
    if own := _OWN_LINK.search(address):
        return NamedArticles(_with_id(connection, unquote(own[1]).lower()), "address")
    return NamedArticles(_at_address(connection, address), "address")


def _with_number(connection: Connection, number: str) -> list[str]:
    sql = "SELECT id FROM articles WHERE edition = ? AND post_id = ?"
    found = (connection.execute(sql, [code, int(number)]).fetchone() for code in EDITIONS if number)
    return [row[0] for row in found if row]


def _with_id(connection: Connection, article_id: str) -> list[str]:
    """The article of an id, also of one that a text had before it was known to be this article's."""
    sql = "SELECT id FROM articles WHERE id = ? UNION SELECT article_id FROM text_captures WHERE text_id = ?"
    return [row[0] for row in connection.execute(sql, [article_id, article_id])]


def _at_address(connection: Connection, address: str) -> list[str]:
    whole = address if "://" in address else SITE + address if address.startswith("/") else f"https://{address}"
    if post := post_address(whole):
        return _with_id(connection, f"{post.edition}-{post.post_id}")
    same = whole.partition("#")[0].rstrip("/")
    sql = "SELECT id FROM articles WHERE url IN (?, ?) ORDER BY id"
    found = [row[0] for row in connection.execute(sql, [same, f"{same}/"])]
    return found or _of_post_within(connection, whole)


def _of_post_within(connection: Connection, address: str) -> list[str]:
    """The articles of the post whose number stands in an address of the site that is not the post's own."""
    if is_foreign(address):
        return []
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    if named := _WITHIN_PATH.match(unquote(parts.path)):
        edition, number = named.groups()
    elif home := _HOME.fullmatch(parts.path):
        edition, number = home[1], parse_qs(parts.query).get("p", [""])[0]
    else:
        return []
    if not (digits := _NUMBER.fullmatch(number)):
        return []
    if edition:
        return _with_id(connection, f"{edition.lower()}-{int(digits[1])}")
    return _with_number(connection, digits[1])
