"""Writing and editing a question."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from question_bank.items import State
from quizapp.editor.desk import Sheet, blank_sheet, checked, needs_second, page_of, sheet_from, sheet_of
from quizapp.editor.faults import faults_of, faults_while_typing, most_options
from quizapp.editor.forms import EditorForm
from quizapp.editor.pages import Said
from quizapp.editor.remarks import question_address
from quizapp.identity import get_teacher, take_kept_form
from quizapp.languages import say
from quizapp.marking import mark
from quizapp.rendering import go_to, render, wants_fragment
from quizapp.services.editing import EditedMeanwhileError, Question, create_question, get_question, save_edit
from quizapp.services.problems import NotReadyError
from quizapp.services.states import change_state
from quizapp.transactions import reading, writing

blueprint = Blueprint("editor", __name__, url_prefix="/admin/questions")

KEPT = mark("What you had written when your sign-in ran out is here again. It is not saved yet.")
MEANWHILE = mark(
    "Somebody else saved this question while you were writing. All of yours is here; nothing is saved yet."
)
STAYS = mark("Saved. The next student who meets this question sees it so.")
SAVED = {
    "draft": mark("Saved as a draft. Students do not see it yet."),
    "in_review": mark("Sent to review. Students see it once it is approved."),
    "approved": mark("Published. Students meet it in quizzes from now on."),
    "retired": mark("Saved. The question is retired, so no quiz asks it."),
}

_ON_THE_QUESTION = "question"  # the category of messages that the question's page shows

# The buttons that save, and the state that each asks for; "save" leaves it as it is.
_TO: dict[str, State | None] = {"save": None, "draft": None, "review": "in_review", "publish": "approved"}
_FINAL = frozenset({"in_review", "approved"})


@blueprint.get("/new")
def write() -> Response:
    kept = take_kept_form(request.path)
    if kept is None:
        return _show(blank_sheet(), Said())
    return _show_again(sheet_from(EditorForm(MultiDict(kept)), None))


@blueprint.post("/new")
def create() -> BaseResponse:
    return _answer(EditorForm(), None)


@blueprint.get("/<uid>/edit")
def edit(uid: str) -> Response:
    question = _question(uid)
    kept = take_kept_form(request.path)
    if kept is None:
        sheet = sheet_of(question)
        return _show(sheet, checked(sheet))
    return _show_again(sheet_from(EditorForm(MultiDict(kept)), question))


@blueprint.post("/<uid>/edit")
def save(uid: str) -> BaseResponse:
    return _answer(EditorForm(), _question(uid))


@blueprint.post("/check")
def check() -> Response:
    form = EditorForm()
    sheet = sheet_from(form, _question(form.uid.data) if form.uid.data else None)
    said = checked(sheet, Said(faults=_typed_faults(form, sheet)))
    page = page_of(sheet, said, is_check=wants_fragment())
    return render("editor/editor.html", "editor/_check_answer.html", page=page)


def _question(uid: str) -> Question:
    with reading() as session:
        return get_question(session, uid)


def _answer(form: EditorForm, question: Question | None) -> BaseResponse:
    """A button that saves, or one that changes something in the form."""
    sheet = sheet_from(form, question)
    do = form.do.data or "draft"
    if do not in _TO:
        after = sheet.after(do)
        faults = form.faults() if do == "check" else {}
        return _show(after, checked(after, Said(faults=faults)))
    sheet = sheet.settled
    faults = form.faults() | _faults(sheet, _TO[do])
    if faults:
        return _show(sheet, checked(sheet, Said(faults=faults)), 422)
    try:
        uid, state = _store(sheet, _TO[do])
    except EditedMeanwhileError as fault:
        return _show(sheet.against(fault.theirs), Said(notice=_(MEANWHILE)), 409)
    except NotReadyError as fault:
        return _show(sheet, checked(sheet, Said(reasons=tuple(map(say, fault.reasons)))), 422)
    is_asked_on = state == "approved" and do == "save"
    flash(_(STAYS if is_asked_on else SAVED[state]), _ON_THE_QUESTION)
    return go_to(question_address(uid))


def _store(sheet: Sheet, to: State | None) -> tuple[str, str]:
    """Write it down, all or nothing; the uid and the state in which the question is now."""
    teacher, now, second = get_teacher().email, dt.datetime.now(dt.UTC), needs_second()
    note, content = sheet.typed.note, sheet.content
    with writing() as session:
        if sheet.question is None:
            uid = create_question(session, content=content, teacher=teacher, now=now, note=note)
        else:
            uid = sheet.question.uid
            save_edit(
                session,
                uid=uid,
                content=content,
                based_on=sheet.based_on,
                teacher=teacher,
                now=now,
                note=note,
                cosmetic=sheet.typed.cosmetic,
                needs_second=second,
            )
        if to:
            change_state(session, uid=uid, to=to, teacher=teacher, now=now, why=note, needs_second=second)
        return uid, get_question(session, uid).state


def _faults(sheet: Sheet, to: State | None) -> dict[str, str]:
    """What keeps the sheet from being saved; more is asked of what students or reviewers will read."""
    state = to or (sheet.question.state if sheet.question else "draft")
    found = faults_of(
        sheet.draft,
        sheet.desk.passages,
        content=sheet.content,
        topics={topic.id for topic in sheet.topics},
        is_final=state in _FINAL,
    )
    most = most_options(sheet.before)
    if len(sheet.draft.options) > most:
        found.setdefault(f"options-{most}-text", _("A question has %(most)s answers at most.", most=most))
    return found


def _typed_faults(form: EditorForm, sheet: Sheet) -> dict[str, str]:
    """While somebody writes: what is wrong with what is there, not with what is still missing."""
    return faults_while_typing(sheet.draft, sheet.desk.passages) | form.faults()


def _show_again(sheet: Sheet) -> Response:
    """What was sent after the session had run out."""
    return _show(sheet, checked(sheet, Said(notice=_(KEPT))))


def _show(sheet: Sheet, said: Said, status: int = 200) -> Response:
    page = page_of(sheet, said)
    return render("editor/editor.html", "editor/_editor.html", page=page, status=status)
