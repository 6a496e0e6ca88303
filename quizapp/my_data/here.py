"""The browser that calls: a code that it has typed and not yet used, and how it is made to forget."""

from __future__ import annotations

import datetime as dt

from flask import Response, current_app, request, session
from werkzeug.wrappers import Response as BaseResponse

from quizapp.identity import forget_learner

PENDING = "resume"  # where the cookie holds the hash of a code that was right, and until when
NEW_CODE = "new_code"  # where it holds a code that was just made, and until when
KEPT_FOR = dt.timedelta(minutes=10)


def now() -> dt.datetime:
    """The server's time."""
    return dt.datetime.now(dt.UTC)


def key() -> str:
    """The server's secret key."""
    return str(current_app.config["SECRET_KEY"])


def keep_code(code_hash: str) -> None:
    """A code was right; what becomes of it is asked on the next page."""
    session[PENDING] = [code_hash, int((now() + KEPT_FOR).timestamp())]


def find_code() -> str | None:
    """The hash of the code that was right minutes ago."""
    match session.get(PENDING):
        case [str(code_hash), int(until)] if until > now().timestamp():
            return code_hash
    return None


def drop_code() -> None:
    """It was used, or is not wanted."""
    session.pop(PENDING, None)


def keep_new_code(code: str) -> None:
    """A code was made; its page can be reloaded for some minutes, since only its hash is stored."""
    session[NEW_CODE] = [code, int((now() + KEPT_FOR).timestamp())]


def find_new_code() -> str | None:
    """The code that was made minutes ago."""
    match session.get(NEW_CODE):
        case [str(code), int(until)] if until > now().timestamp():
            return code
    return None


def forget_here(response: BaseResponse) -> BaseResponse:
    """Leave nothing of the learner in this browser; what it has kept of pages goes, too."""
    forget_learner()
    if request.is_secure:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def with_wait(response: Response, seconds: int) -> Response:
    """Say to machines, too, when to try again."""
    response.headers["Retry-After"] = str(seconds)
    return response
