"""A server killed without warning: every answer that it acknowledged is there, and the quiz goes on where it stood."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.quizapp.visitors import TOPICS, found, item, options, response_to

SERVER = """
import sys
from werkzeug.serving import make_server
from quizapp import create_app
server = make_server("127.0.0.1", 0, create_app(), threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""


class Browser:
    """A browser that outlives servers."""

    def __init__(self) -> None:
        self.port = 0
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, address: str) -> str:
        return self._send(address, None)[1]

    def post(self, address: str, fields: dict[str, object]) -> tuple[str, str]:
        """The address that the browser ends at, and its page."""
        token = found(r'name="csrf_token" value="([^"]+)"', self.get("/"))
        return self._send(
            address, urllib.parse.urlencode({"csrf_token": token, **fields}, doseq=True).encode()
        )

    def _send(self, address: str, data: bytes | None) -> tuple[str, str]:
        with self._opener.open(f"http://127.0.0.1:{self.port}{address}", data, timeout=20) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


@contextmanager
def server(url: str, instance: Path, browser: Browser) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATABASE_URL": url, "QUIZAPP_INSTANCE": str(instance)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        assert process.stdout
        try:
            browser.port = int(process.stdout.readline())
            yield process
        finally:
            process.kill()


@pytest.mark.every_database
def test_after_kill_9_the_answer_is_there_and_the_quiz_goes_on(database_url: str, tmp_path: Path) -> None:
    browser = Browser()
    with server(database_url, tmp_path, browser) as process:
        address, _ = browser.post("/attempts", {"topic": TOPICS, "length": 5})
        public_id = address.split("/")[2]
        shown = [options(browser.get(item(public_id, position))) for position in range(1, 6)]
        _, acknowledged = browser.post(response_to(public_id, 1), {"option": shown[0][0].token})
        process.send_signal(signal.SIGKILL)

    with server(database_url, tmp_path, browser):
        assert without_token(browser.get(item(public_id, 1))) == without_token(acknowledged)
        assert "Question 2 of 5" in browser.get(f"/attempts/{public_id}")
        assert [options(browser.get(item(public_id, position))) for position in range(2, 6)] == shown[1:]


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


@pytest.mark.every_database
def test_no_acknowledged_answer_is_lost_whenever_the_server_dies(database_url: str, tmp_path: Path) -> None:
    """Killed at some moment while answers are sent one after the other; each that came back is there."""
    browser = Browser()
    acknowledged: list[str] = []
    with server(database_url, tmp_path, browser) as process:
        address, _ = browser.post("/attempts", {"topic": TOPICS, "length": 20})
        public_id = address.split("/")[2]
        doom = subprocess.Popen(
            [sys.executable, "-c", f"import os, time; time.sleep(0.4); os.kill({process.pid}, 9)"]
        )
        try:
            for position in range(1, 21):
                token = options(browser.get(item(public_id, position)))[0].token
                browser.post(response_to(public_id, position), {"option": token})
                acknowledged.append(item(public_id, position))
        except (OSError, http.client.HTTPException):
            pass
        doom.wait()

    with server(database_url, tmp_path, browser):
        for answered in acknowledged:
            assert "Your answer" in browser.get(answered)
