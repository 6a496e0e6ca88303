"""States: draft, in review, approved, retired. Each change says who, when and why; only the approved are asked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from question_bank.items import State
from quizapp.marking import Sentence, mark
from quizapp.models.bank import ItemRow
from quizapp.services import log
from quizapp.services.editing import EditedMeanwhileError
from quizapp.services.problems import NotReadyError
from quizapp.services.questions import Question, lock_question
from quizapp.services.readiness import reasons_against

# By default a teacher may approve a draft at once; a setting asks for a second teacher instead. What nobody will
# finish is retired from wherever it stands.
NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("in_review", "approved", "retired"),
    "in_review": ("approved", "draft", "retired"),
    "approved": ("in_review", "retired"),
    "retired": ("draft",),
}

NAMES: dict[State, str] = {
    "draft": mark("draft"),
    "in_review": mark("in review"),
    "approved": mark("approved"),
    "retired": mark("retired"),
}

# What takes a question away from students or from review needs a reason; the log keeps it.
NEED_A_REASON: frozenset[State] = frozenset({"draft", "retired"})

OWN_VERSION = mark("You wrote this version yourself. A second teacher has to approve it.")


def next_states(question: Question) -> tuple[State, ...]:
    """Where the question may go from here; a suspended one may also be approved anew as it is."""
    following = NEXT[question.state]
    if question.state == "approved" and question.suspended is not None:
        return ("approved", *following)
    return following


def change_state(  # noqa: PLR0913 - what makes a change, each by its name
    session: Session,
    *,
    uid: str,
    to: State,
    teacher: str,
    now: dt.datetime,
    why: str = "",
    needs_second: bool,
    version: int | None = None,
) -> None:
    """Move the question; NotReadyError with plain reasons where it may not go there.

    EditedMeanwhileError where it no longer says what ``version`` said: nobody approves what they have not read.
    """
    question = lock_question(session, uid)
    if version not in (None, question.number):
        raise EditedMeanwhileError(question)
    if reasons := refusals(session, question, to=to, teacher=teacher, needs_second=needs_second):
        raise NotReadyError(reasons)
    put(session, question, to=to, now=now)
    details = {"from": question.state, "to": to, "why": why, "version": question.number}
    log.record(session, actor=teacher, action="state", subject=uid, details=details, now=now)


def refusals(
    session: Session, question: Question, *, to: State, teacher: str, needs_second: bool
) -> tuple[str, ...]:
    """Why the question may not be moved to ``to`` by this teacher; empty where it may."""
    if to not in next_states(question):
        was, becomes = Sentence(NAMES[question.state]), Sentence(NAMES[to])
        return (Sentence(mark("A question that is %(was)s cannot become %(to)s."), was=was, to=becomes),)
    if to != "approved":
        return ()
    own = (OWN_VERSION,) if needs_second and question.made_by == teacher else ()
    return (*own, *reasons_against(session, question.content))


def put(session: Session, question: Question, *, to: State, now: dt.datetime) -> None:
    """Write the state. Whoever approves a question has looked at it, so that nothing suspends it any more."""
    values: dict[str, object] = {"state": to, "updated_at": now}
    if to == "approved":
        values["suspended"] = None
    session.execute(update(ItemRow).where(ItemRow.id == question.id).values(values))
