"""Words near each other: the same wherever the query language is read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from nejat_crawler.cli import main
from tests.support.served import Site, article, make_archive, serving

_REST = "grass stone reed "
ROWS = [
    article(1, body="The otter met a heron."),
    article(2, body=f"The otter sat. {_REST * 4} The heron flew."),
    article(3, title="Otter", body="The heron flew."),
    article(4, body="Herons and otters."),
    article(5, body=f"A heron, {_REST} an otter and a green lantern."),
    article(6, edition="fa", body="خانواده‌ها کوچه‌ها را دیدند"),
    article(7, edition="fa", body=f"خانواده‌ها {'سنگ و آب ' * 12} کوچه‌ها"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("near") / "nejat.db", {"articles": ROWS})


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ('"heron otter"~10', {1, 5}),
        ('"otter heron"~2', {1}),
        ("“otter heron”~2", {1}),
        ('"otter heron"~20', {1, 2, 5}),
        ('"otter heron"~9999999999', {1, 2, 5}),
        ("otter NEAR/9999999999 heron", {1, 2, 4, 5}),
        ("NEAR(otter heron, 9999999999)", {1, 2, 4, 5}),
        ("otter NEAR heron", {1, 4, 5}),  # in any form, as words that are not quoted
        ("otter NEAR/2 heron", {1, 4}),
        ("NEAR(heron otter, 10)", {1, 4, 5}),
        ("NEAR(heron otter,2)", {1, 4}),
        ('NEAR(heron "green lantern")', {5}),
        ("NEAR(otter, heron)", {1, 4, 5}),
        ("NEAR(ott* heron lantern, 9)", {5}),
        ("heron NEAR (lantern OR otter)", {1, 4, 5}),
        ("heron NEAR otter NEAR/9 lantern", {5}),
        ("(otter NEAR heron) -lantern", {1, 4}),
        ('otter -"otter heron"~10', {2, 3, 4}),
        ("body:(otter NEAR heron) stone", {5}),
        ("title:(otter NEAR heron)", set()),
        ("خانواده NEAR کوچه", {6}),
        ("NEAR(خانواده کوچه، ۵)", {6}),
        ("near heron", set()),
    ],
)
def test_near_means_the_same_everywhere(site: Site, archive: Path, typed: str, numbers: set[int]) -> None:
    wanted = {row["id"] for row in ROWS if row["post_id"] in numbers}
    done = CliRunner().invoke(main, ["export", "jsonl", "--query", typed, "--db", str(archive)])
    found = {
        "page": {row["id"] for row in site.get("/nejat/search.json", q=typed).json()["results"]},
        "CSV": {row["id"] for row in csv.DictReader(io.StringIO(site.get("/nejat/search.csv", q=typed).text))},
        "export": {json.loads(line)["id"] for line in done.stdout.splitlines()},
        "table": set(site.found(typed)),
    }
    assert found == dict.fromkeys(found, wanted)


def test_near_marks_each_of_its_words(site: Site) -> None:
    [first] = site.get("/nejat/search.json", q='"heron otter"~2').json()["results"]
    assert first["marked"] == ["otter", "heron"]


@pytest.mark.parametrize("typed", ["otter NEAR (heron lantern)", "otter NEAR -heron", "title:otter NEAR heron"])
def test_what_cannot_be_near_is_read_as_and_and_said(site: Site, typed: str) -> None:
    answer = site.get("/nejat/search.json", q=typed).json()
    assert "AND was read in its place" in answer["notes"][0]
    assert "AND was read in its place" in site.get("/nejat/search", q=typed).text


def test_words_that_are_cut_off_are_said(site: Site) -> None:
    assert "Only the first 1,000 characters" in site.get("/nejat/search.json", q="heron " * 300).json()["notes"][-1]
    many = " OR ".join(f"w{number}" for number in range(60))
    assert "Only the first 48 words" in site.get("/nejat/search.json", q=many).json()["notes"][0]
