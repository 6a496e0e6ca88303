"""Paired timing: what is compared runs in turn in one process, in short shuffled blocks, by processor time.

On a busy machine only the ratio of two neighbours means anything; an interval says how much it does.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from flask import Flask

Times = dict[str, list[float]]

_RESAMPLES = 1000


@dataclass(frozen=True)
class Answer:
    """What an application answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Caller:
    """Calls an application as a server would, with nothing of a test client in between."""

    app: Flask
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, path: str, form: Mapping[str, str] | None = None) -> Answer:
        """GET, or POST where there is a form."""
        body = urlencode(form).encode() if form is not None else b""
        told: list[Any] = []
        chunks = self.app.wsgi_app(
            self._environ(path, body, is_form=form is not None), lambda *args: told.extend(args)
        )
        answer = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return Answer(int(told[0].split()[0]), told[1], answer)

    def _environ(self, path: str, body: bytes, *, is_form: bool) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "POST" if is_form else "GET",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()},
        }


def in_turn(works: Mapping[str, Callable[[], object]], *, seconds: float, block: int, rng: Random) -> Times:
    """Processor seconds a call, block by block; each round runs every work once, in an order of chance."""
    times: Times = {name: [] for name in works}
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for name in rng.sample(list(works), len(works)):
            started = time.process_time()
            for _ in range(block):
                works[name]()
            times[name].append((time.process_time() - started) / block)
    return times


@dataclass(frozen=True)
class Ratio:
    """A median of paired ratios with the interval in which it lies in 95 of 100 resamplings."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, above: list[float], below: list[float], rng: Random) -> Ratio:
        """Of what was timed round by round."""
        ratios = [one / other for one, other in zip(above, below, strict=True)]
        medians = sorted(statistics.median(rng.choices(ratios, k=len(ratios))) for _ in range(_RESAMPLES))
        return cls(statistics.median(ratios), medians[_RESAMPLES // 40], medians[-_RESAMPLES // 40])

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f}–{self.high:.2f})"
