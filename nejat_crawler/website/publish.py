"""`nejat publish`: the site as one folder that runs anywhere, tested before it takes the place of the last one."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.copies import CopyError, copy_compact
from nejat_crawler.website.datasette_settings import CONFIG_DIR, NAME, SETTINGS

_PACKAGE = Path(__file__).parents[1]
#: What of the package the site imports, and what else is to be installed for it.
_TAKEN = (
    "__init__.py", "citations.py", "editions.py", "folding.py", "items.py", "redaction.py", "urls.py",
    "word_diff.py", "archive", "extraction/__init__.py", "extraction/markup.py", "website",
)  # fmt: skip
_REQUIREMENTS = ("datasette", "uvicorn", "nh3", "persiantools", "rapidfuzz", "sqlite-utils")
_COME_WITH_PYTHON = frozenset({"pip", "setuptools"})  # Datasette asks for them: `datasette install` would use them
_NAMED = re.compile(r"([\w.-]+)\s*(\[[^]]*\])?")
_OF_AN_EXTRA = re.compile(r"""extra == ["']([^"']+)""")
_SMOKE = Path(__file__).parent / "smoke_test.py"
_LONGEST_SMOKE = 300  # seconds; on 60,000 articles it takes ten


class PublishError(Exception):
    """The site cannot be published; says why in one sentence."""


class PublishBusyError(PublishError):
    """Another process publishes to the same folder."""


def publish(db_path: Path, target: Path) -> Path:
    """Write the site of the archive at `db_path` to the folder `target`, and return where it really lies.

    `target` becomes a link to a folder beside it, so that one rename replaces the last site as a whole; the folder
    before is kept, older ones go, and so does what a killed process has left. Raises PublishError, PublishBusyError,
    ArchiveError; then `target` is what it was.
    """
    with Archive.open_readonly(db_path) as archive:
        archive.require_undamaged()
    target = Path(os.path.abspath(target))  # noqa: PTH100  # of `.`, pathlib knows no name to put a folder beside
    _check_name(target)
    try:
        _check_target(target)
        with _exclusive_lock(target):
            _remove_others(target, _published(target))
            return _publish(db_path, target)
    except OSError as error:
        reason = error.strerror or error
        if isinstance(error, shutil.Error):  # a list of what could not be copied: (from, to, "[Errno 28] No space …")
            reason = re.sub(r"\[.*?\] |: .*", "", str(error.args[0][0][-1]))
        raise PublishError(f"Cannot write the site to {target} and beside it: {reason}") from error


def _publish(db_path: Path, target: Path) -> Path:
    stamp = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{time.time_ns() % 10**6:06}"
    made = target.with_name(f".{target.name}-{stamp}")
    unfinished = made.with_name(made.name + ".new")
    try:
        _write(db_path, unfinished)
        _test_folder(unfinished)
        _make_readable(unfinished)
        _replace_target(unfinished, made, target)
    except BaseException:
        for path in (unfinished, made):
            shutil.rmtree(path, ignore_errors=True)
        raise
    return made


# ---------------------------------------------------------------- where it goes


def _folder_names(target: Path) -> re.Pattern[str]:
    """The names of the folders of `target`; of one that was not finished with an ending."""
    return re.compile(rf"\.{re.escape(target.name)}-\d{{8}}T\d{{6}}-\d{{1,6}}(?P<unfinished>\.new|\.link)?")


def _check_name(target: Path) -> None:
    if not target.name:
        raise PublishError(f"{target} is no folder that can be replaced: name another")
    path = str(target)
    # Datasette looks for plugins by a pattern that begins with the path, and does not escape it
    if path.encode(errors="replace").decode() != path or glob.escape(path) != path:
        raise PublishError(f"Datasette cannot serve {path!r}: name a folder without [, * and ?, in Unicode")


def _check_target(target: Path) -> None:
    if target.is_symlink():
        if not _folder_names(target).fullmatch(str(target.readlink())):
            raise PublishError(f"{target} is a link that `nejat publish` has not made: name another folder")
    elif target.exists():
        if not target.is_dir():
            raise PublishError(f"{target} is a file: name a folder")
        if any(target.iterdir()):
            raise PublishError(
                f"{target} holds files that `nejat publish` has not put there: name a new or empty folder"
            )


@contextlib.contextmanager
def _exclusive_lock(target: Path) -> Iterator[None]:
    """A lock that ends with the process, however it ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # not for writing: somebody else may have made it
    lock = os.open(target.with_name(f".{target.name}.lock"), os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PublishBusyError(f"Another `nejat publish` is writing to {target}") from error
    else:
        yield
    finally:
        os.close(lock)


def _published(target: Path) -> list[str]:
    """The names of the folders of `target` that were finished."""
    names = (_folder_names(target).fullmatch(name) for name in os.listdir(target.parent))  # noqa: PTH208  # names are enough
    return [name[0] for name in names if name and not name["unfinished"]]


def _remove_others(target: Path, kept: Collection[str]) -> None:
    """Remove the folders of `target` but those kept, and whatever a killed process has left."""
    for path in target.parent.iterdir():
        if not _folder_names(target).fullmatch(path.name) or path.name in kept:
            continue
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)


def _replace_target(unfinished: Path, made: Path, target: Path) -> None:
    former = target.readlink().name if target.is_symlink() else ""
    unfinished.rename(made)
    link = made.with_name(made.name + ".link")
    link.symlink_to(made.name)
    try:
        if target.is_dir() and not target.is_symlink():
            target.rmdir()  # empty, as checked: a link cannot take a folder's place
        link.replace(target)
    except BaseException:
        link.unlink(missing_ok=True)
        raise
    _remove_others(target, {made.name, former})


# ---------------------------------------------------------------- what is written


def _write(db_path: Path, made: Path) -> None:
    shutil.copytree(CONFIG_DIR, made, ignore=shutil.ignore_patterns("__pycache__", "deploy"))
    for name in _TAKEN:
        _take(_PACKAGE / name, made / "lib" / "nejat_crawler" / name)
    _copy_database(db_path, made / f"{NAME}.db")
    settings = {**SETTINGS, "default_cache_ttl": 3600}
    (made / "settings.json").write_text(json.dumps(settings, indent=1) + "\n")
    (made / "requirements.txt").write_text("".join(f"{line}\n" for line in _requirements()))
    shutil.copytree(CONFIG_DIR / "deploy", made, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    container = made / "Dockerfile"  # with the Python that it is tried out with
    container.write_text(container.read_text().replace("python:3.11", "python:{}.{}".format(*sys.version_info)))


def _take(source: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():  # the folder of templates is that which all of this is copied into
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", CONFIG_DIR.name))
    else:
        shutil.copy(source, copy)


def _requirements() -> list[str]:
    """What the site imports, the plugins that Datasette finds here, and what they import in turn.

    In the versions that the site is tried out with.
    """
    found: dict[str, str] = {}
    read: set[str] = set()
    waiting = [*_REQUIREMENTS, *(plugin.dist.name for plugin in entry_points(group="datasette") if plugin.dist)]
    while waiting:
        wanted = waiting.pop()
        match = _NAMED.match(wanted)
        name = re.sub(r"[-_.]+", "-", match[1]).lower() if match else ""
        if not match or match[0] in read or name in _COME_WITH_PYTHON:
            continue
        read.add(match[0])
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # needed elsewhere only: by an older Python, on another system
            continue
        extras = re.findall(r"[\w.-]+", match[2] or "")  # the SDK of MCP asks for `pyjwt[crypto]`
        lines = ((line, _OF_AN_EXTRA.search(line)) for line in requires(name) or ())
        waiting += [line for line, extra in lines if not extra or extra[1] in extras]
    return [f"{name}=={found[name]}" for name in sorted(found)]


def _copy_database(db_path: Path, copy: Path) -> None:
    """A compact copy that no journal belongs to; and what Datasette must know to open it as never changing."""
    try:
        with Archive.open_readonly(db_path) as archive:
            counts = copy_compact(archive.db, copy)
    except CopyError as error:
        raise PublishError(f"The archive at {db_path} cannot be copied to {copy.parent.parent}: {error}") from error
    held = {"size": copy.stat().st_size, "file": copy.name, "hash": f"{copy.stat().st_mtime_ns:016x}"}
    tables = {name: {"count": count} for name, count in counts.items()}
    (copy.parent / "inspect-data.json").write_text(json.dumps({NAME: {**held, "tables": tables}}, indent=1))


def _test_folder(made: Path) -> None:
    """Ask the written folder, by itself, for every kind of page."""
    # Isolated, and without `site`: that would let an editable installation fill in what the folder lacks.
    packages = [path for path in sys.path if path and Path(path).is_dir()]
    command = [sys.executable, "-I", "-S", "-B", str(_SMOKE), str(made), *packages]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=_LONGEST_SMOKE, check=False, cwd=made, env={"PATH": ""}
        )
    except subprocess.TimeoutExpired as error:
        late = f"The new site did not answer within {_LONGEST_SMOKE} seconds: nothing was replaced"
        raise PublishError(late) from error
    if done.returncode:
        # the faults; and the last line of what was logged, which says why
        told = [text.strip().splitlines()[-1] for text in (done.stdout, done.stderr) if text.strip()]
        raise PublishError(f"The new site fails its test, nothing was replaced: {' – '.join(told) or 'no answer'}")


def _make_readable(made: Path) -> None:
    """Let everybody read it, whoever publishes and however carefully; and let it outlast a power cut."""
    for path in (*made.rglob("*"), made):
        path.chmod(0o755 if path.is_dir() else 0o644)
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
