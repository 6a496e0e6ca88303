"""What must be true of an attempt, as a model that is small enough to be trusted, and what is stored of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.quizapp.visitors import Visitor, query, questions

GRACE = dt.timedelta(seconds=5)
SURE = "3"


class Learner(Visitor):
    """A browser whose forms carry no token: that they must is tested elsewhere."""

    def form_token(self) -> str:
        return ""


@dataclass
class Step:
    """A question, and what was chosen; ``second`` is the second choice, "" where the answer was asked for."""

    key: str
    tokens: tuple[str, ...]
    right: str
    token: str | None = None
    certainty: str | None = None
    second: str | None = None
    is_reported: bool = False

    @property
    def is_right(self) -> bool:
        return self.token == self.right


@dataclass
class Quiz:
    """An attempt as its learner knows it; steps are in their order."""

    public_id: str
    owner: int
    mode: str
    second_try: bool
    asks: bool
    deadline: dt.datetime | None
    closed: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def tells(self) -> bool:
        return self.mode != "test" or self.closed

    def is_overdue(self, now: dt.datetime) -> bool:
        return not self.closed and self.deadline is not None and now > self.deadline + GRACE

    def may_try_again(self, step: Step) -> bool:
        may = self.second_try and self.mode == "practice" and step.second is None
        return may and step.token is not None and not step.is_right and step.certainty != SURE

    def has_told(self, step: Step) -> bool:
        if step.token is None:
            return self.closed
        return self.tells and not self.may_try_again(step)

    @property
    def is_done(self) -> bool:
        return self.closed or all(step.token and not self.may_try_again(step) for step in self.steps)

    @property
    def right(self) -> int:
        return sum(step.is_right for step in self.steps)

    @property
    def missed(self) -> int:
        return sum(
            self.tells and not step.is_right and (self.closed or step.token is not None)
            for step in self.steps
        )

    def told(self) -> list[tuple[Any, ...]]:
        """What has to be stored of it."""
        return [
            (
                step.key,
                step.token,
                None if step.token is None else step.is_right,
                None if step.certainty is None else int(step.certainty),
                step.second,
                step.is_reported,
            )
            for step in self.steps
        ]


@dataclass(frozen=True)
class Stored:
    """What the database holds of an attempt."""

    closed_at: str | None
    deadline: str | None
    started_at: str
    rows: list[tuple[Any, ...]]


_STORED = """
    SELECT a.public_id, a.closed_at, a.deadline, a.started_at, i.key, r.token, r.correct, r.certainty,
        s.attempt_item_id AS second_of, s.token AS second, p.id AS report
    FROM attempt a
    JOIN attempt_item i ON i.attempt_id = a.id
    LEFT JOIN response r ON r.attempt_item_id = i.id
    LEFT JOIN second_try s ON s.attempt_item_id = i.id
    LEFT JOIN report p ON p.attempt_item_id = i.id
    WHERE a.learner IN (:first, :second)
    ORDER BY a.id, i.position
"""


def stored(app: Flask, learners: tuple[str, str]) -> dict[str, Stored]:
    """Everything that is stored of two learners, by the ids of their attempts."""
    found: dict[str, Stored] = {}
    for row in query(app, _STORED, first=learners[0], second=learners[1]):
        one = found.setdefault(row.public_id, Stored(row.closed_at, row.deadline, row.started_at, []))
        correct = None if row.correct is None else bool(row.correct)
        second = None if row.second_of is None else row.second or ""
        one.rows.append((row.key, row.token, correct, row.certainty, second, row.report is not None))
    return found


def steps_of(app: Flask, public_id: str, keys: list[str]) -> list[Step]:
    """The questions of an attempt whose forms have these keys, in order."""
    asked = questions(app, public_id)
    return [
        Step(key, asked[position].tokens, asked[position].key) for position, key in enumerate(keys, start=1)
    ]
