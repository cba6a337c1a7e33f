"""Who takes nothing, or says nothing, is let go after a while; who takes what he is sent gets all of it."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn

from nejat_crawler.website.app import http_protocol

SENT = 4 * 2**20
ASKED = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
Connect = Callable[[bytes], socket.socket]


async def _application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001  # as uvicorn calls it
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * SENT})


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Opens connections to a server of long answers, with shorter limits than those of the site."""
    for name, value in {"_STALLED": 0.4, "_LONGEST_ARRIVAL": 0.4, "_MOST_SLOW": 4}.items():
        monkeypatch.setattr(http_protocol, name, value)
    config = uvicorn.Config(_application, http=http_protocol.LenientProtocol, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as opened:

        def connection(sent: bytes) -> socket.socket:
            made = opened.enter_context(socket.socket())
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made.settimeout(30)
            made.connect(listener.getsockname())
            made.sendall(sent)
            return made

        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        running.start()
        yield connection
        server.force_exit = server.should_exit = True
        running.join(20)


def _gone(held: list[socket.socket]) -> set[int]:
    """Which of some connections the other side has ended."""
    poll = select.poll()
    for opened in held:
        poll.register(opened, 0)
    numbers = {opened.fileno(): number for number, opened in enumerate(held)}
    return {numbers[handle] for handle, event in poll.poll(0) if event & select.POLLHUP}


def _wait_for(held: list[socket.socket], gone: set[int]) -> None:
    until = time.monotonic() + 30
    while not _gone(held) >= gone and time.monotonic() < until:
        time.sleep(0.02)
    assert _gone(held) >= gone


def _taken(reader: socket.socket, pause: float = 0) -> int:
    found = 0
    while data := reader.recv(2**17):
        found += len(data)
        time.sleep(pause)
    return found


def test_who_takes_nothing_is_let_go_and_who_takes_slowly_is_not(connect: Connect) -> None:
    held = [connect(ASKED)]
    slow = connect(ASKED)
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**18)
    assert _taken(slow, 0.02) > SENT
    _wait_for(held, {0})


def test_of_too_many_who_take_nothing_those_go_first_that_have_been_slow_for_longest(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "_STALLED", 60)
    held: list[socket.socket] = []
    for _ in range(7):
        held.append(connect(ASKED))
        assert held[-1].recv(1)  # its answer has begun
    _wait_for(held, {0, 1, 2})
    assert _gone(held) == {0, 1, 2}
    assert _taken(connect(ASKED)) > SENT


def test_no_more_may_wait_for_readers_than_memory_is_set_apart(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "_STALLED", 60)
    monkeypatch.setattr(http_protocol, "_MOST_BUFFERED", 2 * SENT)
    held: list[socket.socket] = []
    for _ in range(4):
        held.append(connect(ASKED))
        assert held[-1].recv(1)
    _wait_for(held, {0})
    assert _taken(connect(ASKED)) > SENT


def test_who_says_nothing_or_half_of_it_is_let_go(connect: Connect) -> None:
    _wait_for([connect(half) for half in (b"", b"GET / HT", ASKED[:-2])], {0, 1, 2})
