"""Limits: what one quiz, one browser and one network may send in a minute; a school's pupils share one network.

They keep a flood away from the database and are no measure of people: nobody who reads questions comes near them.
"""

from __future__ import annotations

import hmac
import math
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from quizapp.identity import find_learner
from quizapp.refusing import UnsafeSettingError
from quizapp.services.throttling import network_of

if TYPE_CHECKING:
    from redis import Redis

ANSWERS = 60  # a minute in one quiz, whose longest form takes about forty in all
STARTS = 10  # a minute in one browser
STARTS_OF_A_NETWORK = 3000  # a minute: a large school begins its test at one bell, behind one address

_WINDOW = 60  # seconds
_PATIENCE = 0.2  # seconds: nobody waits long for a counter
_PAUSE = 30.0  # seconds until a Redis that was away is asked again
_LONGEST_ID = 64
_STARTING = frozenset({"attempts.start", "attempts.practise"})
_ANSWERING = frozenset({"attempts.respond", "attempts.try_again", "attempts.finish", "attempts.report_item"})


class Counts(Protocol):
    """What counts, for each name, how often it was called in this minute."""

    def add(self, name: str) -> int:
        """Count once more, and say how often it was by now."""
        ...


class OwnCounts:
    """Counts of this process. With the minute all of it is forgotten, so that nothing has to be swept away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def add(self, name: str) -> int:
        """Count once more; a clock that is set, forward or back, begins a new minute."""
        with self._lock:
            window = int(time.time()) // _WINDOW
            if window != self._window:
                self._window, self._counts = window, {}
            self._counts[name] = self._counts.get(name, 0) + 1
            return self._counts[name]


class SharedCounts:
    """Counts that all processes share, in Redis; while it is away, each process counts for itself."""

    def __init__(self, url: str) -> None:
        self._redis = _connect(url)
        self._own = OwnCounts()
        self._away_until = -math.inf

    def add(self, name: str) -> int:
        """Count once more; a Redis that does not answer refuses nobody."""
        import redis  # noqa: PLC0415 - wanted only where it is used

        if time.monotonic() < self._away_until:
            return self._own.add(name)
        key = f"quizapp:{int(time.time()) // _WINDOW}:{name}"
        calls = self._redis.pipeline(transaction=False)
        calls.incr(key)
        calls.expire(key, 2 * _WINDOW)
        try:
            count, _ = calls.execute()
        except redis.RedisError as fault:
            self._away_until = time.monotonic() + _PAUSE
            current_app.logger.warning("limits are counted by each process alone: %s", fault)
            return self._own.add(name)
        return int(count)


def _connect(url: str) -> Redis:
    try:
        import redis  # noqa: PLC0415 - wanted only where it is used

        return redis.Redis.from_url(
            url, protocol=2, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
        )
    except ImportError as fault:
        raise UnsafeSettingError("REDIS_URL needs Redis's client: pip install 'quizapp[redis]'") from fault
    except ValueError as fault:
        raise UnsafeSettingError(f"REDIS_URL cannot be read: {fault}") from fault


@dataclass(frozen=True, slots=True)
class _Limit:
    name: str
    most: int


def init_app(app: Flask) -> None:
    """Count what is sent, unless QUIZAPP_LIMITS is 0; REDIS_URL names where several processes count together."""
    wanted = os.environ.get("QUIZAPP_LIMITS", "")
    if wanted not in {"", "0", "1"}:
        raise UnsafeSettingError(f"QUIZAPP_LIMITS is 1 or 0, and not {wanted!r}")
    if not app.config.setdefault("LIMITS", wanted != "0"):
        return
    url = app.config.setdefault("REDIS_URL", os.environ.get("REDIS_URL"))
    counts: Counts = SharedCounts(url) if url else OwnCounts()
    app.before_request(lambda: _count(counts))


def _count(counts: Counts) -> None:
    """After the form token was checked: what other sites send counts against nobody."""
    for limit in _limits():
        if counts.add(_hashed(limit.name)) > limit.most:
            raise TooManyRequests(retry_after=_WINDOW - int(time.time()) % _WINDOW)


def _limits() -> Iterator[_Limit]:
    """A learner is known from the first quiz on; who sends no cookie is one of the network."""
    network = network_of(request.remote_addr)
    learner = find_learner()
    if request.endpoint in _STARTING:
        yield _Limit(f"starts of network {network}", STARTS_OF_A_NETWORK)
        if learner:
            yield _Limit(f"starts of {learner}", STARTS)
    elif request.endpoint in _ANSWERING:
        quiz = str((request.view_args or {})["public_id"])[:_LONGEST_ID]
        yield _Limit(f"answers of {learner or network} in {quiz}", ANSWERS)


def _hashed(name: str) -> str:
    """Of a learner and a quiz nobody reads anything in Redis, not even in its dump."""
    secret = current_app.config["SECRET_KEY"]
    key = secret if isinstance(secret, bytes) else str(secret).encode()
    return hmac.new(key, name.encode(), "sha256").hexdigest()[:32]
