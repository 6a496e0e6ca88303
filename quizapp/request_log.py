"""The log of requests: one JSON line each, of which nobody learns who did what, let alone what they answered.

An address may hold the id of a quiz, which is a secret: so the line has the route's rule. Who asked is told as a code
that stays the same until the secret key changes, of the address only the network. Every answer has a number, which
an error page shows, too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
import sys
import time

from flask import Flask, Response, g, request, request_finished, request_started

from quizapp.identity import find_learner
from quizapp.services.accounts import SignIn
from quizapp.services.throttling import network_of

REQUEST_ID = "X-Request-Id"

_ACTOR_SIGNS = 12
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})


def init_app(app: Flask) -> None:
    """Number every request, and where LOG_REQUESTS says so, write its line to standard error."""
    app.after_request(_tell_id)
    if app.config["LOG_REQUESTS"]:
        request_started.connect(_begin, app)
        request_finished.connect(_write, app)


def request_id() -> str:
    """The number of this request, by which the log is found."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    number: str = g.request_id
    return number


def _tell_id(response: Response) -> Response:
    response.headers[REQUEST_ID] = request_id()
    return response


def _begin(_app: Flask) -> None:
    g.begun = time.perf_counter()


def _write(app: Flask, response: Response) -> None:
    """After the cookie was made: to ask who it was changes nothing of the answer any more."""
    role, actor = _who(str(app.config["SECRET_KEY"]))
    line = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "id": request_id(),
        "route": request.url_rule.rule if request.url_rule else None,
        "method": request.method if request.method in _METHODS else None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.begun) * 1000, 1),
        "role": role,
        "actor": actor,
        "network": network_of(request.remote_addr),
    }
    sys.stderr.write(json.dumps(line) + "\n")


def _who(key: str) -> tuple[str, str | None]:
    """Somebody's role, and a code for them. Whoever was not asked to sign in here counts as a learner."""
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in:
        role = "administrator" if sign_in.teacher.is_administrator else "teacher"
        return role, _code(f"account:{sign_in.teacher.id}", key)
    learner = find_learner()
    return ("learner", _code(f"learner:{learner}", key)) if learner else ("visitor", None)


def _code(who: str, key: str) -> str:
    log_key = hmac.new(key.encode(), b"log of requests", hashlib.sha256).digest()
    return hmac.new(log_key, who.encode(), hashlib.sha256).hexdigest()[:_ACTOR_SIGNS]
