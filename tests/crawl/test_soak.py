from __future__ import annotations

from pathlib import Path

import pytest

from nejat_crawler.sample_site import SampleSite, serve
from tests.support.soak import Soak


@pytest.mark.parametrize(
    ("nights", "seed"),
    [(7, 1), pytest.param(60, 2, marks=pytest.mark.soak), pytest.param(60, 3, marks=pytest.mark.soak)],
)
def test_the_archive_is_the_truth_after_every_night(db: Path, nights: int, seed: int) -> None:
    site = SampleSite(editions=("en", "sq"), limit=34)
    with serve(site) as server:
        soak = Soak(site, server, db, seed)
        assert soak.run().code == 0
        soak.expect(set(site.blogs))
        soak.compare()
        for night in range(1, nights):
            soak.something_happens()
            if night % 7 == 4:
                soak.bad_night()
            else:
                soak.good_night(full=night % 5 == 3, moving=night % 11 == 6)


@pytest.mark.parametrize(
    ("nights", "seed"), [(6, 1), *(pytest.param(20, seed, marks=pytest.mark.soak) for seed in (2, 3, 4))]
)
def test_no_change_of_version_layout_or_theme_loses_a_text_or_makes_a_version(
    db: Path, nights: int, seed: int
) -> None:
    site = SampleSite(editions=("en", "fa"), limit=34)
    with serve(site) as server:
        soak = Soak(site, server, db, seed)
        soak.dress()
        assert soak.run().code == 0
        soak.expect(set(site.blogs))
        soak.compare()
        for night in range(1, nights):
            soak.something_happens()
            soak.dress()
            soak.good_night(full=night % 5 == 3)
