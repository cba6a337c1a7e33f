"""The code stays as clear as it is: `make house` prints these figures."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize("container", ["nejat_crawler", "nejat_crawler.extraction", "nejat_crawler.archive"])
def test_the_picture_of_the_architecture_has_every_room_of_the_import_contract_and_no_other(container: str) -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("```mermaid")[1].split("```")[0]
    shown = set(re.findall(rf"%% {re.escape(container)}: (.*)", picture)[0].split())
    assert shown == {name for layer in structure.layers(container) for name in layer}
