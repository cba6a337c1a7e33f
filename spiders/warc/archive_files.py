"""Which files are web archives, and the WARC files in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from nejat_crawler.extraction.decoding import NotACaptureError
from nejat_crawler.warc_records.member import Member, packing_of
from nejat_crawler.warc_records.unpacking import UNPACK_ERRORS

_WARC_NAME = re.compile(r"\.warc(?:\.gz|\.zst)?(?:\.open)?$", re.IGNORECASE)
_ARC_OPENING = b"filedesc://"


class UnreadableArchiveError(ValueError):
    """A web archive cannot be opened; the message says why, and completes "cannot be read: …"."""


def is_web_archive(path: Path) -> bool:
    """Whether a file is a WARC or a WACZ, by its content, or where that is damaged by its name.

    Raises NotACaptureError for the format that came before WARC.
    """
    if path.suffix.lower() == ".wacz" or _WARC_NAME.search(path.name):
        return path.stat().st_size > 0
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            if not zipfile.is_zipfile(path):
                return False
            with zipfile.ZipFile(path) as packed:
                return any(map(_is_archive_name, packed.namelist()))
        try:
            packing = packing_of(file)
            opening = Member(file, packing, packing.begin, b"").take(len(_ARC_OPENING))
        except UNPACK_ERRORS:
            return False
    if opening == _ARC_OPENING:
        raise NotACaptureError("an ARC file, which warcio's `recompress` makes a WARC of")
    return opening.startswith(b"WARC/")


def warc_files(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The name and the bytes of each WARC file that a web archive is or holds; they are closed behind it."""
    with path.open("rb") as file:
        if file.read(2) == b"PK" or path.suffix.lower() == ".wacz":
            try:
                yield from _zipped(str(path), file)
            except zipfile.BadZipFile:
                raise UnreadableArchiveError("it is no zip file, or one that breaks off") from None
        else:
            yield str(path), file


def _zipped(name: str, file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(file) as packed:
        for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
            inside = f"{name}/{entry.filename}"
            if entry.filename.lower().endswith(".wacz"):
                with packed.open(entry) as inner:
                    yield from _zipped(inside, inner)
            elif _is_archive_name(entry.filename):
                with packed.open(entry) as inner:
                    yield inside, inner


def _is_archive_name(name: str) -> bool:
    return bool(_WARC_NAME.search(name)) or name.lower().endswith(".wacz")
