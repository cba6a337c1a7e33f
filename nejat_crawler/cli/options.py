"""What the commands share: options, and one sentence on stderr instead of a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from nejat_crawler.archive import DEFAULT_PATH, ArchiveError
from nejat_crawler.editions import EDITIONS, UnknownEditionError

DB_OPTION = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="NEJAT_DB",
    default=DEFAULT_PATH,
    show_default=True,
    help="The archive; also from the environment as NEJAT_DB.",
)
EDITION_OPTION = click.option("--edition", default="all", help=f"{', '.join(EDITIONS)}, several with commas, or all.")
DELAY_OPTION = click.option(
    "--delay", type=click.FloatRange(min=0), help="Seconds between two requests.  [default: 1]"
)
DAY = click.DateTime(["%Y-%m-%d"])


def print_json(value: object) -> None:
    """Print `value` for machines: its letters as they are where the output is UTF-8, else as JSON's escapes."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not plain, indent=2))


def pace_of(delay: float | None) -> dict[str, object]:
    """The settings for the seconds between two requests; none where nobody has said."""
    return {} if delay is None else {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay}


class OneSentence(click.Group):
    """A group whose commands end with a sentence on stderr instead of a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command that is named, whatever the locale, and wherever its output goes."""
        _open_what_is_closed()
        _read_utf8()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # as on stderr: `sq_AL` is ISO-8859-1 in glibc
        try:
            return super().main(*args, **options)
        finally:
            _flush()

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the options; those that print something, such as --version, end here."""
        with _in_a_sentence():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what is the user's to mend exits 1 (or 2 for wrong usage)."""
        try:
            with _in_a_sentence():
                return super().invoke(ctx)
        except UnknownEditionError as error:
            raise click.UsageError(str(error), ctx) from error
        except ArchiveError as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.DatabaseError as error:  # a page that was damaged while it was read
            raise click.ClickException(f"the archive cannot be read: {error}") from error


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Let what the system refuses be said in a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:  # `| head`, which click knows
            raise
        raise click.ClickException(f"it ends here: {error}") from error


def _open_what_is_closed() -> None:
    """Let `>&-` be `>/dev/null`: the next file that is opened, the archive, say, would be taken for the output."""
    for handle in range(3):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _flush() -> None:
    """Say of output that cannot be written that it is not whole."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left is not tried again at exit
        click.echo(f"Error: cannot write to standard output: {error.strerror}", err=True)
        sys.exit(1)


def _read_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the locale has another encoding.

    There what is typed in UTF-8 finds nothing (`--query` in Persian), and SQLite, which takes names of files for
    UTF-8, opens others than Python. What is printed keeps the encoding of the locale.
    """
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8") or sys.flags.utf8_mode:
        return
    os.environ.setdefault("PYTHONIOENCODING", f"{sys.stdout.encoding}:backslashreplace")
    os.environ["PYTHONUTF8"] = "1"  # for the processes that this one starts, too
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 (itself)
