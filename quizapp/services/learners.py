"""Learners: how much is stored of one, moving it to another, and deleting it without a trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow, SecondTryRow
from quizapp.models.learners import ResumeCodeRow
from quizapp.models.reports import ReportRow


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is stored of a learner, and from when to when."""

    quizzes: int
    answers: int
    second_tries: int
    reports: int
    first: dt.datetime | None
    last: dt.datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing: everything else hangs on a quiz."""
        return self.quizzes == 0


NOTHING = Holdings(0, 0, 0, 0, None, None)


def holdings_of(session: Session, learner: str | None) -> Holdings:
    """Counted anew each time, since nothing of it is stored."""
    if learner is None:
        return NOTHING
    quizzes, first, begun = session.execute(
        select(func.count(), func.min(AttemptRow.started_at), func.max(AttemptRow.started_at)).where(
            AttemptRow.learner == learner
        )
    ).one()
    own = select(AttemptItemRow.id).join(AttemptRow).where(AttemptRow.learner == learner).scalar_subquery()
    answers, answered = session.execute(
        select(func.count(), func.max(ResponseRow.responded_at)).where(ResponseRow.attempt_item_id.in_(own))
    ).one()
    second_tries = select(func.count()).where(SecondTryRow.attempt_item_id.in_(own))
    reports = select(func.count()).where(ReportRow.attempt_item_id.in_(own))
    return Holdings(
        quizzes=quizzes,
        answers=answers,
        second_tries=session.execute(second_tries).scalar_one(),
        reports=session.execute(reports).scalar_one(),
        first=first,
        last=max((at for at in (begun, answered) if at is not None), default=None),
    )


def move(session: Session, source: str, target: str) -> None:
    """All that is stored of ``source`` becomes that of ``target``; a code of ``source`` would open nothing any more."""
    session.execute(update(AttemptRow).where(AttemptRow.learner == source).values(learner=target))
    session.execute(delete(ResumeCodeRow).where(ResumeCodeRow.learner == source))


def erase(session: Session, *learners: str) -> None:
    """Delete all that is stored of learners. What was counted without saying whose it was stays counted."""
    theirs = AttemptRow.learner.in_(learners)
    own = select(AttemptItemRow.id).join(AttemptRow).where(theirs).scalar_subquery()
    session.execute(delete(ReportRow).where(ReportRow.attempt_item_id.in_(own)))
    session.execute(delete(AttemptRow).where(theirs))  # with all that hangs on it
    session.execute(delete(ResumeCodeRow).where(ResumeCodeRow.learner.in_(learners)))
