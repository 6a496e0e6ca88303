"""Deciding where a teacher and a rebuild changed the same: take the new, keep one's own, decline the version."""

from __future__ import annotations

import datetime as dt

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizapp.identity import get_teacher
from quizapp.question.common import DONE, blueprint, needs_second
from quizapp.question.conflict_pages import ConflictPage
from quizapp.question.forms import DecisionForm
from quizapp.rendering import go_to, render
from quizapp.services.conflicts import conflicts_of
from quizapp.services.deciding import Decision, decide, decline_version
from quizapp.services.editing import get_question
from quizapp.services.problems import NotReadyError
from quizapp.transactions import reading, writing


@blueprint.get("/conflicts")
def show_conflicts(uid: str) -> Response:
    return _show(uid)


@blueprint.post("/conflicts")
def decide_conflicts(uid: str) -> Response:
    form = DecisionForm()
    if not form.validate_on_submit():
        return _show(uid, form=form)
    with reading() as session:
        fields = [conflict.field for conflict in conflicts_of(session, uid)]
    decisions = form.decisions(fields)
    if form.what.data == "decide" and not decisions:
        form.what.errors = [_("Choose for each part: take the new, or keep yours.")]
        return _show(uid, form=form)
    try:
        _decide(uid, form, decisions)
    except NotReadyError as refusal:
        return _show(uid, form=form, reasons=refusal.reasons)
    flash(_("That is decided. The log below says how."), DONE)
    return go_to(url_for("question.show", uid=uid))


def _decide(uid: str, form: DecisionForm, decisions: dict[str, Decision]) -> None:
    teacher, now = get_teacher().email, dt.datetime.now(dt.UTC)
    version, fingerprint = form.seen, form.fingerprint.data or None
    with writing() as session:
        if form.what.data == "decline":
            decline_version(
                session, uid=uid, teacher=teacher, now=now, version=version, fingerprint=fingerprint
            )
            return
        decide(
            session,
            uid=uid,
            decisions=decisions,
            teacher=teacher,
            now=now,
            version=version,
            fingerprint=fingerprint,
            needs_second=needs_second(),
        )


def _show(uid: str, *, form: DecisionForm | None = None, reasons: tuple[str, ...] = ()) -> Response:
    with reading() as session:
        question = get_question(session, uid)
        conflicts = conflicts_of(session, uid)
    if form is None:
        page = ConflictPage.of(question, conflicts)
    else:
        chosen = form.decisions([conflict.field for conflict in conflicts])
        page = ConflictPage.of(question, conflicts, chosen=chosen, faults=form.faults(), reasons=reasons)
    return render(
        "question/conflicts.html", "question/_conflicts.html", page=page, status=422 if form else 200
    )
