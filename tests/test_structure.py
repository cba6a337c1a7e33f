"""The code stays as clear as it is: `make house` prints these figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import structure
from tests.support.commands import ROOT
from tests.support.structure import FIGURES, Figure


@pytest.mark.parametrize("figure", [one for one in FIGURES if one.held], ids=lambda figure: figure.what)
def test_no_figure_of_the_structure_is_above_its_limit(figure: Figure) -> None:
    found = figure.find()
    assert len(found) <= figure.most, "\n".join((f"{len(found)} {figure.what}, at most {figure.most}:", *found))


def test_every_exception_has_its_cause() -> None:
    assert set(structure.SHARED_NAMES) <= structure.owners_that_meet().keys()
    long = {line.split(":")[0] for line in structure.long_files()}
    assert set(structure.LONG) == long, (
        "a file over 250 lines says why in tests/support/structure.py, and no other does"
    )


def boxes_of(picture: str) -> dict[str, set[str]]:
    """The boxes directly inside each box of a flowchart, by their labels."""
    inside: dict[str, set[str]] = {"": set()}
    around = [""]
    for line in picture.splitlines():
        if line.strip() == "end":
            around.pop()
        elif box := re.fullmatch(r"\s*(subgraph )?\w+\[\"(\w+)/?\"\]", line):
            inside[around[-1]].add(box[2])
            if box[1]:
                around.append(box[2])
                inside[box[2]] = set()
    return inside


def test_the_picture_of_the_architecture_has_every_package_and_module_of_the_import_contract_and_no_other() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    shown = boxes_of(page.split("```mermaid")[1].split("```")[0])
    contract = {
        container.split(".")[-1]: {name for layer in structure.layers(container) for name in layer}
        for one in structure.contracts()
        for container in one["containers"]
    }
    assert {container: boxes for container, boxes in shown.items() if container} == contract


PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_the_documentation_names_is_found_from_the_root(page: Path) -> None:
    text = page.read_text("utf-8")
    named = re.findall(
        r"`((?:nejat_crawler|spiders|pipelines|tests|benchmarks|docs)/[\w./-]*|[\w/]+\.(?:py|toml))`", text
    )
    assert [name for name in named if not (ROOT / name).exists()] == []
