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
    """A quiz that waits: where it stands, and whether it only waits to be handed in since its time has run out."""

    public_id: str
    position: int
    total: int
    is_over: bool


def find_unfinished(session: Session, learner: str | None, now: dt.datetime) -> Unfinished | None:
    """The newest quiz of the learner, if a question of it is open."""
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
    if step is None:
        return None
    return Unfinished(newest, step.position, len(attempt.steps), attempt.is_over(now))
