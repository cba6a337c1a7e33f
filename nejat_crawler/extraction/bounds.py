"""What reading one page may cost: what is neither long nor odd is read at once, the rest by a process with limits.

HTML lets a few bytes stand for many elements: what `<b>` opens and nobody closes is opened anew in each paragraph
that follows, so that 50 kB become nine million elements and 8 GB. No length of a page bounds that.
"""

from __future__ import annotations

import pickle
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, TypeVar

from selectolax.lexbor import SelectolaxError

from nejat_crawler.extraction.markup import Tag, TagIndex, may_nest, tag_index, tags

T = TypeVar("T")

MEMORY = 800_000_000
#: Of CPU time, and so many more for each character: a page of 8 MB is read in a minute, or not at all.
SECONDS, MOST_SECONDS = 5, 60
CHARACTERS_A_SECOND = 50_000
#: By the clock, for a machine may have much else to do.
_WALL_SECONDS = 600.0

#: Characters, as the largest page seen has 0.2 MB.
_LONG = 300_000
#: Sums over the tags of a page: how many elements are open, and how many that a parser may have to open anew.
_MOST_OPEN, _MOST_REOPENED = 1_000_000, 50_000
_MOST_TAGS, _MOST_ATTRIBUTES = 8_000, 300
_MOST_GROWTH = 4
#: So few tags, each open behind all others, stay below the least of these sums.
_FEW_TAGS = 315

# As HTML lists them.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905
# Void, or ended by the next of their kind.
_SHORT_LIVED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td th tr track wbr".split()  # noqa: SIM905
)

_REOPENED = _FORMATTING | {f"/{name}" for name in _FORMATTING}
_NEVER_DEEP = _REOPENED | _SHORT_LIVED
_TAG_NAME = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]*+)")
_LONG_TAG = re.compile(rf"</?[a-zA-Z][^<]{{{2 * _MOST_ATTRIBUTES},}}+")


class TooCostlyError(ValueError):
    """A page takes more than it may; the message completes "cannot be read: …"."""


def run_bounded(function: Callable[..., T], *arguments: Any, sources: tuple[str, ...]) -> T:
    """What `function` returns of `arguments`, which hold markup or text: `sources`; raises TooCostlyError.

    The function has a name in its module, and takes and returns what can be pickled.
    """
    if sum(map(len, sources)) <= _LONG and all(map(is_ordinary, sources)):
        return function(*arguments)
    # -P: the folder that the crawl was started in must not stand in for a package
    command = [sys.executable, "-P", "-m", "nejat_crawler.extraction.bounds"]
    seconds = min(MOST_SECONDS, SECONDS + sum(map(len, sources)) // CHARACTERS_A_SECOND)
    done = ask_process(command, pickle.dumps((seconds, function, arguments)), _WALL_SECONDS)
    if done.returncode:
        raise TooCostlyError("it takes too much memory to read")
    result, error = pickle.loads(done.stdout)  # noqa: S301 (our own process has written it)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]  # as the function says


def ask_process(command: list[str], asked: bytes, wall_seconds: float) -> subprocess.CompletedProcess[bytes]:
    """How a process that sets itself limits has answered; raises TooCostlyError where its time has run out."""
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=wall_seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise TooCostlyError("it takes too long to read") from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TooCostlyError("it takes too long to read")
    return done


def is_ordinary(html: str) -> bool:
    """Whether what a parser makes of a source is about as large as the source, seen by its tags alone.

    >>> is_ordinary("<p>" + "".join(f"<b id={n}>" for n in range(400)) + "<p>x" * 400)
    False
    """
    if html.count("<") < _FEW_TAGS and (
        not _have_many_words([html]) or not (may_nest(html) or _have_many_words(html.split("<")))
    ):
        return True
    index = tag_index(html)
    outside = index.outside()
    if _have_many_words([tag.attributes for tag in _long_tags(index, outside)]):
        return False
    written = "\n".join(_TAG_NAME.findall(outside)).lower()
    names = written.split("\n")
    count = len(names)
    if count > _MOST_TAGS:
        return False
    # were all elements opened before any is closed, and as many to be opened anew all the time as ever are
    ends = f"\n{written}".count("\n/")
    most_reopened = _most_open([name for name in names if name in _REOPENED]) * count
    if most_reopened <= _MOST_REOPENED and (count - ends) * (count + ends) / 2 + most_reopened <= _MOST_OPEN:
        return True
    reopened = _sum_open([(place, name) for place, name in enumerate(names) if name in _REOPENED], count)
    others = [(place, name) for place, name in enumerate(names) if name not in _NEVER_DEEP]
    depths = count * (len(others) - [name[0] for _, name in others].count("/"))
    if reopened + depths > _MOST_OPEN:  # were none of them ever closed
        depths = _sum_open(others, count)
    return reopened <= _MOST_REOPENED and reopened + depths <= _MOST_OPEN


def _long_tags(index: TagIndex, outside: str) -> Iterator[Tag]:
    """The tags that may have many attributes."""
    sources = _LONG_TAG.findall(outside)
    if index.nested:  # these are cut off in `outside`
        sources += [index.html[start:end] for start, end in index.spans(0, len(index.html))]
    return chain.from_iterable(map(tags, sources))


def _most_open(names: Iterable[str]) -> int:
    """How many elements may be open at once; `names` are what opens and ends them: `b`, `/b`."""
    opened: dict[str, int] = {}
    now = most = 0
    for name in names:
        if name[0] != "/":
            opened[name] = opened.get(name, 0) + 1
            now += 1
            if now > most:  # a page has hundreds: `max` takes half of the time
                most = now
        elif opened.get(name[1:]):
            opened[name[1:]] -= 1
            now -= 1
    return most


def _sum_open(found: list[tuple[int, str]], count: int) -> int:
    """The sum over `count` tags of how many elements are open; `found` are what opens and ends them: `b`, `/b`."""
    opened: dict[str, int] = {}
    total = now = last = 0
    for place, name in found:
        total += now * (place - last)
        last = place
        if name[0] != "/":
            opened[name] = opened.get(name, 0) + 1
            now += 1
        elif opened.get(name[1:]):
            opened[name[1:]] -= 1
            now -= 1
    return total + now * (count - last)


def _have_many_words(texts: list[str]) -> bool:
    long = [text for text in texts if len(text) > 2 * _MOST_ATTRIBUTES]
    return any(len(text.split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES for text in long)


def require_no_growth(sources: Iterable[str], made: Iterable[str]) -> None:
    """Raise TooCostlyError for markup that has grown far beyond its sources: each further step would take as long."""
    if sum(map(len, made)) > _MOST_GROWTH * sum(map(len, sources)) + _LONG:
        raise TooCostlyError("it takes too much memory to read")


def _serve() -> None:
    """Answer the one call on standard input; the system ends this process where that takes more than it may."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the page under way is finished
    result: tuple[Any, Exception | None]
    try:
        seconds, function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 (the crawl has written it)
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):  # some systems know no such limits
                resource.setrlimit(what, (most, most))
        result = function(*arguments), None
    except (MemoryError, SelectolaxError):  # what lexbor says where it gets no more memory
        sys.exit(1)
    except Exception as error:
        result = None, error
    sys.stdout.buffer.write(pickle.dumps(result))


if __name__ == "__main__":
    _serve()
