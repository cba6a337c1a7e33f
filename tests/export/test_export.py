"""Exports: read back by other programs they hold what the archive holds, and they end well or say why not."""

from __future__ import annotations

import csv
import ctypes
import gzip
import io
import json
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import FIELDS
from nejat_crawler.archive.reading.corpus_version import (
    CONTENT,
    CachedVersion,
    content_hash,
    corpus_version,
    version_of,
)
from nejat_crawler.cli import main
from tests.support.commands import Result, articles, rows
from tests.support.processes import start
from tests.support.served import SEEN, article, make_archive
from tests.website.test_site import TABLES

csv.field_size_limit(sys.maxsize)
# An archive is made for each example; to shrink one would take minutes.
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
Tables = dict[str, list[dict[str, Any]]]

PROGRAM = Path(sys.executable).with_name("nejat")
STATE = {
    "article_id": "en-1", "version": 1, "title": "A walk", "categories": '["Walks", "A|B"]', "body": "One.",
    "source": "listing", "seen_from": SEEN, "seen_until": SEEN,
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Ten odd articles, one of them edited."""
    tables = {name: [dict(row) for row in content] for name, content in TABLES.items()}
    tables["articles"][0] |= {"versions": 2, "changed_at": SEEN}
    return make_archive(tmp_path / "small.db", {**tables, "article_versions": [STATE]})


def export(db: Path, *arguments: str | Path) -> Result:
    """`nejat export` in this process: many small ones."""
    done = CliRunner().invoke(main, ["export", *map(str, arguments), "--db", str(db)])
    return Result(done.exit_code, done.stdout, done.stderr)


def exported(db: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    result = export(db, "jsonl", *arguments)
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.split("\n")[:-1]]


def joined(field: str, value: Any) -> Any:
    """A value as its CSV cell shows it, texts for numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if not isinstance(value, list):
        return str(value)
    named: Callable[[Any], str] = {
        "images": lambda item: item["src"] or item["alt"],
        "links": lambda item: item["url"],
    }.get(field, str)
    names = [named(item) for item in value]
    return "|".join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def as_cells(article: dict[str, Any]) -> dict[str, Any]:
    return {name: joined(name, value) for name, value in article.items()}


# Round trips


def check_round_trips(db: Path, folder: Path) -> None:
    """Every tabular format, read by several readers."""
    import duckdb
    import pandas as pd
    import pyarrow.parquet as pq

    truth = list(articles(db).values())
    assert exported(db) == truth
    for name in ("csv", "json", "parquet"):
        result = export(db, name, "-o", folder / f"a.{name}", "--force")
        assert result.code == 0, result.err
    assert json.loads((folder / "a.json").read_text("utf-8")) == truth
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == list(map(as_cells, truth))

    frame = pd.read_csv(folder / "a.csv", dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == list(map(as_cells, truth))

    table = pq.read_table(folder / "a.parquet")
    assert str(table.schema.field("published").type) == "date32[day]"
    assert [plain(row) for row in table.to_pylist()] == truth

    query = "SELECT id, title, body, published, len(categories) n FROM read_parquet(?)"
    read = duckdb.execute(query, [str(folder / "a.parquet")]).fetchall()
    wanted = [(one["id"], one["title"], one["body"], one["published"], len(one["categories"])) for one in truth]
    assert [(*row[:3], row[3] and row[3].isoformat(), row[4]) for row in read] == wanted
    options = (
        """all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', max_line_size = 33554432"""
    )
    query = f"SELECT id, title, body, categories FROM read_csv(?, {options})"
    cells = [tuple(as_cells(one)[name] or None for name in ("id", "title", "body", "categories")) for one in truth]
    assert [
        tuple(cell or None for cell in row) for row in duckdb.execute(query, [str(folder / "a.csv")]).fetchall()
    ] == cells


def plain(row: dict[str, Any]) -> dict[str, Any]:
    shown = {
        name: f"{row[name]:%Y-%m-%dT%H:%M:%SZ}" for name in ("first_seen", "last_seen", "changed_at") if row[name]
    }
    return row | shown | {"published": row["published"] and row["published"].isoformat()}


def test_the_sample_archive_comes_back_whole(sample: Path, tmp_path: Path) -> None:
    check_round_trips(sample, tmp_path)


# A NUL has a test of its own: pandas ends a cell at it.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
AWKWARD = st.sampled_from(
    [
        *(
            "",
            '"',
            '""',
            "a\r\nb",
            "\r",
            "\n",
            ",",
            "=1+1",
            "\x01\x1b\x7f\x85",
            "\ufeff",
            "می‌رود",
            "مُجاهِد",
            "👩‍🚒",
            "NA",
        ),
        *(
            "null",
            "|",
            "\\|",
            "\\",
            "{",
            "}",
            "--",
            "$x_1^2 & 50% #~",
            "@misc{a,",
            "TY  - JOUR",
            "x" * 10_000,
            "\u2028",
        ),
        *("'", "\u202eabc"),
    ]
)
ANY = TEXT | AWKWARD | st.builds(lambda one, other: one + other, TEXT, AWKWARD)


@st.composite
def made_articles(draw: st.DrawFn) -> Tables:
    tables: Tables = {name: [] for name in ("articles", "article_categories", "article_tags", "images", "links")}
    for number in range(1, draw(st.integers(1, 4)) + 1):
        row = article(
            number, edition=draw(st.sampled_from(["en", "fa", "ar", "sq"])), title=draw(ANY),
            body=draw(st.none() | ANY), excerpt=draw(st.none() | ANY), author=draw(st.none() | ANY),
            byline=draw(st.none() | ANY), category=draw(st.none() | ANY),
            published=draw(st.none() | st.dates().map(str)), comment_count=draw(st.none() | st.integers(0, 9)),
            protected=draw(st.integers(0, 1)), changed_at=draw(st.none() | st.just(SEEN)),
        )  # fmt: skip
        tables["articles"].append(row)
        for position, name in enumerate(draw(st.lists(ANY, max_size=3)), start=1):
            key = {"article_id": row["id"], "position": position}
            tables["article_categories"].append({**key, "name": name})
            tables["article_tags"].append({**key, "name": name[::-1]})
            tables["images"].append({**key, "src": draw(st.none() | ANY), "alt": name, "lead": position == 1})
            tables["links"].append({**key, "url": name, "text": name})
    return tables


@FEW
@given(made_articles())
def test_any_article_comes_back(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = make_archive(Path(folder) / "nejat.db", tables)
        assert {row["id"]: row["body"] for row in tables["articles"]} == {
            key: one["body"] for key, one in articles(db).items()
        }
        check_round_trips(db, Path(folder))


def test_a_body_of_five_megabytes_comes_back(tmp_path: Path) -> None:
    body = 'He said "no",\r\nکوه‌ها خاموش 👩‍🚒\n\n' * 100_000
    assert len(body.encode()) > 5_000_000
    check_round_trips(make_archive(tmp_path / "nejat.db", {"articles": [article(1, body=body)]}), tmp_path)


def test_a_nul_comes_back(tmp_path: Path) -> None:
    db = make_archive(tmp_path / "nejat.db", {"articles": [article(1, title="a\0b", body="\0")]})
    [one] = exported(db)
    [cells] = csv.DictReader(io.StringIO(export(db, "csv").out, newline=""))
    assert (one["title"], one["body"]) == (cells["title"], cells["body"]) == ("a\0b", "\0")


# Selections


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--edition", "fa,ar"], ["ar-4", "fa-3"]),
        (["--category", "Rivers; and 'lakes'"], ["en-1"]),
        (["--since", "2023-10-28", "--until", "2024-02-01"], ["en-1", "en-2"]),
        (["--query", "باغ"], ["fa-3"]),
        (["--query", "می بارد"], ["fa-3"]),
        (["--query", '"two three"'], ["en-1"]),
        (["--query", '"'], []),
        (["--status", "gone"], ["en-8"]),
        (["--status", "live", "--query", "river"], ["en-1"]),
    ],
)
def test_selections(small: Path, arguments: list[str], ids: list[str]) -> None:
    assert [one["id"] for one in exported(small, *arguments)] == ids


def test_fields_html_and_earlier_states(small: Path) -> None:
    [one] = exported(small, "--query", "river", "--fields", "id, title,published")
    assert one == {"id": "en-1", "title": "A walk by the river", "published": "2023-10-28"}
    [one] = exported(small, "--query", "river", "--with-html", "--versions")
    assert one["body_html"] is None
    earlier = {**STATE, "categories": ["Walks", "A|B"], "reextracted_at": None}
    earlier.pop("article_id")
    assert one["earlier"] == [earlier]


def test_earlier_states_are_rows_of_tables(small: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    result = export(small, "csv", "--query", "river", "--versions")
    before, current = csv.DictReader(io.StringIO(result.out))
    assert (before["id"], before["version"], before["versions"], before["title"]) == ("en-1", "1", "2", "A walk")
    assert (before["category"], before["categories"], before["published"]) == ("Walks", "Walks|A\\|B", "")
    assert (current["version"], current["title"]) == ("2", "A walk by the river")
    assert export(small, "parquet", "--versions", "-o", tmp_path / "a.parquet").code == 0
    table = pq.read_table(tmp_path / "a.parquet", filters=[("id", "=", "en-1")]).to_pylist()
    assert [(row["version"], row["title"], row["categories"]) for row in table] == [
        (1, "A walk", ["Walks", "A|B"]), (2, "A walk by the river", ["Walks", "Rivers; and 'lakes'"]),
    ]  # fmt: skip


def test_excel_gets_no_formula(tmp_path: Path) -> None:
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    made = [article(number, title=title, body="x" * 40_000) for number, title in enumerate(starts, start=1)]
    db = make_archive(tmp_path / "nejat.db", {"articles": made})
    result = export(db, "csv", "--excel")
    assert result.out.startswith("\ufeffid,")
    assert "6 cells were cut at 32767 characters" in result.err
    read = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert [row["title"] for row in read] == ["'" + title for title in starts]
    assert {len(row["body"]) for row in read} == {32_767}


def test_excel_counts_a_sign_beyond_the_first_plane_for_two(tmp_path: Path) -> None:
    bodies = ["𝒜" * 16_383, "x" + "𝒜" * 16_383, "𝒜" * 16_384, "x" + "𝒜" * 16_384]
    made = [article(number, body=body) for number, body in enumerate(bodies, start=1)]
    result = export(make_archive(tmp_path / "nejat.db", {"articles": made}), "csv", "--excel")
    assert result.err == "2 cells were cut at 32767 characters, the most that Excel takes\n"
    read = [row["body"] for row in csv.DictReader(io.StringIO(result.out))]
    assert read == [*bodies[:2], "𝒜" * 16_383 + "…", "x" + "𝒜" * 16_382 + "…"]


def test_texts_are_a_file_an_article(small: Path, tmp_path: Path) -> None:
    assert export(small, "text", "-o", tmp_path / "texts").code == 0
    with (tmp_path / "texts" / "index.csv").open(encoding="utf-8", newline="") as file:
        index = {row["id"]: tmp_path / "texts" / row["file"] for row in csv.DictReader(file)}
    truth = articles(small)
    assert index.keys() == truth.keys()
    for key, one in truth.items():
        parts = [part for part in (one["title"], one["body"]) if part]
        assert index[key].read_bytes() == ("\n\n".join(parts) + "\n").encode()
    assert export(small, "text", "-o", tmp_path / "texts").code == 1
    assert export(small, "text", "-o", tmp_path / "texts", "--force", "--edition", "fa").code == 0
    assert [path.name for path in (tmp_path / "texts").rglob("*.txt")] == ["fa-3.txt"]


def test_a_folder_of_something_else_is_never_replaced(small: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear")
    for arguments in (("text", "-o", home), ("--package", home)):
        result = export(small, *arguments, "--force")
        assert (result.code, "is not replaced" in result.err) == (1, True), result.err
    assert (home / "letter.txt").read_text() == "dear"


def test_a_copy_is_an_archive(sample: Path, small: Path, tmp_path: Path) -> None:
    assert export(sample, "sqlite", "--edition", "fa", "-o", tmp_path / "fa.db").code == 0
    assert exported(tmp_path / "fa.db") == [
        {**one, "links": [link | {"target": link["target"]} for link in one["links"]]}
        for one in exported(sample, "--edition", "fa")
    ]
    assert rows(tmp_path / "fa.db", "PRAGMA foreign_key_check") == []
    assert rows(tmp_path / "fa.db", "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    found = exported(sample, "--edition", "fa", "--query", "کوه")
    assert found
    assert exported(tmp_path / "fa.db", "--query", "کوه") == found
    with Archive.open(tmp_path / "fa.db") as archive:
        assert archive.db.table("articles").count == len(exported(sample, "--edition", "fa"))
    assert export(small, "sqlite", "--edition", "en", "-o", tmp_path / "en.db").code == 0
    assert rows(tmp_path / "en.db", "SELECT version, title FROM article_versions") == [
        {"version": 1, "title": "A walk"}
    ]
    assert rows(tmp_path / "en.db", "SELECT target FROM links WHERE text = 'rain'") == [{"target": None}]


# The same archive, the same bytes


@pytest.mark.parametrize("name", ["jsonl.gz", "json.zst", "csv", "parquet", "bibtex", "ris", "csl-json", "sqlite"])
def test_the_same_bytes(small: Path, tmp_path: Path, name: str) -> None:
    moved = tmp_path / "elsewhere.db"
    shutil.copy(small, moved)
    copies = []
    for number, db in enumerate((small, moved)):
        path = tmp_path / f"{number}.{name}"
        result = export(db, name.split(".")[0], "-o", path)
        assert result.code == 0, result.err
        copies.append(path.read_bytes())
        time.sleep(0.01)
    assert copies[0] == copies[1]


def test_compression_goes_by_the_name(small: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        assert export(small, "jsonl", "-o", tmp_path / name).code == 0
    whole = (tmp_path / "a.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == whole
    assert zstd.decompress((tmp_path / "a.jsonl.zst").read_bytes()) == whole


def test_the_version_of_the_corpus(small: Path) -> None:
    with Archive.open_readonly(small) as archive:
        version = corpus_version(archive.db)
    held = sorted(articles(small).items())
    assert version == version_of((key, content_hash(one)) for key, one in held)
    for field in FIELDS:
        other = [(key, content_hash({**one, field: "other"})) for key, one in held]
        assert (version_of(other) == version) == (field not in CONTENT)


def test_the_version_for_a_page_follows_the_archive(small: Path) -> None:
    eager, patient = CachedVersion(small, pause=0), CachedVersion(small, pause=3600)
    first = eager.get()
    assert first == eager.get() == patient.get()
    with Archive.open(small) as archive, archive.db.atomic():
        archive.db.execute("UPDATE articles SET title = 'Another' WHERE id = 'en-1'")
    assert patient.get() == first != eager.get()
    assert eager.is_current()
    assert not patient.is_current()


@FEW
@given(made_articles())
def test_sqlite_and_python_hash_the_same(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = make_archive(Path(folder) / "nejat.db", tables)
        with Archive.open_readonly(db) as archive:
            version = corpus_version(archive.db)
        assert version == version_of((key, content_hash(one)) for key, one in sorted(articles(db).items()))


# Ends


def test_wrong_usage_names_what_is_right(small: Path, tmp_path: Path) -> None:
    for arguments, sentence in (
        (["xml"], "'xml' is not one of"),
        ([], "name a format (jsonl, json, csv"),
        (["csv", "--fields", "id,colour"], "unknown field colour: choose from id, edition"),
        (["csv", "--edition", "de"], "unknown edition de"),
        (["bibtex", "--versions"], "--versions means nothing for bibtex"),
        (["jsonl", "--excel"], "--excel means nothing for jsonl"),
        (["sqlite"], "cannot be written to standard output"),
        (["sqlite", "-o", "a.db.gz"], "is not compressed"),
        (["csv", "--package", "a"], "--package takes neither"),
        (["csv", "--since", "yesterday"], "--since"),
    ):
        result = export(small, *arguments)
        assert (result.code, sentence in result.err) == (2, True), result.err
    result = export(small, "sqlite", "--edition", "fa", "--force", "-o", small)
    assert (result.code, "is the archive itself" in result.err, len(articles(small))) == (2, True, 10)
    result = export(tmp_path / "none.db", "csv", "-o", tmp_path / "a.csv")
    assert (result.code, result.err.count("\n"), "there is no archive at" in result.err) == (1, 1, True)
    (tmp_path / "text.db").write_text("no database" * 99)
    result = export(tmp_path / "text.db", "csv", "-o", tmp_path / "a.csv")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert not (tmp_path / "a.csv").exists()


def test_nothing_is_replaced_unasked(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    result = export(small, "csv", "-o", path)
    assert (result.code, "use --force" in result.err, path.read_text()) == (1, True, "mine")
    assert export(small, "csv", "-o", path, "--force").code == 0
    assert path.read_text("utf-8").startswith("id,")
    assert sorted(tmp_path.iterdir()) == sorted({*tmp_path.glob("small.db*"), path})


def test_an_empty_export_says_so(small: Path) -> None:
    for name, empty in (("jsonl", ""), ("json", "[]\n"), ("csl-json", "[]\n")):
        result = export(small, name, "--category", "Nothing")
        assert (result.code, result.out) == (0, empty)
        assert "no article is selected" in result.err


def long_texts(path: Path, count: int) -> Path:
    return make_archive(
        path, {"articles": [article(number, body="A long walk: " + "." * 50_000) for number in range(1, count)]}
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that is only read."""
    return long_texts(tmp_path_factory.mktemp("large") / "large.db", 500)


def test_interruptions_leave_nothing(large: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    small_files = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    for name in ("csv", "sqlite", "package"):
        what = ["--package"] if name == "package" else [name, "-o"]
        # a limit on the size of files stands for the full disk
        done = start("nejat", "export", *what, tmp_path / "out" / "a", "--db", large, first=small_files).end(60)
        assert (done.code, done.err.count("\n"), "cannot" in done.err) == (1, 1, True), done.err
        assert list((tmp_path / "out").iterdir()) == []
    for name, code in (("SIGINT", 1), ("SIGTERM", 143)):
        process = start("nejat", "export", "csv", "--db", large, "-o", tmp_path / "out" / "a.csv.gz")
        deadline = time.monotonic() + 30
        while not list((tmp_path / "out").iterdir()) and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send(signal.Signals[name])
        ended = process.end(60)
        assert (ended.code, "Traceback" in ended.err) == (code, False), ended.err
        assert list((tmp_path / "out").iterdir()) == []


def test_a_closed_pipe_and_a_full_device(large: Path) -> None:
    for name in ("csv", "parquet"):
        done = subprocess.run(
            f"set -o pipefail; {PROGRAM} export {name} --db {large} | head -c 9", shell=True, executable="/bin/bash",
            capture_output=True, text=True, errors="replace", check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n"), len(done.stdout)) == (1, 1, 9), done.stderr
        assert "standard output was closed" in done.stderr
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, "export", "csv", "--db", large], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "Error: cannot write to standard output: No space left on device\n")


def test_an_archive_that_nobody_can_write_to(small: Path) -> None:
    """On a read-only disk SQLite cannot make the files that it shares among readers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(small, folder / "nejat.db")
        (folder / "nejat.db").chmod(0o444)
        folder.chmod(0o555)

        def obey_permissions() -> None:
            ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: root, too, is bound by them

        try:
            done = subprocess.run(
                [PROGRAM, "export", "jsonl", "--db", folder / "nejat.db"],
                capture_output=True, text=True, check=False, preexec_fn=obey_permissions, timeout=60,
            )  # fmt: skip
        finally:
            folder.chmod(0o755)
        assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 10, ""), done.stderr
        assert [path.name for path in folder.iterdir()] == ["nejat.db"]


def test_one_state_while_a_crawl_writes(tmp_path: Path) -> None:
    db = make_archive(tmp_path / "nejat.db", {"articles": [article(number) for number in range(1, 400)]})
    with Archive.open(db) as archive:
        process = start("nejat", "export", "--package", tmp_path / "package", "--db", db)
        number = 400
        while process.is_alive:
            with archive.db.atomic():
                archive.db.table("articles").insert(article(number))
                archive.db.table("links").insert(
                    {"article_id": f"en-{number}", "position": 1, "url": "u", "text": "t"}
                )
            number += 1
        assert process.end().code == 0
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    lengths = {resource["name"]: resource.get("rows") for resource in package["resources"]}
    assert lengths["articles"] == package["counts"]["articles"]
    assert lengths["links"] == lengths["articles"] - 399
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= lengths["articles"]


def peaks(db: Path) -> Iterator[int]:
    launcher = "import resource, subprocess, sys; subprocess.check_call(sys.argv[1:], stdout=subprocess.DEVNULL);"
    launcher += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
    for name in ("jsonl", "csv"):
        command = list(map(str, [sys.executable, "-ISc", launcher, PROGRAM, "export", name, "--db", db]))
        yield int(subprocess.run(command, capture_output=True, text=True, check=True).stderr) // 1024


def test_memory_does_not_grow_with_the_archive(large: Path, tmp_path: Path) -> None:
    for few, many in zip(peaks(long_texts(tmp_path / "few.db", 10)), peaks(large), strict=True):
        assert many < 150
        assert many - few < 12  # of 25 MB of text
