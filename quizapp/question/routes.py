"""One question: what it says, its versions, where it stands, how it was answered."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask import Response, abort, flash, get_flashed_messages, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.identity import get_teacher
from quizapp.languages import say
from quizapp.question import conflict_routes, key_routes, preview_routes
from quizapp.question.common import DONE, blueprint, names_by_id, needs_second
from quizapp.question.compare_pages import ComparePage
from quizapp.question.forms import RestoreForm, SettleForm, StateForm
from quizapp.question.pages import Faults, QuestionPage
from quizapp.rendering import go_to, render
from quizapp.services.editing import get_question, restore_version
from quizapp.services.history import overview_of, version_of, versions_of
from quizapp.services.previewing import as_shown, unanswered
from quizapp.services.problems import NotReadyError
from quizapp.services.reports import settle
from quizapp.services.states import change_state, next_states, refusals
from quizapp.transactions import reading, writing
from quizapp.words import STATES

__all__ = ["blueprint"]

SCREENS = (conflict_routes, key_routes, preview_routes)  # each adds its addresses to the blueprint

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@blueprint.get("")
def show(uid: str) -> Response:
    done: list[Any] = get_flashed_messages(category_filter=[DONE])
    return _show(uid, done=done[-1] if done else None)


@blueprint.post("/state")
def change(uid: str) -> BaseResponse:
    form = StateForm()
    if not form.validate_on_submit():
        return _show(uid, faults=Faults(form.faults(), form.why.data or ""))
    try:
        with writing() as session:
            change_state(
                session,
                uid=uid,
                to=form.wanted,
                teacher=get_teacher().email,
                now=dt.datetime.now(dt.UTC),
                why=(form.why.data or "").strip(),
                needs_second=needs_second(),
                version=form.seen,
            )
    except NotReadyError as refusal:
        return _show(
            uid, faults=Faults(typed_why=form.why.data or "", reasons=tuple(map(say, refusal.reasons)))
        )
    flash(_("It is %(state)s now.", state=_(STATES[form.wanted]).lower()), DONE)
    return go_to(url_for("question.show", uid=uid))


@blueprint.post("/restore")
def restore(uid: str) -> BaseResponse:
    form = RestoreForm()
    if not form.validate_on_submit():
        return _show(uid, faults=Faults(form.faults()))
    try:
        with writing() as session:
            after = restore_version(
                session,
                uid=uid,
                number=int(form.number.data or 0),
                teacher=get_teacher().email,
                now=dt.datetime.now(dt.UTC),
                based_on=form.seen,
                needs_second=needs_second(),
            )
    except NotReadyError as refusal:
        return _show(uid, faults=Faults(reasons=tuple(map(say, refusal.reasons))))
    told = _("Version %(old)s is back, as version %(new)s.", old=form.number.data, new=after.number)
    flash(told, DONE)
    return go_to(url_for("question.show", uid=uid))


@blueprint.post("/reports/settle")
def settle_report(uid: str) -> BaseResponse:
    form = SettleForm()
    if not form.validate_on_submit():
        return _show(uid, faults=Faults({"report": _("Choose a report.")}))
    with writing() as session:
        settle(
            session,
            uid=uid,
            report_id=int(form.report.data or 0),
            teacher=get_teacher().email,
            now=dt.datetime.now(dt.UTC),
        )
    flash(_("The report is settled."), DONE)
    return go_to(url_for("question.show", uid=uid))


@blueprint.get("/versions")
def compare(uid: str) -> Response:
    with reading() as session:
        question = get_question(session, uid)
        versions = versions_of(session, question.id)
    new = version_of(versions, _number("new", question.number))
    old = version_of(versions, _number("old", max(1, new.number - 1)))
    page = ComparePage.of(question, versions, old, new)
    return render("question/compare.html", "question/_compare.html", page=page)


def _number(name: str, default: int) -> int:
    typed = request.args.get(name, "")
    if not typed:
        return default
    return int(typed) if _NUMBER.fullmatch(typed) else abort(404)


def _show(uid: str, *, faults: Faults | None = None, done: str | None = None) -> Response:
    """The page; what was wrong with a form stands beside it."""
    names = names_by_id()
    with reading() as session:
        seen = overview_of(session, uid)
        feedback = unanswered(session, as_shown(session, seen.question.content))
        obstacles: tuple[str, ...] = ()
        if "approved" in next_states(seen.question):
            obstacles = refusals(
                session,
                seen.question,
                to="approved",
                teacher=get_teacher().email,
                needs_second=needs_second(),
            )
    page = QuestionPage.of(seen, feedback, names, obstacles=obstacles, faults=faults, done=done)
    status = 422 if faults else 200
    return render("question/show.html", "question/_question.html", page=page, status=status)
