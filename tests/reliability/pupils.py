"""Pupils who take quizzes over HTTP without pause, send again what was not acknowledged, and remember what was."""

from __future__ import annotations

import html
import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from urllib.parse import urlencode

from tests.quizapp.visitors import HTMX, TOPICS, options

PAUSE = 0.05  # seconds before what got no answer is sent again
RETRY_AFTER = 1.0  # … where the server says when
PATIENCE = 60.0  # … and after which a pupil gives up
_FIELD = r'name="{}" value="([^"]+)"'

Answer = tuple[int, dict[str, str], str]


class Stopped(Exception):  # noqa: N818 - it is no error
    """The lesson is over."""


class Pupil:
    """A browser on one connection. It outlives servers: what failed is sent again until it is answered."""

    def __init__(self, port: int, seed: int, stop: threading.Event | None = None) -> None:
        self.port = port
        self.codes: Counter[int] = Counter()
        self.cut = 0  # requests without any answer
        self.slowest = 0.0
        self.acknowledged: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self._stop = stop or threading.Event()
        self._rng = Random(seed)  # noqa: S311 - not for secrets
        self._connection: http.client.HTTPConnection | None = None
        self._token = ""

    def lesson(self) -> None:
        """Quiz after quiz, tests and practice by turns, until it is told to stop."""
        try:
            while True:
                self.quiz("test")
                self.quiz("practice")
        except Stopped:
            pass

    def quiz(self, mode: str) -> str:
        """Take one from its start to its last answer; its public id."""
        public_id = self.start(mode=mode)
        page = self.get(f"/attempts/{public_id}")[2]
        while (shown := options(page)) and (key := re.search(_FIELD.format("key"), page)):
            position = re.search(r"/items/(\d+)/response", page)
            token = self._rng.choice(shown).token
            address = f"/attempts/{public_id}/items/{position[1] if position else 0}/response"
            status, _, page = self.post(address, {"option": token, "key": key[1]}, **HTMX)
            if not 200 <= status < 400:
                raise AssertionError(f"an answer was answered with {status}: {page[:300]}")
            self.acknowledged[key[1]] = token
            if mode == "practice":
                page = self.get(f"/attempts/{public_id}")[2]
        return public_id

    def start(self, **manner: str) -> str:
        """The public id of a new quiz."""
        fields = {"topic": TOPICS, "length": "20", **manner}
        status, headers, page = self.post("/attempts", fields)
        if status != 303:
            raise AssertionError(f"a start was answered with {status}: {page[:300]}")
        return headers["location"].rpartition("/")[2]

    def get(self, address: str) -> Answer:
        """Ask until there is an answer."""
        return self._until_answered("GET", address, None, {})

    def post(self, address: str, fields: dict[str, object] | None = None, **headers: str) -> Answer:
        """Send until there is an answer."""
        body = self.body(fields or {})
        return self._until_answered("POST", address, body, headers)

    def body(self, fields: dict[str, object]) -> str:
        """A form with the token of this browser."""
        if not self._token:
            found = re.search(_FIELD.format("csrf_token"), self.get("/resume")[2])
            self._token = html.unescape(found[1]) if found else ""
        return urlencode({"csrf_token": self._token, **fields}, doseq=True)

    def once(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        """One request, and its answer; OSError or HTTPException where there is none."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            self._connection.request(method, address, body, {"Cookie": cookie, **kind, **headers})
            response = self._connection.getresponse()
            page = response.read().decode()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, {name.lower(): value for name, value in response.headers.items()}, page

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _until_answered(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        begun = time.monotonic()
        while not self._stop.is_set():
            refused = False
            try:
                answer = self.once(method, address, body, headers)
            except (OSError, http.client.HTTPException):
                self.cut += 1
            else:
                self.codes[answer[0]] += 1
                refused = answer[0] in {500, 503}
                if not refused:
                    self.slowest = max(self.slowest, time.monotonic() - begun)
                    return answer
            if time.monotonic() - begun > PATIENCE:
                raise AssertionError(f"{method} {address}: no answer in {PATIENCE} s")
            time.sleep(RETRY_AFTER if refused else PAUSE)
        raise Stopped


class Classroom:
    """Pupils in threads of their own."""

    def __init__(self, port: int, *, size: int, seed: int) -> None:
        self._stop = threading.Event()
        self.pupils = [Pupil(port, seed * 1000 + number, self._stop) for number in range(size)]
        self._threads = [threading.Thread(target=self._run, args=(pupil,)) for pupil in self.pupils]
        self.faults: list[BaseException] = []

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let them finish the request that they are at."""
        self._stop.set()
        for thread in self._threads:
            if thread.ident:
                thread.join()
        for pupil in self.pupils:
            pupil.close()

    @property
    def acknowledged(self) -> dict[str, str]:
        """Every answer that was acknowledged by now."""
        return {key: token for pupil in self.pupils for key, token in dict(pupil.acknowledged).items()}

    @property
    def codes(self) -> Counter[int]:
        """How often each status came."""
        return sum((pupil.codes for pupil in self.pupils), Counter[int]())

    @property
    def cut(self) -> int:
        """Requests that got no answer at all."""
        return sum(pupil.cut for pupil in self.pupils)

    def _run(self, pupil: Pupil) -> None:
        try:
            pupil.lesson()
        except BaseException as fault:  # noqa: BLE001 - told by whoever runs the lesson
            self.faults.append(fault)


@contextmanager
def classroom(port: int, *, size: int, seed: int) -> Iterator[Classroom]:
    """Pupils at work, until the block ends; a pupil that met what must not be fails it."""
    lesson = Classroom(port, size=size, seed=seed)
    lesson.start()
    try:
        yield lesson
    finally:
        lesson.stop()
    for fault in lesson.faults:
        raise fault
