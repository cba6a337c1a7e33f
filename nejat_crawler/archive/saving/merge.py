"""How a further capture joins the row of its article: nothing good is lost, and nothing changes silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import CAPTURE_COLUMNS, capture_columns
from nejat_crawler.archive.crawl_state.removals import record_status
from nejat_crawler.archive.reading.article_details import read_names
from nejat_crawler.archive.saving.article_lists import compare_lists, set_link_targets
from nejat_crawler.archive.saving.date_columns import date_changes
from nejat_crawler.archive.saving.other_sources import (
    Difference,
    judge_difference,
    record_other_source,
    says_edited,
)
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.archive.saving.refusals import delete_refusal, record_refusal, shows_less
from nejat_crawler.archive.saving.teaser_digests import only_part
from nejat_crawler.archive.saving.typography import (
    fold_typography,
    is_beginning,
    is_cut_from,
    same_letters,
    same_text,
    same_words,
)
from nejat_crawler.archive.version_rows import lasting_columns, replaced_columns, save_version, with_step
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.items import Article

#: Columns that a better capture replaces and a lesser one fills in where they are null.
DETAILS = ("url", "author", "byline", "comment_count")


def merge(db: Database, row: Row, article: Article) -> Outcome:
    """Bring a further capture of an archived article into its row.

    The site itself wins over what is archived; an import wins only over a lesser import, and else fills in.
    """
    live, saved = article.status == "live", article
    if shows_less(db, row, article):
        return record_refusal(db, row, article) if live else "kept"
    if not (live or article.title) or (not article.own_page and is_cut_from(article.title, row["title"])):
        article = replace(article, title=row["title"])
    categories = read_names(db, "article_categories", row["id"])
    old_rank, new_rank = (_rank(row["source"], row["theme"], row["own_page"]), _rank_of(article))
    better = new_rank > old_rank
    # Of two web archives, which say when they met the site, the later shows what it had become.
    later = article.source == row["source"] == "warc" and article.captured_at > row["last_seen"]
    better = better or (later and not old_rank > new_rank)
    wins = live or (row["status"] == "unseen" and better)
    completes = _completes(row, article)
    renamed = _compare_names(row, categories, article, completes=completes)
    # On one day, a page for phones and one for desktops show one state in two ways, and the REST interface always.
    archived = article.source == row["source"] == "warc"
    by_rest = archived and (article.theme == "rest") != (row["theme"] == "rest")
    other_page = archived and article.captured_at[:10] == row["last_seen"][:10] and new_rank != old_rank
    other_page = other_page or (by_rest and same_letters(article.body, row["body"]))
    edited = wins and not other_page and (renamed == "edit" or _is_edited(row, article, completes=completes))
    difference: Difference | None = None
    if live and edited and not completes:
        difference = judge_difference(db, row, article)

    shown = article
    if difference in ("disagrees", "known"):
        shown, edited, renamed = only_part(row, article), False, "same"
    whole = shown.body is not None
    # Where typography alone differs, what is archived stays, or the next capture from there would be an edit; a text
    # capture has no markup, and gives way.
    titled = _completes_title(row, shown)
    alike = (titled or same_text(shown.title, row["title"])) and same_text(shown.body, row["body"])
    other_text = (other_page and not by_rest) or row["body_html"] is None
    better_text = better and whole and (alike or (bool(shown.body) and other_text))
    # markup that an undone edit has taken along
    mends = whole and alike and row["body_html"] is None and bool(shown.body_html)
    taken = completes or (wins and (better_text or mends or (edited and bool(shown.body))))
    if not (wins and (edited or taken or titled)):
        shown = replace(shown, title=row["title"])
    if not (renamed in ("fills", "edit") and (wins or not categories)):
        shown = replace(shown, categories=None)

    changes = _changes(row, shown, wins=wins, taken=taken)
    # What an archive of before says on no record is found on one by the next page that shows the same.
    found = live and whole and row["capture_id"] is None and same_text(shown.body, row["body"])
    if edited or taken or titled or (found and article.kept):
        changes |= {name: value for name, value in capture_columns(db, article).items() if value != row[name]}
    # Addresses of pictures and links may bear a number that is another on every visit: alone they are no news.
    said = says_edited(row, article) or article.accepted
    content_wins = completes or (whole and wins and (edited or said or better or article.updates_last_seen))
    names_win = wins and difference in (None, "edit")
    if not (shown.tags or article.source == "api" or (said and _is_read_alike(row, article))):
        shown = replace(shown, tags=None)  # a page without any may be of a theme that shows none
    if article.protected and row["body"]:  # pictures and links went with the text, which stays
        shown = replace(shown, body=None, images=None)
    lists = compare_lists(
        db, row["id"], shown, names_win=names_win, content_wins=content_wins, edited=edited or said or completes
    )
    listed, saved.fewer = bool(lists.shown), tuple(lists.fewer)
    # the same text in other markup is news only where the site says so, or with other pictures and links
    if (
        said
        and whole
        and alike
        and wins
        and not taken
        and (not article.accepted or {"images", "links"} & {*lists.held})
    ):
        changes |= _differing(row, {"body_html": shown.body_html})
    replaced = replaced_columns(row, changes)
    retold = bool(changes.get("excerpt")) and not is_beginning(row["excerpt"], changes["excerpt"])
    retold = retold or '"excerpt":' in (row["replaced"] or "")  # the last is kept with the others
    if edited:
        save_version(db, row, categories, replaced | lists.details)
        changes |= {"versions": row["versions"] + 1, "changed_at": article.captured_at, "replaced": None}
    elif lasting := lasting_columns(replaced, taken=taken, retold=retold) | lists.lasting(better=better or completes):
        changes["replaced"] = with_step(row["replaced"], lasting, article.captured_at)
    if (live or later) and (changes or listed or article.updates_last_seen):
        changes |= _differing(row, {"last_seen": max(article.captured_at, row["last_seen"])})
    if live:  # times to come were written while the clock was wrong
        clock = {name: min(row[name], article.captured_at) for name in ("first_seen", "last_seen")}
        changes |= _differing(row, {name: clock[name] for name in clock if row[name] > article.captured_at})
    if live:
        record_other_source(db, row, categories, article, taken=taken, difference=difference)
    if row["status"] == "gone" and live:
        record_status(db, row["id"], "live", article.captured_at, f"met again at {article.found_at}")
    if changes:
        assignments = ", ".join(f"{name} = :{name}" for name in changes)
        db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": row["id"]})
    lists.write(db, row["id"])
    if "url" in changes:
        set_link_targets(db, row["id"], changes["url"])
    refused = bool(saved.fewer) and live and record_refusal(db, row, saved) == "refused"
    if live and article.body and not saved.fewer:
        delete_refusal(db, row["id"], article)

    if refused:
        return "refused"
    if difference == "disagrees":
        return "disagrees"
    if edited and not completes:
        return "changed"
    if whole and not wins and not completes and not same_words(article.body, row["body"]):
        return "kept"
    return "completed" if listed or set(changes) - {"last_seen", "modified_at", *CAPTURE_COLUMNS} else "same"


def _rank(source: str, theme: str, own_page: int) -> tuple[bool, bool, bool]:
    """What makes one whole text of an article better than another.

    Markup over text, a page for desktops over one for phones, the article's own page over a listing.
    """
    return (source != "text", not (theme in BY_NAME and BY_NAME[theme].amp), bool(own_page))


def _rank_of(article: Article) -> tuple[bool, bool, bool]:
    return _rank(article.source, article.theme, int(article.own_page))


def _completes(row: Row, article: Article) -> bool:
    """Whether a capture brings a text where there was none, or all of one that a listing had cut."""
    if article.body is None:
        return False
    if not row["body"]:
        return row["body"] is None or bool(article.body)
    return not row["own_page"] and is_cut_from(row["body"], article.body)


def _completes_title(row: Row, article: Article) -> bool:
    return not row["own_page"] and is_cut_from(row["title"], article.title)


def _is_edited(row: Row, article: Article, *, completes: bool) -> bool:
    """Whether the title or the text says something else than before.

    White space is no edit; typography is one only where the same kind of page shows it.
    """
    alike = same_text if _is_read_alike(row, article) else same_words
    retitled = not (alike(article.title, row["title"]) or _completes_title(row, article))
    rewritten = bool(article.body) and row["body"] is not None and not completes
    return retitled or (rewritten and not alike(article.body, row["body"]))


def _is_read_alike(row: Row, article: Article) -> bool:
    return all(getattr(article, name) == row[name] for name in ("source", "theme", "own_page"))


def _compare_names(
    row: Row, categories: Sequence[str], article: Article, *, completes: bool
) -> Literal["same", "fills", "edit"]:
    """What it means that a capture shows these categories: some themes name the first alone, or in another order."""
    if not article.categories:
        return "same"
    old, new = ([fold_typography(name) for name in listed] for listed in (categories, article.categories))
    if old == new:
        return "same"
    if not old or row["source"] == "text":  # which shows one category of several
        return "fills"
    if set(old) == set(new) and not _is_read_alike(row, article):
        return "same"
    other_theme = article.theme != row["theme"] and "api" not in (article.source, row["source"])
    if set(old) < set(new) and (completes or other_theme):
        return "fills"
    return "same" if set(new) < set(old) and (other_theme or not article.own_page) else "edit"


def _changes(row: Row, article: Article, *, wins: bool, taken: bool) -> Row:
    """The columns that get another value."""
    details: Row = {name: getattr(article, name) for name in DETAILS}
    details["category"] = next(iter(article.categories or []), None)
    if row["byline"] is not None:
        del details["byline"]  # a line of a text: it stays, or goes, with it
    changes = _differing(row, details, only_missing=not wins) | date_changes(row, article, wins=wins)
    if taken and article.byline != row["byline"]:
        changes["byline"] = article.byline
    if wins:
        changes |= _differing(row, {"title": article.title})
        if article.protected or article.body:  # without a text, nothing shows that no password is asked for any more
            changes |= _differing(row, {"protected": int(article.protected)})
    if taken:
        changes |= _differing(row, {"body": article.body, "body_html": article.body_html, **provenance(article)})
        changes |= {"excerpt": None} if row["excerpt"] is not None else {}
    elif row["body"] is None and not is_beginning(article.excerpt, row["excerpt"]):
        changes |= _differing(row, {"excerpt": article.excerpt}, only_missing=not wins)
    if article.status == "live" and row["status"] != "live":
        changes["status"] = "live"
    if article.modified_at and article.modified_at > (row["modified_at"] or ""):
        changes["modified_at"] = article.modified_at
    return changes


def provenance(article: Article) -> Row:
    """Where the text was read."""
    names = ("source", "theme", "found_at")
    return {**{name: getattr(article, name) for name in names}, "own_page": int(article.own_page)}


def _differing(row: Row, values: Row, *, only_missing: bool = False) -> Row:
    """The values that differ from the row's; a null never replaces a value."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value != row[name] and (row[name] is None or not only_missing)
    }
