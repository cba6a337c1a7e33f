"""What an article was before: a web archive knows the day of each capture, and states stand in the order of days."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import capture_columns, shown_values
from nejat_crawler.archive.reading.article_details import read_names
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.reading.state_details import (
    COLUMNS,
    UNTIL,
    Details,
    Step,
    differing,
    earlier_looks,
    read_present,
    read_steps,
)
from nejat_crawler.archive.saving.date_columns import date_changes
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.archive.saving.refusals import shows_less
from nejat_crawler.archive.saving.typography import fold_typography, is_cut_from, same_letters, same_words
from nejat_crawler.archive.version_rows import KEPT, write_steps
from nejat_crawler.items import Article

_KEPT = (*KEPT, "replaced")
_COLUMNS = (*_KEPT, "categories", "seen_from", "seen_until")


def save_earlier_state(db: Database, row: Row, article: Article) -> Outcome | None:
    """Put what a web archive shows of a day before the article was last seen where it belongs in the history.

    None where it shows the present state, or is no state of its own: then it is to be merged as any capture.
    """
    is_dated = row["status"] != "unseen" or row["source"] == "warc"
    if article.source != "warc" or not is_dated or article.captured_at >= row["last_seen"]:
        return None
    old = _states(db, row)
    if article.title and article.body and row["body"] and not shows_less(db, row, article):
        new = _place(old, article, is_watched=row["status"] != "unseen")
    elif article.captured_at < row["first_seen"]:  # an excerpt proves that it stood there
        new = [{**old[0], "seen_from": article.captured_at}, *old[1:]]
    else:
        return None
    if new != old:
        if len(new) > len(old):
            new = _with_details(db, row, article, old, new)
        _write(db, row, new, inserted=len(new) - len(old))
    if len(new) > len(old):
        return "completed"
    is_present = not article.body or _shows(article, new[-1])
    return None if is_present or not any(_shows(article, state) for state in new) else "same"


def _states(db: Database, row: Row) -> list[Row]:
    """All states of an article, the oldest first, the present one last.

    `former`: how a state was read before an extractor of a later date read it anew.
    """
    sql = f"SELECT {', '.join(_COLUMNS)} FROM article_versions WHERE article_id = ? ORDER BY version"
    names = json.dumps(read_names(db, "article_categories", row["id"]), ensure_ascii=False)
    seen = {"seen_from": row["changed_at"] or row["first_seen"], "seen_until": row["last_seen"]}
    states: list[Row] = []
    for state in [*read_dicts(db, sql, row["id"]), {**{n: row[n] for n in _KEPT}, "categories": names, **seen}]:
        before = states.pop() if state["reextracted_at"] and states else None
        former = [*before.pop("former"), before] if before else []
        states.append({**state, "former": former})
    return states


def _place(states: Sequence[Row], article: Article, *, is_watched: bool) -> list[Row]:
    """The states with what `article` shows among them; `is_watched`: the present one is what a crawl has seen."""
    moment = article.captured_at
    place = sum(state["seen_from"] <= moment for state in states)
    before, after = states[:place], states[place:]
    inside = bool(before) and moment <= before[-1]["seen_until"]
    if inside and _shows(article, before[-1]):
        return list(states)
    if not inside and after and _shows(article, after[0]):
        return [*before, {**after[0], "seen_from": moment}, *after[1:]]
    if not inside and before and _shows(article, before[-1]):
        return [*before[:-1], {**before[-1], "seen_until": moment}, *after]
    categories = json.dumps(article.categories or [], ensure_ascii=False)
    state: Row = {"title": article.title, "categories": categories, "body": article.body, "source": "warc"}
    state |= {"seen_from": moment, "seen_until": moment, "former": [], "replaced": None}
    if not inside:
        return [*before, state, *after]
    # What a crawl watched is known better; and at one moment, two pages of the site may show it in two ways.
    around = before[-1]
    if (
        around["source"] != "warc"
        or (is_watched and not after)
        or moment in (around["seen_from"], around["seen_until"])
    ):
        return list(states)
    early, late = {**around, "seen_until": around["seen_from"]}, {**around, "seen_from": around["seen_until"]}
    return [*before[:-1], early, state, {**late, "former": [], "reextracted_at": None}, *after]


def _with_details(db: Database, row: Row, article: Article, old: Sequence[Row], new: list[Row]) -> list[Row]:
    """The states, of which one is new, with what it shows else, and with what it replaces of the one before.

    What it does not show is as it was before, for a page that shows no tags takes none.
    """
    place = next(number for number, state in enumerate(new) if "reading" not in state)
    rows = [each for state in old for each in (*state["former"], state)]
    looks = earlier_looks(read_present(db, row), [each["replaced"] for each in rows])
    at = sum(len(state["former"]) + 1 for state in new[:place])  # the row of `rows` that comes behind it
    state = {**new[place], **capture_columns(db, article)}
    before = looks[at - 1][-1].details if place else {}
    after = looks[at][0].details if at < len(rows) else {}
    shown = _details(article, before)
    if place:
        around = new[place - 1]
        is_known = around["replaced"] is not None or at == len(rows)  # of the present state, nothing was replaced
        steps, later = read_steps(around["replaced"]) or [], list[Step]()
        if len(new) > len(old) + 1:  # it stands within another state, which goes on behind it
            later = [step for step in steps if step.get(UNTIL, article.captured_at) >= article.captured_at]
            steps = steps[: len(steps) - len(later)]
            before = after = looks[at - 1][len(steps)].details
            shown = _details(article, before)
            new[place + 1] = {**new[place + 1], "replaced": write_steps(later) if later else None}
        elif at < len(rows):
            del steps[-1:]  # what the one behind it has replaced
        replaced = write_steps([*steps, differing(before, shown)]) if is_known else None
        new[place - 1] = {**around, "replaced": replaced}
    new[place] = {**state, "replaced": write_steps([differing(shown, after)])}
    return new


def _details(article: Article, before: Details) -> Details:
    """The details that a capture shows behind others, which keep what it does not show."""
    shown = shown_values(article)
    found: Details = {name: getattr(article, name) for name in ("author", "comment_count")}
    found |= {"tags": article.tags or None, "images": None if article.images is None else shown["images"]}
    found = {name: value for name, value in found.items() if value is not None}
    dated = date_changes({**dict.fromkeys((*COLUMNS, "year")), **before}, article, wins=True)
    found |= {name: value for name, value in dated.items() if name in COLUMNS}
    read = {name: getattr(article, name) for name in ("byline", "body_html", "theme", "found_at")}
    numbers = {"protected": int(article.protected), "own_page": int(article.own_page)}
    return {**dict.fromkeys(COLUMNS), **before} | found | read | numbers | {"links": shown["links"]}


def _shows(article: Article, state: Row) -> bool:
    """Whether a capture shows a state, or a part of it."""
    alike = same_words
    if state["source"] == "api" or article.theme == "rest":
        alike = same_letters
    titled = alike(article.title, state["title"]) or is_cut_from(article.title, state["title"])
    told = alike(article.body, state["body"]) or is_cut_from(article.body, state["body"])
    old, new = (
        {fold_typography(name) for name in names}
        for names in (json.loads(state["categories"]), article.categories or [])
    )
    return titled and told and (old <= new or new <= old)


def _write(db: Database, row: Row, states: Sequence[Row], *, inserted: int) -> None:
    """Store the states, of which the last stays in the article's own row."""
    db.execute("DELETE FROM article_versions WHERE article_id = ?", [row["id"]])
    flat = [each for state in states for each in (*state["former"], state)][:-1]
    kept = [{name: state[name] for name in _COLUMNS} for state in flat]
    versions = [{"article_id": row["id"], "version": n, **state} for n, state in enumerate(kept, start=1)]
    db.table("article_versions").insert_all(versions)
    changed_at = states[-1]["seen_from"] if len(states) > 1 else row["changed_at"]
    first_seen = min(row["first_seen"], states[0]["seen_from"])
    sql = "UPDATE articles SET versions = ?, changed_at = ?, first_seen = ?, replaced = ? WHERE id = ?"
    db.execute(sql, [len(versions) + 1, changed_at, first_seen, states[-1]["replaced"], row["id"]])
    # the number of the state that the other kind of source was compared with
    db.execute("UPDATE other_sources SET version = version + ? WHERE article_id = ?", [inserted, row["id"]])
