"""Whether the site shows an article with another title or text: of most that a run reads, no editor changes it."""

from __future__ import annotations

import re

from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.saving.typography import is_cut_from, same_words, without_ending
from nejat_crawler.items import Article

#: An excerpt that somebody has written for it has more of its words in common with the text.
_FEW_IN_COMMON = 0.3
_WORD = re.compile(r"\w+")


def shows_other_text(row: Row, article: Article) -> bool:
    """Whether a capture of the site says something else than is archived; layouts, themes and excerpts do not."""
    if article.status != "live" or row["status"] == "unseen":
        return False
    if article.title and not _alike(article.title, row["title"]):
        return True
    text, archived = article.body or article.excerpt, row["body"] or row["excerpt"]
    if not text or not archived or _alike(text, archived):
        return False
    if article.body and (article.own_page or 2 * len(text) > len(archived)):
        return True
    words = {*_WORD.findall(text)}
    return len(words & {*_WORD.findall(archived)}) < _FEW_IN_COMMON * len(words)


def _alike(one: str, other: str) -> bool:
    if same_words(one, other) or is_cut_from(one, other) or is_cut_from(other, one):
        return True
    beginning, whole = sorted((without_ending(text)[0] for text in (one, other)), key=len)
    return bool(beginning) and whole.startswith(beginning)
