"""Serving for real: two processes with one Python thread each, behind a buffer that slow clients cannot fill."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from flask import has_app_context
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from quizapp.assets import BUNDLES, STATIC_DIR, content
from quizapp.body_buffer import BodyBuffer, Scope, environ
from quizapp.exchange.limits import MOST_IN_A_REQUEST, UPLOAD
from quizapp.extensions import db
from quizapp.headers import POLICY
from quizapp.identity import TEACHER_SESSION

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

WORKERS = 2  # more Python threads in one process lose to the interpreter lock
CONNECTIONS_A_WORKER = 1000
HEADER_MILLISECONDS = 30_000
HEADER_BYTES = 64 * 1024
STOP_SECONDS = 30


def serve(host: str, port: int, settings: Mapping[str, Any] | None = None) -> None:
    """Serve until SIGTERM or SIGINT, and let requests in flight finish; a worker that dies is replaced.

    Workers are forks, and a connection must not be open on both sides of a fork: an application that is in use
    here lets go of its database.
    """
    refuse_taken_port(host, port)
    if has_app_context():
        db.session.remove()
        db.engine.dispose()
    with packed_static() as static:
        server = Granian(
            "quizapp",
            address=host,
            port=port,
            interface=Interfaces.ASGINL,
            workers=WORKERS,
            backlog=WORKERS * CONNECTIONS_A_WORKER,
            backpressure=CONNECTIONS_A_WORKER,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=HEADER_BYTES
            ),
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        )
        server.serve(target_loader=partial(load_worker, settings, static), wrap_loader=False)


def refuse_taken_port(host: str, port: int) -> None:
    """Say so in one line: granian's workers share ports, and would share this one with a server already there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as fault:
        raise SystemExit(f"cannot serve on {host} port {port}: {os.strerror(fault.errno or 0)}") from fault


@contextlib.contextmanager
def packed_static() -> Iterator[Path]:
    """A copy of the static files with a .br and a .gz beside each that gains by it."""
    with tempfile.TemporaryDirectory(prefix="quizapp-static-") as folder:
        static = Path(shutil.copytree(STATIC_DIR, Path(folder, "static")))
        for name in BUNDLES:
            (static / name).write_bytes(content(name))
        compressor = Compressor(quiet=True)
        for file in [path for path in static.rglob("*") if path.is_file()]:
            if compressor.should_compress(file.name):
                compressor.compress(str(file))
        yield static


def load_worker(settings: Mapping[str, Any] | None, static: Path) -> BodyBuffer:
    """What each worker process runs."""
    from quizapp import create_app  # noqa: PLC0415 - it imports the command line, which imports this

    for stop in (signal.SIGTERM, signal.SIGINT):
        # Until the worker's own handlers are in place it has its parent's, which would swallow the signal.
        signal.signal(stop, signal.SIG_DFL)
    threading.Thread(target=stop_with_parent, daemon=True).start()
    app = create_app(settings)
    return BodyBuffer(
        static_first(app, static),
        limit=app.config["MAX_CONTENT_LENGTH"],
        allowance=partial(upload_allowance, app),
    )


def upload_allowance(app: Flask, scope: Scope) -> int:
    """How much a request may bring because a teacher uploads a file; from anybody else nothing of it is taken in.

    Whether the sign-in still holds is asked later; a cookie that says so was signed by us.
    """
    if scope["method"] != "POST" or scope["raw_path"] != UPLOAD.encode():
        return 0
    cookie = app.session_interface.open_session(app, app.request_class(environ(scope, 0, b"")))
    return MOST_IN_A_REQUEST if cookie and TEACHER_SESSION in cookie else 0


def stop_with_parent() -> None:
    """A worker whose parent was killed must not go on holding the port."""
    parent = parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def static_first(app: WSGIApplication, static: Path) -> WSGIApplication:
    """Static files are answered before Flask; those asked for by version may be kept for ever."""
    common = {
        "root": static,
        "prefix": "static/",
        "allow_all_origins": False,
        "add_headers_function": add_headers,
    }
    kept = WhiteNoise(app, immutable_file_test=lambda *_: True, **common)
    checked = WhiteNoise(app, max_age=0, immutable_file_test="^/static/vendor/", **common)

    def choose(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        by_version = environ["QUERY_STRING"].startswith("v=")
        return (kept if by_version else checked)(environ, start_response)  # type: ignore[no-any-return]

    return choose


def add_headers(headers: Headers, path: str, url: str) -> None:
    """What Flask sets on its own answers."""
    del path, url
    headers["Content-Security-Policy"] = POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
