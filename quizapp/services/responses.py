"""Responses: an answer is taken once, is on disk before it is judged aloud, and is never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from question_bank.scoring import Outcome, score
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, ResponseRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services.attempts import Attempt, get_attempt
from quizapp.services.corrected import counts_as_right
from quizapp.services.counting import count_choice, upsert
from quizapp.services.problems import OptionNotOfferedError
from quizapp.services.shown import Feedback, Question, ShownItem, feedback_on, load_shown


def open_item(session: Session, attempt: Attempt, position: int) -> Question | Feedback:
    """The question at ``position``, or the feedback on it once it is answered."""
    step = attempt.step(position)
    shown = load_shown(session, step.attempt_item_id)
    if step.token is None:
        return shown.question()
    return feedback_on(session, shown, step.token, correct=bool(step.correct))


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
        late = step.token != token
        return attempt, feedback_on(session, shown, step.token, correct=bool(step.correct), is_late=late)
    values = {
        "attempt_item_id": step.attempt_item_id,
        "token": token,
        "correct": _counts_as_right(step.attempt_item_id, token, shown),
        "key": key,
        "responded_at": now,
    }
    stored = _insert_once(session, values)
    if stored is not None:
        count_choice(session, attempt_item_id=step.attempt_item_id, token=token, learner=attempt.learner)
        return attempt, feedback_on(session, shown, token, correct=stored)
    # On PostgreSQL another tab's response may be there although the step looked open; whoever lost reads what won.
    known = select(ResponseRow.token, ResponseRow.correct).where(
        ResponseRow.attempt_item_id == step.attempt_item_id
    )
    kept = session.execute(known).one()
    return attempt, feedback_on(session, shown, kept.token, correct=kept.correct, is_late=kept.token != token)


def _counts_as_right(attempt_item_id: int, token: str, shown: ShownItem) -> ScalarSelect[bool]:
    """Decided while it is written, so that a key that is corrected at this very moment judges this answer, too."""
    is_key = score(is_key=shown.is_correct(token)) is Outcome.RIGHT
    return (
        select(counts_as_right(is_key=is_key))
        .select_from(AttemptItemRow)
        .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == AttemptItemRow.id)
        .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == AttemptItemRow.item_version_id)
        .where(AttemptItemRow.id == attempt_item_id, AttemptOptionRow.token == token)
        .scalar_subquery()
    )


def _insert_once(session: Session, values: dict[str, Any]) -> bool | None:
    """Store the response unless there is one, by the table's own key; answers whether it counts, None if not stored."""
    statement = upsert(session, ResponseRow).values(**values).on_conflict_do_nothing()
    return session.execute(statement.returning(ResponseRow.correct)).scalar()
