"""`python -m tests.support.crash POINT NUMBER …`: a crawl that is killed, as if the machine lost its power."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from io import FileIO
from typing import Any

from scrapy.cmdline import execute

from nejat_crawler.archive import Archive
from nejat_crawler.archive.saving import save_article
from nejat_crawler.warc_records import record_writer
from pipelines.extract_article import ExtractArticle
from spiders.listing_walk import ListingWalk


def main(point: str, number: int, arguments: list[str]) -> None:
    """Run `scrapy crawl nejat`, and SIGKILL it at the `number`-th call."""
    calls = 0

    def dying(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == number and point == "checkpoint":  # the commit with its checkpoint comes within milliseconds
                threading.Timer(random.uniform(0, 0.004), os.kill, [os.getpid(), signal.SIGKILL]).start()
            elif calls >= number and point != "checkpoint":
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)

        return called

    def tearing(write_all: Callable[[FileIO, bytes], None]) -> Callable[[FileIO, bytes], None]:
        def write(file: FileIO, data: bytes) -> None:
            nonlocal calls
            calls += 1
            if calls == number:
                write_all(file, data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            write_all(file, data)

        return write

    if point == "spider":
        ListingWalk.settle = dying(ListingWalk.settle)  # type: ignore[method-assign]
    elif point == "record":  # a torn one in the web archive
        record_writer._write_all = tearing(record_writer._write_all)  # type: ignore[assignment]
    elif point == "pipeline":
        ExtractArticle.process_item = dying(ExtractArticle.process_item)  # type: ignore[method-assign]
    elif point == "write":  # in the middle of a transaction: the row is there, its lists are not
        save_article.save_lists = dying(save_article.save_lists)  # type: ignore[attr-defined]
    elif point == "checkpoint":
        _checkpoint_always()
        save_article.clear_evidence = dying(save_article.clear_evidence)  # type: ignore[attr-defined]
    sys.argv = ["scrapy", "crawl", "nejat", *arguments]
    execute()


def _checkpoint_always() -> None:
    """Copy the write-ahead log back into the file at every commit."""
    opened = Archive.open.__func__  # type: ignore[attr-defined]

    def open_archive(cls: type[Archive], *args: Any) -> Archive:
        archive: Archive = opened(cls, *args)
        archive.db.execute("PRAGMA wal_autocheckpoint = 1")
        return archive

    Archive.open = classmethod(open_archive)  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
