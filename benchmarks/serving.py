"""The site in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path


@contextmanager
def serving(archive: Path, workers: int = 1) -> Iterator[str]:
    """The address of `archive`, served as `nejat serve` does on a free port, without other Datasette plugins."""
    program = (
        "import sys; sys._called_from_test = True\n"  # Datasette's own word for it
        "import pathlib, nejat_crawler.website.serve as site\n"
        "site.serve(pathlib.Path(sys.argv[1]), port=0, workers=int(sys.argv[2]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(archive), str(workers)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stderr
        line = process.stderr.readline()
        assert " at http://" in line, line + process.stderr.read()
        # what follows is a line for each refused query: read it off, lest the pipe fill up
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield line.split(" at ")[1].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(10)


def time_page(connection: HTTPConnection, path: str) -> float:
    """Milliseconds until a page was read whole; raises SystemExit for any answer but 200."""
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return (time.perf_counter() - started) * 1000
