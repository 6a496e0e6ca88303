"""One-time links: the first account, an invitation, a new password."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, url_for
from werkzeug.wrappers import Response as BaseResponse

from quizapp.auth.fields import typed
from quizapp.auth.forms import NewPasswordForm, SetupForm
from quizapp.auth.here import new_entry, now, remember
from quizapp.auth.pages import ClosedPage, DoorPage
from quizapp.languages import say
from quizapp.rendering import go_to, render
from quizapp.services import links
from quizapp.services.links import WELCOME, Link
from quizapp.services.passwords import hash_password, weakness_of
from quizapp.services.people import EmailTakenError, add_account, set_password
from quizapp.services.sign_in import Entry, enter
from quizapp.transactions import reading, writing

blueprint = Blueprint("welcome", __name__, url_prefix="/teachers/welcome")


@blueprint.get("/<token>")
def open_link(token: str) -> Response:
    link = _find(token)
    if link is None:
        return _closed()
    return _show(link, _form(link), token)


@blueprint.post("/<token>")
def use_link(token: str) -> BaseResponse:
    link = _find(token)
    if link is None:
        return _closed()
    form = _form(link)
    is_fine = form.validate_on_submit()
    email = link.email or form.data.get("email") or ""
    if typed(form.new_password) and not form.new_password.errors:
        weakness = weakness_of(
            typed(form.new_password), email=email, product=current_app.config["PRODUCT_NAME"]
        )
        if weakness:
            form.new_password.errors = [say(weakness)]
            is_fine = False
    if not is_fine:
        return _show(link, form, token, status=422)
    password_hash = hash_password(typed(form.new_password))  # slow, hence before the change
    entry = new_entry()
    account_id = _take(token, email, password_hash, entry)
    if account_id is None:
        return _closed()
    remember(entry, account_id)
    return go_to("/admin/")


def _take(token: str, email: str, password_hash: str, entry: Entry) -> int | None:
    """The account that the link made or gave a password to, signed in; None where the link was used meanwhile."""
    at = now()
    try:
        with writing() as database:
            link = links.use_link(database, token, WELCOME, at)
            if link is None:
                return None
            if link.purpose == links.PASSWORD:
                account_id = set_password(
                    database, email, password_hash, actor=email, keep_second_step=False, now=at
                )
            else:
                account_id = add_account(
                    database,
                    email=email,
                    role=link.role,
                    password_hash=password_hash,
                    actor=link.made_by,
                    now=at,
                )
            if account_id is not None:
                enter(database, account_id, entry, place=None, now=at)
            return account_id
    except EmailTakenError:
        return None


def _find(token: str) -> Link | None:
    with reading() as database:
        return links.find_link(database, token, WELCOME, now())


def _form(link: Link) -> SetupForm | NewPasswordForm:
    return SetupForm() if link.email is None else NewPasswordForm()


def _show(link: Link, form: SetupForm | NewPasswordForm, token: str, *, status: int = 200) -> Response:
    page = DoorPage.welcome(link, form, url_for("welcome.use_link", token=token))
    return render("auth/door.html", "auth/_door.html", page=page, status=status)


def _closed() -> Response:
    """Used, too old, or never made: one answer."""
    page = ClosedPage.of(url_for("auth.sign_in"))
    return render("auth/closed.html", "auth/_closed.html", page=page, status=404)
