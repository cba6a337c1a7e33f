"""How a capture joins what is archived: by the contract, nothing good is lost and nothing changes silently."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlite_utils import Database

from nejat_crawler.archive.absences import note_present, note_status
from nejat_crawler.archive.identity import find_row, identify, parted, remember_text, text_id
from nejat_crawler.archive.lists import aim_links, names, save_lists
from nejat_crawler.archive.newsletters import save_newsletter_post
from nejat_crawler.archive.outcomes import Outcome, Row
from nejat_crawler.archive.parts import join_parts, save_parts
from nejat_crawler.archive.teasers import compare_teaser
from nejat_crawler.items import Article
from nejat_crawler.themes import BY_NAME

#: Columns that a better capture replaces and a lesser one fills in where they are null.
_DETAILS = ("url", "published", "published_at", "published_text", "author", "byline", "comment_count")


def save_article(db: Database, article: Article) -> Outcome:
    """Insert `article`, or bring it into the row of the same article; runs inside the caller's transaction."""
    for capture in parted(db, article):
        row = find_row(db, text_id(capture))
        if row:
            _save_reading(db, row, capture)
        else:
            _insert(db, text_id(capture), capture)
    article_id, outcome = identify(db, article)
    outcome = _save(db, article_id, article, outcome)
    if outcome != "refused":
        save_newsletter_post(db, article_id, article)
    if article.status == "live":
        note_present(db, article_id)
        if compare_teaser(db, article_id, article) and outcome in ("same", "completed"):
            return "stale"
    return outcome


def _save(db: Database, article_id: str, article: Article, outcome: Outcome | None) -> Outcome:
    row = find_row(db, article_id)
    if row and row["body"] is not None and article.status == "live" and not article.own_page and not article.whole:
        # Another title over the old text, or another first part before the other old parts, is a state that the
        # site never had: what a listing shows of an edit is a reason to read the article's own page.
        article = replace(article, title=row["title"], categories=None, body=None, body_html=None, images=None)
        article.whole = True
    if article.whole or article.body is None:
        if row and row["post_id"] is None:
            return _save_reading(db, row, article)
        return outcome or (_merge(db, row, article) if row else _insert(db, article_id, article))
    first: Outcome = (
        "same" if row else _insert(db, article_id, replace(article, body=None, body_html=None, excerpt=article.body))
    )
    stored = save_parts(db, article_id, article)
    joined = join_parts(db, article_id, article)
    if joined is None:
        return "completed" if stored and first == "same" else first
    merged = _merge(db, find_row(db, article_id) or {}, joined)
    return first if first == "new" else merged


def _insert(db: Database, article_id: str, article: Article) -> Outcome:
    row: Row = {
        "id": article_id,
        "edition": article.edition,
        "post_id": article.post_id,
        "title": article.title,
        "category": next(iter(article.categories or []), None),
        "year": _year(article.published),
        "language": article.language,
        "body": article.body,
        "body_html": article.body_html if article.body is not None else None,
        "excerpt": article.excerpt,
        "protected": int(article.protected),
        "status": article.status,
        "first_seen": article.captured_at,
        "last_seen": article.captured_at,
        "versions": 1,
        "source": article.source,
        "theme": article.theme,
        "found_at": article.found_at,
        "own_page": int(article.own_page),
        "undated": article.undated,
        "modified_at": article.modified_at,
        **{name: getattr(article, name) for name in _DETAILS},
    }
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    next_docid = "(SELECT coalesce(max(docid), 0) + 1 FROM articles)"
    db.execute(f"INSERT INTO articles ({columns}, docid) VALUES ({values}, {next_docid})", row)
    if article.post_id is None:
        remember_text(db, article_id, article_id, article)
    save_lists(db, article_id, article, names_win=True, content_wins=True)
    aim_links(db, article_id, article.url)
    return "new"


def _save_reading(db: Database, row: Row, article: Article) -> Outcome:
    """Keep both texts of captures that begin alike: the longer is the article's, the other an earlier version."""
    sql = "SELECT body FROM article_versions WHERE article_id = ?"
    known = [row["body"], *(version["body"] for version in db.query(sql, [row["id"]]))]
    if article.body is None or any(_same_text(article.body, body) for body in known if body is not None):
        return "same"
    categories = names(db, "article_categories", row["id"])
    wins = (len(article.body), article.body) > (len(row["body"] or ""), row["body"] or "")
    changes: Row = {"versions": row["versions"] + 1, "changed_at": article.captured_at}
    if wins:
        changes |= {"body": article.body, "excerpt": None, **_provenance(article)}
    _save_version(db, row if wins else {**row, "body": article.body}, categories)
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": row["id"]})
    if wins:
        save_lists(db, row["id"], article, names_win=False, content_wins=True)
    return "changed" if wins else "kept"


def _year(published: str | None) -> int | None:
    return int(published[:4]) if published else None


def _rank(source: str, theme: str, own_page: int) -> tuple[bool, bool, bool]:
    """What makes one whole text of an article better than another.

    Markup over text, a page for desktops over one for phones, the article's own page over a listing.
    """
    return (source != "text", not (theme in BY_NAME and BY_NAME[theme].amp), bool(own_page))


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


def _merge(db: Database, row: Row, article: Article) -> Outcome:
    """Bring a further capture of an archived article into its row.

    The site itself wins over what is archived; an import wins only over a lesser import, and else fills in.
    """
    live = article.status == "live"
    if _yields_less(row, article):
        return "refused" if live else "kept"
    old_rank = _rank(row["source"], row["theme"], row["own_page"])
    new_rank = _rank(article.source, article.theme, article.own_page)
    better = new_rank > old_rank
    # Of two web archives, which say when they met the site, the later shows what it had become.
    later = article.source == row["source"] == "warc" and article.captured_at > row["last_seen"]
    better = better or (later and not old_rank > new_rank)
    wins = live or (row["status"] == "unseen" and better)
    whole = article.body is not None
    completes = whole and (row["body"] is None or (not row["body"] and bool(article.body)))

    changes = _changes(row, article, wins=wins, better=better, completes=completes)
    categories = names(db, "article_categories", row["id"])
    # A text capture shows one category of several, some listings none: to find the page itself is no edit.
    known = bool(article.categories and categories) and row["source"] != "text"
    recategorised = wins and known and article.categories != categories
    edited = _is_edited(row, changes) or recategorised
    disagrees = edited and not completes and _disagrees(row, article)
    if edited:
        _save_version(db, row, categories)
        changes |= {"versions": row["versions"] + 1, "changed_at": article.captured_at}
        if whole and wins:  # by a lesser capture than the last, too: the row is what that shows
            changes |= _differing(row, _provenance(article))
    # Addresses of pictures and links may bear a number that is another on every visit: alone they are no news.
    takes_content = whole and wins and (edited or better or article.sighting)
    listed = save_lists(db, row["id"], article, names_win=wins, content_wins=completes or takes_content)
    if (live or later) and (changes or listed or article.sighting):
        changes |= _differing(row, {"last_seen": max(article.captured_at, row["last_seen"])})
    if row["status"] == "gone" and live:
        note_status(db, row["id"], "live", article.captured_at, f"met again at {article.found_at}")
    if changes:
        assignments = ", ".join(f"{name} = :{name}" for name in changes)
        db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": row["id"]})
    if "url" in changes:
        aim_links(db, row["id"], changes["url"])

    if edited and not completes:
        return "disagrees" if disagrees else "changed"
    if whole and not wins and not completes and not _same_text(article.body, row["body"]):
        return "kept"
    return "completed" if listed or set(changes) - {"last_seen", "modified_at"} else "same"


def _yields_less(row: Row, article: Article) -> bool:
    """Whether a page suddenly has no title or no text; a post that now asks for a password rightly has none."""
    lost_title = bool(row["title"]) and not article.title
    lost_body = bool(row["body"] or row["excerpt"]) and article.body == ""
    live = article.status == "live"
    return ((lost_title and live) or lost_body) and not article.protected


def _changes(row: Row, article: Article, *, wins: bool, better: bool, completes: bool) -> Row:
    """The columns that get another value."""
    details: Row = {name: getattr(article, name) for name in _DETAILS}
    details["category"] = next(iter(article.categories or []), None)
    changes = _differing(row, details, only_missing=not wins)
    if wins:
        changes |= _differing(row, {"title": article.title, "protected": int(article.protected)})
    if completes:
        changes |= {"body": article.body, "body_html": article.body_html, "excerpt": None}
    elif article.body and wins and (better or not _same_text(article.body, row["body"])):
        changes |= _differing(row, {"body": article.body, "body_html": article.body_html})
    elif row["body"] is None:
        changes |= _differing(row, {"excerpt": article.excerpt}, only_missing=not wins)
    if completes or (wins and better):
        changes |= _differing(row, _provenance(article))
    if article.status == "live" and row["status"] != "live":
        changes["status"] = "live"
    if article.modified_at and article.modified_at > (row["modified_at"] or ""):
        changes["modified_at"] = article.modified_at
    published = changes.get("published", row["published"])
    if published != row["published"]:
        changes["year"] = _year(published)
    undated = None if published else article.undated or row["undated"]
    return changes | ({"undated": undated} if undated != row["undated"] else {})


def _provenance(article: Article) -> Row:
    """Where the text was read."""
    names = ("source", "theme", "found_at")
    return {**{name: getattr(article, name) for name in names}, "own_page": int(article.own_page)}


def _disagrees(row: Row, article: Article) -> bool:
    """Whether the REST interface shows otherwise what a page of the site showed after the last edit."""
    if article.source != "api" or row["status"] != "live" or row["source"] not in ("listing", "article"):
        return False
    return article.modified_at is None or article.modified_at <= row["last_seen"]


def _differing(row: Row, values: Row, *, only_missing: bool = False) -> Row:
    """The values that differ from the row's; a null never replaces a value."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value != row[name] and (row[name] is None or not only_missing)
    }


def _is_edited(row: Row, changes: Row) -> bool:
    """Whether the title or the body says something else than before; white space is no edit."""
    return any(
        row[name] is not None and not _same_text(changes.get(name, row[name]), row[name])
        for name in ("title", "body")
    )


def _save_version(db: Database, row: Row, categories: list[str]) -> None:
    version = {
        "article_id": row["id"],
        "version": row["versions"],
        "title": row["title"],
        "categories": json.dumps(categories, ensure_ascii=False),
        "body": row["body"],
        "source": row["source"],
        "seen_from": row["changed_at"] or row["first_seen"],
        "seen_until": row["last_seen"],
    }
    db.table("article_versions").insert(version)
