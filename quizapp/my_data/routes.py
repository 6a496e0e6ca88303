"""A learner's own data: what is stored, the download, forgetting and deleting."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.identity import find_learner
from quizapp.my_data import resume_routes
from quizapp.my_data.forms import AgreeForm
from quizapp.my_data.here import find_new_code, forget_here, keep_new_code, key, now
from quizapp.my_data.pages import CodePage, DeletePage, MyDataPage
from quizapp.rendering import go_to, render
from quizapp.services.learners import erase, holdings_of
from quizapp.services.own_data import written_out
from quizapp.services.resuming import code_made_at, make_code
from quizapp.transactions import empty_journal, reading, writing

blueprint = Blueprint("my_data", __name__)
resume_routes.register(blueprint)


@blueprint.get("/my-data")
def show() -> Response:
    return _show(done=request.args.get("done", ""))


@blueprint.post("/my-data/code")
def make_new_code() -> BaseResponse:
    if not AgreeForm().validate_on_submit():
        return _show(status=422)
    learner = find_learner()
    with writing() as session:
        if learner is None or holdings_of(session, learner).is_empty:
            code = None
        else:
            code = make_code(session, learner, key=key(), now=now())
    if code is None:
        return _show(status=409)
    keep_new_code(code)
    return go_to(url_for("my_data.show_new_code"))


@blueprint.get("/my-data/code")
def show_new_code() -> BaseResponse:
    code = find_new_code()
    if code is None:
        return go_to(url_for("my_data.show"))
    return render("my_data/code.html", "my_data/_code.html", page=CodePage.of(code))


@blueprint.post("/my-data/forget")
def forget() -> BaseResponse:
    if not AgreeForm().validate_on_submit():
        return _show(status=422)
    return forget_here(go_to(url_for("my_data.show", done="forgotten")))


@blueprint.get("/my-data/download")
def download() -> Response:
    about = _(
        "Everything that is stored of you: your quizzes with their questions and options as you saw them, your "
        "answers, and your reports. Times are UTC. While a test is open, nothing here says which answers are right. "
        "Random numbers that only the program uses are left out."
    )
    with reading() as session:
        # The server sends an answer whole, so that streaming it would gain nothing.
        parts = list(written_out(session, find_learner(), about, now()))
    response = Response(parts, mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=ibid-my-data.json"
    return response


@blueprint.get("/my-data/delete")
def ask_to_delete() -> Response:
    with reading() as session:
        held = holdings_of(session, find_learner())
    if held.is_empty:
        return _show()
    return render("my_data/delete.html", "my_data/_deletion.html", page=DeletePage.of(held))


@blueprint.post("/my-data/delete")
def delete() -> BaseResponse:
    if not AgreeForm().validate_on_submit():
        return _show(status=422)
    learner = find_learner()
    if learner is not None:
        with writing() as session:
            erase(session, learner)
        if not empty_journal():
            current_app.logger.warning("what a learner deleted stays in the journal until it is written anew")
    return forget_here(go_to(url_for("my_data.show", done="deleted")))


def _show(*, done: str = "", status: int = 200) -> Response:
    learner = find_learner()
    with reading() as session:
        page = MyDataPage.of(holdings_of(session, learner), code_made_at(session, learner), done=done)
    return render("my_data/show.html", "my_data/_data.html", page=page, status=status)
