"""Where an export goes: standard output, or a file or folder that appears under its name only when it is whole."""

from __future__ import annotations

import gzip
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from nejat_crawler.warc_records.unpacking import zstd

_BUFFER = 1 << 20


class ExportError(Exception):
    """The export cannot be written; the message is one sentence for the user."""


@contextmanager
def open_output(path: Path | None, *, force: bool) -> Iterator[BinaryIO]:
    """Standard output, or the file at `path`, compressed where its name ends in `.gz` or `.zst`.

    Raises ExportError if the file exists (without `force`) or cannot be written.
    """
    if path is None:
        with _standard_output() as file:
            yield file
        return
    with open_path(path, force=force) as temporary, ExitStack() as stack:
        file = stack.enter_context(temporary.open("wb", buffering=_BUFFER))
        yield stack.enter_context(_compressed(file, path.name))


@contextmanager
def open_path(path: Path, *, force: bool) -> Iterator[Path]:
    """The name of an empty file that becomes `path` in the end, or vanishes; raises ExportError as `open_output`."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is no regular file: leave -o away and redirect standard output to it")
    if path.exists() and not force:
        raise ExportError(f"{path} exists already: use --force to replace it")
    with _clear_errors(path):
        temporary = _temporary(path)
        try:
            temporary.touch(exist_ok=False)
            yield temporary
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def open_folder(path: Path, *, force: bool, sentinel: str) -> Iterator[Path]:
    """An empty folder that becomes `path` in the end, or vanishes.

    `sentinel` is the file that every such folder holds: without it `force` replaces nothing, for `path` may be
    somebody's home. Raises ExportError.
    """
    path = path.resolve()
    if path.exists() and not path.is_dir():
        raise ExportError(f"{path} is no folder")
    with _clear_errors(path):
        filled = path.exists() and any(path.iterdir())
        if filled and not force:
            raise ExportError(f"{path} exists already: use --force to replace it")
        if filled and not (path / sentinel).is_file():
            raise ExportError(f"{path} holds no {sentinel}, so it is no such export and is not replaced")
        work = _temporary(path)
        try:
            new, old = work / "new", work / "old"
            work.mkdir()
            new.mkdir()
            yield new
            if filled:  # a folder that is not empty cannot be replaced in one step
                path.replace(old)
            try:
                new.replace(path)
            except OSError:
                old.replace(path)
                raise
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    file = sys.stdout.buffer
    try:
        yield file
        file.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again at exit
        if isinstance(error, BrokenPipeError):
            raise ExportError("standard output was closed before the export was whole") from error
        raise ExportError(f"cannot write to standard output: {error.strerror}") from error


def _compressed(file: BinaryIO, name: str) -> BinaryIO:
    """`file`, or what compresses into it; neither the hour nor a name gets into the bytes."""
    if name.endswith(".gz"):
        return cast("BinaryIO", gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0))
    if name.endswith(".zst"):
        return cast("BinaryIO", zstd.ZstdFile(file, "wb"))
    return file


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error


def _temporary(path: Path) -> Path:
    """A name beside `path`, known before anything bears it: an interruption at any moment leaves nothing."""
    return path.with_name(f".nejat-{secrets.token_hex(8)}")
