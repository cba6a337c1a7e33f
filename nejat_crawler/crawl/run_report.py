"""What is counted of a run, and how it is said to people and recorded in the table `runs`."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from sqlite_utils import Database

from nejat_crawler.archive.crawl_state.coverage import Coverage, count_posts, missing_sentence, read_coverage
from nejat_crawler.archive.crawl_state.statistics import earlier_fields
from nejat_crawler.crawl import drift
from nejat_crawler.crawl.last_crawl import extractor
from nejat_crawler.items import Article
from nejat_crawler.redaction import without_credentials

if TYPE_CHECKING:
    from nejat_crawler.archive.reextraction import Reread  # which brings the readers of pages along

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())  # the report says each error: Python would, too, where Scrapy has not begun

#: Why a capture is passed over that shows what another of the run has shown.
MET_BEFORE = "met before in this run"
#: Errors that are kept with a run; the rest is only counted.
_ERRORS_KEPT = 100
#: Articles of which it is said that some of the text is hidden; the rest is only counted.
_SENTENCES = 10
#: Articles of earlier runs from which it can be told what is usual.
_BASELINE = 20


class RunReport:
    """Counts, errors and notices of a run; knows nothing of Scrapy."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.error_count = 0
        self.notices: list[str] = []
        self.skipped: Counter[str] = Counter()
        self.outcomes: dict[str, Counter[str]] = {}
        self.interrupted = False
        self.finish_reason = ""
        self.requests = 0
        self.pages = 0
        """Answers that were read, whatever their status: not those that led elsewhere or were asked for again."""
        self.bytes = 0
        """Bytes of answers as they came over the wire, also of those that broke off."""
        self.warc_bytes = 0
        """Bytes of the web archive that the run has written."""
        self.coverage: dict[str, Coverage] = {}
        self.fields: dict[str, drift.Found] = {}
        self.writes_rereads = False
        """Whether what another extractor reads is written, and not only shown."""
        self.accepts_changes = False
        """Whether the operator accepts what is other or gone, though nothing says that it was edited."""
        self.rereads: list[Reread] = []
        """What another extractor reads otherwise in captures that are kept."""
        self._met: dict[str, dict[int, bool | None]] = {}
        """Of each article that was met, whether it showed something else than was archived; None of a new one."""
        self._read: dict[str, Counter[str]] = {}
        """Of an edition, how many articles were met that were archived before, and how many had been rewritten."""
        self._told: Counter[str] = Counter()
        self._steps: set[str] = set()
        self._started = monotonic()

    def count(self, edition: str, outcome: str, number: int = 1) -> None:
        """Count what became of an item; `number` is -1 where it was counted, and taken back."""
        counts = self.outcomes.setdefault(edition, Counter())
        counts[outcome] += number
        if not counts[outcome]:
            del counts[outcome]
        if not counts:
            del self.outcomes[edition]

    def count_fields(self, article: Article) -> None:
        """Count what an article that was stored has brought."""
        self.fields.setdefault(article.edition, drift.Found()).add(article)

    def count_rewritten(self, article: Article) -> str | None:
        """Count an article that was archived before this run; a sentence once most of them show something else."""
        if article.post_id is None or article.status != "live":
            return None
        met, counts = self._met.setdefault(article.edition, {}), self._read.setdefault(article.edition, Counter())
        was = met.get(article.post_id)
        is_new = article.outcome == "new" or (was is None and article.post_id in met)
        now = met[article.post_id] = None if is_new else was or article.rewritten
        counts.update(read=(now is not None) - (was is not None), rewritten=bool(now) - bool(was))
        what = "day" if "published" in article.replaced else "title or text"
        return drift.find_rewriting(counts["rewritten"], counts["read"], what) if article.rewritten else None

    def count_unseen(self, article: Article) -> None:
        """Count what no reader sees of an article, and say of a new or edited one that some was left out, or kept."""
        name, stored = f"{article.edition}-{article.post_id}", article.outcome in ("new", "changed", "completed")
        if article.hidden_words < 0:
            if stored:
                self.add_error(f"{name}: all of the text at {article.found_at} is hidden; it is kept as text")
        elif article.hidden_words:
            self.count_skipped("text hidden from the readers of an article")
            self._told["hidden"] += stored
            if stored and self._told["hidden"] <= _SENTENCES:
                self.add_notice(f"{name}: {article.hidden_words} words that no reader sees were left out of the text")
        for part in article.doubtful_parts if stored else ():
            self._told[part] += 1
            if self._told[part] == 1:
                self.add_notice(f"{name}: .{part} in the text may be a plugin's box; such boxes are kept")

    def count_reread(self, article: Article, found: Reread | None) -> None:
        """Count what another extractor reads in the capture of a state."""
        outcome = "same"
        if found and found.complaint:
            outcome = "refused"
            self.add_error(f"{found.article_id}, version {found.version}: {found.complaint}")
        if found and found.parts and not found.refused:
            outcome = "reread" if self.writes_rereads else "would change"
            self.rereads.append(found)
        self.count(article.edition, outcome)

    def count_skipped(self, reason: str, number: int = 1) -> None:
        """Count what was passed over, and why."""
        if number:
            self.skipped[reason] += number

    def add_error(self, sentence: str) -> None:
        """Record that something failed or is missing: a sentence for the operator, and exit code 1."""
        sentence = without_credentials(sentence)
        self.error_count += 1
        if len(self.errors) < _ERRORS_KEPT:
            self.errors.append(sentence)
        logger.error(sentence)

    def add_failure(self, item: object, why: str) -> None:
        """Record that a step has failed on an item."""
        name = f"{getattr(item, 'edition', '?')}-{getattr(item, 'post_id', '?')} at {getattr(item, 'found_at', '?')}"
        self.add_error(f"{name} could not be archived: {why}")

    def should_continue(self) -> bool:
        """Whether the next page or file shall be read."""
        return not self.interrupted

    def add_notice(self, sentence: str) -> None:
        """Record what the operator may want to know, though nothing failed."""
        sentence = without_credentials(sentence)
        self.notices.append(sentence)
        logger.info(sentence)

    def once(self, next_step: str) -> str:
        """What to do next, as the end of a sentence; empty where this run has said so before."""
        known = not next_step or next_step in self._steps
        self._steps.add(next_step)
        return "" if known else f"; {next_step}"

    @property
    def complaints(self) -> int:
        """How many errors, notices and things passed over there have been so far."""
        return self.error_count + len(self.notices) + sum(self.skipped.values())

    @property
    def seconds(self) -> float:
        """How long the run has been under way."""
        return monotonic() - self._started

    @property
    def wrote(self) -> bool:
        """Whether anything was written to the archive."""
        return self._has_other_than("same", "kept", "refused", "would change")

    @property
    def has_news(self) -> bool:
        """Whether anything was found that the archive did not hold, or noticed."""
        return bool(self.notices) or self._has_other_than("same", "kept", "refused", "stale")

    def _has_other_than(self, *idle: str) -> bool:
        return any(set(counter) - {*idle} for counter in self.outcomes.values())

    @property
    def outcome(self) -> str:
        """`finished`, `failed`, or why Scrapy ended the run."""
        if self.interrupted:
            return "shutdown"
        if self.finish_reason != "finished":
            return self.finish_reason or "shutdown"  # Ctrl-C before the spider had begun
        return "failed" if self.error_count else "finished"

    def add_disappearance(self, db: Database, edition: str, missing: int) -> None:
        """Say if more articles are missing from a listing than are ever deleted between two walks."""
        posts, gone = count_posts(db, edition)
        for sentence in drift.find_disappearance(missing, posts - gone):
            self.add_error(f"{edition}: drift: {sentence}")

    def compare(self, db: Database, editions: Iterable[str], *, on_site: bool) -> None:
        """Say what is known to be on the site and is not archived, and what has drifted.

        `on_site`: the site itself is crawled, and no mirror that may hold a part of it.
        """
        for edition in editions:
            coverage = self.coverage[edition] = read_coverage(db, edition)
            if coverage.missing:
                self.add_error(f"{edition}: {missing_sentence(coverage.missing)}; --fill-gaps asks for them")
            if found := self.fields.get(edition):
                before = earlier_fields(db, edition)
                for sentence in drift.find_drift(
                    found.counts, before if before["articles"] >= _BASELINE else drift.PROMISE
                ):
                    self.add_error(f"{edition}: drift: {sentence}")
            for sentence in drift.find_shortage(edition, coverage.sources) if on_site else ():
                self.add_error(f"{edition}: drift: {sentence}")

    def summary(self) -> list[str]:
        """What the run did, a line an edition, for people."""
        lines = [
            f"{edition}: " + ", ".join(f"{number} {outcome}" for outcome, number in sorted(counter.items()))
            for edition, counter in sorted(self.outcomes.items())
        ]
        lines += [f"passed over: {reason} ({number})" for reason, number in sorted(self.skipped.items())]
        lines += self.notices
        if self.requests:
            lines.append(f"{self.requests} requests, {self.bytes / 1e6:.1f} MB, {self.seconds:.0f} s")
        if self.warc_bytes:
            lines.append(f"web archive: {self.warc_bytes / 1e6:.1f} MB")
        lines.append(f"errors: {self.error_count}" if self.error_count else "no errors")
        return lines

    def columns(self) -> dict[str, object]:
        """The columns of the run's row in `runs`, by name."""
        totals = sum(self.outcomes.values(), Counter())
        return {
            "outcome": self.outcome,
            "counts": {
                "outcomes": {edition: dict(counter) for edition, counter in self.outcomes.items()},
                "errors": self.error_count,
                "notices": self.notices,
                "warc_bytes": self.warc_bytes,
                "extractor": extractor(),
                "fields": {edition: dict(found.counts) for edition, found in self.fields.items()},
            },
            "dropped": dict(self.skipped),
            "errors": self.errors,
            "gaps": [f"{edition}: {gap}" for edition, coverage in self.coverage.items() for gap in coverage.gaps],
            "coverage": {edition: coverage.as_json() for edition, coverage in self.coverage.items()},
            "requests": self.requests,
            "pages": self.pages,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 1),
            **{outcome: totals[outcome] for outcome in ("new", "changed", "gone")},
        }
