"""The archive against what the site says it has: coverage, gaps, drift."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.crawl_state import statistics
from nejat_crawler.archive.crawl_state.coverage import (
    SURVEYED,
    Coverage,
    SourceAnswer,
    missing_sentence,
    read_coverage,
    silent_sentence,
)
from nejat_crawler.crawl.drift import PROMISE, find_drift, find_shortage
from nejat_crawler.crawl.health import Health
from nejat_crawler.editions import EDITIONS, choose
from nejat_crawler.urls import SITE

#: The newest articles of an edition, against which all others are what was before.
_NEWEST = 50


@dataclass(slots=True)
class EditionCheck:
    """What is to be said of one edition."""

    coverage: Coverage
    drift: list[str]
    undated: dict[str, int]
    incomplete: dict[str, int]
    """How many articles have a teaser only, by the reason in words."""
    silent: list[str]
    """The sources that were to be asked now and gave no answer."""

    @property
    def problems(self) -> list[str]:
        """What is missing or wrong, a sentence each: any of them makes exit code 1."""
        found = []
        if self.silent:
            found.append(silent_sentence(self.silent))
        if self.coverage.missing:
            found.append(missing_sentence(self.coverage.missing))
        found += self.coverage.gaps
        for why, number in self.incomplete.items():
            found.append(f"{number} article{' has' if number == 1 else 's have'} a teaser only: {why}")
        return found + [f"drift: {sentence}" for sentence in self.drift]


@dataclass(slots=True)
class Check:
    """The whole archive. `last_crawl` is null where nothing was ever crawled."""

    last_crawl: dict[str, Any] | None
    asked_at: str | None
    """When the site was asked for this check; null if it was not."""
    health: Health | None = None
    editions: dict[str, EditionCheck] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not self.problems

    @property
    def gaps(self) -> list[str]:
        """Every problem of an edition, with its name."""
        return [f"{name}: {problem}" for name, edition in self.editions.items() for problem in edition.problems]

    @property
    def problems(self) -> list[str]:
        """Every problem, a sentence each."""
        return [*(self.health.problems if self.health else ()), *self.gaps]

    @property
    def verdict(self) -> str:
        """What it comes to, in a line; that nothing is missing only where the site has said what it has."""
        if not self.ok:
            return f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}"
        if self.asked_at is None:
            return "nothing is known to be missing; the site was not asked"
        if unsure := [name for name, edition in self.editions.items() if not edition.coverage.is_proved]:
            return f"nothing is known to be missing; no source names every post of {', '.join(unsure)}"
        return "nothing is missing"

    def coverage(self) -> dict[str, Any]:
        """For the record of the run."""
        return {name: edition.coverage.as_json() for name, edition in self.editions.items()}

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            "problems": self.problems,
            "last_crawl": self.last_crawl,
            "asked_at": self.asked_at,
            "health": asdict(self.health) if self.health else None,
            "editions": {
                name: {
                    **edition.coverage.as_json(),
                    "drift": edition.drift,
                    "undated": edition.undated,
                    "incomplete": sum(edition.incomplete.values()),
                    "silent": edition.silent,
                    "problems": edition.problems,
                }
                for name, edition in self.editions.items()
            },
        }


def check(db: Database, editions: Iterable[str], asked_at: str | None = None) -> Check:
    """Compare each edition with what is known of the site, which since `asked_at` has been asked."""
    last = statistics.last_run(db, "crawl")
    if last:
        last = {**last, "arguments": json.loads(last["arguments"])}
    result = Check(last, asked_at)
    for edition in editions:
        coverage = read_coverage(db, edition)
        # A mirror may hold a part of the site.
        shortage = find_shortage(edition, coverage.sources) if last and not _mirror(last) else []
        recent, older = statistics.shares(db, edition, _NEWEST)
        result.editions[edition] = EditionCheck(
            coverage,
            find_drift(recent, older if older["articles"] >= _NEWEST else PROMISE) + shortage,
            statistics.undated_reasons(db, edition),
            {
                _why_incomplete(status, edition, last): number
                for status, number in statistics.incomplete(db, edition).items()
            },
            [] if asked_at is None else find_silent(coverage.sources, asked_at),
        )
    return result


def find_silent(sources: Mapping[str, SourceAnswer], asked_at: str) -> list[str]:
    """The sources that have not answered since `asked_at`; one that is switched off has said so."""
    silent = []
    for name in SURVEYED:
        said = sources.get(name)
        if said is None or said.state == "unreachable" or (said.asked_at or "") < asked_at:
            silent.append(name)
    return silent


def _why_incomplete(status: str, edition: str, last_crawl: dict[str, Any] | None) -> str:
    """Why the texts of articles are not archived, as far as their status and the last crawl tell.

    A crawl that came to the end of its work has asked for all that were missing.
    """
    if status == "unseen":
        return "imported, and never met on the site"
    arguments = last_crawl["arguments"] if last_crawl else {}
    asked = edition in [row.code for row in choose(arguments.get("edition", "all"))] and arguments.get("via") != "api"
    if last_crawl is None or not asked:
        return "the last crawl did not ask for more"
    if last_crawl["outcome"] not in ("finished", "failed"):
        return "the last crawl ended before it had read more"
    return "the last crawl could not read more"


def _mirror(last_crawl: dict[str, Any]) -> bool:
    """Whether the last crawl read something else than the site itself."""
    return bool(last_crawl["arguments"].get("base_url", SITE) != SITE)


def report(result: Check) -> Iterator[str]:
    """Lines for people."""
    if result.health:
        yield from result.health.lines
    last = result.last_crawl
    if last is None:
        yield "never crawled: of what the site has, nothing is known"
    else:
        yield f"last crawl: {last['started_at']}, {last['outcome'] or 'killed, or still under way'}"
    for problem in result.health.problems if result.health else ():
        yield f"! {problem}"
    for name, edition in result.editions.items():
        coverage = edition.coverage
        yield ""
        yield f"{EDITIONS[name].name if name in EDITIONS else name} ({name})"
        known = "not known" if coverage.known is None else f"known {coverage.known:,}"
        yield f"  {known}, archived {coverage.archived:,}, gone {coverage.gone:,}"
        if coverage.unavailable:
            yield f"  named by a source, but their own address answers 404 or 410: {coverage.unavailable:,}"
        for source, said in coverage.sources.items():
            posts = f"{said.posts:,} posts, " if said.posts is not None else ""
            yield f"  {source}: {posts}{said.state} ({said.asked_at or 'never asked'})"
        for reason, number in edition.undated.items():
            yield f"  without a date, {reason}: {number:,}"
        if coverage.surplus:
            shown = ", ".join(map(str, coverage.surplus[:20])) + (", …" if len(coverage.surplus) > 20 else "")
            yield f"  surplus: {len(coverage.surplus)} archived as live that no source shows: {shown}"
        for problem in edition.problems:
            yield f"  ! {problem}"
    yield ""
    yield result.verdict
