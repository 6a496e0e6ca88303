"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Response, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.auth.fields import typed
from quizapp.auth.forms import CodeForm, SignInForm
from quizapp.auth.here import (
    SECOND_STEP,
    forget,
    key,
    new_entry,
    now,
    place_here,
    remember,
    try_password,
    way_on,
)
from quizapp.auth.pages import WRONG, WRONG_CODE, DoorPage, wait_words
from quizapp.identity import find_sign_in_here, find_teacher_here
from quizapp.rendering import go_to, render
from quizapp.services import links
from quizapp.services.accounts import end_session
from quizapp.services.log import record
from quizapp.services.sign_in import (
    Try,
    ask_for_code,
    begin_try,
    enter,
    fail_try,
    plain_email,
    take_second_step,
)
from quizapp.services.throttling import TooManyTriesError
from quizapp.transactions import reading, writing

blueprint = Blueprint("auth", __name__, url_prefix="/teachers")


@blueprint.get("/sign-in")
def sign_in() -> BaseResponse:
    form = SignInForm(next=request.args.get("next", ""))
    if find_teacher_here():
        return go_to(way_on(form.next.data))
    return _show(form)


@blueprint.post("/sign-in")
def take_password() -> BaseResponse:
    form = SignInForm()
    if not form.validate_on_submit():
        return _show(form, status=422)
    try:
        tried, is_right = try_password(plain_email(typed(form.email)), typed(form.password))
    except TooManyTriesError as error:
        return _wait(_show(form, error=wait_words(error.seconds), status=429), error)
    if not is_right:
        return _show(form, error=_(WRONG), status=422)
    if tried.has_second_step:
        with writing() as database:
            session[SECOND_STEP] = ask_for_code(database, tried, now())
        return go_to(url_for("auth.ask_code", next=way_on(form.next.data)))
    return _let_in(tried, form.next.data)


@blueprint.get("/two-factor")
def ask_code() -> BaseResponse:
    if _half_signed_in() is None:
        return go_to(url_for("auth.sign_in"))
    return _show_code(CodeForm(next=request.args.get("next", "")))


@blueprint.post("/two-factor")
def take_code() -> BaseResponse:
    form = CodeForm()
    email = _half_signed_in()
    if email is None:
        return go_to(url_for("auth.sign_in"))
    if not form.validate_on_submit():
        return _show_code(form, status=422)
    try:
        tried, is_right = _try_code(email, typed(form.code))
    except TooManyTriesError as error:
        return _wait(_show_code(form, error=wait_words(error.seconds), status=429), error)
    if not is_right:
        return _show_code(form, error=_(WRONG_CODE), status=422)
    return _let_in(tried, form.next.data)


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    sign_in = find_sign_in_here()
    if sign_in:
        with writing() as database:
            end_session(database, sign_in.secret)
            record(database, actor=sign_in.teacher.email, action="sign-out", now=now())
    forget()
    response = go_to(url_for("auth.sign_in"))
    if request.is_secure:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _let_in(tried: Try, wanted: str | None) -> BaseResponse:
    """The browser is signed in; a session that it held before ends."""
    if tried.account_id is None:  # pragma: no cover - nobody's password is right
        raise LookupError(tried)
    before = find_sign_in_here()
    entry = new_entry()
    with writing() as database:
        if before:
            end_session(database, before.secret)
        enter(database, tried.account_id, entry, place=tried.place, now=now())
    remember(entry, tried.account_id)
    return go_to(way_on(wanted))


def _half_signed_in() -> str | None:
    """Whose password was right in this browser minutes ago."""
    secret = session.get(SECOND_STEP)
    if not isinstance(secret, str):
        return None
    with reading() as database:
        link = links.find_link(database, secret, (links.SECOND_STEP,), now())
    return link.email if link else None


def _try_code(email: str, code: str) -> tuple[Try, bool]:
    with writing() as database:
        tried = begin_try(database, email, place_here(email), now())
        is_right = take_second_step(database, session[SECOND_STEP], code, tried=tried, key=key(), now=now())
        if not is_right:
            fail_try(database, tried, now(), at="second step")
    return tried, is_right


def _show(form: SignInForm, *, error: str | None = None, status: int = 200) -> Response:
    with reading() as database:
        has_accounts = links.has_accounts(database)
    page = DoorPage.sign_in(form, error=error, has_accounts=has_accounts)
    return render("auth/door.html", "auth/_door.html", page=page, status=status)


def _show_code(form: CodeForm, *, error: str | None = None, status: int = 200) -> Response:
    page = DoorPage.code(form, error=error)
    return render("auth/door.html", "auth/_door.html", page=page, status=status)


def _wait(response: Response, error: TooManyTriesError) -> Response:
    response.headers["Retry-After"] = str(error.seconds)
    return response
