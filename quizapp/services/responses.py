"""Responses: an answer is taken once, is on disk before it is judged aloud, and is never changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert
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
    attempt = get_attempt(session, public_id, learner, lock=True)
    step = attempt.step(position)
    shown = load_shown(session, step.attempt_item_id)
    if token not in shown.tokens:
        raise OptionNotOfferedError
    if step.token is not None:
        return attempt, feedback_on(session, shown, step.token, is_late=step.token != token)
    outcome = score(is_key=shown.is_correct(token))
    session.execute(
        insert(ResponseRow).values(
            attempt_item_id=step.attempt_item_id,
            token=token,
            correct=outcome is Outcome.RIGHT,
            key=key,
            responded_at=now,
        )
    )
    return attempt, feedback_on(session, shown, token)
