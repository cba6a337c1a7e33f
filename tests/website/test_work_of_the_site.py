"""What a page of the site costs, in things that can be counted: statements, cells, what is listed and folded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.plugins import pm  # type: ignore[import-untyped]
from jinja2 import Environment

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.full_text.matches import list_matches
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.folding import fold_for_search
from nejat_crawler.items import Article
from nejat_crawler.website.app.turns import Turns
from nejat_crawler.website.pages.article_pages import read_article
from nejat_crawler.website.readers_sql.process_pool import ProcessPool, Rows, Statement
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.serve import build_datasette
from tests.support import processes
from tests.support.served import article, make_archive

FEW, MANY = 3, 40
BOATS = [article(n, body=f"A boat on lake {n}.") for n in range(1, MANY + 1)]
BOATS += [article(MANY + n, body=f"Many boats on lake {n}.") for n in range(1, FEW + 1)]
SAILS = [article(90 + n, edition="fa", body=f"بادبان‌ها و طناب‌ها و قایق‌ها {n}") for n in range(FEW)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tags = [{"article_id": "en-1", "position": 0, "name": "blue"}]
    tables = {"articles": [*BOATS, *SAILS], "article_tags": tags}
    return make_archive(tmp_path_factory.mktemp("work") / "nejat.db", tables)


class Pages:
    """The site without a network; what is asked of its processes for SQL, and how many cells plugins are shown."""

    def __init__(self, path: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.site = build_datasette(path)
        self.statements: list[str] = []
        self.cells = 0

    @hookimpl  # type: ignore[untyped-decorator]
    def render_cell(self) -> None:
        self.cells += 1

    def get(self, path: str) -> str:
        """A page, with what it costs counted anew."""
        self.statements.clear()
        self.cells = 0
        answer = self.loop.run_until_complete(self.site.client.get(path))
        assert answer.status_code == 200, answer.text[:500]
        return str(answer.text)


@pytest.fixture
def pages(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    site, run = Pages(archive), ProcessPool.run

    async def counted(pool: ProcessPool, statement: Statement) -> Rows:
        site.statements.append(statement.sql)
        return await run(pool, statement)

    monkeypatch.setattr(ProcessPool, "run", counted)
    pm.register(site)
    yield site
    pm.unregister(site)
    site.loop.close()


def test_a_table_is_asked_for_its_rows_their_number_and_three_facets_and_no_cell_is_made_that_nobody_sees(
    pages: Pages,
) -> None:
    pages.get("/nejat/articles")
    shown = pages.get("/nejat/articles?year=2023")
    assert f"{MANY + FEW + FEW} articles" in shown
    assert "A boat on lake" in shown
    assert len(pages.statements) <= 6, pages.statements  # the sixth: which captures they were read from
    assert not [sql for sql in pages.statements if "sqlite_master" in sql]
    assert pages.cells == 0
    assert "blue" in pages.get("/nejat/article_tags")
    assert pages.cells


def test_what_a_table_is_made_of_is_asked_again_when_the_tables_were_defined_anew(
    pages: Pages,
) -> None:
    pages.get("/nejat/walks")
    database = pages.site.get_database("nejat")
    known = pages.loop.run_until_complete(database.table_columns("walks"))
    database._known = (database._known[0] + 1, {("table_columns", "walks"): ["of before"]})
    assert pages.loop.run_until_complete(database.table_columns("walks")) == ["of before"]
    pages.get("/nejat/walks?_size=5")  # SQLite numbers what defines its tables; another number, and nothing is known
    assert pages.loop.run_until_complete(database.table_columns("walks")) == known
    for at in range(1100):
        pages.loop.run_until_complete(database.table_exists(f"none {at}"))
    assert len(database._known[1]) <= 1000


def test_what_holds_a_word_as_typed_is_listed_once_and_its_other_forms_by_themselves(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[int] = []

    def counted(*asked: Any, **how: Any) -> list[int]:
        found = list_matches(*asked, **how)
        listed.append(len(found))
        return found

    monkeypatch.setattr("nejat_crawler.website.search.ranking.list_matches", counted)
    with closing(open_for_search(archive)) as connection:
        searcher = Searcher(archive)
        found = searcher.find(connection, SearchRequest("boat"))
        assert found.total == MANY + FEW
        kinds = MANY + FEW  # in texts once more, to say in how many texts the words stand
        assert sum(listed) <= MANY + FEW + kinds
        assert len(listed) <= 12
        listed.clear()
        assert searcher.find(connection, SearchRequest("boat", page=2)).hits
        assert listed == []


def test_the_words_of_a_text_are_folded_at_once_to_tell_how_they_are_written(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded: list[str] = []

    def counted(text: str | None) -> str:
        folded.append(text or "")
        return fold_for_search(text)

    monkeypatch.setattr("nejat_crawler.website.search.spelling.as_written.fold_for_search", counted)
    with closing(open_for_search(archive)) as connection:
        found = Searcher(archive).find(connection, SearchRequest("بادبان"))
    assert found.other_forms == ["بادبان‌ها"]
    assert len(folded) <= FEW


def test_the_page_of_an_article_takes_few_statements(archive: Path) -> None:
    with closing(open_for_search(archive)) as connection:
        searcher = Searcher(archive)
        assert read_article(connection, searcher, f"en-{MANY + 1}")
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        shown = read_article(connection, searcher, f"en-{MANY + 2}")
    assert shown
    assert shown["near"]["similar"]
    assert len([sql for sql in statements if not sql.startswith("--")]) <= 16


def test_a_run_leaves_an_index_in_few_pieces_however_many_transactions_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "nejat.db"
    with Archive.open(path) as archive:
        for n in range(1, 61):
            archive.save(
                Article(
                    edition="en", source="html", theme="soledad", found_at="pages/1.html", status="unseen",
                    captured_at="2026-01-01T00:00:00Z", title=f"Oars {n}", post_id=n, body="An oar.", images=[],
                )
            )  # fmt: skip
        assert segments(archive) > 8
    with Archive.open_readonly(path) as archive:
        assert segments(archive) <= 3
    with closing(open_for_search(path)) as connection:
        assert Searcher(path).find(connection, SearchRequest("oars")).total == 60


def segments(archive: Archive) -> int:
    return int(archive.db.execute("SELECT count(DISTINCT segid) FROM articles_fts_idx").fetchone()[0])


def test_tables_follow_each_other_at_once_while_nobody_asks_for_our_own_pages() -> None:
    async def waits(*, ours: bool) -> bool:
        turns = Turns()
        leave = await turns.begin("others")
        if ours:
            turns.begin_ours()()
        await asyncio.sleep(0.2)
        leave()
        try:
            async with asyncio.timeout(0.05):
                await turns.begin("others")
        except TimeoutError:
            return True
        return False

    assert asyncio.run(waits(ours=True))
    assert not asyncio.run(waits(ours=False))


def test_the_parameters_of_a_table_are_read_a_few_times(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.get("/nejat/articles")
    read: list[str] = []

    def counted(*, qs: str, **how: Any) -> dict[str, list[str]]:
        read.append(qs)
        return parse_qs(qs, **how)

    monkeypatch.setattr("datasette.utils.asgi.parse_qs", counted)
    assert "boats on lake 1" in pages.get("/nejat/articles?year=2023&edition=en&_sort=post_id&_size=50")
    assert len(read) <= 3, read  # 35


@pytest.mark.parametrize(
    ("path", "words", "shown", "most"),
    [("search?q=lake", "<mark>lake</mark>", 20, 270), ("articles?year=2023", "on lake", 30, 420)],
    ids=["results", "table"],
)
def test_a_page_has_few_steps_of_its_template(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, path: str, words: str, shown: int, most: int
) -> None:
    """A piece of text, a result or a choice is no step: of each there are many."""
    pages.get("/nejat/search?q=boat")
    steps: list[str] = []
    join = Environment.concat

    def counted(texts: Iterable[str]) -> str:
        each = list(texts)
        steps.extend(each)
        return join(each)

    monkeypatch.setattr(Environment, "concat", staticmethod(counted))
    assert pages.get(f"/nejat/{path}").count(words) == shown
    assert 0 < len(steps) < most  # twice as many and more, were each of them one


def test_no_table_of_units_is_read_for_columns_that_have_none() -> None:
    served = processes.Running(exec, "import sys; print(*sys.modules)").end().out.split()
    assert "nejat_crawler.website.serve" in served
    assert [name for name in served if ".pint" in name] == []
