"""Responses: an answer is taken once, is on disk before it is judged aloud, and is never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from question_bank.scoring import Outcome, score
from quizapp.models.attempts import ResponseRow
from quizapp.services.attempts import Attempt, get_attempt
from quizapp.services.problems import OptionNotOfferedError
from quizapp.services.shown import Feedback, Question, feedback_on, load_shown


def open_item(session: Session, attempt: Attempt, position: int) -> Question | Feedback:
    """The question at ``position``, or the feedback on it once it is answered."""
    step = attempt.step(position)
    shown = load_shown(session, step.attempt_item_id)
    return shown.question() if step.token is None else feedback_on(session, shown, step.token)


def record_response(  # noqa: PLR0913 - what makes a response, each by its name
    session: Session,
    *,
    public_id: str,
    learner: str | None,
    position: int,
    token: str,
    key: str,
    now: dt.datetime,
) -> tuple[Attempt, Feedback]:
    """Record the choice and judge it. A second answer changes nothing: its feedback is that on the first.

    Raises AttemptNotFoundError, ItemNotFoundError, and OptionNotOfferedError for a token that was not shown here.
    """
    attempt = get_attempt(session, public_id, learner)
    step = attempt.step(position)
    shown = load_shown(session, step.attempt_item_id)
    if token not in shown.tokens:
        raise OptionNotOfferedError
    if step.token is not None:
        return attempt, feedback_on(session, shown, step.token, is_late=step.token != token)
    values = {
        "attempt_item_id": step.attempt_item_id,
        "token": token,
        "correct": score(is_key=shown.is_correct(token)) is Outcome.RIGHT,
        "key": key,
        "responded_at": now,
    }
    kept = _insert_once(session, values)
    return attempt, feedback_on(session, shown, kept, is_late=kept != token)


def _insert_once(session: Session, values: dict[str, Any]) -> str:
    """Store the response unless there is one; answers the token that is stored.

    On PostgreSQL another tab's response may be there although the step looked open. The table's key decides, and
    whoever lost reads what won.
    """
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(ResponseRow) if on_postgresql else sqlite.insert(ResponseRow)
    statement = insert.values(**values).on_conflict_do_nothing().returning(ResponseRow.token)
    stored = session.execute(statement).scalar()
    if stored is None:
        known = select(ResponseRow.token).where(ResponseRow.attempt_item_id == values["attempt_item_id"])
        stored = session.execute(known).scalar_one()
    return str(stored)
