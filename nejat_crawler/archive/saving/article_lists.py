"""The lists of an article: categories, tags, images, links."""

from __future__ import annotations

import re

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import image_row, link_row
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.items import Article


def save_lists(
    db: Database, article_id: str, article: Article, *, names_win: bool, content_wins: bool, new: bool = False
) -> bool:
    """Replace the lists that a better capture shows otherwise, fill in missing ones; whether that wrote anything.

    Categories and tags stand on every capture; images and links are whole only where the body is.
    """
    images = None if article.images is None else [image_row(image) for image in article.images]
    if images and not new:
        images = _keep_files(db, article_id, images)
    if images is not None and article.source != "api" and not new:
        images = _keep_lead(db, article_id, images)
    links = None if article.body is None else [link_row(link) for link in article.links]
    lists = (
        ("article_categories", _named(article.categories) or None, names_win),
        ("article_tags", _named(article.tags), names_win),
        ("images", images, content_wins),
        ("links", links, content_wins),
    )
    if new:  # nothing is held that would have to be compared or to go
        for table, items, _ in lists:
            _insert_list(db, table, article_id, items or [])
        return True
    wrote = [_save_list(db, table, article_id, items, wins=wins) for table, items, wins in lists]
    return any(wrote)


def _keep_files(db: Database, article_id: str, images: list[Row]) -> list[Row]:
    """The images with the files that are known of those that show none: an unknown lazy loading hides them."""
    if all(image["src"] for image in images):
        return images
    sql = "SELECT src, alt, caption FROM images WHERE article_id = ? AND src IS NOT NULL ORDER BY position DESC"
    shown = {image["src"] for image in images}
    files = {(known["alt"], known["caption"]): known["src"] for known in read_dicts(db, sql, article_id)}
    files = {said: src for said, src in files.items() if src not in shown}
    return [
        image if image["src"] else {**image, "src": files.get((image["alt"], image["caption"]))} for image in images
    ]


# WordPress names its smaller copies of `rope.png` after their size: `rope-585x390.png`.
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{2,5}$)")


def _keep_lead(db: Database, article_id: str, images: list[Row]) -> list[Row]:
    """The images with what is known of the featured one: a page may show it smaller, in a background, or not at all.

    Soledad's single style 11 shows none, its styles 3 to 10 one without alternative text.
    """
    sql = "SELECT src, alt, caption, lead FROM images"
    sql += " WHERE article_id = ? AND lead AND src IS NOT NULL ORDER BY position"
    held = read_dicts(db, sql, article_id)
    if not any(image["lead"] for image in images):
        return [*held, *images]
    files = {_SIZE.sub("", lead["src"]): lead for lead in held}
    return [
        _complete(image, files.get(_SIZE.sub("", image["src"]))) if image["lead"] and image["src"] else image
        for image in images
    ]


def _complete(image: Row, known: Row | None) -> Row:
    if known is None:
        return image
    src = known["src"] if _SIZE.search(image["src"]) else image["src"]
    return {**image, "src": src, "alt": image["alt"] or known["alt"], "caption": image["caption"] or known["caption"]}


def _save_list(db: Database, table: str, article_id: str, items: list[Row] | None, *, wins: bool) -> bool:
    """Store one list; None means that the capture does not show it."""
    if items is None:
        return False
    columns = ", ".join(items[0]) if items else "position"
    held = read_dicts(db, f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY position", article_id)
    if held == items or (held and not wins):
        return False
    write_list(db, table, article_id, items)
    return True


def write_list(db: Database, table: str, article_id: str, items: list[Row]) -> None:
    """Write one list in the place of what stands there."""
    db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    _insert_list(db, table, article_id, items)


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
