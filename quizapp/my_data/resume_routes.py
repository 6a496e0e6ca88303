"""Going on from another device: a code, and what becomes of what this device has of its own."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.identity import become_learner, find_learner
from quizapp.my_data.forms import ChoiceForm, CodeForm
from quizapp.my_data.here import drop_code, find_code, keep_code, key, now, with_wait
from quizapp.my_data.pages import NO_CHOICE, TOO_OLD, WRONG, ChoicePage, ResumePage, wait_words
from quizapp.rendering import go_to, render
from quizapp.services.learners import holdings_of
from quizapp.services.resuming import ACCOUNT, code_made_at, find_owner, join, try_code
from quizapp.services.throttling import TooManyTriesError, place_of
from quizapp.transactions import reading, writing


def register(blueprint: Blueprint) -> None:
    """Give the blueprint these pages."""
    blueprint.get("/resume")(ask_code)
    blueprint.post("/resume")(take_code)
    blueprint.get("/resume/choice")(ask_choice)
    blueprint.post("/resume/choice")(take_choice)


def ask_code() -> Response:
    """Where the code is typed."""
    return _show()


def take_code() -> BaseResponse:
    """Without answers of its own this device goes on at once; with some, it is asked what becomes of them."""
    form = CodeForm()
    typed = form.code.data or ""
    if not form.validate_on_submit():
        return _show(typed, error=form.first_error, status=422)
    try:
        with writing() as session:
            place = place_of(ACCOUNT, request.remote_addr, key())
            code_hash = try_code(session, typed, place=place, key=key(), now=now())
    except TooManyTriesError as error:
        refused = _show(typed, error=wait_words(error.seconds), status=429)
        return with_wait(refused, error.seconds)
    if code_hash is None:
        return _show(typed, error=_(WRONG), status=422)
    learner = find_learner()
    with reading() as session:
        is_same = find_owner(session, code_hash) == (learner or "")
        answers = holdings_of(session, learner).answers
    if is_same:
        return _go_on("same")
    if answers:
        keep_code(code_hash)
        return go_to(url_for("my_data.ask_choice"))
    return _join(code_hash, done="resumed")


def ask_choice() -> Response:
    """What becomes of what this device has of its own."""
    return _show_choice()


def take_choice() -> BaseResponse:
    """Join both, leave what is here behind, or neither."""
    code_hash = find_code()
    form = ChoiceForm()
    if code_hash is None:
        return _too_old()
    if not form.validate_on_submit():
        return _show_choice(error=_(NO_CHOICE), status=422)
    if form.choice.data == "join":
        return _join(code_hash, done="joined")
    if form.choice.data == "leave":
        return _leave(code_hash)
    return _go_on("")


def _join(code_hash: str, *, done: str) -> BaseResponse:
    """What this device has, if anything, becomes the code's learner's, and so does the device."""
    with writing() as session:
        target = join(session, find_learner() or "", code_hash)
    return _become(target, done)


def _leave(code_hash: str) -> BaseResponse:
    with reading() as session:
        target = find_owner(session, code_hash)
    return _become(target, "resumed")


def _become(target: str | None, done: str) -> BaseResponse:
    if target is None:
        return _too_old()
    become_learner(target)
    return _go_on(done)


def _go_on(done: str) -> BaseResponse:
    drop_code()
    return go_to(url_for("my_data.show", done=done or None))


def _too_old() -> Response:
    drop_code()
    return _show(error=_(TOO_OLD), status=410)


def _show(typed: str = "", *, error: str | None = None, status: int = 200) -> Response:
    page = ResumePage.of(typed, error=error)
    return render("my_data/resume.html", "my_data/_resume.html", page=page, status=status)


def _show_choice(*, error: str | None = None, status: int = 200) -> Response:
    code_hash, learner = find_code(), find_learner()
    with reading() as session:
        owner = find_owner(session, code_hash) if code_hash else None
        if owner is None:
            return _too_old()
        page = ChoicePage.of(
            holdings_of(session, learner),
            holdings_of(session, owner),
            loses_code=code_made_at(session, learner) is not None,
            error=error,
        )
    return render("my_data/choice.html", "my_data/_choice.html", page=page, status=status)
