"""Responses: an answer is taken once, is on disk before it is judged aloud, and is never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import Boolean, bindparam, insert, select
from sqlalchemy.orm import Session

from question_bank.scoring import Outcome, score
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, ResponseRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services.asking_again import ask_again
from quizapp.services.attempts import Attempt, Step, close, get_attempt, require_time
from quizapp.services.corrected import counts_as_right
from quizapp.services.counting import count_choice
from quizapp.services.problems import CertaintyMissingError, OptionNotOfferedError, TimeOverError
from quizapp.services.second_tries import feedback_of, second_try_of
from quizapp.services.shown import Feedback, Question, Saved, SecondTry, ShownItem, load_shown

View = Question | Saved | SecondTry | Feedback

# What an answer counts as is decided while it is written, so that a key that is corrected at this very moment judges
# it, too.
_CORRECT = (
    select(counts_as_right(bindparam("is_key", type_=Boolean)))
    .select_from(AttemptItemRow)
    .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == AttemptItemRow.id)
    .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == AttemptItemRow.item_version_id)
    .where(AttemptItemRow.id == bindparam("shown"), AttemptOptionRow.token == bindparam("chosen"))
)
_RECORD = (
    insert(ResponseRow)
    .values(
        correct=_CORRECT.scalar_subquery(),
        **{
            name: bindparam(name) for name in ("attempt_item_id", "token", "certainty", "key", "responded_at")
        },
    )
    .returning(ResponseRow.correct)
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner sends: the token of an option, how sure they are, and the key that makes sending it twice safe."""

    token: str
    key: str
    certainty: int | None = None


def is_late(view: View) -> bool:
    """Whether an answer came for a question that has another one, or takes none any more."""
    return isinstance(view, Saved | Feedback) and view.is_late


def open_item(session: Session, attempt: Attempt, position: int, now: dt.datetime) -> View:
    """What the learner may see at ``position`` by now: this function decides it for every page and fragment.

    Raises ItemNotFoundError, and TimeOverError for an open question of a test whose time has run out.
    """
    step = attempt.step(position)
    is_open = not step.is_answered and attempt.closed_at is None
    if is_open and attempt.is_past(now):
        raise TimeOverError(attempt.public_id, attempt.answered)
    shown = load_shown(session, step.attempt_item_id)
    if is_open:
        return shown.question()
    return _answered(session, attempt, step, shown)


def record_response(
    session: Session,
    *,
    public_id: str,
    learner: str | None,
    position: int,
    answer: Answer,
    now: dt.datetime,
) -> tuple[Attempt, Step, View]:
    """Record the choice and judge it. A second answer changes nothing: its feedback is that on the first.

    Nor does one that comes after a test was handed in. Raises AttemptNotFoundError, ItemNotFoundError,
    OptionNotOfferedError for a token that was not shown here, CertaintyMissingError, and TimeOverError when it is too
    late.
    """
    attempt = get_attempt(session, public_id, learner, lock=True)
    step = attempt.step_of_form(answer.key, position)
    if not step.is_answered:
        require_time(attempt, now)
    shown = load_shown(session, step.attempt_item_id)
    if answer.token not in shown.tokens:
        raise OptionNotOfferedError
    if step.is_answered or attempt.closed_at is not None:
        return attempt, step, _answered(session, attempt, step, shown, sent=answer.token)
    if attempt.asks_certainty and answer.certainty is None:
        raise CertaintyMissingError
    done = _take(session, attempt, step, shown, answer, now)
    attempt = _after(session, attempt.with_step(done), done, now)
    return attempt, done, _answered(session, attempt, done, shown)


def _take(
    session: Session, attempt: Attempt, step: Step, shown: ShownItem, answer: Answer, now: dt.datetime
) -> Step:
    """Store the answer and count it; the step with it."""
    certainty = answer.certainty if attempt.asks_certainty else None
    values = {
        "attempt_item_id": step.attempt_item_id,
        "token": answer.token,
        "certainty": certainty,
        "key": answer.key,
        "responded_at": now,
        "shown": step.attempt_item_id,
        "chosen": answer.token,
        "is_key": score(is_key=shown.is_correct(answer.token)) is Outcome.RIGHT,
    }
    correct = session.connection().execute(_RECORD, values).scalar_one()
    count_choice(session, attempt_item_id=step.attempt_item_id, token=answer.token, learner=attempt.learner)
    return replace(step, token=answer.token, correct=correct, certainty=certainty)


def _after(session: Session, attempt: Attempt, step: Step, now: dt.datetime) -> Attempt:
    """What an answer brings about: the last one ends a test, and one that was sure and wrong is asked again."""
    if attempt.tells:
        return ask_again(session, attempt, step)
    if attempt.next_open() is None:
        close(session, attempt.id, now)
        return replace(attempt, closed_at=now)
    return attempt


def _answered(
    session: Session, attempt: Attempt, step: Step, shown: ShownItem, *, sent: str | None = None
) -> View:
    """What is shown of a step once nothing more is taken; ``sent`` is what came after it had been answered."""
    token = step.token or ""
    late = sent is not None and sent != token
    if not attempt.tells:
        return shown.saved(token, is_late=late)
    if attempt.awaits_second_try(step):
        return second_try_of(attempt, step, shown)
    return feedback_of(session, step, shown, is_late=late)
