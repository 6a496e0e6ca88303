"""One's own account: password, browsers, the second step; and the password once more before what cannot be undone."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from quizapp.auth.account_pages import AccountPage, CodesPage, SecondStepPage
from quizapp.auth.fields import typed
from quizapp.auth.forms import AgreeForm, ChangePasswordForm, ConfirmForm, SecondStepForm
from quizapp.auth.here import forget, key, new_entry, now, remember, try_password, way_on
from quizapp.auth.pages import WRONG_CODE, WRONG_PASSWORD, DoorPage, wait_words
from quizapp.identity import get_sign_in, get_teacher, require_recent_sign_in
from quizapp.languages import say
from quizapp.marking import mark
from quizapp.rendering import go_to, render
from quizapp.services import people, second_step
from quizapp.services.accounts import end_sessions, list_sessions, note_password
from quizapp.services.log import record
from quizapp.services.passwords import hash_password, weakness_of
from quizapp.services.sign_in import enter
from quizapp.services.throttling import TooManyTriesError, forget_tries
from quizapp.transactions import reading, writing

blueprint = Blueprint("account", __name__, url_prefix="/admin")

_NOTICES = {
    "password": mark("Your password is changed. Other browsers are signed out."),
    "off": mark("The second step is off."),
}


@blueprint.get("/account")
def show_account() -> Response:
    return _show(ChangePasswordForm(), notice=_NOTICES.get(request.args.get("done", "")))


@blueprint.post("/account/password")
def change_password() -> BaseResponse:
    form = ChangePasswordForm()
    teacher = get_teacher()
    is_fine = form.validate_on_submit()
    weakness = weakness_of(
        typed(form.new_password), email=teacher.email, product=current_app.config["PRODUCT_NAME"]
    )
    if weakness and not form.new_password.errors:
        form.new_password.errors = [say(weakness)]
        is_fine = False
    if not is_fine:
        return _show(form, status=422)
    try:
        tried, is_right = try_password(teacher.email, typed(form.password))
    except TooManyTriesError as error:
        return _show(form, error=wait_words(error.seconds), status=429)
    if not is_right:
        form.password.errors = [say(WRONG_PASSWORD)]
        return _show(form, status=422)
    password_hash = hash_password(typed(form.new_password))  # slow, hence before the change
    entry = new_entry()
    with writing() as database:
        people.set_password(
            database, teacher.email, password_hash, actor=teacher.email, keep_second_step=True, now=now()
        )
        enter(database, teacher.id, entry, place=tried.place, now=now())
    remember(entry, teacher.id)
    return go_to(url_for("account.show_account", done="password"))


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> BaseResponse:
    if not AgreeForm().validate_on_submit():
        return _show(ChangePasswordForm(formdata=None), status=422)
    teacher = get_teacher()
    with writing() as database:
        end_sessions(database, teacher.id)
        record(database, actor=teacher.email, action="sign-out everywhere", now=now())
    forget()
    return go_to(url_for("auth.sign_in"))


@blueprint.get("/confirm")
def confirm() -> Response:
    return _show_confirm(ConfirmForm(next=request.args.get("next", "")))


@blueprint.post("/confirm")
def take_password() -> BaseResponse:
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _show_confirm(form, status=422)
    sign_in = get_sign_in()
    try:
        tried, is_right = try_password(sign_in.teacher.email, typed(form.password))
    except TooManyTriesError as error:
        return _show_confirm(form, error=wait_words(error.seconds), status=429)
    if not is_right:
        return _show_confirm(form, error=say(WRONG_PASSWORD), status=422)
    with writing() as database:
        forget_tries(database, tried.place)
        note_password(database, sign_in, now())
    return go_to(way_on(form.next.data))


@blueprint.get("/account/second-step")
def offer_second_step() -> Response:
    require_recent_sign_in()
    return _show_second_step(SecondStepForm(seed=second_step.new_seed()))


@blueprint.post("/account/second-step")
def turn_on_second_step() -> Response:
    require_recent_sign_in()
    form = SecondStepForm()
    if not form.validate_on_submit():
        if form.seed.errors:
            form.seed.data = second_step.new_seed()
        return _show_second_step(form, status=422)
    code = "".join(typed(form.code).split())
    step = second_step.matching_step(typed(form.seed), key(), code, after=0, now=now())
    if step is None:
        form.code.errors = [say(WRONG_CODE)]
        return _show_second_step(form, status=422)
    shown, stored = second_step.new_paper_codes()
    with writing() as database:
        people.set_second_step(
            database, get_teacher(), seed=typed(form.seed), codes=stored, step=step, now=now()
        )
    return _show_codes(shown)


@blueprint.post("/account/second-step/off")
def turn_off_second_step() -> BaseResponse:
    require_recent_sign_in()
    if not AgreeForm().validate_on_submit():
        return _show(ChangePasswordForm(formdata=None), status=422)
    with writing() as database:
        people.set_second_step(database, get_teacher(), seed=None, codes=[], step=0, now=now())
    return go_to(url_for("account.show_account", done="off"))


@blueprint.post("/account/recovery-codes")
def make_recovery_codes() -> Response:
    require_recent_sign_in()
    if not AgreeForm().validate_on_submit():
        return _show(ChangePasswordForm(formdata=None), status=422)
    shown, stored = second_step.new_paper_codes()
    with writing() as database:
        people.set_paper_codes(database, get_teacher(), stored, now())
    return _show_codes(shown)


def _show(
    form: ChangePasswordForm, *, error: str | None = None, notice: str | None = None, status: int = 200
) -> Response:
    sign_in = get_sign_in()
    with reading() as database:
        page = AccountPage.of(
            sign_in,
            list_sessions(database, sign_in, now()),
            people.second_step_of(database, sign_in.teacher),
            form,
            error=error,
            notice=notice,
        )
    return render("auth/account.html", "auth/_account.html", page=page, status=status)


def _show_confirm(form: ConfirmForm, *, error: str | None = None, status: int = 200) -> Response:
    page = DoorPage.confirm(form, get_teacher().email, error=error)
    return render("auth/confirm.html", "auth/_door.html", page=page, status=status)


def _show_second_step(form: SecondStepForm, *, status: int = 200) -> Response:
    import segno  # noqa: PLC0415 - learners' pages never need it

    seed = typed(form.seed)
    product = current_app.config["PRODUCT_NAME"]
    address = second_step.app_address(seed, key(), email=get_teacher().email, product=product)
    page = SecondStepPage.of(
        form,
        secret=second_step.app_secret(seed, key()),
        address=address,
        picture=segno.make(address, micro=False).svg_data_uri(scale=4, dark="#000", light="#fff"),
    )
    return render("auth/second_step.html", "auth/_second_step.html", page=page, status=status)


def _show_codes(codes: list[str]) -> Response:
    return render("auth/codes.html", "auth/_codes.html", page=CodesPage.of(codes))
