"""What is kept of addresses, paths and file names: no passwords, no folders of this machine, nothing but Unicode."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

# Up to the last `@` before the path begins: passwords hold `@`, too.
_CREDENTIALS = re.compile(r"(?<=://)[^\s/?#\"'<>]*@")
_PARTS = r"[^\s/'\":;,()<>]+/"
_FOLDERS = re.compile(rf"(?:file://(?:localhost)?(?=/)|(?<![\w.:/\-?=&%~])(?=/))/({_PARTS})(?:{_PARTS})*")
# Where paths of other machines begin, which may have written what an archive holds.
_ROOTS = frozenset({"Users", "Volumes", "home", "media", "mnt", "opt", "private", "root", "srv", "tmp", "usr", "var"})


def without_credentials(text: str) -> str:
    """`text` with the user name and password taken out of each address in it.

    >>> without_credentials("http://me:se@cret@mirror.example/en/ fails")
    'http://mirror.example/en/ fails'
    """
    return _CREDENTIALS.sub("", text)


def redact(value: Value) -> Value:
    r"""A text, or each text in lists and mappings, as it may be published.

    Addresses come without credentials, paths without the folders that they lie in; bytes of a file's name that are no
    UTF-8 are written out.

    >>> redact("/home/me/captures/a.html cannot be read")
    'a.html cannot be read'
    >>> redact({"page": "/en/posts/15193", "files": ["\udce9t\udce9.html"]})
    {'page': '/en/posts/15193', 'files': ['\\xe9t\\xe9.html']}
    """
    found: object = value
    if isinstance(value, str):
        found = _FOLDERS.sub(_without_folders, without_credentials(in_unicode(value)))
    elif isinstance(value, dict):
        found = {redact(name): redact(each) for name, each in value.items()}
    elif isinstance(value, list | tuple):
        found = type(value)(map(redact, value))
    return found  # type: ignore[return-value]  # of the same type, which mypy cannot tell


def in_unicode(text: str) -> str:
    r"""`text` with what no UTF-8 can hold written out: `\xe9t\xe9.html` for a name of an old disk in Latin-1."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape" if _are_bytes(text) else "backslashreplace").decode(
            "utf-8", "backslashreplace"
        )
    return text


def _are_bytes(text: str) -> bool:
    """Whether all that is no character stands for a byte of a file's name."""
    return all("\udc80" <= sign <= "\udcff" for sign in re.findall("[\ud800-\udfff]", text))


def _without_folders(match: re.Match[str]) -> str:
    return "" if _is_root(match[1].rstrip("/")) else match[0]


@cache
def _is_root(name: str) -> bool:
    """Whether paths begin with this name, on this machine or on most; `/en` is the site's."""
    try:
        return name in _ROOTS or Path("/", name).is_dir()
    except (OSError, ValueError):  # too long a name, a NUL
        return False
