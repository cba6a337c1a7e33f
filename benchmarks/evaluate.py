"""Compares our extractor with trafilatura and newspaper4k on pages whose truth is known.

`python -m benchmarks.evaluate` reads the sample site, stock themes, and the folders of real pages where they are.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from selectolax.lexbor import LexborHTMLParser

from benchmarks.appearances import appearance_cases
from benchmarks.cases import BadFolderError, Case, folder_cases, sample_cases
from benchmarks.extractors import Extractor, peers, read_ours
from benchmarks.floors import Floors, read_floors
from benchmarks.scores import FIELDS, OWN_FIELDS, Score, totals
from benchmarks.stock_themes.stock_cases import stock_cases
from nejat_crawler.extraction.themes import theme_of
from nejat_crawler.sample_site import SampleSite

OURS = "ours"
ROUNDS = 3
SHARED = Path(__file__).resolve().parents[2] / "shared"

#: Edition, design with its variant if it has any, and whether they are listings.
Group = tuple[str, str, bool]
Results = dict[tuple[Group, str], Score]


def default_cases() -> Iterator[Case]:
    """The sample site, stock themes, and the folders of real pages that this machine has."""
    yield from sample_cases(SampleSite())
    yield from appearance_cases(SampleSite(("en", "fa"), limit=40), own_pages=3)
    yield from stock_cases()
    for name in ("samples", "designs"):
        if (SHARED / name / "expected.json").exists():
            yield from folder_cases(SHARED / name)


def group_of(case: Case) -> Group:
    """The row of the table that a page counts for."""
    theme = theme_of(LexborHTMLParser(case.pages[0]))
    name = theme.name if theme else "unrecognised"
    return case.edition, f"{name} {case.variant}".strip(), case.listing


def evaluate(cases: Iterable[Case], others: Mapping[str, Extractor], floors: Floors, rounds: int = 1) -> Results:
    """Scores by group and extractor; the others, which cannot read listings, see articles' own pages only.

    Nor do they see the same articles again in each appearance of the theme.

    A page is read `rounds` times, and its fastest time counts: some groups have one page.
    """
    results: Results = {}
    warm: set[str] = set()
    for case in cases:
        group = group_of(case)
        unseen = floors.unseen_fields(group[1].partition(" ")[0], listing=case.listing)
        for name, read in {OURS: read_ours, **({} if case.listing or case.variant else others)}.items():
            if name not in warm:  # what is built once must not count
                read(case)
                warm.add(name)
            score = results.setdefault((group, name), Score())
            times = []
            for _ in range(rounds):
                start = time.perf_counter()
                found = read(case)
                times.append(time.perf_counter() - start)
            score.seconds += min(times)
            score.add(case, found, unseen)
    for listing in (False, True):
        for name in dict.fromkeys(name for (group, name) in results if group[2] == listing):
            parts = [score for (group, other), score in results.items() if group[2] == listing and other == name]
            results[("all", "all", listing), name] = totals(parts)
    return results


def _cells(results: Results, group: Group, name: str) -> list[str]:
    score = results[group, name]
    shares = [score.exact(field) for field in FIELDS]
    wrong = "/".join(str(score.fields[field].wrong) for field in FIELDS)
    speed = score.articles / score.seconds
    ours = results[group, OURS]
    return [
        *group[:2],
        name,
        str(score.articles),
        *("–" if share is None else f"{share:.3f}" for share in shares),
        f"{score.similarity:.3f}" if score.similarities else "–",
        f"{score.joiners_kept}/{score.joiners}" if score.joiners else "–",
        wrong,
        str(score.chrome),
        f"{speed:.0f}",
        f"{ours.articles / ours.seconds / speed:.1f}",
    ]


HEAD = (
    "edition", "theme", "extractor", "articles", "title", "category", "date", "body", "word F1", "joiners",
    "wrong t/c/d/b", "chrome", "articles/s", "ours is faster by",
)  # fmt: skip


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table, its columns aligned."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    cells = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def report(results: Results) -> str:
    """Three tables: articles' own pages, listings, and the fields that ours alone reads."""
    keys = sorted(results, key=lambda key: (key[0][0] == "all", key[0], key[1] != OURS, key[1]))
    own, listings = ([key for key in keys if key[0][2] == listing] for listing in (False, True))
    more = [key for key in keys if key[1] == OURS]
    shares = {key: [results[key].exact(field) for field in OWN_FIELDS] for key in more}
    return "\n\n".join(
        (
            "Articles' own pages",
            _table(HEAD, (_cells(results, *key) for key in own)),
            "Listings (ours only: the others take one article from a page)",
            _table(HEAD[:-1], (_cells(results, *key)[:-1] for key in listings)),
            "Further fields (ours only), share of exact values",
            _table(
                ("edition", "theme", "page", *OWN_FIELDS),
                (
                    (
                        *key[0][:2],
                        "listing" if key[0][2] else "own",
                        *("–" if s is None else f"{s:.3f}" for s in shares[key]),
                    )
                    for key in more
                ),
            ),
        )
    )


def as_json(results: Results) -> list[dict[str, Any]]:
    """The same for machines, with the name of every fault."""
    return [
        {
            "edition": group[0],
            "theme": group[1],
            "page": "listing" if group[2] else "own",
            "extractor": name,
            "articles": score.articles,
            "exact": {field: score.exact(field) for field in score.fields},
            "compared": {field: tally.compared for field, tally in score.fields.items()},
            "wrong": {field: tally.wrong for field, tally in score.fields.items()},
            "word_f1": score.similarity,
            "joiners": score.joiners,
            "joiners_kept": score.joiners_kept,
            "chrome": score.chrome,
            "articles_per_second": score.articles / score.seconds,
            "missed": score.missed,
            "faults": score.faults,
        }
        for (group, name), score in results.items()
    ]


@click.command()
@click.option(
    "--folder",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Pages and their expected.json, in place of the sample site and the shared pages. May be repeated.",
)
@click.option("--json", "machine", is_flag=True, help="Print JSON, with the name of every fault.")
@click.option("--ours-only", is_flag=True, help="Leave trafilatura and newspaper4k out.")
def main(folders: tuple[Path, ...], *, machine: bool, ours_only: bool) -> None:
    """Print how exact each extractor is, by edition and design; exit 1 if ours lies below a floor."""
    others = {} if ours_only else peers()
    floors = read_floors()
    for name in {"trafilatura", "newspaper4k"} - others.keys() if not ours_only else ():
        click.echo(f"{name} is not installed: pip install -e '.[evaluate]'", err=True)
    try:
        cases = [case for folder in folders for case in folder_cases(folder)] or list(default_cases())
    except BadFolderError as error:
        raise click.ClickException(str(error)) from error
    results = evaluate(cases, others, floors, ROUNDS)
    click.echo(json.dumps(as_json(results), ensure_ascii=False, indent=1) if machine else report(results))
    faults = [
        f"{' '.join(group[:2])} {'listings' if group[2] else 'articles'}: {fault}"
        for (group, name), score in results.items()
        if name == OURS
        for fault in floors.faults(score)
    ]
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
