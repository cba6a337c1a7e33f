"""Drift: what a run finds against what was found before, and against what the site is known to have had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from nejat_crawler.archive.crawl_state.coverage import SourceAnswer
from nejat_crawler.archive.crawl_state.removals import MOST_ASKED
from nejat_crawler.editions import EDITIONS
from nejat_crawler.items import Article

#: What every article should have, and how it is called in a sentence.
FIELDS = {"title": "a title", "published": "a date", "category": "a category", "text": "a text"}

#: What is expected where there is nothing to compare with: listings of some layouts show no category.
PROMISE: Mapping[str, int] = {
    "articles": 100,
    "title": 90,
    "published": 90,
    "category": 0,
    "text": 90,
    "generic": 100,
}

#: So many articles may disappear between two walks without a word.
_FEW_MISSING = 20

#: More than editors rewrite between two runs, whatever the share of what is read.
_MANY_REWRITTEN = 20

_FEW = 3
_ENOUGH = 8
_DROP = 0.25


class Found:
    """Of the articles of an edition that a run stored, new or changed, how many have which field."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._missing: dict[int, set[str]] = {}

    def add(self, article: Article) -> None:
        """Count an article; what the listing did not show of it may come with another capture."""
        found = {
            "articles": True,
            "title": bool(article.title),
            "published": article.published is not None,
            "category": bool(article.categories),
            "text": bool(article.body or article.excerpt) or article.protected,
            "generic": article.theme == "generic",
        }
        missing = {field for field in FIELDS if not found[field]}
        if article.outcome in ("new", "changed"):
            self.counts.update({field: int(present) for field, present in found.items()})
            if article.post_id is not None:
                self._note(article.post_id, missing)
        elif article.outcome == "completed" and article.post_id is not None:
            missed = self._missing.get(article.post_id, set())
            self.counts.update(missed - missing)
            self._note(article.post_id, missed & missing)

    def _note(self, post_id: int, missing: set[str]) -> None:
        """Keep what an article lacks, and nothing of one that lacks nothing: those are most."""
        self._missing.pop(post_id, None)
        if missing:
            self._missing[post_id] = missing


class _Told:
    """How many articles something is to be told of, with the first of each kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, str]] = {}

    def _count(self, kind: tuple[str, str], first: str) -> None:
        number, told = self._found.get(kind, (0, first))
        self._found[kind] = number + 1, told

    def sentences(self) -> list[str]:
        """A sentence for each kind."""
        return [f"{number} articles {told}" for number, told in self._found.values()]


class Replaced(_Told):
    """What a run has put in the place of what was archived, of fields that make no version."""

    def add(self, article: Article) -> None:
        """Count what a stored article has replaced; a number of comments only where it was higher."""
        for field, (was, now) in article.replaced.items():
            kind = ""
            if field == "comment_count":
                if now > was:
                    continue
                sentence = f"fewer comments than were archived, {now} after {was}"
            elif field == "author":
                kind, sentence = f"{was} {now}", f"the author {now!r} where {was!r} was archived"
            elif field == "published":
                sentence = f"another day than was archived, {now} after {was}"
            elif "published" in article.replaced:
                continue
            else:
                sentence = f"another time of their day than was archived, {now} after {was}"
            self._count((field, kind), f"show {sentence}, the first {article.edition}-{article.post_id}")


#: Why an article has no day that gives none; all else are dates that could not be read.
_GIVES_NONE = frozenset({"no date", "the day of a change"})


class Unread(_Told):
    """What a run could not read for sure: dates ("3 days ago", Persian years for machines), and texts that may go on.

    A crawl asks for the own page of an article whose text ends as excerpts do; an import has nobody to ask.
    """

    def add(self, article: Article) -> None:
        """Count what an article leaves open, once it has been stored."""
        first = f"the first is {article.edition}-{article.post_id} at {article.found_at}"
        if article.outcome == "new" and article.undated and article.undated not in _GIVES_NONE:
            what = f"without a day, for what is given cannot be read ({article.undated})"
            self._count(("undated", article.undated), f"{what}; {first}")
        if article.open_end and article.status != "live" and article.outcome in ("new", "changed", "completed"):
            what = "whose text ends as excerpts do, so that only their own pages tell whether it is all"
            self._count(("open_end", ""), f"{what}; {first}")


def find_rewriting(rewritten: int, read: int, what: str = "title or text") -> str | None:
    """A sentence if most of the archived articles that a run has read show another title or text, or another day.

    >>> find_rewriting(20, 24)
    '20 of the 24 archived articles that were read show another title or text'
    >>> find_rewriting(20, 40)
    """
    if rewritten < _MANY_REWRITTEN or 2 * rewritten <= read:
        return None
    return f"{rewritten} of the {read} archived articles that were read show another {what}"


def find_shortage(edition: str, sources: Mapping[str, SourceAnswer]) -> list[str]:
    """A sentence if the site's own listing, read to its end, has fewer articles than it is known to have had."""
    listing = sources.get("listing")
    expected = EDITIONS[edition].expected_minimum if edition in EDITIONS else 0
    if listing is None or listing.state != "complete" or (listing.posts or 0) >= expected:
        return []
    return [f"the listing ended after {listing.posts:,} articles; it has had at least {expected:,}"]


def find_disappearance(missing: int, archived: int) -> list[str]:
    """A sentence if more articles are missing from a listing than are ever deleted between two walks."""
    if missing <= max(_FEW_MISSING, archived // 10):
        return []
    shown = f"the listing does not show {missing} of {archived} archived articles"
    return [f"{shown}; a run asks for {MOST_ASKED} of their own pages"]


def find_drift(found: Mapping[str, int], before: Mapping[str, int] = PROMISE) -> list[str]:
    """Sentences about fields that far fewer articles have than before.

    Both map `articles` to a number of articles, and each of FIELDS to how many of those have it; `generic` counts
    those whose theme was not recognised. Of fewer than three articles nothing is concluded, and of fewer
    than eight only that none has a field.

    >>> find_drift({"articles": 20, "title": 20, "published": 3, "category": 20, "text": 20})
    ['3 of 20 articles have a date, before it was 90 %']
    >>> find_drift({"articles": 2})
    []
    """
    number, past = found.get("articles", 0), before.get("articles", 0)
    if number < _FEW or not past:
        return []
    sentences = []
    for field, words in FIELDS.items():
        share, usual = found.get(field, 0) / number, before.get(field, 0) / past
        none_left = not found.get(field, 0) and usual >= 0.5
        if none_left or (number >= _ENOUGH and share < usual - _DROP):
            sentences.append(f"{found.get(field, 0)} of {number} articles have {words}, before it was {usual:.0%}")
    generic, usual = found.get("generic", 0) / number, before.get("generic", 0) / past
    if number >= _ENOUGH and generic > usual + _DROP:
        sentences.append(f"{generic:.0%} of {number} articles are of a theme that is not recognised, not {usual:.0%}")
    return [sentence.replace("%", " %").replace("  %", " %") for sentence in sentences]
