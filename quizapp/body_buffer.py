"""Runs a WSGI application behind an event loop that takes in each request whole.

The application has one thread, so that the interpreter lock costs nothing. What it must never do is wait for somebody
who sends slowly: the event loop waits instead, for all of them at once, and hands over what has arrived.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Allowance = Callable[[Scope], int]
RawHeaders = list[tuple[bytes, bytes]]

PATIENCE = 60.0  # seconds in which a body has to arrive

# What these say no longer holds once the body is whole.
_OUR_BUSINESS = frozenset({"CONTENT_LENGTH", "TRANSFER_ENCODING"})


class ClientGoneError(Exception):
    """The client went away before its request was whole."""


class Answer(NamedTuple):
    """What a server sends back."""

    status: int
    headers: RawHeaders
    body: bytes


TOO_SLOW = Answer(408, [(b"connection", b"close"), (b"content-length", b"0")], b"")


class BodyBuffer:
    """An ASGI application that feeds a WSGI one.

    A body of more than ``limit`` bytes is not taken in: the application gets its size alone, and answers 413 in its
    own words. ``allowance`` says, before anything of the body is read, which requests may bring more.
    """

    def __init__(
        self,
        application: WSGIApplication,
        limit: int,
        patience: float = PATIENCE,
        allowance: Allowance = lambda _: 0,
    ) -> None:
        self._application = application
        self._limit = limit
        self._patience = patience
        self._allowance = allowance
        self._one_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="application")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._answer(scope, receive)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            async with asyncio.timeout(self._patience):
                size, body = await self._take_in(scope, receive)
        except (TimeoutError, ClientGoneError):
            return TOO_SLOW
        request = environ(scope, size, body)
        return await asyncio.get_running_loop().run_in_executor(
            self._one_thread, run, self._application, request
        )

    async def _take_in(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        """The size of the body, and the body itself, unless the size is beyond the limit."""
        limit = max(self._limit, self._allowance(scope))
        declared = _declared_size(scope)
        if declared > limit:
            return declared, b""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            body += message.get("body", b"")
            if len(body) > limit:
                return len(body), b""
            more = message.get("more_body", False)
        return len(body), bytes(body)


def run(application: WSGIApplication, request: dict[str, Any]) -> Answer:
    """The application's whole answer: pages and files are small here."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], Any]:
        del exc_info  # nothing has been sent yet: the last status counts
        started.append((status, headers))
        return body.append

    chunks = application(request, start_response)
    try:
        body.extend(chunks)
    finally:
        getattr(chunks, "close", _nothing)()
    status, headers = started[-1]
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Answer(int(status.split(" ", 1)[0]), raw, b"".join(body))


def environ(scope: Scope, size: int, body: bytes) -> dict[str, Any]:
    """What WSGI is to know of a request."""
    host, port = scope["server"]
    return {
        **_header_variables(scope["headers"]),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _header_variables(headers: RawHeaders) -> dict[str, str]:
    """Headers as WSGI names them.

    A name with an underscore is left out: X_Forwarded_For would pass for X-Forwarded-For.
    """
    variables: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if b"_" in raw_name or name in _OUR_BUSINESS:
            continue
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        joint = "; " if name == "COOKIE" else ","
        variables[key] = f"{variables[key]}{joint}{value}" if key in variables else value
    return variables


def _declared_size(scope: Scope) -> int:
    return max((int(value) for name, value in scope["headers"] if name == b"content-length"), default=0)


def _nothing() -> None:
    """Stand in for close() where there is none."""
