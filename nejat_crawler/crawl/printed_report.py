"""The report of a run, as it is printed."""

from __future__ import annotations

import io
import sys

from nejat_crawler.archive import Archive
from nejat_crawler.crawl.run_report import RunReport


def print_report(report: RunReport, archive: Archive | None) -> None:
    """Print what a run did, its errors on standard error, and where the archive is, unless that is None."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a locale may be ISO-8859-1, a title never is
    print("\n".join(report.summary()))
    if report.outcome != "finished":
        for sentence in report.errors:
            print(f"Error: {sentence}", file=sys.stderr)
        if report.outcome == "shutdown":
            print("Interrupted: what was archived stays; the same command goes on", file=sys.stderr)
    if archive:
        print(f"{'a new archive at' if archive.is_new else 'archive:'} {archive.path.resolve()}")
