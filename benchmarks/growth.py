"""What a growing archive costs, and where its load gathers: the figures of docs/scale.md.

    python -m benchmarks.growth                  # the costs of a page below were measured; the prices are assumed

Nothing is measured here: unit costs are multiplied, and some things are drawn by chance, with a fixed seed: into
which shard a host falls, and how large the files of a job are.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence

#: Measured, of a page with one article (benchmarks/scale.md): seconds of a processor to read it, to merge it, to look
#: for a word in it with DuckDB; bytes of its record, and of its row and its article with 2 kB of text.
READ, MERGE, QUERY = 0.018, 0.003, 3e-6
WARC, ROWS, ARCHIVE = 6_200, 1_500, 20_000
#: Assumed: dollars for an hour of a core, and for a gigabyte kept for a month.
CORE_HOUR, GIGABYTE_MONTH = 0.04, 0.023
DELAY = 1.0  # seconds between two requests to one host
SIZES = (60_000, 10**6, 10**7, 10**8, 10**9)
_DAY = 86_400


def costs(pages: int) -> list[str]:
    """What so many pages cost, as a row of the table."""
    gigabytes = [pages * each / 1e9 for each in (WARC, ROWS, ARCHIVE)]
    hours = [pages * each / 3600 for each in (READ, MERGE)]
    measured = [pages * DELAY / _DAY, *gigabytes, *hours, pages * QUERY]
    prices = [sum(hours) * CORE_HOUR, sum(gigabytes) * GIGABYTE_MONTH]
    return [f"{pages:,}", *(f"{each:,.1f}" for each in measured), *(f"{each:,.2f}" for each in prices)]


def pages_of_hosts(hosts: int, pages: int, rng: random.Random) -> list[int]:
    """How many pages each host has, by Zipf's law: the second half as many as the first, the third a third."""
    weights = [1 / rank for rank in range(1, hosts + 1)]
    whole = sum(weights)
    found = [max(1, round(pages * weight / whole)) for weight in weights]
    rng.shuffle(found)
    return found


def fullest_shard(sizes: Sequence[int], shards: int, rng: random.Random) -> float:
    """How many times the mean the fullest shard holds, if each of `sizes` falls into one of them as a whole."""
    loads = [0] * shards
    for size in sizes:
        loads[rng.randrange(shards)] += size
    return max(loads) * shards / sum(loads)


def makespan(lengths: Sequence[float], workers: int) -> float:
    """How long it takes until the last task ends, if each worker takes the next as soon as it is free."""
    free = [0.0] * workers
    for length in lengths:
        heapq.heappush(free, heapq.heappop(free) + length)
    return max(free)


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()


def main() -> None:
    """Print the tables."""
    rng = random.Random(17)
    heads = ["pages", "days of one polite crawl", "GB of WARC", "GB of rows", "GB of archive", "core hours to read"]
    heads += ["hours to merge", "seconds to query", "$ once", "$ a month"]
    _table(heads, map(costs, SIZES))

    def spread() -> Iterator[list[str]]:
        for hosts in (1, 100, 10_000, 1_000_000):
            sizes = pages_of_hosts(hosts, 10**9, rng)
            by_host = [fullest_shard(sizes, shards, rng) for shards in (16, 256)]
            days = max(sizes) * DELAY / _DAY
            yield [f"{hosts:,}", f"{max(sizes):,}", f"{days:,.0f}", *(f"{load:.1f} ×" for load in by_host)]

    heads = ["hosts", "pages of the largest", "days it takes politely", "fullest of 16 shards by host", "of 256"]
    _table(heads, spread())

    def jobs() -> Iterator[list[str]]:
        for files in (64, 256, 1024):
            lengths = [rng.lognormvariate(0, 0.8) for _ in range(files)]
            ideal = sum(lengths)
            shares = [makespan(lengths, workers) / (ideal / workers) for workers in (4, 16, 64)]
            yield [f"{files:,}", *(f"{share:.2f} ×" for share in shares)]

    _table(["files", "4 workers: time over ideal", "16", "64"], jobs())


if __name__ == "__main__":
    main()
