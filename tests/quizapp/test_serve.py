"""The server that ships: slow, greedy and impatient clients, stopping, starting again, and workers that die."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.conftest import new_database
from tests.databases import Databases

SECONDS_TO_START = 30
SECONDS_TO_STOP = 30


class Server:
    """A server in its own process, on a port and data that it keeps when it is started again."""

    def __init__(self, database_url: str, instance: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        data = {"DATABASE_URL": database_url, "QUIZAPP_INSTANCE": str(instance)}
        # What a killed server leaves behind goes with the test; nobody presses buttons as fast as tests do.
        self._environment = os.environ | data | {"TMPDIR": str(instance.parent), "QUIZAPP_LIMITS": "0"}
        self._log = instance.parent / "server.log"

    def start(self) -> None:
        with self._log.open("a") as log:
            self.process = subprocess.Popen(self.command, env=self._environment, stdout=log, stderr=log)
        wait_until(self.answers, SECONDS_TO_START, self._log)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS_TO_STOP)

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "flask", "--app", "quizapp", "serve", "--port", str(self.port)]

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, ConnectionError, http.client.HTTPException):
            return False

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


def wait_until(done: Callable[[], bool], seconds: float, log: Path | None = None) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            pytest.fail(f"nothing happened in {seconds} s\n{log.read_text() if log else ''}")
        time.sleep(0.05)


@contextmanager
def serving(databases: Databases, template: str, folder: Path) -> Iterator[Server]:
    with new_database(databases, template) as url:
        server = Server(url, folder / "instance")
        server.start()
        try:
            yield server
        finally:
            server.process.kill()
            server.process.wait()


@pytest.fixture(scope="module")
def server(
    sqlite: Databases, seeded_sqlite: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server for tests that leave it running."""
    with serving(sqlite, seeded_sqlite, tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def own_server(sqlite: Databases, seeded_sqlite: str, tmp_path: Path) -> Iterator[Server]:
    """A server for a test that stops it."""
    with serving(sqlite, seeded_sqlite, tmp_path) as server:
        yield server


def post_head(length: int) -> bytes:
    return f"POST /attempts HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()


def read_all(connection: socket.socket) -> bytes:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return f"{response.status} ".encode() + response.read()


def test_a21_sixty_who_never_finish_sending_make_nobody_wait(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(server.connect()).sendall(post_head(100) + b"topic=")
        times = []
        for _ in range(10):
            started = time.monotonic()
            assert server.answers()
            times.append(time.monotonic() - started)

    assert sorted(times)[len(times) // 2] < 0.1


def test_a21_sixty_half_sent_headers_make_nobody_wait(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(server.connect()).sendall(b"GET / HTTP/1.1\r\nHost: local")
        started = time.monotonic()
        assert server.answers()

    assert time.monotonic() - started < 1


def test_a21_a_huge_body_is_refused_before_it_is_sent(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(post_head(100_000_000))
        answer = read_all(connection)

    assert answer.startswith(b"413 ")
    assert b"</html>" in answer


def test_a21_a_huge_body_in_chunks_is_refused_on_the_way(server: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with server.connect() as connection:
        connection.sendall(
            b"POST /attempts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        connection.sendall(chunk + chunk)
        answer = read_all(connection)

    assert answer.startswith(b"413 ")


def test_static_files_are_packed_and_kept(server: Server) -> None:
    with urlopen(server.address) as response:
        page = response.read().decode()
    htmx = re.search(r'src="(/static/vendor/htmx[^"]+)"', page)[1]  # type: ignore[index]
    request = Request(f"{server.address}{htmx}", headers={"Accept-Encoding": "br, gzip"})
    with urlopen(request) as response:
        headers = response.headers
        size = len(response.read())

    assert headers["Content-Encoding"] == "br"
    assert size < 20_000
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"]


def test_static_files_asked_for_without_a_version_are_checked_each_time(server: Server) -> None:
    with urlopen(f"{server.address}/static/css/page.css") as response:
        assert "max-age=0" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/../quizapp/cli.py", "/static/%2e%2e/pyproject.toml", "/static/"])
def test_a36_nothing_else_is_served_as_a_file(server: Server, path: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        connection.request("GET", path)
        assert connection.getresponse().status == 404


def test_a_second_server_on_the_same_port_says_so(server: Server) -> None:
    done = subprocess.run(
        server.command, env=server._environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode != 0
    assert done.stderr.strip() == f"cannot serve on 127.0.0.1 port {server.port}: Address already in use"


def test_told_to_stop_it_finishes_what_it_is_answering(own_server: Server) -> None:
    with own_server.connect() as connection:
        connection.sendall(post_head(10) + b"topic")
        assert own_server.answers()
        own_server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(b"=none")
        assert re.match(rb"4\d\d .*</html>", read_all(connection), flags=re.DOTALL)

    assert own_server.process.wait(SECONDS_TO_STOP) == 0
    assert not own_server.answers()


def test_a_quiz_goes_on_after_a_restart(own_server: Server) -> None:
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    with opener.open(own_server.address) as home:
        fields = dict(re.findall(r'name="(csrf_token|topic)"[^>]*value="([^"]+)"', home.read().decode()))
    with opener.open(f"{own_server.address}/attempts", urlencode(fields).encode()) as attempt:
        address = attempt.url
        question = re.findall(
            r"<legend.*?</legend>|<label.*?</label>", attempt.read().decode(), flags=re.DOTALL
        )

    assert own_server.stop() == 0
    own_server.start()

    with opener.open(address) as again:
        page = again.read().decode()
    assert len(question) > 3
    assert all(piece in page for piece in question)
    with pytest.raises(HTTPError, match="404") as stranger:
        urlopen(address)
    stranger.value.close()


def test_a_worker_that_dies_is_replaced(own_server: Server) -> None:
    first = own_server.workers()
    os.kill(first[0], signal.SIGKILL)
    wait_until(lambda: len(set(own_server.workers()) - set(first)) == 1, SECONDS_TO_START)

    assert len(first) == 2
    wait_until(own_server.answers, SECONDS_TO_START)


def test_workers_do_not_outlive_a_server_that_is_killed(own_server: Server) -> None:
    own_server.process.kill()
    own_server.process.wait()

    wait_until(lambda: not own_server.answers(), SECONDS_TO_STOP)
