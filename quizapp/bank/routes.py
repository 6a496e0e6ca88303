"""The teachers' first page, and the list of all questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, current_app, flash, get_flashed_messages, request
from werkzeug.wrappers import Response as BaseResponse

from quizapp.bank.done import Done, record_of
from quizapp.bank.forms import BulkForm
from quizapp.bank.labels import UNDO
from quizapp.bank.list_pages import Faults, QuestionsPage, Wish
from quizapp.bank.overview_pages import OverviewPage
from quizapp.identity import get_teacher
from quizapp.rendering import go_to, render
from quizapp.services import bulk
from quizapp.services.coverage import list_coverage
from quizapp.services.overview import get_overview
from quizapp.services.question_list import list_choices, list_questions, uids_of
from quizapp.transactions import reading, writing

blueprint = Blueprint("bank", __name__, url_prefix="/admin")

_DONE = "bulk"  # the category of messages about changes of many questions


@blueprint.get("/")
def show_overview() -> Response:
    with reading() as session:
        page = OverviewPage.of(get_overview(session), list_coverage(session))
    return render("bank/overview.html", "bank/_overview.html", page=page)


@blueprint.get("/questions", endpoint="list_questions")
def show_list() -> Response:
    messages: list[Any] = get_flashed_messages(category_filter=[_DONE])
    return _show(Wish.of(request.args), done=Done.of(messages[-1]) if messages else None)


@blueprint.post("/questions")
def change_many() -> BaseResponse:
    wish = Wish.of(request.form)
    form = BulkForm()
    done = _change(wish, form) if form.validate_on_submit() else None
    if done is None:
        return _show(wish, faults=_faults(form))
    _tell(form.state, done)
    return go_to(wish.address)


@blueprint.post("/undo/<int:entry>")
def undo(entry: int) -> BaseResponse:
    with writing() as session:
        done = bulk.undo(session, log_id=entry, teacher=get_teacher().email, now=dt.datetime.now(dt.UTC))
    _tell(UNDO, done)
    return go_to(Wish.of(request.form).address)


def _change(wish: Wish, form: BulkForm) -> bulk.Bulk | None:
    """Change the questions, unless "all" is no longer what was seen."""
    with writing() as session:
        uids = uids_of(session, wish.filter) if form.all.data else form.uid.data or []
        if not form.is_as_seen(uids):
            return None
        return bulk.change_states(
            session,
            uids=uids,
            to=form.state,
            teacher=get_teacher().email,
            now=dt.datetime.now(dt.UTC),
            why=(form.why.data or "").strip(),
            needs_second=current_app.config["QUESTIONS_NEED_SECOND_TEACHER"],
        )


def _tell(what: str, done: bulk.Bulk) -> None:
    """Keep what was done for the next page."""
    flash(record_of(what, done.log_id, len(done.changed), done.refused), _DONE)  # type: ignore[arg-type]


def _show(wish: Wish, *, faults: Faults | None = None, done: Done | None = None) -> Response:
    with reading() as session:
        found = list_questions(session, wish.filter, order=wish.order, number=wish.number)
        page = QuestionsPage.of(wish, found, list_choices(session), faults=faults, done=done)
    status = 422 if faults else 200
    address = page.address if request.method == "GET" else None
    return render("bank/questions.html", "bank/_questions.html", page=page, status=status, address=address)


def _faults(form: BulkForm) -> Faults:
    return Faults(
        uid=form.first_error("uid"),
        to=form.first_error("to"),
        why=form.first_error("why"),
        typed_to=form.to.data or "",
        typed_why=form.why.data or "",
        chosen=frozenset(form.uid.data or ()),
        has_all=bool(form.all.data),
    )
