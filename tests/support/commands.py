"""The public doors of the product: commands in processes of their own, a read archive."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import read_articles
from tests.support import processes

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SMALL = 12  # posts an edition: two listing pages
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "NEJAT_BACKOFF=0.05")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*command: str | Path, cwd: Path = ROOT, timeout: float = 120) -> Result:
    """Run a program of this environment in a process of its own; raises TimeoutError after `timeout` seconds."""
    if command[0] not in ("scrapy", "nejat"):
        name, *rest = map(str, command)
        program = Path(sys.executable).with_name(name)
        ended = subprocess.run(
            [program, *rest], cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False
        )
        return Result(ended.returncode, ended.stdout, ended.stderr)
    done = processes.start(*command, cwd=cwd).end(timeout)
    if done.code is None:
        raise TimeoutError(f"{command} did not end in {timeout} seconds")
    return Result(done.code, done.out, done.err)


def crawl(db: Path, base_url: str, *options: str, **arguments: str) -> Result:
    """`scrapy crawl nejat` on a mirror, without its usual pause between requests."""
    pairs = [
        part for name, value in {"base_url": base_url, **arguments}.items() for part in ("-a", f"{name}={value}")
    ]
    return run("scrapy", "crawl", "nejat", *pairs, "-s", f"NEJAT_DB={db}", *FAST, *options)


def articles(db: Path) -> dict[str, dict[str, Any]]:
    """Every article of an archive by the contract, by id."""
    with Archive.open_readonly(db) as archive:
        return {article["id"]: article for article in read_articles(archive.db)}


def rows(db: Path, sql: str, *values: object) -> list[dict[str, Any]]:
    """Rows of an archive, as a researcher would query them."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, values)]


def fold(text: str | None) -> str:
    """White space folded, as bodies are compared."""
    return " ".join((text or "").split())


def shared(folder: str) -> Path:
    """A folder of real pages, which a user's machine does not have."""
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"the real pages in {folder}/ are not on this machine")
    return path


def expected(folder: str, name: str = "expected.json") -> Any:
    """What a folder of real pages holds."""
    return json.loads((shared(folder) / name).read_text("utf-8"))
