"""Captures that are kept, read by another extractor: what that reads otherwise is no edit by the site."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.browse import latest_changes
from nejat_crawler.archive.reading.states import read_history
from nejat_crawler.archive.reextraction import read_states
from nejat_crawler.cli.check_commands import format_history
from nejat_crawler.sample_site import SampleSite, serve
from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving
from tests.support.other_extractor import BAR, other


def test_another_extractor_changes_what_it_reads_otherwise_and_nothing_else(db: Path, tmp_path: Path) -> None:
    with serving(HutSite(13)) as site:
        site.posts[3].parts = 3
        first = other("crawl", "--db", db, "--base-url", site.base_url, "--edition", "en", "--delay", "0")
        assert first.code == 0, first
        edited, retitled = site.posts[1], site.posts[5]  # 1012 and 1008, which the other extractor reads with a bar
        edited.paragraphs[1], edited.modified = "It has two stoves.", "2024-01-01T08:00:00"
        second = other("crawl", "--db", db, "--base-url", site.base_url, "--edition", "en", "--delay", "0")
        assert second.code == 0, second
        before = articles(db)
        assert before["en-1012"]["body"].endswith(BAR)
        assert (before["en-1012"]["versions"], before["en-1012"]["title"]) == (2, "Update: Hut 1012")

        shown = run("nejat", "reextract", "--db", db)
        assert (shown.code, articles(db)) == (0, before)
        assert "en-1012, version 1: title, text" in shown.out
        assert "[-Update:-]" in shown.out
        assert f"[-¶ {BAR}-]" in shown.out
        assert "7 states would be read otherwise" in shown.out
        with Archive.open_readonly(db) as archive:
            named = [(None, None, ["en-1012"]), (None, "2020-02-02", []), ("jannah", None, []), ("soledad", None, [])]
            assert [len([*read_states(archive.db, *which)]) for which in named] == [2, 0, 0, 14]
        assert "7 states read anew" in run("nejat", "reextract", "--db", db, "--write").out

        after = articles(db)
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {f"en-{number}" for number in (1002, 1004, 1006, 1008, 1010, 1012)}
        for name in changed:
            fields = {field for field in before[name] if before[name][field] != after[name][field]}
            assert fields - {"title"} == {"body", "versions"}
        truth = {f"en-{hut.post_id}": (f"Hut {hut.post_id}", hut.body) for hut in site.posts}
        assert {name: (one["title"], one["body"]) for name, one in after.items()} == truth
        assert [one["changed_at"] is None for one in after.values()].count(False) == 1

        sql = "SELECT version, body, seen_from, reextracted_at FROM article_versions WHERE article_id = 'en-1012'"
        states = rows(db, sql)
        assert [(state["body"].endswith(BAR), bool(state["reextracted_at"])) for state in states] == [
            (True, False), (False, True), (True, False),
        ]  # fmt: skip
        with Archive.open_readonly(db) as archive:
            assert [(row["id"], row["versions"]) for row in latest_changes(archive.db, 9)] == [("en-1012", 2)]
            history = read_history(archive.db, "en-1012")
        told = "\n".join(format_history(history)) if history else ""
        assert told.count("read anew by a later extractor") == 2
        assert "[-a stove.-] {+two stoves.+}" in told
        run("nejat", "export", "jsonl", "--versions", "--db", db, "-o", tmp_path / "all.jsonl")
        exported = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
        [one] = [line for line in exported if line["id"] == "en-1012"]
        assert [bool(state["reextracted_at"]) for state in (*one["earlier"], one)] == [False, True, False, True]

        assert "0 states read anew; 14 are read as before" in run("nejat", "reextract", "--db", db, "--write").out
        assert run("nejat", "import", tmp_path / "warc", "--db", db).code == 0
        retitled.paragraphs[2], retitled.modified = "Everybody was warm.", "2024-02-01T08:00:00"
        with closing(sqlite3.connect(db)) as connection, connection:
            sql = "UPDATE runs SET counts = json_set(counts, '$.extractor', 'of before') WHERE command = 'crawl'"
            connection.execute(sql)
        last = crawl(db, site.base_url, edition="en", full="1")
        assert (last.code, "read pages otherwise" in last.out) == (0, False)  # for all was read anew since
    told_of = articles(db)
    assert {name for name in after if told_of[name]["versions"] != after[name]["versions"]} == {"en-1008"}
    assert rows(db, "SELECT reextracted_at FROM articles WHERE id = 'en-1008'") == [{"reextracted_at": None}]
    assert [run["command"] for run in rows(db, "SELECT command FROM runs")].count("reextract") == 1


def test_an_extractor_that_reads_less_replaces_nothing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(HutSite(3)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
    monkeypatch.setenv("NEJAT_TEST_READS_NO_TEXT", "1")
    before = articles(db)
    result = other("reextract", "--db", db, "--write")
    assert (result.code, articles(db)) == (1, before)
    assert (
        "Error: en-1002, version 1: today's extractor reads no text in its capture; it stays as it is" in result.err
    )


def test_an_extractor_that_reads_the_same_text_without_pictures_links_and_tags_takes_none(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(SampleSite(("en",), limit=12)) as server:
        assert crawl(db, server.base_url, edition="en", recheck="50").code == 0
        assert crawl(db, server.base_url, edition="en", full="1", recheck="50").code == 0
    monkeypatch.setenv("NEJAT_TEST_READS_NO_LISTS", "1")
    before = articles(db)
    for _ in range(2):  # it is said again until it is accepted
        result = other("reextract", "--db", db, "--write")
        assert result.code == 1
        assert re.search(r"Error: en-\d+, version 1: today's extractor reads fewer .*links.* they stay", result.err)
        assert "--accept-changes" in result.err
    after = articles(db)
    untouched = {name for name in before if after[name]["versions"] == before[name]["versions"]}
    assert untouched
    for name in untouched:
        assert after[name] == before[name]
    assert any(before[name]["images"] and before[name]["links"] for name in untouched)

    assert other("reextract", "--db", db, "--write", "--accept-changes").code == 0
    assert not any(one["links"] for name, one in articles(db).items() if name in untouched)
    replaced = {
        row["id"]: json.loads(row["replaced"] or "[]") for row in rows(db, "SELECT id, replaced FROM articles")
    }
    for name in untouched:
        kept = [link["url"] for step in replaced[name] for link in step.get("links", []) if step["reextracted"]]
        assert kept == [link["url"] for link in before[name]["links"]]
