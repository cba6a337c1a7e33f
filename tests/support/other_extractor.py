"""`nejat …` with an extractor that takes a share bar for text.

It does so in posts of even numbers, and reads "Update: " before the titles of every fourth; with
NEJAT_TEST_READS_NO_TEXT in the environment, it finds no text there; with NEJAT_TEST_READS_NO_LISTS no pictures,
links and tags anywhere.
"""

from __future__ import annotations

import os
from pathlib import Path

from nejat_crawler.items import Article, Capture
from pipelines import extract_article
from tests.support.processes import Ended, start

BAR = "Share Tweet Pin"
_EXTRACT = extract_article.extract_article


def _read(capture: Capture) -> Article:
    article = _EXTRACT(capture)
    number = article.post_id or 1
    if article.body and number % 2 == 0:
        article.body = "" if "NEJAT_TEST_READS_NO_TEXT" in os.environ else f"{article.body}\n\n{BAR}"
    if "NEJAT_TEST_READS_NO_LISTS" in os.environ:
        article.images, article.links, article.tags = [], [], []
    if number % 4 == 0:
        article.title = f"Update: {article.title}"
    return article


def _take_its_place() -> None:
    extract_article.extract_article = _read


def other(*command: str | Path) -> Ended:
    """`nejat …` with this extractor."""
    return start("nejat", *command, first=_take_its_place).end()
