"""The recipes of docs/analysis.md are executed as they stand, and what they find is true."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlite_utils import Database

from nejat_crawler.archive.schema import register_functions
from tests.support.commands import ROOT, articles, rows, run
from tests.support.served import SEEN

RSCRIPT = shutil.which("Rscript") or ""
RECIPES = re.findall(
    r"^```(\w+)\n(.*?)^```$", (ROOT / "docs" / "analysis.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)


def recipes(language: str) -> list[str]:
    found = [text for name, text in RECIPES if name == language]
    assert found
    return found


@pytest.fixture
def exports(sample: Path, tmp_path: Path) -> Path:
    """A folder with the exports of the page; one article has been edited."""
    db = tmp_path / "nejat.db"
    shutil.copy(sample, db)
    with contextlib.closing(sqlite3.connect(db)) as connection, connection:
        register_functions(Database(connection))  # the index is kept by triggers that call them
        connection.execute("UPDATE articles SET versions = 2, changed_at = ? WHERE id = 'en-661'", [SEEN])
        connection.execute(
            "INSERT INTO article_versions"
            " (article_id, version, title, categories, body, source, seen_from, seen_until)"
            " SELECT id, 1, 'Before', '[]', body, source, first_seen, last_seen FROM articles WHERE versions = 2"
        )
    for line in "".join(recipes("sh")).splitlines():
        result = run(*shlex.split(line), "--db", db, cwd=tmp_path)
        assert (result.code, result.err) == (0, "")
    return tmp_path


def test_the_recipes(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exports)
    truth = articles(exports / "nejat.db")
    months = Counter(one["published"][:7] for one in truth.values() if one["published"])
    links = {(key, link["target"]) for key, one in truth.items() for link in one["links"] if link["target"]}
    edited = [key for key, one in truth.items() if one["versions"] > 1]
    assert months
    assert links
    assert edited == ["en-661"]

    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        for text in recipes("python"):
            exec(text, names)
    assert said.getvalue()
    assert {str(month): count for month, count in names["by_month"].items()} == months
    assert names["contexts"]["word"].str.lower().unique().tolist() == ["rope"]
    assert names["most_linked"].sum() <= len(links) == len(names["edges"])
    assert names["edited"]["id"].tolist() == edited

    by_edition, contexts, network, categories = [duckdb.execute(text).fetchall() for text in recipes("duckdb")]
    assert sum(count for _, _, count in by_edition) == months.total()
    assert {key for key, _ in contexts} == set(names["contexts"]["id"])
    assert len(network) >= len(links)
    assert dict(categories) == Counter(name for one in truth.values() for name in one["categories"])

    by_month, linked, changes = [rows(exports / "nejat.db", text) for text in recipes("sql")]
    assert {row["month"]: row["articles"] for row in by_month} == months
    assert linked[0]["linked_from"] == max(Counter(target for _, target in links).values())
    assert [(row["id"], row["before"]) for row in changes] == [(key, "Before") for key in edited]


@pytest.mark.skipif(not RSCRIPT, reason="Rscript is not installed: the recipes in R are not executed")
def test_the_recipes_in_r(exports: Path) -> None:
    for text in recipes("r"):
        done = subprocess.run([RSCRIPT, "-e", text], cwd=exports, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout
