"""`nejat scale` makes the same archive as `nejat import`, whoever runs its tasks and whatever happens to them."""

from __future__ import annotations

import importlib.util
import json
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.cases import page_of
from nejat_crawler.cli import main
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.urls import SITE
from tests.support import processes
from tests.support.commands import run
from tests.support.task_processes import Deadly, fork_tasks, without_datatrove
from tests.support.warc_files import http, members, record

duckdb = pytest.importorskip("duckdb", reason="duckdb, which reads the shards, is not installed")
pytest.importorskip("datatrove", reason="the extra scale is not installed")

from nejat_crawler.scale import extract_shards  # noqa: E402
from nejat_crawler.scale.executors import run_tasks  # noqa: E402
from nejat_crawler.scale.shard_rows import BrokenShardError  # noqa: E402

#: When runs were, and with what they were called; when a table was made.
_OF_A_RUN = ("runs", "_sqlite_migrations")


def page(words: str, *, post: int = 7, title: str = "News of the hut") -> bytes:
    """An article's own page of a theme that nobody knows."""
    text = f"<p>{words}</p><p>Whoever walks there finds bread, a stove and a book in which to sign.</p>"
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head><body class='single postid-{post}'>"
    article = f"<article id='post-{post}' class='post'><h1 class='entry-title'>{title}</h1>"
    return f"{head}{article}<div class='entry-content'>{text}</div></article></body></html>".encode()


def posts(*told: tuple[int, str]) -> bytes:
    """An answer of the REST interface."""
    made: dict[str, Any] = {"date": "2019-05-01T10:00:00", "modified_gmt": "2019-05-01T06:00:00", "status": "publish"}
    said = [
        {
            **made,
            "id": number,
            "link": f"{SITE}/en/posts/{number}",
            "title": {"rendered": f"Valley {number}"},
            "content": {"rendered": f"<p>{words}</p>", "protected": False},
            "excerpt": {"rendered": ""},
            "categories": [],
            "tags": [],
        }
        for number, words in told
    ]
    return json.dumps(said).encode()


def own(words: str, day: str, *fields: str, post: int = 7, **more: Any) -> bytes:
    """A record with an article's own page."""
    html = http(page(words, post=post, **more))
    return record(html, *fields, url=f"{SITE}/en/posts/{post}", date=f"{day}T03:02:01Z")


def again(day: str, *fields: str, post: int = 7) -> bytes:
    """A record that says that the same was answered once more."""
    return record(http(b""), *fields, kind="revisit", url=f"{SITE}/en/posts/{post}", date=f"{day}T03:02:01Z")


@pytest.fixture
def warcs(tmp_path: Path, site: SampleSite) -> Path:
    """Web archives with whatever an import has to say, count or put in order, in files that need each other."""
    rest = "Content-Type: application/json; charset=UTF-8"
    shown = {path: page_of(site, path).encode() for path in ("/en/", "/en/page/2")}
    files = {
        "a": [
            own("The hut is open.", "2019-01-01", "WARC-Record-ID: <urn:uuid:open>"),
            own("The hut is open again.", "2021-01-01"),
            again("2022-01-01", "WARC-Refers-To: <urn:uuid:shut>"),
            again("2018-06-01", "WARC-Refers-To: <urn:uuid:nowhere>"),
            *(record(http(body), url=f"{SITE}{path}", date="2019-05-04T03:02:01Z") for path, body in shown.items()),
            own("half of it", "2019-02-02", "WARC-Truncated: length", post=8),
            record(http(b"\x89PNG", kind="Content-Type: image/png"), url=f"{SITE}/a.png"),
        ],
        "b": [
            own("The hut is shut.", "2020-01-01", "WARC-Record-ID: <urn:uuid:shut>"),
            again("2023-01-01", "WARC-Refers-To: <urn:uuid:open>"),
            again(
                "2024-01-01",
                f"WARC-Refers-To-Target-URI: {SITE}/en/posts/9",
                "WARC-Refers-To-Date: 2019-09-09T03:02:01Z",
                post=9,
            ),
            own("The hut is open.", "2019-01-01"),  # as in the file before
            record(
                http(posts((70, "It rained."), (71, "half a \ud800 pair")), kind=rest),
                url=f"{SITE}/en/wp-json/wp/v2/posts?page=1",
            ),
            record(http(b"<html><p>no article"), url=f"{SITE}/en/about"),
        ],
        "c": [
            own("A path was mended.", "2019-09-09", post=9),
            own("A path was mended.", "2019-09-09", post=9),
            own("A path was mended and marked.", "2020-09-09", post=9),
            record(
                http(posts((70, "It rained and snowed.")), kind=rest),
                url=f"{SITE}/en/wp-json/wp/v2/posts?page=1",
                date="2022-05-04T03:02:01Z",
            ),
            own("Of no day.", "of no day", post=10),
            record(http(b"x"), url="https://example.org/"),
        ],
        "d": [record(http(page("Elsewhere.")), url="https://example.org/en/posts/7")],
    }
    folder = tmp_path / "warcs"
    folder.mkdir()
    for name, records in files.items():
        (folder / f"{name}.warc.gz").write_bytes(members(records))
    (folder / "b.warc.gz").write_bytes((folder / "b.warc.gz").read_bytes()[:-30])
    (folder / "notes.txt").write_text("the disk came on a Tuesday")
    return folder


def rows_of(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, those of the index included, in the order in which they were written."""
    with closing(sqlite3.connect(db)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name not in _OF_A_RUN
        }


def said(out: str) -> list[str]:
    """What a command has said, without where its archive is, and without what nothing but an import reads."""
    return [line for line in out.splitlines() if " archive" not in line and "of another kind" not in line]


def without_now(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows without the moment of the run, which a page of no day is given."""
    today = time.strftime("%Y-%m-%dT", time.gmtime())

    def mask(cell: object) -> object:
        return "now" if isinstance(cell, str) and cell.startswith(today) else cell

    return {name: [tuple(map(mask, row)) for row in each] for name, each in found.items()}


def run_in_this_process(steps: Sequence[Any], _: Path, *, tasks: int, **__: object) -> Iterator[str]:
    """What datatrove does with the steps."""
    for rank in range(tasks):
        data = None
        for step in steps:
            data = step(data, rank, tasks)
    return iter(())


@pytest.fixture
def extract(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Read web archives into a folder by so many tasks, without the processes."""
    monkeypatch.setattr(extract_shards, "run_tasks", run_in_this_process)
    given: dict[str, Any] = {"workers": 1, "executor": "local", "settings": {}}
    return lambda folder, *paths, tasks=None: extract_shards.extract_shards(paths, folder, tasks=tasks, **given)


def scale(db: Path, folder: Path, *options: object, first: Callable[[], object] | None = None) -> processes.Ended:
    command: list[str | Path] = [
        "nejat",
        "scale",
        "--db",
        db,
        "--folder",
        folder,
        "--workers",
        "2",
        *map(str, options),
    ]
    return processes.start(*command, first=first).end()


def test_one_two_and_four_tasks_make_the_archive_that_an_import_makes_and_say_the_same(
    tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]
) -> None:
    reference = tmp_path / "import.db"
    imported = run("nejat", "import", warcs, "--db", reference)
    expected = without_now(rows_of(reference))
    versions = [row[:2] for row in expected["article_versions"]]  # what was changed back is a state of its own
    assert {("en-7", 1), ("en-7", 2), ("en-7", 3), ("en-7", 4), ("en-70", 1)} <= {*versions}
    assert "passed over: a WARC record that repeats an earlier one (1)" in imported.out
    for tasks in (1, 2, 4):
        db, folder = tmp_path / f"{tasks}.db", tmp_path / f"rows-{tasks}"
        if tasks < 4:
            extract(folder, warcs, tasks=tasks)
        scaled = scale(db, folder, "--tasks", tasks, warcs, first=fork_tasks)
        assert without_now(rows_of(db)) == expected
        assert (scaled.code, said(scaled.out), scaled.err) == (1, said(imported.out), imported.err)


@pytest.mark.skipif(not importlib.util.find_spec("ray"), reason="ray is not installed, on which nejat scale can run")
def test_ray_makes_the_same_archive(tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    extract(tmp_path / "here", warcs)
    scale(here, tmp_path / "here", warcs)
    scaled = scale(there, tmp_path / "there", "--executor", "ray", warcs)
    assert without_now(rows_of(there)) == without_now(rows_of(here)), scaled


def test_what_was_read_before_everything_was_killed_is_not_read_again_and_no_record_is_lost(
    tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]
) -> None:
    folder, db, other = tmp_path / "rows", tmp_path / "killed.db", tmp_path / "whole.db"
    process = processes.start("nejat", "scale", "--db", db, "--workers", "1", "--folder", folder, warcs)
    while not (found := [*folder.glob("*.parquet")]):
        time.sleep(0.02)
    process.send(signal.SIGKILL)
    process.end()
    before = {path: path.stat().st_mtime_ns for path in found}
    assert scale(db, folder, warcs).code == 1  # as the import of these files
    assert {path: path.stat().st_mtime_ns for path in found} == before
    assert not [*folder.glob("*.part")]
    extract(tmp_path / "others", warcs)
    scale(other, tmp_path / "others", warcs)
    assert without_now(rows_of(db)) == without_now(rows_of(other))


@pytest.mark.parametrize("always", [False, True])
def test_a_process_that_is_killed_costs_no_task_but_one_that_kills_it_every_time(
    tmp_path: Path, *, always: bool
) -> None:
    step = Deadly(tmp_path, always)
    told = [*run_tasks([step], tmp_path / "job", tasks=3, workers=2, executor="local", settings={})]
    assert {path.name for path in tmp_path.glob("done-*")} == {"done-0", "done-2", *(["done-1"] * (not always))}
    killed = ["task 1 failed: its process was killed, perhaps for too much memory"]
    assert [sentence.split(" (")[0] for sentence in told] == (killed if always else [])


def test_the_rows_are_what_analysts_read_in_the_contract_of_exports(
    tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]
) -> None:
    assert extract(tmp_path / "rows", warcs) == []
    told = scale(tmp_path / "none.db", tmp_path / "rows", "--no-merge", warcs)
    assert (told.code, "that was cut off when it was captured (length): 1" in told.err) == (1, True)
    assert not (tmp_path / "none.db").exists()
    rows = f"'{tmp_path}/rows/*.parquet'"
    sql = f"SELECT id, split(body, chr(10))[1], source, status FROM {rows} WHERE kind = 'article'"
    assert ("en-9", "A path was mended.", "warc", "unseen") in duckdb.sql(sql).fetchall()
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {rows})").fetchall())
    assert (kinds["tags"], kinds["published"], kinds["first_seen"]) == (
        "VARCHAR[]",
        "DATE",
        "TIMESTAMP WITH TIME ZONE",
    )


def test_damaged_rows_are_never_merged_and_those_that_are_gone_or_of_another_file_are_read_again(
    tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]
) -> None:
    folder, source = tmp_path / "rows", warcs / "c.warc.gz"
    extract(folder, source)
    [rows] = folder.glob("*.parquet")
    data = rows.read_bytes()
    page = data.find(b"\x28\xb5\x2f\xfd") + 20  # behind zstd's magic number
    for spoilt in (data[:-40], data[:page] + bytes([data[page] ^ 255]) + data[page + 1 :]):
        rows.write_bytes(spoilt)
        with pytest.raises(BrokenShardError, match="cannot be read"):
            extract(folder, source)
    rows.unlink()
    extract(folder, source)
    assert rows.exists()
    with source.open("ab") as file:
        file.write(members([own("A bridge was built.", "2020-09-09", post=11)]))
    extract(folder, source)
    assert len([*folder.glob("*.parquet")]) == 2


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, warcs: Path) -> None:
    for name in [name for name in sys.modules if name.startswith(("nejat_crawler.scale.e", "datatrove"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datatrove", None)
    result = CliRunner().invoke(main, ["scale", str(warcs)])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "pip install 'nejat-crawler[scale]'" in result.output


def test_what_has_been_read_is_merged_by_a_process_that_does_not_load_datatrove(
    tmp_path: Path, warcs: Path, extract: Callable[..., list[str]]
) -> None:
    extract(tmp_path / "scale", warcs / "c.warc.gz")
    command: list[str | Path] = ["nejat", "scale", "--db", tmp_path / "a.db", warcs / "c.warc.gz"]
    merging = processes.start(*command, first=without_datatrove).end()
    assert "new" in merging.out, merging.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--set", "partition"), "is no NAME=VALUE"),
        (("--set", "cpus=4"), "unexpected keyword argument 'cpus'"),
        (("--executor", "slurm"), "missing 2 required positional arguments: 'time' and 'partition'"),
    ],
)
def test_settings_that_an_executor_does_not_know_are_named(
    tmp_path: Path, warcs: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = CliRunner().invoke(main, ["scale", str(warcs), "--folder", str(tmp_path / "rows"), *options])
    assert result.exit_code in (1, 2)
    assert sentence in result.output
