"""Unfinished: the quiz that a learner left open last, to go on with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptRow
from quizapp.services.attempts import get_attempt

_KEPT = dt.timedelta(days=14)  # after that it is no longer offered; its address still opens it


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A quiz that waits: where it stands."""

    public_id: str
    mode: str
    position: int
    total: int


def find_unfinished(session: Session, learner: str | None, now: dt.datetime) -> Unfinished | None:
    """The newest quiz of the learner, if a question of it is open and its time has not run out."""
    newest = session.scalars(
        select(AttemptRow.public_id)
        .where(AttemptRow.learner == learner, AttemptRow.started_at > now - _KEPT)
        .order_by(AttemptRow.id.desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    attempt = get_attempt(session, newest, learner)
    step = attempt.next_open()
    if step is None or attempt.is_over(now):
        return None
    return Unfinished(newest, attempt.mode, step.position, len(attempt.steps))
