"""Requests reach the application whole, or not at all; what it answers arrives unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from quizapp.body_buffer import BodyBuffer, environ

LIMIT = 10
SCOPE = {
    "type": "http",
    "method": "POST",
    "http_version": "1.1",
    "scheme": "http",
    "server": ("127.0.0.1", "8000"),
    "client": ("127.0.0.1", "50000"),
    "raw_path": b"/a",
    "query_string": b"",
    "headers": [],
}

Message = dict[str, Any]


def echo(request: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = request["wsgi.input"].read()
    start_response("200 OK", [("X-Size", request["CONTENT_LENGTH"])])
    return [b"<", body, b">"]


def part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def answer(
    *messages: Message, application: Any = echo, patience: float = 5, more: int = 0, **scope: Any
) -> list[Message]:
    """What is sent when these messages arrive and then nothing more."""
    arriving = list(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        if not arriving:
            await asyncio.sleep(60)
        return arriving.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    buffer = BodyBuffer(application, LIMIT, patience, allowance=lambda _: more)
    # In a thread of its own: in this one Playwright may have left an event loop running.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(buffer(SCOPE | scope, receive, send))).result()
    return sent


def test_a_body_in_pieces_arrives_whole() -> None:
    start, body = answer(part(b"abc", more=True), part(b"", more=True), part(b"def"))

    assert (start["status"], start["headers"]) == (200, [(b"x-size", b"6")])
    assert body["body"] == b"<abcdef>"


@pytest.mark.parametrize(
    "request_",
    [
        {"messages": [], "headers": [(b"content-length", b"11")]},
        {"messages": [part(b"123456", more=True), part(b"78901", more=True)], "headers": []},
    ],
    ids=["declared", "in chunks"],
)
def test_a21_of_a_body_beyond_the_limit_only_the_size_arrives(request_: dict[str, Any]) -> None:
    start, body = answer(*request_["messages"], headers=request_["headers"])

    assert start["headers"] == [(b"x-size", b"11")]
    assert body["body"] == b"<>"


def test_a_body_at_the_limit_arrives() -> None:
    assert answer(part(b"1234567890"))[1]["body"] == b"<1234567890>"


def test_who_takes_too_long_is_told_so() -> None:
    assert answer(part(b"a", more=True), patience=0.01)[0]["status"] == 408


def test_a_request_cut_off_never_reaches_the_application() -> None:
    start, _ = answer(part(b"a", more=True), {"type": "http.disconnect"}, application=None)

    assert start["status"] == 408


def test_the_last_status_counts_and_the_answer_is_closed() -> None:
    closed = []

    class Chunks:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"late"])

        def close(self) -> None:
            closed.append(True)

    def application(request: dict[str, Any], start_response: Any) -> Chunks:
        start_response("200 OK", [])
        write = start_response("500 No", [("A", "b")], None)
        write(b"early, ")
        return Chunks()

    start, body = answer(part(b""), application=application)

    assert (start["status"], start["headers"], body["body"]) == (500, [(b"a", b"b")], b"early, late")
    assert closed == [True]


def test_paths_keep_their_bytes() -> None:
    request = environ(SCOPE | {"raw_path": b"/%C3%A9%ff%2Fx", "query_string": b"q=%C3"}, 0, b"")

    assert request["PATH_INFO"].encode("latin-1") == b"/\xc3\xa9\xff/x"
    assert request["QUERY_STRING"] == "q=%C3"


def test_headers_are_named_as_wsgi_names_them() -> None:
    headers = [
        (b"content-type", b"text/plain"),
        (b"transfer-encoding", b"chunked"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-list", b"1"),
        (b"x-list", b"2"),
        (b"x_forwarded_for", b"somebody else"),
    ]
    request = environ(SCOPE | {"headers": headers}, 0, b"")

    assert request["CONTENT_TYPE"] == "text/plain"
    assert {name: value for name, value in request.items() if name.startswith("HTTP_")} == {
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_LIST": "1,2",
    }


def test_some_requests_may_bring_more() -> None:
    body = part(b"123456", more=True), part(b"78901")

    assert answer(*body, more=11)[1]["body"] == b"<12345678901>"
    assert answer(*body, more=10)[1]["body"] == b"<>"
