"""The extra `machines`: an MCP client asks the served and the published archive; the tables are described."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import Request

import pytest

from tests.support.commands import run
from tests.support.served import Site, article, make_archive, serving

if TYPE_CHECKING:
    from mcp import Client

if not (find_spec("datasette_mcp") and find_spec("datasette_llms_txt")):
    pytest.skip("the extra `machines` is not installed", allow_module_level=True)

Answer = TypeVar("Answer")
Ask = Callable[["Client"], Coroutine[Any, Any, Answer]]

TABLES = {
    "articles": [
        article(1, title="Rope work in winter", body="The rope held.\n\nNobody fell.", published="2023-10-28"),
        article(2, title="A walk", body="No gear at all.", published="2024-02-01"),
        article(3, edition="fa", title="طناب", body="طناب کوتاه است.", published="2024-03-01"),
    ]
}
TOOLS = {"search", "article", "list_databases", "get_database_schema", "execute_sql"}
COUNTING = "with recursive n(i) as (select 1 union all select i + 1 from n {}) select i from n"


@contextmanager
def running(*command: str | Path, said: list[str] | None = None) -> Iterator[tuple[Site, subprocess.Popen[str]]]:
    """A server of this environment and its process; what it prints goes to `said`."""
    program, *rest = command
    process = subprocess.Popen(
        [Path(sys.executable).with_name(str(program)), *rest],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    said = [] if said is None else said
    try:
        assert process.stderr
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail("".join(said))
        threading.Thread(target=said.extend, args=(process.stderr,), daemon=True).start()
        yield Site(found[0]), process
    finally:
        process.terminate()
        process.wait(20)


def ask(site: Site, question: Ask[Answer], **options: Any) -> Answer:
    """What a client answers once it has connected."""
    from mcp import Client  # a second, which only the worker takes that runs these tests

    async def connected() -> Answer:
        async with Client(f"{site.address}/-/mcp", **options) as client:
            return await question(client)

    return asyncio.run(asyncio.wait_for(connected(), 20))


def call(site: Site, tool: str, **arguments: Any) -> Any:
    """What a tool answers; raises ValueError with what the tool says is wrong."""

    async def called(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    answer = ask(site, called)
    if answer.is_error:
        raise ValueError(answer.content[0].text)
    return answer.structured_content


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("machines") / "nejat.db", TABLES)


@pytest.fixture(scope="module")
def served(archive: Path) -> Iterator[tuple[Site, list[str]]]:
    said: list[str] = []
    with running("nejat", "serve", "--db", archive, "--port", "0", said=said) as (site, _):
        yield site, said


@pytest.fixture(scope="module")
def site(served: tuple[Site, list[str]]) -> Site:
    return served[0]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_finds_and_reads(site: Site, mode: str) -> None:
    async def read(client: Client) -> tuple[set[str], Any, Any]:
        tools = await client.list_tools()
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.tools)
        found = await client.call_tool("search", {"q": "rope", "edition": ["en"], "since": 2020})
        assert found.structured_content
        first = found.structured_content["results"][0]["id"]
        return (
            {tool.name for tool in tools.tools},
            found.structured_content,
            await client.call_tool("article", {"id": first}),
        )

    tools, found, text = ask(site, read, mode=mode)
    assert tools == TOOLS
    assert found["total"] == 1
    assert found["results"][0]["page"] == f"{site.address}/nejat/articles/en-1"
    assert text.content[0].text.startswith("Rope work in winter\n\n2023-10-28\n\nThe rope held.\n\nNobody fell.\n\n")
    assert "en-1" in text.content[0].text.splitlines()[-1]  # how to cite it


def test_search_is_the_search_of_the_site(site: Site) -> None:
    for asked in (
        {"q": "طناب"},
        {"q": "rope OR walk", "sort": "oldest", "size": 1, "page": 2},
        {"q": "no* NOT rope"},
    ):
        assert call(site, "search", **asked) == site.get("/nejat/search.json", **asked).json()


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {"q": "rope", "edition": ["xx"]}, "pattern"),
        ("search", {"q": "rope", "size": 1000}, "less than or equal to 100"),
        ("search", {}, "required"),
        ("article", {"id": "en-99"}, "There is no article en-99"),
        ("article", {"id": "../../etc"}, "There is no article"),
        ("execute_sql", {"database": "nejat", "sql": "select nil from articles"}, "no such column"),
        ("execute_sql", {"database": "nejat", "sql": "select"}, "incomplete input"),
        ("execute_sql", {"database": "_internal", "sql": "select 1"}, "does not exist or is not available"),
        ("execute_sql", {"database": "_memory", "sql": "select 1"}, "does not exist or is not available"),
        ("get_database_schema", {"database": "_internal"}, "does not exist or is not available"),
    ],
)
def test_what_makes_no_sense_is_said_to(site: Site, tool: str, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        call(site, tool, **arguments)
    assert "Traceback" not in str(refused.value)


def test_sql_sees_the_archive_and_nothing_else(site: Site) -> None:
    assert call(site, "list_databases") == {"databases": ["nejat"]}
    assert "CREATE TABLE" in call(site, "get_database_schema", database="nejat")["schema"]
    found = call(site, "execute_sql", database="nejat", sql="select id from articles where edition = 'fa'")
    assert (found["rows"], found["truncated"]) == ([{"id": "fa-3"}], False)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "insert into runs (command) values ('x')",
        "with x as (select 1) insert into runs (command) select 1",
        "explain delete from articles; delete from articles",
        "pragma journal_mode = delete",
        "pragma query_only = 0",
        "vacuum into 'copy.db'",
        "attach 'other.db' as other",
    ],
)
def test_sql_that_writes_is_refused(site: Site, archive: Path, sql: str) -> None:
    before = archive.read_bytes()
    refusal = r"must be a SELECT|may not contain PRAGMA|one statement|readonly|not authorized"
    with pytest.raises(ValueError, match=refusal):
        call(site, "execute_sql", database="nejat", sql=sql)
    assert archive.read_bytes() == before
    assert {path.name for path in archive.parent.iterdir()} <= {"nejat.db", "nejat.db-wal", "nejat.db-shm"}


def test_sql_is_limited_in_time_and_rows(site: Site) -> None:
    started = time.monotonic()
    with pytest.raises(ValueError, match="time limit"):
        call(
            site,
            "execute_sql",
            database="nejat",
            sql=COUNTING.format("").replace("select i from", "select max(i) from"),
        )
    assert 2 < time.monotonic() - started < 10
    many = call(site, "execute_sql", database="nejat", sql=COUNTING.format("limit 5000"))
    assert (len(many["rows"]), many["truncated"]) == (1000, True)


INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a test", "version": "1"}},
}  # fmt: skip
SENT = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def post(site: Site, body: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.ask(Request(f"{site.address}/-/mcp", data=body, headers={**SENT, **named}, method="POST"))


def test_the_endpoint_keeps_the_rules_of_the_site(site: Site) -> None:
    opening = json.dumps(INITIALIZE).encode()
    answer = post(site, opening)
    assert (answer.status, answer.json()["result"]["protocolVersion"]) == (200, "2025-06-18")
    refused = {
        403: post(site, opening, Origin="https://elsewhere.example"),  # a page that somebody has open
        413: post(site, b"{", Content_Length="5000000"),  # refused before it is sent
        400: post(site, b"{"),
        405: site.ask(Request(f"{site.address}/-/mcp", method="PUT", headers=SENT)),
    }
    assert {status: answer.status for status, answer in refused.items()} == {status: status for status in refused}
    for headers in (answer.headers, *(answer.headers for answer in refused.values())):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
    assert post(site, opening, Origin=site.address).status == 200
    assert post(site, opening, Origin="null").status == 403


def test_any_process_can_answer_any_request(site: Site) -> None:
    assert "mcp-session-id" not in post(site, json.dumps(INITIALIZE).encode()).headers
    alone = post(site, b'{"jsonrpc": "2.0", "id": 2, "method": "tools/list"}')
    assert {tool["name"] for tool in alone.json()["result"]["tools"]} == TOOLS


def test_nothing_is_logged_of_what_is_asked(served: tuple[Site, list[str]]) -> None:
    site, said = served
    call(site, "execute_sql", database="nejat", sql="select 1")
    assert [line for line in said if "Serving" not in line] == []


def test_tables_are_described_beside_our_own_llms_txt(site: Site) -> None:
    ours = site.get("/llms.txt").text
    assert "/nejat/search.json?q=" in ours
    assert f"{site.address}/-/mcp" in ours
    assert f"({site.address}/nejat.md)" in ours
    assert "[articles](/nejat/articles.md): 3 rows" in site.get("/nejat.md").text
    table = site.get("/nejat/articles.md")
    assert table.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "- `published` — Day of publication on the site's clock" in table.text
    assert table.text.count("| en-") + table.text.count("| fa-") == 1  # a row as an example
    assert site.get("/nejat/articles/llms.txt").text == table.text
    assert site.get("/nejat/nothing.md").status == 404
    assert "rope held" in site.get("/nejat/articles/en-1.txt").text


def test_without_the_extra_nothing_of_it_is_promised(archive: Path) -> None:
    with serving(archive) as site:
        assert post(site, json.dumps(INITIALIZE).encode()).status in {404, 405}
        assert "mcp" not in site.get("/llms.txt").text
        assert ".md)" not in site.get("/llms.txt").text
        assert site.get("/nejat/articles.md").status == site.get("/nejat.md").status == 404


def test_the_published_site_brings_the_endpoint_and_its_permissions(tmp_path: Path, archive: Path) -> None:
    folder = tmp_path / "public"
    assert run("nejat", "publish", "--db", archive, folder).code == 0
    wanted = {line.partition("==")[0] for line in (folder / "requirements.txt").read_text().split()}
    assert wanted >= {"datasette-llms-txt", "datasette-mcp", "mcp", "pyjwt", "cryptography"}
    with running("datasette", "serve", folder, "--port", "0") as (site, process):
        assert call(site, "search", q="rope")["total"] == 1
        assert call(site, "list_databases") == {"databases": ["nejat"]}
        with pytest.raises(ValueError, match="SELECT"):
            call(site, "execute_sql", database="nejat", sql="delete from articles")
        listening = HTTPConnection(site.address.removeprefix("http://"), timeout=20)
        listening.request("GET", "/-/mcp", headers=SENT)
        assert listening.getresponse().status == 200
        process.terminate()
        assert process.wait(10) is not None  # a client that waits for news does not keep the server from ending

    metadata = folder / "metadata.yaml"
    metadata.write_text("allow: false\n" + metadata.read_text())
    with running("datasette", "serve", folder, "--port", "0") as (site, _):
        for tool, arguments in {
            "search": {"q": "rope"},
            "article": {"id": "en-1"},
            "execute_sql": {"database": "nejat", "sql": "select 1"},
        }.items():
            with pytest.raises(ValueError, match=r"not open|not available"):
                call(site, tool, **arguments)
        assert {site.get(f"/nejat{path}").status for path in (".md", "/articles.md", "/articles/llms.txt")} == {403}
