"""The lists of an article: categories, tags, images, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import image_row, link_row
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.reading.state_details import TABLES, Details, file_name
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.saving.typography import fold_typography
from nejat_crawler.items import Article


@dataclass(slots=True)
class ListChanges:
    """What a capture shows otherwise than is archived."""

    shown: dict[str, list[Row]] = field(default_factory=dict)
    """The rows to be written, by table."""
    held: dict[str, list[Row]] = field(default_factory=dict)
    """The rows in whose place they come."""
    fewer: list[str] = field(default_factory=list)
    """What it shows fewer of than are archived, though nothing was edited: what is archived stays."""

    @property
    def details(self) -> Details:
        """What is replaced of the lists that are details, and no part of a state."""
        found: Details = {name: self.held[table] for name, table in TABLES.items() if table in self.held}
        return {name: [row["name"] for row in rows] if name == "tags" else rows for name, rows in found.items()}

    def lasting(self, *, better: bool) -> Details:
        """The details of which it is kept that they were replaced, though title, categories and text stayed.

        Neither an address that bears another number on every visit, nor another order is news, nor what is filled in,
        or added by a `better` capture.
        """
        found = self.details
        for name, held in [*found.items()]:
            table = TABLES[name]
            before, after = (Counter(map(_KEYS[table], rows)) for rows in (self.held[table], self.shown[table]))
            if not held or before == after or (better and before <= after):
                del found[name]
        return found

    def write(self, db: Database, article_id: str) -> None:
        """Write what is shown in the place of what is archived."""
        for table, rows in self.shown.items():
            write_list(db, table, article_id, rows)


_COLUMNS = {
    "article_categories": "name",
    "article_tags": "name",
    "images": "src, alt, caption, lead",
    "links": "url, text, target_url",
}


def insert_lists(db: Database, article_id: str, article: Article) -> None:
    """Store the lists of an article that is new: nothing is held that would have to be compared or to go."""
    for table, items in _shown_lists(article).items():
        _insert_list(db, table, article_id, items or [])


def compare_lists(
    db: Database, article_id: str, article: Article, *, names_win: bool, content_wins: bool, edited: bool = True
) -> ListChanges:
    """The lists that a better capture shows otherwise, and those that it fills in.

    Categories and tags stand on every capture; images and links are whole only where the body is. `edited`: whether
    the site has changed the article, so that pictures and links may be gone; else the page leaves them out.
    """
    changes = ListChanges()
    for table, items in _shown_lists(article).items():
        if items is None:
            continue
        wins = names_win if table in ("article_categories", "article_tags") else content_wins
        sql = f"SELECT {_COLUMNS[table]} FROM {table} WHERE article_id = ? ORDER BY position"
        held = read_dicts(db, sql, article_id)
        shown = items
        if table == "images" and held:
            shown = _keep_lead(held, items) if article.source != "api" else items
            shown = _keep_files(held, shown, edited=edited)
        if held == shown or (held and not wins):
            continue
        if not edited and (lacks := _LACKS.get(table)) and lacks(shown, held):
            changes.fewer.append(table)
            continue
        changes.shown[table], changes.held[table] = shown, held
    return changes


def _shown_lists(article: Article) -> dict[str, list[Row] | None]:
    """The rows of each list; None means that the capture does not show it."""
    return {
        "article_categories": _named(article.categories) or None,
        "article_tags": _named(article.tags),
        "images": None if article.images is None else [image_row(image) for image in article.images],
        "links": None if article.body is None else [link_row(link) for link in article.links],
    }


def _lacks_images(shown: Sequence[Row], held: Sequence[Row]) -> bool:
    """Whether a file that is archived is not shown, under whatever address: a placeholder may stand in its place.

    Another featured image is another.
    """
    files = {file_name(image["src"]) for image in shown}
    has_lead = any(image["lead"] for image in shown)
    known = {file_name(image["src"]) for image in held if image["src"] and not (image["lead"] and has_lead)}
    return not known <= files or (len(shown) < len(held) and not any(image["src"] for image in shown))


def _lacks_links(shown: Sequence[Row], held: Sequence[Row]) -> bool:
    """Whether there are fewer links, or fewer that lead to a post of the site."""
    posts, known = (sum(link["target_url"] is not None for link in links) for links in (shown, held))
    return len(shown) < len(held) or posts < known


_LACKS = {"images": _lacks_images, "links": _lacks_links}


def shows_fewer(name: str, shown: Sequence[Any], held: Sequence[Any]) -> bool:
    """Whether of pictures, links or tags fewer are shown than are held; of tags, whether there are none."""
    if name == "tags":
        return bool(held) and not shown
    return name in _LACKS and _LACKS[name](shown, held)


#: What of a row is the same wherever it is shown.
_KEYS: dict[str, Callable[[Row], Any]] = {
    "article_tags": lambda tag: fold_typography(tag["name"]),
    "images": lambda image: (file_name(image["src"]), image["alt"], image["caption"]),
    "links": lambda link: (link["target_url"] or re.split("[?#]", link["url"])[0], fold_typography(link["text"])),
}


def _keep_files(held: Sequence[Row], images: Sequence[Row], *, edited: bool) -> list[Row]:
    """The images with what is known of those whose file an unknown lazy loading hides.

    Where nothing was `edited`, also with what is known of a file that a page shows smaller, or without a text.
    """
    shown = {image["src"] for image in images}
    hidden = {(known["alt"], known["caption"]): known for known in reversed(held) if known["src"] not in shown}
    files = {} if edited else {_file(known): known for known in reversed(held) if known["src"]}
    return [
        _complete(image, files.get(_file(image)) if image["src"] else hidden.get((image["alt"], image["caption"])))
        for image in images
    ]


# WordPress names its smaller copies of `rope.png` after their size: `rope-585x390.png`.
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{2,5}$)")


def _keep_lead(held: Sequence[Row], images: Sequence[Row]) -> list[Row]:
    """The images with what is known of the featured one: a page may show it smaller, in a background, or not at all.

    Soledad's single style 11 shows none, its styles 3 to 10 one without alternative text; other themes show it as a
    picture of the text.
    """
    files = {_file(lead): lead for lead in held if lead["lead"] and lead["src"]}
    if any(image["lead"] for image in images):
        return [_complete(image, files.get(_file(image))) if image["lead"] else image for image in images]
    for place, image in enumerate(images):
        if known := files.pop(_file(image), None):
            images = [*images[:place], {**_complete(image, known), "lead": 1}, *images[place + 1 :]]
    return [*files.values(), *images]


def _file(image: Row) -> str:
    return _SIZE.sub("", image["src"] or "")


def _complete(image: Row, known: Row | None) -> Row:
    if known is None:
        return image
    src = known["src"] if _SIZE.search(image["src"] or "") else image["src"] or known["src"]
    return {**image, "src": src, "alt": image["alt"] or known["alt"], "caption": image["caption"] or known["caption"]}


def write_list(db: Database, table: str, article_id: str, items: Sequence[Row | str]) -> None:
    """Write one list, of rows or of names, in the place of what stands there."""
    db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    _insert_list(db, table, article_id, [{"name": item} if isinstance(item, str) else item for item in items])


def _insert_list(db: Database, table: str, article_id: str, items: list[Row]) -> None:
    if not items:
        return
    columns, marks = ", ".join(items[0]), ", ".join(f":{name}" for name in items[0])
    sql = f"INSERT INTO {table} (article_id, position, {columns}) VALUES (:article_id, :position, {marks})"
    rows = ({"article_id": article_id, "position": place, **item} for place, item in enumerate(items, start=1))
    db.conn.executemany(sql, rows)
    if table == "links":
        db.execute(
            "UPDATE links SET target = (SELECT id FROM articles WHERE url = target_url) "
            "WHERE article_id = ? AND target_url IS NOT NULL",
            [article_id],
        )


def _named(names: list[str] | None) -> list[Row] | None:
    return None if names is None else [{"name": name} for name in names]


def set_link_targets(db: Database, article_id: str, url: str | None) -> None:
    """Let links and stories that were archived before an article lead to it."""
    if url:
        db.execute("UPDATE links SET target = ? WHERE target_url = ? AND target IS NULL", [article_id, url])
        db.execute(
            "UPDATE newsletter_stories SET article_id = ? WHERE url = ? AND article_id IS NULL", [article_id, url]
        )
