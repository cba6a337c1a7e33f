"""How well the search finds what a reader means: `make evaluate-search`, or `python -m benchmarks.search_quality`.

Four searches are compared: the site's, the same with `exact` (words as typed only), and FTS5 as it comes, with the
tokenizers `unicode61` and `trigram`. They answer questions whose answers were judged by reading
(`search_questions.tsv`: the paragraphs of the sample site), and look for each form of a word by the others
(`search_forms.tsv`).
"""

from __future__ import annotations

import math
import sqlite3
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from statistics import mean

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.sample_site.content.writer import read_words
from nejat_crawler.website.search.search_request import LARGEST_SIZE, SearchRequest
from nejat_crawler.website.search.searcher import Searcher

_HERE = Path(__file__).parent
QUESTIONS, FORMS = _HERE / "search_questions.tsv", _HERE / "search_forms.tsv"
FLOORS = _HERE / "search_floors.toml"
_FURTHER_FORMS = _HERE.parents[1] / "shared" / "search" / "forms.tsv"  # where other people's words are at hand
_READ = {"en": 47}  # paragraphs that were read for the judgements; else all
_DEPTH = 10
_SENTENCES = {
    "en": "On that day {} was seen again near the house.",
    "fa": "در آن روز {} را باز کنار خانه دیدند",
    "ar": "في ذلك اليوم كان {} قرب الدار من جديد",
    "sq": "Atë ditë {} u pa sërish pranë shtëpisë.",
}

Find = Callable[[str, str], list[str]]
"""From an edition and what is typed to the ids that are found, the best first."""


@dataclass(slots=True)
class Figures:
    """Means over some questions."""

    recall: float
    precision: float
    ndcg: float
    milliseconds: float


@dataclass(slots=True)
class FormFigures:
    """The share of forms that find each other, and of words apart that do, too."""

    found: float
    merged: float
    pairs: int = field(default=0)


def read_lines(path: Path) -> Iterator[list[str]]:
    """The cells of each line that is no remark."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def read_questions() -> list[tuple[str, str, dict[str, int]]]:
    """Edition, question, and the grade of each article that answers it."""
    return [(edition, typed, _grades(edition, judged)) for edition, typed, judged in read_lines(QUESTIONS)]


def _grades(edition: str, judged: str) -> dict[str, int]:
    pairs = (each.split(":") for each in judged.split())
    return {f"{edition}-{number}": int(grade) for number, grade in pairs}


def sample_texts() -> dict[str, tuple[str, str]]:
    """Edition and text of what the questions are asked of, by id."""
    return {
        f"{edition}-{number}": (edition, text)
        for edition in _SENTENCES
        for number, text in enumerate(read_words(edition)["paragraphs"][: _READ.get(edition)])
    }


@contextmanager
def searches(texts: Mapping[str, tuple[str, str]], folder: Path) -> Iterator[dict[str, Find]]:
    """The four searches over some texts, by name."""
    path = folder / "nejat.db"
    _write_archive(path, texts)
    searcher = Searcher(path)
    with closing(open_for_search(path)) as connection, closing(sqlite3.connect(":memory:")) as stock:

        def ours(edition: str, typed: str, *, exact: bool = False) -> list[str]:
            request = SearchRequest(typed, editions=(edition,), size=LARGEST_SIZE, exact=exact)
            return [hit.row["id"] for hit in searcher.find(connection, request).hits]

        found: dict[str, Find] = {"site": ours, "exact": lambda edition, typed: ours(edition, typed, exact=True)}
        for tokenizer in ("unicode61", "trigram"):
            found[tokenizer] = _stock(stock, tokenizer, texts)
        yield found


def _write_archive(path: Path, texts: Mapping[str, tuple[str, str]]) -> None:
    with Archive.open(path) as archive, archive.writing() as db:
        for docid, (name, (edition, text)) in enumerate(texts.items(), start=1):
            seen = "2026-01-01T00:00:00Z"
            db.table("articles").insert({
                "id": name, "edition": edition, "title": "", "body": text, "language": edition, "status": "live",
                "first_seen": seen, "last_seen": seen, "source": "listing", "theme": "soledad", "found_at": "",
                "docid": docid,
            })  # fmt: skip


def _stock(connection: sqlite3.Connection, tokenizer: str, texts: Mapping[str, tuple[str, str]]) -> Find:
    connection.execute(
        f"CREATE VIRTUAL TABLE {tokenizer} USING fts5"
        f" (id UNINDEXED, edition UNINDEXED, text, tokenize = '{tokenizer}')"
    )
    rows = [(name, edition, text) for name, (edition, text) in texts.items()]
    connection.executemany(f"INSERT INTO {tokenizer} VALUES (?, ?, ?)", rows)

    def find(edition: str, typed: str) -> list[str]:
        words = " ".join(f'"{word}"' for word in typed.replace('"', " ").split())
        sql = (
            f"SELECT id FROM {tokenizer} WHERE {tokenizer} MATCH ? AND edition = ? ORDER BY rank LIMIT {LARGEST_SIZE}"
        )
        return [row[0] for row in connection.execute(sql, [words, edition])]

    return find


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten: 1 where the best stand first."""

    def gain(values: Sequence[int]) -> float:
        return math.fsum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:_DEPTH]))

    return gain([grades.get(name, 0) for name in found]) / gain(sorted(grades.values(), reverse=True))


def judge(folder: Path) -> dict[str, dict[str, Figures]]:
    """The figures of each search in each edition."""
    measured: dict[str, dict[str, list[tuple[float, ...]]]] = defaultdict(lambda: defaultdict(list))
    with searches(sample_texts(), folder) as finders:
        for name, find in finders.items():
            find("en", "warm")  # what is read once is no part of the time
            for edition, typed, grades in read_questions():
                started = time.perf_counter()
                found = find(edition, typed)
                taken = (time.perf_counter() - started) * 1000
                right = len(grades.keys() & set(found))
                precision = right / len(found) if found else 0.0
                measured[name][edition].append((right / len(grades), precision, ndcg(found, grades), taken))
    return {
        name: {edition: Figures(*map(mean, zip(*rows, strict=True))) for edition, rows in by_edition.items()}
        for name, by_edition in measured.items()
    }


def judge_forms(lines: Path, folder: Path) -> dict[str, dict[str, FormFigures]]:
    """How many forms of a list each search finds, in each edition."""
    groups = [(edition, kind, words) for edition, kind, *words in read_lines(lines)]
    texts = {
        f"{edition}-{group}.{at}": (edition, _SENTENCES[edition].format(word))
        for group, (edition, _, words) in enumerate(groups)
        for at, word in enumerate(words)
    }
    met: dict[str, dict[str, dict[str, list[bool]]]] = defaultdict(
        lambda: defaultdict(lambda: {"same": [], "apart": []})
    )
    with searches(texts, folder) as finders:
        for name, find in finders.items():
            for group, (edition, kind, words) in enumerate(groups):
                found = [set(find(edition, word)) for word in words]
                pairs = permutations(range(len(words)), 2)
                met[name][edition][kind] += [f"{edition}-{group}.{other}" in found[typed] for typed, other in pairs]
    return {
        name: {
            edition: FormFigures(mean(kinds["same"]), mean(kinds["apart"] or [False]), len(kinds["same"]))
            for edition, kinds in by_edition.items()
        }
        for name, by_edition in met.items()
    }


def read_floors() -> dict[str, dict[str, float]]:
    """The least recall, precision, nDCG and share of forms, and the most forms merged, by edition."""
    rows: dict[str, dict[str, float]] = tomllib.loads(FLOORS.read_text("utf-8"))
    return rows


def _print_all() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(f"{len(read_questions())} questions\n| search | edition | recall | precision | nDCG@10 | ms |")
        print("|---|---|---|---|---|---|")
        for name, by_edition in judge(Path(folder)).items():
            for edition, row in by_edition.items():
                cells = f"{row.recall:.2f} | {row.precision:.2f} | {row.ndcg:.2f} | {row.milliseconds:.1f}"
                print(f"| {name} | {edition} | {cells} |")
    for lines in (FORMS, _FURTHER_FORMS):
        if not lines.exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            print(
                f"\n{lines.name} in {lines.parent.name}/\n| search | edition | forms found | words merged | pairs |"
            )
            print("|---|---|---|---|---|")
            for name, forms in judge_forms(lines, Path(folder)).items():
                for edition, each in forms.items():
                    print(f"| {name} | {edition} | {each.found:.2f} | {each.merged:.2f} | {each.pairs} |")


if __name__ == "__main__":
    _print_all()
