"""`nejat publish`: the site as one folder that runs anywhere, tested before it takes the place of the last one."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from nejat_crawler.paging import NAME, open_readonly
from nejat_crawler.publish import SETTINGS, SITE, ServeError, require_archive

_PACKAGE = Path(__file__).parent
_DEPLOY = _PACKAGE / "site" / "deploy"
#: What the site imports; the rest of the house stays at home.
_REQUIREMENTS = (
    "datasette", "uvicorn", "dateparser", "nh3", "persiantools", "rapidfuzz", "selectolax", "sqlite-utils", "w3lib",
)  # fmt: skip
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "sample_site", "site", "cli", "commands", "text_layouts")
_SMOKE = Path(__file__).parent / "web" / "smoke.py"
_LONGEST_SMOKE = 300  # seconds; on 60,000 articles it takes ten


class PublishError(ServeError):
    """The site cannot be published; says why in one sentence."""


def publish(db_path: Path, target: Path) -> Path:
    """Write the site of the archive at `db_path` to the folder `target`, and return where it really lies.

    `target` becomes a link to a folder beside it, so that one rename replaces the last site as a whole; the folder
    before is kept, older ones go. Raises PublishError, ServeError; then `target` is what it was.
    """
    require_archive(db_path)
    _check_target(target)
    made = target.with_name(
        f".{target.name}-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{time.time_ns() % 10**6}"
    )
    try:
        _write(db_path, made)
        _try_out(made)
        _put_in_place(made, target)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, ServeError):
            raise
        raise PublishError(f"Cannot write the site to {target}: {error.strerror or error}") from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return made


def _check_target(target: Path) -> None:
    if target.is_symlink() or not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target} is a file: name a folder")
    if any(target.iterdir()):
        raise PublishError(f"{target} holds files that `nejat publish` has not put there: name a new or empty folder")


def _write(db_path: Path, made: Path) -> None:
    shutil.copytree(SITE, made, ignore=shutil.ignore_patterns("__pycache__", "deploy"))
    shutil.copytree(_PACKAGE, made / "lib" / "nejat_crawler", ignore=_LEFT_OUT)
    _copy_database(db_path, made / f"{NAME}.db")
    settings = {**SETTINGS, "default_cache_ttl": 3600}
    (made / "settings.json").write_text(json.dumps(settings, indent=1) + "\n")
    (made / "requirements.txt").write_text("".join(f"{name}=={version(name)}\n" for name in _REQUIREMENTS))
    shutil.copytree(_DEPLOY, made, dirs_exist_ok=True)


def _copy_database(db_path: Path, copy: Path) -> None:
    """A compact copy that no journal belongs to; and what Datasette must know to open it as never changing."""
    try:
        with contextlib.closing(open_readonly(db_path)) as connection:
            connection.execute("PRAGMA query_only = 0")  # it counts a copy as writing
            connection.execute("VACUUM main INTO ?", [str(copy)])
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA optimize")
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    except sqlite3.Error as error:
        raise PublishError(f"The archive at {db_path} cannot be copied ({error})") from error
    held = {"size": copy.stat().st_size, "file": copy.name, "hash": f"{copy.stat().st_mtime_ns:016x}"}
    tables = {name: {"count": count} for name, count in counts.items()}
    (copy.parent / "inspect-data.json").write_text(json.dumps({NAME: {**held, "tables": tables}}, indent=1))


def _try_out(made: Path) -> None:
    """Ask the written folder, by itself, for every kind of page."""
    command = [sys.executable, "-P", str(_SMOKE), str(made)]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=_LONGEST_SMOKE, check=False, cwd=made, env={"PATH": ""}
        )
    except subprocess.TimeoutExpired as error:
        raise PublishError(
            f"The new site did not answer within {_LONGEST_SMOKE} seconds: nothing was replaced"
        ) from error
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise PublishError(
            f"The new site fails its test, nothing was replaced: {lines[-1] if lines else 'no answer'}"
        )


def _put_in_place(made: Path, target: Path) -> None:
    link = made.with_name(made.name + ".link")
    link.symlink_to(made.name)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # empty, as checked: a link cannot take a folder's place
    link.replace(target)
    others = sorted(path for path in made.parent.glob(f".{target.name}-*") if path.is_dir() and not path.is_symlink())
    for old in others[:-2]:
        shutil.rmtree(old, ignore_errors=True)
