"""How near an extractor's fields come to the truth, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.cases import Case, Truth, visible_text
from benchmarks.extractors import Found

#: The fields that every extractor is asked for, and those that ours alone knows.
FIELDS = ("title", "category", "published", "body")
OWN_FIELDS = (
    "categories", "tags", "published_at", "published_text", "author", "comment_count", "protected", "images", "links",
)  # fmt: skip
JOINER = "\u200c"


@dataclass(slots=True)
class Tally:
    """How often a field was compared and exact, and how often it held something that is wrong."""

    compared: int = 0
    exact: int = 0
    wrong: int = 0
    """Neither exact nor null."""


@dataclass(slots=True)
class Score:
    """What an extractor made of the articles of one group."""

    articles: int = 0
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in (*FIELDS, *OWN_FIELDS)})
    similarities: list[float] = field(default_factory=list)
    """F1 of the words of each body."""
    joiners: int = 0
    joiners_kept: int = 0
    chrome: int = 0
    """Words in bodies that come from what stands round the article."""
    missed: list[str] = field(default_factory=list)
    """Ids of articles that were not found, or found where there is none."""
    faults: list[str] = field(default_factory=list)
    """`id field`, of what is neither exact nor left out."""
    seconds: float = 0.0

    @property
    def similarity(self) -> float:
        """Mean word F1 of the bodies; 1 where no body was compared."""
        return sum(self.similarities) / len(self.similarities) if self.similarities else 1.0

    @property
    def joiners_share(self) -> float:
        """Share of the truth's zero-width non-joiners that stand in the same words of the bodies."""
        return self.joiners_kept / self.joiners if self.joiners else 1.0

    def exact(self, name: str) -> float | None:
        """Share of exact values; None where the truth never says the field."""
        tally = self.fields[name]
        return tally.exact / tally.compared if tally.compared else None

    def add(self, case: Case, found: Found, unseen: frozenset[str] = frozenset()) -> None:
        """Compare what was found on a page with its truth; fields that are `unseen` there may be null."""
        page_words = Counter(" ".join(map(visible_text, case.pages)).split())
        self.missed += [f"{case.name}: {name}" for name in case.truths.keys() ^ found.keys()]
        for name, truth in case.truths.items():
            self.articles += 1
            fields = found.get(name, {})
            hidden = {key for key in unseen if fields.get(key) is None}
            self._compare(f"{case.name} {name}", {**truth, **dict.fromkeys(hidden)}, fields, page_words)

    def _compare(self, name: str, truth: Truth, fields: Mapping[str, Any], page_words: Counter[str]) -> None:
        for key, tally in self.fields.items():
            if truth.get(key) is None:  # not to be seen on this page
                if key == "body" and truth.get("teaser") and fields.get("body") is not None:
                    tally.wrong += 1  # an excerpt is never a body
                    self.faults.append(f"{name} body of a teaser")
                continue
            value, expected = _fold(fields.get(key)), _fold(truth[key])
            tally.compared += 1
            if value == expected:
                tally.exact += 1
            else:
                tally.wrong += value not in (None, "", [])
                self.faults.append(f"{name} {key}")
        if truth.get("body") is not None:
            self._compare_words(str(truth["body"]), str(fields.get("body") or ""), page_words)

    def _compare_words(self, expected: str, body: str, page_words: Counter[str]) -> None:
        truth_words, words = Counter(expected.split()), Counter(body.split())
        self.similarities.append(_f1(truth_words, words))
        kept = truth_words & words
        self.joiners += expected.count(JOINER)
        self.joiners_kept += sum(word.count(JOINER) * number for word, number in kept.items())
        around = page_words - truth_words
        self.chrome += sum(number for word, number in (words - truth_words).items() if word in around)


def _f1(truth: Counter[str], found: Counter[str]) -> float:
    total = truth.total() + found.total()
    return 2 * (truth & found).total() / total if total else 1.0


def _fold(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def totals(scores: Iterable[Score]) -> Score:
    """All groups as one."""
    whole = Score()
    for score in scores:
        whole.articles += score.articles
        whole.seconds += score.seconds
        whole.joiners += score.joiners
        whole.joiners_kept += score.joiners_kept
        whole.chrome += score.chrome
        whole.similarities += score.similarities
        whole.missed += score.missed
        whole.faults += score.faults
        for name, tally in score.fields.items():
            mine = whole.fields[name]
            mine.compared += tally.compared
            mine.exact += tally.exact
            mine.wrong += tally.wrong
    return whole
