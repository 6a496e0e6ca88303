"""Who may come in: administrators invite, change roles, and close accounts. For teachers these addresses are none."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.auth.fields import typed
from quizapp.auth.forms import ActiveForm, AgreeForm, EmailForm, InviteForm, RoleForm
from quizapp.auth.here import now
from quizapp.auth.people_pages import LinkPage, PeoplePage
from quizapp.identity import get_administrator, require_recent_sign_in
from quizapp.rendering import go_to, render
from quizapp.services import links, people
from quizapp.transactions import reading, writing

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")


@blueprint.get("")
def list_people() -> Response:
    get_administrator()
    return _show(InviteForm())


@blueprint.post("")
def invite() -> Response:
    actor = get_administrator()
    require_recent_sign_in()
    form = InviteForm()
    if not form.validate_on_submit():
        return _show(form, status=422)
    try:
        with writing() as database:
            secret = people.invite(database, actor, email=typed(form.email), role=typed(form.role), now=now())
    except people.EmailTakenError:
        form.email.errors = [_("There is an account of this name. It is in the list above.")]
        return _show(form, status=422)
    return _show_link(links.INVITATION, typed(form.email), secret)


@blueprint.post("/withdraw")
def withdraw() -> BaseResponse:
    actor = get_administrator()
    form = EmailForm()
    if not form.validate_on_submit():
        return _show(InviteForm(formdata=None), status=422)
    with writing() as database:
        people.withdraw(database, actor, email=typed(form.email), now=now())
    return go_to(url_for("people.list_people"))


@blueprint.post("/<int:account_id>/role")
def change_role(account_id: int) -> BaseResponse:
    actor = get_administrator()
    require_recent_sign_in()
    form = RoleForm()
    if not form.validate_on_submit():
        return _show(InviteForm(formdata=None), status=422)
    with writing() as database:
        people.change_role(database, actor, account_id, typed(form.role), now())
    return go_to(url_for("people.list_people"))


@blueprint.post("/<int:account_id>/active")
def set_active(account_id: int) -> BaseResponse:
    actor = get_administrator()
    require_recent_sign_in()
    form = ActiveForm()
    if not form.validate_on_submit():
        return _show(InviteForm(formdata=None), status=422)
    with writing() as database:
        people.set_active(database, actor, account_id, active=form.active.data == "yes", now=now())
    return go_to(url_for("people.list_people"))


@blueprint.post("/<int:account_id>/link")
def make_password_link(account_id: int) -> BaseResponse:
    actor = get_administrator()
    require_recent_sign_in()
    if not AgreeForm().validate_on_submit():
        return _show(InviteForm(formdata=None), status=422)
    with writing() as database:
        email, secret = people.make_password_link(database, actor, account_id, now())
    return _show_link(links.PASSWORD, email, secret)


def _show(form: InviteForm, *, status: int = 200) -> Response:
    with reading() as database:
        page = PeoplePage.of(
            people.list_people(database), links.list_invitations(database, now()), form, get_administrator()
        )
    return render("auth/people.html", "auth/_people.html", page=page, status=status)


def _show_link(purpose: str, email: str, secret: str) -> Response:
    page = LinkPage.of(purpose, email, secret)
    return render("auth/link.html", "auth/_link.html", page=page)
