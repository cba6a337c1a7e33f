"""What honest readers notice of an attacker: `python -m benchmarks.site_under_attack ARCHIVE` prints a table.

It serves the archive on the loopback interface and asks nobody else. Sixteen readers ask for our own pages in quiet,
while an attacker does his worst, and in quiet again; what they notice is compared with both, for other programs may
use the machine. He has a process of his own with a lower priority (`nice` 10), as if he had a machine of his own,
and eight threads, each of which opens at most fifty connections a second.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from benchmarks.serving import serving, time_page
from nejat_crawler.archive.reading.open_file import open_for_search

_READERS = 16
_THREADS = 8  # of the attacker
_PAUSE = 0.02  # seconds between two connections of each
_LONGEST = "replace(hex(zeroblob(4000000)),'0','a')"
_SLOW_SQL = (
    "select instr(zeroblob(30000000), zeroblob(15000000)||x'01')",
    f"select {_LONGEST} like '%'||substr({_LONGEST},1,900)||'b'",
    "with recursive t(i) as (select 1 union all select i+1 from t) select max(i) from t",
    "select count(*) from articles a, articles b, articles c where a.body > b.body || c.body",
    "select a.body from articles a, articles b order by random()",
)
_LARGE_SQL = (
    "select printf('%.*c',500000,'x') from articles a, articles b",
    "select group_concat(body_html) from articles",
    "select json_group_array(body) from articles a, (select 1 union all select 2)",
)
_FROZEN_SQL = (
    "select fold_for_search('a'||replace(hex(zeroblob(1000000)),'00',char(769)||char(790)))",
    "select length(escape_fts(replace(hex(zeroblob(4000000)),'0','ab ')))",
)

Send = Callable[[str, int, float], None]


def _asking(*paths: str) -> Send:
    """An attacker who asks for one path after another and takes what he gets."""

    def attack(host: str, port: int, until: float) -> None:
        number = 0
        while time.monotonic() < until:
            number += 1
            with contextlib.suppress(OSError, HTTPException), closing(HTTPConnection(host, port, timeout=5)) as asked:
                asked.request("GET", paths[number % len(paths)].replace("{}", str(number)))
                asked.getresponse().read()
            time.sleep(_PAUSE)

    return attack


def _sql(*statements: str) -> Send:
    return _asking(*(f"/nejat.json?sql={quote(statement)}" for statement in statements))


def _holding(request: bytes, count: int) -> Send:
    """An attacker who sends `request` by `count` connections, and then neither sends nor reads."""

    def attack(host: str, port: int, until: float) -> None:
        held: list[socket.socket] = []
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                opened = socket.create_connection((host, port), timeout=2)
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                opened.sendall(request)
                held.append(opened)
            if len(held) > count:
                held.pop(0).close()
            time.sleep(_PAUSE)
        for opened in held:
            opened.close()

    return attack


ATTACKS: dict[str, Send] = {
    "SQL that takes long": _sql(*_SLOW_SQL),
    "SQL with large answers": _sql(*_LARGE_SQL),
    "functions of ours": _sql(*_FROZEN_SQL),
    "`_where`": _asking("/nejat/articles.json?_where=" + quote(_SLOW_SQL[0].removeprefix("select ")) + "&_x={}"),
    "facets of bodies": _asking("/nejat/articles.json?_facet=body&_facet=body_html&_facet=title&_size=1&_x={}"),
    "odd addresses": _asking(
        "/nejat.csv?{}", "/nejat/articles.json?_next=%00{}", "/%ff{}", "/nejat/articles/%ed%b2%80"
    ),
    "requests that never end": _holding(b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n", 300),
    "readers who do not read": _holding(b"GET /nejat/articles.json?_size=max HTTP/1.1\r\nHost: a\r\n\r\n", 60),
    "messages broken off": _holding(b"POST /-/mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n{", 50),
}


def _pages(path: Path) -> list[str]:
    with closing(open_for_search(path)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id LIMIT 2000")]
        words = [row[0] for row in connection.execute("SELECT term FROM temp.vocabulary WHERE doc > 1 LIMIT 2000")]
    chance = random.Random(14)
    found = [f"/nejat/articles/{chance.choice(ids)}" for _ in range(300)]
    found += [f"/nejat/search?q={quote(chance.choice(words))}" for _ in range(300)]
    found += ["/", "/robots.txt", "/nejat/about", "/nejat/timeline", "/nejat/tags", "/nejat/new"]
    chance.shuffle(found)
    return found


def _read(host: str, port: int, paths: list[str], until: float) -> list[float]:
    """Milliseconds of each page that a reader was given; raises SystemExit where he was refused."""
    taken: list[float] = []
    for path in paths:
        if time.monotonic() > until:
            break
        with closing(HTTPConnection(host, port, timeout=30)) as asked:
            taken.append(time_page(asked, path))
        time.sleep(0.2)  # they read, too
    return taken


def read(host: str, port: int, pages: list[str], seconds: float) -> list[float]:
    """Milliseconds of each page that sixteen readers ask for; raises SystemExit where one was refused."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(_READERS) as readers:
        parts = [random.sample(pages, len(pages)) for _ in range(_READERS)]
        taken = readers.map(lambda paths: _read(host, port, paths, until), parts)
        return [each for many in taken for each in many]


def _slowest_twentieth(taken: list[float]) -> float:
    return quantiles(taken, n=20)[18]


def _most_memory() -> dict[int, int]:
    """Megabytes that each process below this one has held at most."""
    found: dict[int, int] = {}
    waiting = [os.getpid()]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += map(int, task.read_text().split())
        for process in waiting:
            with contextlib.suppress(OSError, TypeError, AttributeError):
                status = Path(f"/proc/{process}/status").read_text()
                found[process] = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]  # suppressed
    return found


def _attack(kind: str, host: str, port: int, begin: float, until: float) -> None:
    os.nice(10)
    time.sleep(max(0, begin - time.monotonic()))
    with ThreadPoolExecutor(_THREADS) as attackers:
        for _ in range(_THREADS):
            attackers.submit(ATTACKS[kind], host, port, until)


def measure(path: Path, seconds: float, kinds: list[str]) -> Iterator[tuple[str, float, float, int]]:
    """For each attack: p95 in quiet and under it, in milliseconds, and the megabytes of the largest process."""
    pages = _pages(path)
    with serving(path) as address:
        name, digits = address.removeprefix("http://").split(":")
        reached = name, int(digits)
        read(*reached, pages, seconds)  # words and version are gathered
        before = read(*reached, pages, seconds)
        for kind in kinds:
            begin = time.monotonic() + 1
            process = multiprocessing.get_context("spawn").Process(
                target=_attack, args=(kind, *reached, begin, begin + 1 + seconds)
            )
            process.start()
            time.sleep(2)
            under = read(*reached, pages, seconds)
            memory = max(_most_memory().values())
            process.join()
            time.sleep(4)  # what was asked for last has its time
            after = read(*reached, pages, seconds)
            yield kind, _slowest_twentieth(before + after), _slowest_twentieth(under), memory
            before = after


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--kind", action="append", choices=ATTACKS)
    chosen = parser.parse_args()
    print("| attack | p95 in quiet, under attack (ms) | times | largest process (MB) |\n|---|---|---|---|")
    for kind, quiet, under, memory in measure(chosen.archive, chosen.seconds, chosen.kind or list(ATTACKS)):
        print(f"| {kind} | {quiet:.0f}, {under:.0f} | {under / quiet:.1f} | {memory} |", flush=True)
