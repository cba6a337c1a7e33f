"""`nejat search` finds in a terminal what the website finds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nejat_crawler.cli import main
from tests.support.served import article, make_archive

ROWS = [
    article(1, title="The mill", body="Two lanterns.", published="2023-03-20"),
    article(2, title="A lantern", body="It hung in the mill.", published="2023-03-21"),
    article(3, edition="fa", title="فانوس", body="lantern", published="2024-03-19"),
    article(4, title="Heyrani", body="We met Heyrani and Heirani.", published=None),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("search") / "nejat.db", {"articles": ROWS})


def search(archive: Path, *arguments: str, **options: str | bytes) -> Result:
    return CliRunner().invoke(main, ["search", "--db", str(archive), *arguments], **options)  # type: ignore[arg-type]


def found(archive: Path, *arguments: str) -> list[str]:
    done = search(archive, "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    return [row["id"] for row in json.loads(done.stdout)["results"]]


def test_results_are_ranked_and_told_in_lines(archive: Path) -> None:
    done = search(archive, "lantern")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[:2] == ["3 articles", "with other forms: lanterns"]
    assert [line.split()[1] for line in lines if line[:1].isdigit() and ". " in line] == ["en-2", "fa-3", "en-1"]
    assert "   https://www.nejatngo.org/en/posts/2" in lines
    for typed in ("lantern,", "(lantern)", "=lantern!"):
        assert search(archive, typed).stdout.splitlines()[:2] == lines[:2]
    assert "also written: heirani (1)" in search(archive, "Heyrani").stdout


def test_filters_are_those_of_the_site(archive: Path) -> None:
    assert found(archive, "lantern", "--exact") == ["en-2", "fa-3"]
    assert found(archive, "lantern", "--edition", "en,sq") == ["en-2", "en-1"]
    assert found(archive, "lantern", "--from", "1402", "--to", "1402") == ["en-2", "fa-3"]
    assert found(archive, "lantern", "--sort", "oldest", "--size", "1", "--page", "2") == ["en-2"]
    assert found(archive, "lantern", "NEAR", "mill", "--status", "live") == []
    assert found(archive, "https://www.nejatngo.org/fa/posts/3") == ["fa-3"]


def test_the_days_of_a_period_are_told_on_both_calendars(archive: Path) -> None:
    for period, told in (
        (["--from", "1402"], "published from 21 March 2023 (1 Farvardin 1402)"),
        (["--to", "1402"], "published to 19 March 2024 (29 Esfand 1402)"),
        (
            ["--from", "1402", "--to", "1402"],
            "published 21 March 2023 to 19 March 2024 (1 Farvardin 1402 to 29 Esfand 1402)",
        ),
        (
            ["--from", "2015", "--to", "1402"],
            "published from 1 January 2015 (11 Dey 1393) to 19 March 2024 (29 Esfand 1402)",
        ),
        (["--from", "9999-05"], "published from 1 May 9999"),
    ):
        assert search(archive, "lantern", *period).stdout.splitlines()[0] == told


def test_all_results_as_csv(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(search(archive, "lantern", "--csv", "--size", "1").stdout)))
    assert [row["id"] for row in rows] == ["en-2", "fa-3", "en-1"]


def test_nothing_found_says_what_was_tried(archive: Path) -> None:
    done = search(archive, "lantern", "--edition", "sq")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "0 articles")
    assert "in all editions: 3" in done.stdout
    assert "perhaps: lantern (2)" in search(archive, "lantren").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--edition", "de"], "edition=de is not known"),
        (["x", "--from", "abc"], "from=abc is no day"),
        (["x", "--sort", "up"], "sort=up is not known"),
        (["x", "--size", "0"], "size=0 is no number"),
        (["x", "--page", "-1"], "page=-1 is no number"),
        (["--", "-x"], "say also what to look for"),
        ([], "give a query, or a list"),
        (["x", "--json", "--csv"], "two formats"),
        (["x", "--list", "-"], "give a query, or a list"),
        (["--list", "-"], "The list holds no name"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(archive: Path, arguments: list[str], said: str) -> None:
    done = search(archive, *arguments, input="")
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_list_is_counted_a_line_each(archive: Path) -> None:
    done = search(archive, "--list", "-", input="lantern\nHeyrani\n!!\n")
    assert done.stdout.splitlines() == [
        "lantern: 3; en 2, fa 1; 2023: 2, 2024: 1; with lanterns",
        "Heyrani: 1; en 1; undated: 1; with heirani",
        "!!: There is no letter or digit in this to look for.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_may_be_as_windows_saves_it(archive: Path, encoding: str) -> None:
    done = search(archive, "--list", "-", input="فانوس\r\nHeyrani\r\n".encode(encoding))
    assert done.stdout.splitlines() == ["فانوس: 1; fa 1; 2024: 1", "Heyrani: 1; en 1; undated: 1; with heirani"]


@pytest.mark.parametrize("content", ["Heyrani\n".encode("utf-16-le"), "Heyrani\nقلم\n".encode("cp1256")])
def test_a_list_in_another_encoding_is_refused(archive: Path, content: bytes) -> None:
    done = search(archive, "--list", "-", input=content)
    assert (done.exit_code, "the list is no UTF-8 text" in done.stderr) == (2, True)


def test_an_archive_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    done = search(tmp_path / "none.db", "x")
    assert (done.exit_code, "there is no archive" in done.stderr) == (1, True)
