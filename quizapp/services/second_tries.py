"""The second try: after a wrong answer in practice, once, with a hint. It counts a third, and teaches no statistics.

The rule is that of answering until it is right, cut to one more try; only the first answer says what a learner knows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.models.attempts import SecondTryRow
from quizapp.services.attempts import Attempt, SecondChoice, Step, get_attempt
from quizapp.services.problems import OptionNotOfferedError
from quizapp.services.shown import Feedback, Retried, SecondTry, ShownItem, feedback_on, load_shown

_ENOUGH = 4  # options, for the hint to take one away: of three, the one that is left would be the answer


def second_try_of(attempt: Attempt, step: Step, shown: ShownItem) -> SecondTry:
    """The item once more, with its hint; nothing in it tells the key."""
    gone = {step.token, _taken_away(attempt, step, shown)}
    options = (
        Retried(token, option["text"], is_chosen=token == step.token, is_open=token not in gone)
        for token, option in zip(shown.tokens, shown.options, strict=True)
    )
    paragraphs = sorted({(quote["document"], quote["paragraph"]) for quote in shown.teaching.evidence})
    return SecondTry(shown.topic, shown.stem, tuple(options), tuple(paragraphs))


def record_second_try(
    session: Session,
    *,
    public_id: str,
    learner: str | None,
    position: int,
    token: str | None,
    now: dt.datetime,
) -> tuple[Attempt, Feedback]:
    """Take the second choice, or with no token the wish to see the answer. Sent again, it changes nothing.

    Raises AttemptNotFoundError, ItemNotFoundError, and OptionNotOfferedError where no such choice is open.
    """
    attempt = get_attempt(session, public_id, learner, lock=True)
    step = attempt.step(position)
    shown = load_shown(session, step.attempt_item_id)
    second = step.second
    if second is None:
        second = _choice(attempt, step, shown, token)
        session.execute(
            insert(SecondTryRow).values(
                attempt_item_id=step.attempt_item_id,
                token=second.token,
                correct=second.correct,
                responded_at=now,
            )
        )
    done = replace(step, second=second)
    return attempt.with_step(done), feedback_of(session, done, shown, is_late=second.token != token)


def feedback_of(session: Session, step: Step, shown: ShownItem, *, is_late: bool = False) -> Feedback:
    """What is shown of a step once all of it may be told: both choices where there were two."""
    second = step.second
    feedback = feedback_on(
        session,
        shown,
        step.token or "",
        correct=bool(step.correct),
        second=None if second is None else second.token,
        is_late=is_late,
    )
    return replace(feedback, certainty=step.certainty, mended=None if second is None else second.correct)


def _choice(attempt: Attempt, step: Step, shown: ShownItem, token: str | None) -> SecondChoice:
    if not attempt.awaits_second_try(step):
        raise OptionNotOfferedError
    offered = second_try_of(attempt, step, shown).options
    if token is not None and token not in {option.token for option in offered if option.is_open}:
        raise OptionNotOfferedError
    return SecondChoice(token, correct=token is not None and shown.is_correct(token))


def _taken_away(attempt: Attempt, step: Step, shown: ShownItem) -> str | None:
    """The wrong option that the hint takes away: the same at each look, and none where too few are left."""
    if len(shown.tokens) < _ENOUGH:
        return None
    wrong = [token for token in shown.tokens if token != step.token and not shown.is_correct(token)]
    return Random(f"{attempt.seed}:{step.attempt_item_id}").choice(wrong)  # noqa: S311 - not for secrets
