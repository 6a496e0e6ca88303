"""The gate of the teachers' room: without a sign-in every address under /admin, existing or not, answers alike."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from flask import Flask, Response, request, session, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import BadHost, SecurityError
from werkzeug.wrappers import Response as BaseResponse
from wtforms import ValidationError

from quizapp.identity import ACCOUNT, KEPT, TEACHER_SESSION, find_sign_in_here, note_visit
from quizapp.rendering import go_to_sign_in
from quizapp.returning import ROOM, page_asked_for
from quizapp.services.accounts import new_secret
from quizapp.services.kept_forms import keep_form
from quizapp.transactions import writing

_WRITING = f"{ROOM}/questions/"  # where people type what would be missed; no password is typed there
_READING = frozenset({"GET", "HEAD"})


def init_app(app: Flask) -> None:
    """Ask before anything else is done, so that no route can forget to."""
    app.before_request(_ask)
    app.after_request(_note)


def _ask() -> BaseResponse | None:
    if not _is_room(request.path) or _is_for_another_host():
        return None
    if find_sign_in_here() is not None:
        return None
    if not _was_signed_in():  # what is behind the gate shows in no answer, not even in the way back
        wanted = page_asked_for() if request.method in _READING else f"{ROOM}/"
        return go_to_sign_in(url_for("auth.sign_in", next=wanted))
    wanted = page_asked_for()
    if request.method not in _READING and wanted.startswith(_WRITING) and _is_from_our_page():
        _keep(wanted.partition("?")[0])
    return go_to_sign_in(url_for("auth.sign_in", next=wanted))


def _is_room(path: str) -> bool:
    return path == ROOM or path.startswith(f"{ROOM}/")


def _is_for_another_host() -> bool:
    """There it is refused, whatever it asks for; and no address could be told to go to."""
    return isinstance(request.routing_exception, (BadHost, SecurityError))


def _was_signed_in() -> bool:
    """The cookie is signed, and only a sign-in puts these into it: a stranger cannot fill our tables."""
    return isinstance(session.get(TEACHER_SESSION), str) and isinstance(session.get(ACCOUNT), int)


def _is_from_our_page() -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _keep(path: str) -> None:
    """Keep what was typed until the same teacher signs in again in this browser."""
    token = session.get(KEPT) or new_secret()
    fields = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    with writing() as database:
        kept = keep_form(
            database,
            token=token,
            account_id=session[ACCOUNT],
            path=path,
            fields=fields,
            now=dt.datetime.now(dt.UTC),
        )
    if kept:
        session[KEPT] = token


def _note(response: Response) -> Response:
    """After the answer is made: that the session is in use, and that a form arrived which was kept before."""
    if _is_room(request.path):
        note_visit(arrived=request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST)
    return response
