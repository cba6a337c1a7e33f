"""The first day on a machine: an old Python, a new edition."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nejat_crawler.editions import EDITIONS, Edition
from nejat_crawler.extraction.text_captures.languages import tell_edition
from nejat_crawler.website.serve import build_datasette
from tests.support.commands import ROOT, rows
from tests.support.processes import start
from tests.support.served import article, make_archive

GERMAN = Edition("de", "German", "de", "ltr", "gregorian", "/de/", "Geschützt: ", 0)


def add_german() -> None:
    EDITIONS["de"] = GERMAN


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EDITIONS, "de", GERMAN)


def test_a_python_that_is_too_old_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    old = tmp_path / "python3.8"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.8.18\nexit 1\n')
    old.chmod(0o755)
    made = ["make", "--no-print-directory", "install", f"PYTHON={old}"]
    # what `make test` hands on to a make below it: that one would call itself make[1]
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(made, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False, timeout=60)
    sentence, outcome = done.stderr.splitlines()
    assert sentence.startswith(f"nejat-crawler needs Python 3.11 or newer; found is {old} (Python 3.8.18)")
    assert (outcome.startswith("make: ***"), done.stdout, (tmp_path / ".venv").exists()) == (True, "", False)


def test_make_finds_a_python_that_is_newer_than_the_first(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("make", "sh", "python3.13"):
        (tmp_path / name).symlink_to(shutil.which(name if name != "python3.13" else sys.executable) or "")
    made = [str(tmp_path / "make"), "--dry-run", "install"]
    environment = os.environ | {"PATH": str(tmp_path)}
    done = subprocess.run(
        made, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert f"{tmp_path}/python3.13 -m venv .venv" in done.stdout


def test_the_demo_goes_without_an_edition_that_nobody_has_invented(tmp_path: Path) -> None:
    db = tmp_path / "demo.db"
    done = start("nejat", "demo", "--no-serve", "--db", db, first=add_german).end()
    assert (done.code, done.err) == (0, "")
    assert "de: nobody has invented articles of this edition; the demo goes without it" in done.out
    assert [row["edition"] for row in rows(db, "SELECT DISTINCT edition FROM articles ORDER BY 1")] == [
        "ar", "en", "fa", "sq",
    ]  # fmt: skip


@pytest.mark.usefixtures("german")
def test_a_new_edition_is_searched_as_typed_until_its_forms_are_known_and_the_search_page_says_so(
    tmp_path: Path,
) -> None:
    titles = {1: "Die Seile sind trocken", 2: "Das Seil ist nass"}
    posts = [article(number, edition="de", title=title) for number, title in titles.items()]
    datasette = build_datasette(make_archive(tmp_path / "de.db", {"articles": posts}))

    async def ask(path: str) -> str:
        answer = await datasette.client.get(path)
        return str(answer.text)

    page = asyncio.run(ask("/nejat/search?q=Seile"))
    assert ("/articles/de-1" in page, "/articles/de-2" in page) == (True, False)
    assert "in English, Persian, Arabic and Albanian, other forms of them" in page
    assert "in German, words as typed alone" in page
    assert "`edition` en fa ar sq de," in asyncio.run(ask("/llms.txt"))


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("text", "edition"),
    [
        (
            "In der Hütte fanden die Hunde ein altes Seil, was den Wirt sehr freute. Für das Lager am Pass war es zu "
            "kurz, so legten sie es wieder ab.",
            None,
        ),
        ("Wir haben die Tür der Hütte am 3. Mai 2021 gestrichen, von außen und innen.", None),
        ("The dogs found the rope of the camp, and it was too short for the hut.", "en"),
        ("سگ‌ها طناب را در برف پیدا کردند و به اردوگاه بردند", "fa"),
    ],
)
def test_no_text_of_a_new_edition_is_taken_for_one_of_another(text: str, edition: str | None) -> None:
    assert tell_edition(text) == edition
