"""Attempts: find one's own, see where it stands, and what may be told of it by now."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from quizapp.learning.meetings import SURE
from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow, SecondTryRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services.problems import AttemptNotFoundError, ItemNotFoundError, TimeOverError

PRACTICE, TEST, MISTAKES, DUE = "practice", "test", "mistakes", "due"
MODES = (PRACTICE, TEST, MISTAKES, DUE)
GRACE = dt.timedelta(seconds=5)  # for the way that an answer in time still has to the server

_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # nothing else is asked for in the database

# The attempt, if it is the learner's, once for each of its steps. What every answer asks for is a statement made once:
# making it takes longer than the database takes to answer it.
_STEPS = (
    select(
        AttemptRow.id,
        AttemptRow.topics,
        AttemptRow.seed,
        AttemptRow.mode,
        AttemptRow.second_try,
        AttemptRow.asks_certainty,
        AttemptRow.deadline,
        AttemptRow.closed_at,
        AttemptItemRow.position,
        AttemptItemRow.id.label("attempt_item_id"),
        AttemptItemRow.item_id,
        AttemptItemRow.key,
        ResponseRow.token,
        ResponseRow.correct,
        ResponseRow.certainty,
        SecondTryRow.attempt_item_id.label("second_of"),
        SecondTryRow.token.label("second_token"),
        SecondTryRow.correct.label("second_correct"),
        KeyCorrectionRow.item_version_id.label("corrected"),
    )
    .join(AttemptItemRow, AttemptItemRow.attempt_id == AttemptRow.id)
    .outerjoin(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
    .outerjoin(SecondTryRow, SecondTryRow.attempt_item_id == AttemptItemRow.id)
    .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == AttemptItemRow.item_version_id)
    .where(AttemptRow.public_id == bindparam("public_id"), AttemptRow.learner == bindparam("learner"))
    .order_by(AttemptItemRow.position)
)


@dataclass(frozen=True, slots=True)
class SecondChoice:
    """What was chosen at the second try; no token where the learner asked for the answer."""

    token: str | None
    correct: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One question of an attempt: where it stands, and what was chosen if it is answered.

    ``key`` is what its form is sent with; ``is_corrected`` says that another option is right by now than was once.
    """

    position: int
    attempt_item_id: int
    item_id: int
    key: str
    token: str | None
    correct: bool | None
    certainty: int | None
    second: SecondChoice | None
    is_corrected: bool

    @property
    def is_answered(self) -> bool:
        """Whether there is a response."""
        return self.token is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A learner's own attempt with all its steps in order."""

    id: int
    public_id: str
    learner: str
    topics: tuple[str, ...]
    seed: int
    mode: str
    second_try: bool
    asks_certainty: bool
    deadline: dt.datetime | None
    closed_at: dt.datetime | None
    steps: tuple[Step, ...]

    @property
    def tells(self) -> bool:
        """Whether an answer is followed by feedback: at once, but in a test when it is over."""
        return self.mode != TEST or self.closed_at is not None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(step.is_answered for step in self.steps)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether its time has run out; one that was closed stays over, whatever the clock says."""
        if self.deadline is None:
            return False
        return now > self.deadline + GRACE if self.closed_at is None else self.closed_at >= self.deadline

    def is_past(self, now: dt.datetime) -> bool:
        """Whether nothing more is shown of an open test: answers that are under way have some seconds more."""
        return self.deadline is not None and self.closed_at is None and now > self.deadline

    def awaits_second_try(self, step: Step) -> bool:
        """Whether the learner may still mend a wrong answer.

        One that was given for sure is told at once, and so is one whose key was corrected: that told it, too.
        """
        may = self.second_try and step.second is None and step.certainty != SURE and not step.is_corrected
        return may and step.correct is False

    def has_told(self, step: Step) -> bool:
        """Whether the learner has been shown what is right."""
        is_open = self.awaits_second_try(step) if step.is_answered else self.closed_at is None
        return self.tells and not is_open

    def was_missed(self, step: Step) -> bool:
        """Whether the answer was wrong, or a test ended without one; nothing was while it may not be told."""
        left_open = self.closed_at is not None and not step.is_answered
        return self.tells and (step.correct is False or left_open)

    def step(self, position: int) -> Step:
        """The step at ``position`` (from 1); ItemNotFoundError where there is none."""
        for step in self.steps:
            if step.position == position:
                return step
        raise ItemNotFoundError

    def step_of_form(self, key: str, position: int) -> Step:
        """The step whose form has this key, or else the one at ``position``; ItemNotFoundError where there is none.

        A question that is asked again moves those behind it: what another window sends by then knows its old place.
        """
        step = next((step for step in self.steps if step.key == key), None)
        return step or self.step(position)

    def with_step(self, step: Step) -> Attempt:
        """The attempt with this step instead of the one at its place."""
        steps = (step if one.position == step.position else one for one in self.steps)
        return replace(self, steps=tuple(steps))

    def next_open(self, after: int = 0, *, besides: int = 0) -> Step | None:
        """The first open step behind ``after``, else the first of all, else None; ``besides`` is left out."""
        steps = [step for step in self.steps if step.position != besides and self._is_open(step)]
        return next((step for step in steps if step.position > after), steps[0] if steps else None)

    def _is_open(self, step: Step) -> bool:
        return self.closed_at is None and (not step.is_answered or self.awaits_second_try(step))


def get_attempt(session: Session, public_id: str, learner: str | None, *, lock: bool = False) -> Attempt:
    """The learner's attempt; AttemptNotFoundError for an unknown one and for somebody else's alike.

    With ``lock`` nobody else answers in it or hands it in before the transaction ends.
    """
    if learner is None or not _PUBLIC_ID.fullmatch(public_id):
        raise AttemptNotFoundError
    if lock and session.get_bind().dialect.name == "postgresql":
        # Before the other rows are read: they are seen as they were when their statement began, not its waiting.
        session.execute(select(AttemptRow.id).where(AttemptRow.public_id == public_id).with_for_update())
    asked = {"public_id": public_id, "learner": learner}
    rows = session.connection().execute(_STEPS, asked).all()
    if not rows:
        raise AttemptNotFoundError
    first = rows[0]
    return Attempt(
        id=first.id,
        public_id=public_id,
        learner=learner,
        topics=tuple(first.topics),
        seed=first.seed,
        mode=first.mode,
        second_try=first.second_try,
        asks_certainty=first.asks_certainty,
        deadline=first.deadline,
        closed_at=first.closed_at,
        steps=tuple(map(_step, rows)),
    )


def _step(row: Row[Any]) -> Step:
    return Step(
        position=row.position,
        attempt_item_id=row.attempt_item_id,
        item_id=row.item_id,
        key=row.key,
        token=row.token,
        correct=row.correct,
        certainty=row.certainty,
        second=None if row.second_of is None else SecondChoice(row.second_token, row.second_correct),
        is_corrected=row.corrected is not None,
    )


def hand_in(session: Session, public_id: str, learner: str | None, now: dt.datetime) -> Attempt:
    """End a test: what is answered counts, and no clock opens it again. Twice is as good as once.

    Raises AttemptNotFoundError. Other quizzes have no end but their last answer and stay as they are.
    """
    attempt = get_attempt(session, public_id, learner, lock=True)
    if attempt.mode == TEST and attempt.closed_at is None:
        close(session, attempt.id, now)
    return attempt


def close(session: Session, attempt_id: int, now: dt.datetime) -> None:
    """Let nothing more into an attempt."""
    closing = update(AttemptRow).where(AttemptRow.id == attempt_id, AttemptRow.closed_at.is_(None))
    session.execute(closing.values(closed_at=now))


def close_overdue(session: Session, learner: str, now: dt.datetime) -> None:
    """Close the learner's tests whose time ran out without their coming back: what they answered counts by then."""
    overdue = update(AttemptRow).where(
        AttemptRow.learner == learner, AttemptRow.closed_at.is_(None), AttemptRow.deadline < now - GRACE
    )
    session.execute(overdue.values(closed_at=now))


def require_time(attempt: Attempt, now: dt.datetime) -> None:
    """Raise TimeOverError where the time of an attempt has run out."""
    if attempt.is_over(now):
        raise TimeOverError(attempt.public_id, attempt.answered)
