"""Correcting a wrong key: choose the right option, see what that changes, decide what old answers are to count."""

from __future__ import annotations

import datetime as dt

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizapp.identity import get_teacher
from quizapp.question.common import DONE, blueprint, needs_second
from quizapp.question.forms import KeyForm
from quizapp.question.key_pages import KeyPage
from quizapp.rendering import go_to, render
from quizapp.services.editing import get_question
from quizapp.services.key_corrections import affected_by, correct_key
from quizapp.services.problems import NotReadyError
from quizapp.transactions import reading, writing


@blueprint.get("/key")
def show_key(uid: str) -> Response:
    return _show(uid, request.args.get("key", ""))


@blueprint.post("/key")
def correct(uid: str) -> Response:
    form = KeyForm()
    if not form.validate_on_submit():
        return _show(uid, form.key.data or "", form=form)
    try:
        with writing() as session:
            correct_key(
                session,
                uid=uid,
                new_key=form.new_key,
                marks=form.chosen_marks,
                based_on=form.seen,
                teacher=get_teacher().email,
                now=dt.datetime.now(dt.UTC),
                versions=form.versions,
                needs_second=needs_second(),
            )
    except NotReadyError as refusal:
        return _show(uid, form.key.data, form=form, reasons=refusal.reasons)
    flash(_("The key is corrected. The log below says what has changed."), DONE)
    return go_to(url_for("question.show", uid=uid))


def _show(uid: str, key: str, *, form: KeyForm | None = None, reasons: tuple[str, ...] = ()) -> Response:
    """The page for this option; until one is chosen it offers all that are not the key."""
    with reading() as session:
        question = get_question(session, uid)
        options = question.content.options
        is_one = key.isascii() and key.isdecimal() and int(key[:3]) < len(options)
        option = int(key) if is_one and not options[int(key)].correct else None
        affected = affected_by(session, question, option) if option is not None else ()
    if form is None:
        page = KeyPage.of(question, option, affected)
    else:
        page = KeyPage.of(
            question,
            option,
            affected,
            among=form.versions,
            marks=form.marks.data,
            typed={name: form[name].data or "" for name in ("rationale", "old_rationale", "explanation")},
            faults=form.faults(),
            reasons=reasons,
        )
    return render("question/key.html", "question/_key.html", page=page, status=422 if form else 200)
