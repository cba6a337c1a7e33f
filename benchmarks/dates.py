"""How long a printed date takes, ours beside dateparser in the same run: `python -m benchmarks.dates`.

A date in a form that has been read before, which this crawl meets for the first time (`new`); and one met again
(`seen`), as every listing repeats those of its widgets. Exits with 1 if ours takes more than 50 µs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateparser.date import DateDataParser

from benchmarks.stock_themes.stock_posts import make_posts
from nejat_crawler.dates import printed_dates, read_date

MOST_MICROSECONDS = 50.0
NUMBER = 200
ROUNDS = 3

Reader = Callable[[str, str], str | None]


def ours(printed: str, edition: str) -> str | None:
    """The day by our rules."""
    return read_date(None, printed, edition).published


_PARSERS = {edition: DateDataParser(languages=[edition]) for edition in ("en", "fa", "ar")}


def theirs(printed: str, edition: str) -> str | None:
    """The day by the other library, built once a language as its documentation has it."""
    found = _PARSERS[edition].get_date_data(printed).date_obj
    return found.date().isoformat() if found else None


def dates_as_printed(edition: str) -> Iterator[tuple[str, str]]:
    """Dates as the edition prints them, none twice, and the days that they name."""
    post = make_posts(edition, 1)[0]
    for number in range(NUMBER):
        day = date(2024, 3, 3) - timedelta(days=13 * number)
        yield post.printed(day), day.isoformat()


def measure(read: Reader, edition: str, *, seen: bool) -> tuple[float, float]:
    """Microseconds of the processor a date, and the share that is right; dates not seen before, or the same again.

    The fastest of several readings counts.
    """
    pairs = list(dates_as_printed(edition))
    read(pairs[0][0], edition)  # what is built once must not count
    times, right = [], 0
    for _ in range(ROUNDS):
        if not seen:
            printed_dates._read_printed.cache_clear()
        start = time.process_time()
        found = [read(printed, edition) for printed, _ in pairs]
        times.append(time.process_time() - start)
        right = sum(value == day for value, (_, day) in zip(found, pairs, strict=True))
    return min(times) / len(pairs) * 1e6, right / len(pairs)


def main() -> None:
    """Print a line an edition and reader."""
    readers: dict[str, Reader] = {"ours": ours, "dateparser": theirs}
    slow = False
    print("edition  reader      new, µs  seen, µs  right")
    for edition in ("en", "fa", "ar"):
        for name, read in readers.items():
            new, right = measure(read, edition, seen=False)
            again, _ = measure(read, edition, seen=True)
            slow = slow or (name == "ours" and max(new, again) > MOST_MICROSECONDS)
            print(f"{edition:8} {name:10} {new:8.1f} {again:9.1f}  {right:.3f}")
    sys.exit(slow)


if __name__ == "__main__":
    main()
