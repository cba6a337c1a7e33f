"""A newsletter's PDF -> its text, in reading order, with what the print tells: headlines, links, contents."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from nejat_crawler.extraction.bounds import TooCostlyError, ask_process
from nejat_crawler.extraction.newsletters.pdf.characters import Character, join_words
from nejat_crawler.extraction.newsletters.pdf.geometry import PdfLink, PdfPage

WALL_SECONDS = 60.0
#: On a page; the fullest newspaper has half as many.
MOST_WORDS = 6_000
MOST_WORDS_IN_ALL = 60_000
_READER = Path(__file__).with_name("read_characters.py")


class UnreadablePdfError(ValueError):
    """A PDF cannot be read; the message says why, and completes "cannot be read: …"."""


def read_pdf(data: bytes) -> str:
    """Give the text of a PDF as `read_newsletter` takes it; raises UnreadablePdfError.

    Headlines are `# Headline`, `##` for smaller print; an address is `<https://…>` in a line of its own, a
    linked line `[line](https://…)`; rows of the contents end with a tab and the page.
    """
    from nejat_crawler.extraction.newsletters.pdf.typeset import set_text  # 0.2 s of patterns

    return set_text(read_words(data))


def breaks_off(data: bytes) -> bool:
    """Whether the last line of a PDF is missing; its reader then makes do with the objects that it finds."""
    return b"%%EOF" not in data[-1024:]


def read_words(data: bytes, wall_seconds: float = WALL_SECONDS) -> list[PdfPage]:
    """Give the words and links of each page; a process of its own, with limits, opens the file."""
    if find_spec("pypdfium2") is None:
        raise UnreadablePdfError("reading a PDF needs pypdfium2; pip install 'nejat-crawler[pdf]' brings it")
    # -P: the folder of the script, whose modules are this package's, must not stand in for Python's own.
    command = [sys.executable, "-P", str(_READER)]
    try:
        answer = json.loads(ask_process(command, data, wall_seconds).stdout)
    except TooCostlyError as error:
        raise UnreadablePdfError(str(error)) from None
    except ValueError:
        raise UnreadablePdfError("it is broken, or takes too much memory") from None
    if "error" in answer:
        raise UnreadablePdfError(answer["error"])
    pages: list[PdfPage] = []
    for page in answer["pages"]:
        words = list(join_words([Character(*character) for character in page["characters"]]))
        if len(words) > MOST_WORDS:
            raise UnreadablePdfError(f"page {len(pages) + 1} holds more than {MOST_WORDS:,} words")
        pages.append(PdfPage(page["width"], page["height"], words, [PdfLink(*link) for link in page["links"]]))
    if sum(len(page.words) for page in pages) > MOST_WORDS_IN_ALL:
        raise UnreadablePdfError(f"it holds more than {MOST_WORDS_IN_ALL:,} words")
    return pages
