"""What readers write as SQL ends in its time, with an answer of bounded size, and does what reading needs alone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from datasette.utils import StartupError  # type: ignore[import-untyped]

from nejat_crawler.website.app import turns
from nejat_crawler.website.lean_datasette import Datasette
from nejat_crawler.website.readers_sql import process_pool, reader_process
from nejat_crawler.website.serve import build_datasette
from tests.support.served import article, make_archive

LONG = "replace(hex(zeroblob(2000000)),'0','a')"
COUNT = "with recursive t(i) as (select 1 union all select i+1 from t)"
DEEP = "".join(f"c{n}(x) as (select a.x from c{n - 1} a, c{n - 1} b)," for n in range(1, 40)).rstrip(",")

REFUSED = {
    # one step of SQLite's machine, in which its own clock is not looked at
    "instr": "select instr(zeroblob(30000000), zeroblob(15000000)||x'01')",
    "replace": f"select length(replace({LONG}, substr({LONG},1,1900000)||'b', ''))",
    "trim": f"select length(trim({LONG}||'b', replace(hex(zeroblob(15000)),'0','cd')||'a'))",
    "nested in preparation": f"with c0(x) as (select 1), {DEEP} select count(*) from c39",
    # many steps
    "endless recursion": f"{COUNT} select max(i) from t",
    "endless recursion of blobs": "with recursive t(b) as (select zeroblob(900000) union select b||x'01' from t)"
    " select count(*) from t order by 1",
    "cross join": "select count(*) from articles a, articles b, articles c, articles d, articles e, articles f",
    "window": f"{COUNT} select sum(i) over (order by i desc) from t",
    "json": f"{COUNT} select json_group_array(i) from t",
    "sorting": f"{COUNT} select hex(randomblob(900)) h from t order by h",
    "aggregate": f"{COUNT} select group_concat(hex(zeroblob(1000))) from t",
    # bytes
    "blobs": "select zeroblob(30000000) from articles",
    "texts": "select printf('%.*c',500000,'x') from articles a, articles b",
    "one value": "select zeroblob(900000000)",
    "one value of an answer": "select zeroblob(20000000)",
    "doubled": "select hex(hex(hex(hex(hex(zeroblob(2000000))))))",
    # limits of SQLite
    "long pattern": f"select 'a' like substr({LONG},1,2000)",
    "long glob": f"select 'a' glob substr({LONG},1,2000)",
    "deep expression": "select " + "(" * 900 + "1" + ")" * 900,
    "long chain": "select " + "||".join(["'a'"] * 900),
    "compound": " union ".join(["select 1"] * 100),
    "columns": "select " + ",".join(["1"] * 900),
    "arguments": "select max(" + ",".join(["1"] * 120) + ")",
    "long statement": "select 1 /*" + "x" * 60_000 + "*/",
    "spaces behind a comment": "/**/" + " " * 40_000 + "x",
    # what no archive needs
    "statements": "select sql from sqlite_stmt",
    "pages": "select * from dbstat",
    "pointers": "select fts3_tokenizer('simple')",
    "tokens": "select * from fts3tokenize('simple', 'a b')",
    "fts5": "select fts5(null)",
    "extension": "select load_extension('x')",
    "log": "select sqlite_log(1, 'x')",
    "where the file lies": "select * from pragma_database_list",
    "options": "select * from pragma_compile_options",
    "modules": "select * from pragma_module_list",
    "a pragma that sets": "select * from pragma_page_size(1024)",
    "quick check": "select * from pragma_quick_check",
    "heap": "select * from pragma_hard_heap_limit(0)",
    "rtree": "select rtreecheck('main', 'articles')",
    "attach": "explain select 1; attach 'x' as y",
    "several": "select 1; select 2",
    "no such function": "select readfile('/etc/passwd')",
}
ANSWERED = {
    "select count(*) from articles": [[60]],
    "select fold_for_search('ÇA'), abs(-1), json_extract('[7]', '$[0]')": [["ca", 1, 7]],
    "select count(*) from articles_fts where articles_fts match escape_fts('body')": [[60]],
    "select id from articles where id like 'en-6_' or id glob 'en-9' order by id": [["en-60"], ["en-9"]],
    "with recursive t(i) as (select 1 union all select i+1 from t limit 3) select i, sum(i) over () from t": [
        [1, 6], [2, 6], [3, 6],
    ],
    "select name from pragma_table_info('article_tags') where pk": [["article_id"], ["position"]],
    "select value from json_each('[1,2]')": [[1], [2]],
    "select 1 a, 2 a, null, 'ç' || char(8204)": [[1, 2, None, "ç\u200c"]],
    "-- a comment\n/* and another */ select strftime('%Y', '2020-01-02')": [["2020"]],
}  # fmt: skip


class Asked:
    """A site that is asked without a network, by one loop."""

    def __init__(self, path: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = build_datasette(path)

    def get(self, path: str, **parameters: Any) -> Any:
        query = f"?{urlencode(parameters, errors='surrogatepass')}" if parameters else ""
        return self.loop.run_until_complete(self.datasette.client.get(f"{path}{query}"))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    rows = [
        article(n, body="Body and rope. " * 30, body_html=f"<p>{'Body and rope. ' * 300}</p>") for n in range(1, 61)
    ]
    site = Asked(make_archive(tmp_path_factory.mktemp("hostile") / "nejat.db", {"articles": rows}))
    site.datasette._settings["sql_time_limit_ms"] = site.datasette.sql_time_limit_ms = 300
    yield site
    site.loop.close()


@pytest.fixture
def at_once(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be refused is ended when its time is over, as on a machine that has nothing else to do."""
    asked.get("/nejat.json", sql="select 1")  # a process is there
    monkeypatch.setattr(process_pool, "_LEAST", 0)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_a_query_that_takes_too_much_or_wants_too_much_is_refused(asked: Asked, sql: str) -> None:
    began = time.monotonic()
    answer = asked.get("/nejat.json", sql=sql)
    assert answer.status_code == 400, answer.text[:300]
    assert answer.json()["error"]
    assert time.monotonic() - began < 20  # 0.8 on a machine of its own; without a limit for ever


def test_a_process_for_readers_sql_brings_nothing_along_that_takes_a_second_to_import() -> None:
    program = f"import sys, {reader_process.__name__}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"sqlite_utils", "pandas", "numpy", "datasette", "bs4", "pydantic"} & set(loaded) == set()


def test_folding_ends_in_its_time_whether_or_not_it_is_done(asked: Asked) -> None:
    sql = "select fold_for_search('a'||replace(hex(zeroblob(1000000)),'00',char(769)||char(790)))"
    began = time.monotonic()
    assert asked.get("/nejat.json", sql=sql).status_code in {200, 400}  # it is linear: fast machines get to its end
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("sql", ANSWERED)
def test_what_an_archive_is_asked_for_is_answered(asked: Asked, sql: str) -> None:
    answer = asked.get("/nejat.json", sql=sql, _shape="arrays")
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] == ANSWERED[sql]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "path",
    [
        "/nejat/articles.json?_where=instr(zeroblob(30000000),zeroblob(15000000)||x%2701%27)",
        "/nejat/articles.csv?_where=id+in+(select+load_extension(1))",
        "/nejat/articles.json?_where=id+in+(select+sql+from+sqlite_stmt)",
        f"/nejat/articles.csv?_stream=on&_where=({quote_plus(COUNT)}+select+max(i)+from+t)",
        "/nejat.blob?sql=select+1.5+a&_blob_column=a",
        "/nejat/articles/en-1.blob?_blob_column=year",
    ],
)
def test_conditions_and_files_that_readers_ask_for_are_bound_alike(asked: Asked, path: str) -> None:
    assert asked.get(path).status_code == 400


def test_our_own_pages_do_not_wait_for_what_others_write(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ("/?", "/nejat/search?q=rope&", "/nejat/articles/en-1?", "/nejat/articles.json?_size=1&")
    monkeypatch.setattr(asked.datasette, "sql_time_limit_ms", 1500)
    monkeypatch.setattr(turns, "_MOST_WAITING", 2)
    get = asked.datasette.client.get

    async def read(mark: str) -> float:
        began = time.monotonic()
        for path in pages:
            assert (await get(path + mark)).status_code == 200
        return time.monotonic() - began

    async def ask() -> tuple[list[Any], float, float]:
        await read("first")  # words and version are gathered
        quiet = await read("second")
        hostile = [get(f"/nejat.json?{urlencode({'sql': REFUSED['instr'], 'n': n})}") for n in range(8)]
        others = [asyncio.create_task(each) for each in hostile]
        await asyncio.sleep(0.2)
        taken = await read("third")
        return await asyncio.gather(*others), quiet, taken

    answers, quiet, taken = asked.loop.run_until_complete(ask())
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) >= 4  # two are made at once, and two wait for these
    assert {(answer.json()["ok"], "retry-after" in answer.headers) for answer in refused} == {(False, True)}
    assert {answer.status_code for answer in answers} == {400, 503}
    assert taken < 3 * quiet + 2  # some 0.3 seconds, more where others use the machine; behind the others, four


def test_a_page_of_long_rows_holds_as_many_as_fit_and_none_is_lost(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nejat_crawler.website.database._LONGEST_PAGE", 100_000)
    monkeypatch.setattr("nejat_crawler.website.database._LONGEST_STREAMED", 50_000)
    found: list[str] = []
    path, pages = "/nejat/articles.json?_size=max&_shape=objects", 0
    while path:
        answer = asked.get(path).json()
        found += [row["id"] for row in answer["rows"]]
        path, pages = (answer["next_url"] or "").removeprefix("http://localhost"), pages + 1
    assert pages > 2
    assert sorted(found) == sorted(f"en-{n}" for n in range(1, 61))
    lines = asked.get("/nejat/articles.csv?_stream=on&_col=body_html").text.splitlines()
    assert sorted(line.split(",")[0] for line in lines[1:]) == sorted(found)


def test_another_database_beside_the_archive_is_refused(asked: Asked) -> None:
    path = asked.datasette.get_database("nejat").path
    other = Datasette([path], memory=True, config_dir=Path(asked.datasette.config_dir))
    other.get_database("nejat")
    with pytest.raises(StartupError, match="_memory cannot be served"):
        asked.loop.run_until_complete(other.invoke_startup())
