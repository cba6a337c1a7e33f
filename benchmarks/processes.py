"""What a command costs, in a process of its own: its time, and its memory by what getrusage says of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM, SCRAPY = (str(Path(sys.executable).with_name(name)) for name in ("nejat", "scrapy"))
#: Before a command that says with 1 that it has something to say: a crawl of invented pages, a check.
WITH_NEWS = ("sh", "-c", '"$0" "$@" || test $? -eq 1')
#: For a crawl of pages that are served here.
PACE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "LOG_LEVEL=ERROR")

# A process starts with the memory of the one that it was forked from: so a small one starts each command.
_LAUNCHER = """
import contextlib, ctypes, json, os, resource, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what it starts and leaves behind is counted, too
begun = time.perf_counter()
code = subprocess.call(sys.argv[1:])
with contextlib.suppress(ChildProcessError):
    while True:
        os.wait()
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cost = [code, time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]
print(json.dumps(cost), file=sys.stderr)
"""


class NotMeasuredError(Exception):
    """A figure that cannot be taken here; the message says why."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processor, bytes written, megabytes resident at the most."""

    seconds: float
    processor: float
    size: int
    memory: float


def crawl(edition: str, base_url: str, db: Path | str) -> list[str]:
    """The command that crawls an edition of a site that is served here."""
    arguments = ["-a", f"edition={edition}", "-a", f"base_url={base_url}", "-s", f"NEJAT_DB={db}"]
    return [SCRAPY, "crawl", "nejat", *arguments, *PACE]


def run(folder: Path, *command: str, times: int = 1) -> Cost:
    """What a process costs, the cheapest of several times; raises NotMeasuredError where it ends badly.

    Its standard output goes to a file in `folder`.
    """
    return min((_measure(command, folder / "output") for _ in range(times)), key=lambda cost: cost.processor)


def _measure(command: tuple[str, ...], output: Path) -> Cost:
    with output.open("wb") as file:
        launch = [sys.executable, "-ISc", _LAUNCHER, *command]
        said = subprocess.run(launch, stdout=file, stderr=subprocess.PIPE, text=True, check=True).stderr
    code, seconds, processor, memory = json.loads(said.splitlines()[-1])
    if code:
        raise NotMeasuredError(f"{' '.join(command[:3])} … ended with {code}: {said}")
    size = output.stat().st_size
    output.unlink()
    return Cost(seconds, processor, size, memory / (1024 if sys.platform == "linux" else 1024**2))
