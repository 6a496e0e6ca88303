"""Scoring: a response in, its outcome out."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Outcome(enum.Enum):
    """What a response is."""

    RIGHT = "right"
    WRONG = "wrong"

    @property
    def points(self) -> int:
        """What it counts: one for a right response, nothing for a wrong one."""
        return int(self is Outcome.RIGHT)


def score(*, is_key: bool) -> Outcome:
    """The outcome of a response: right where the option chosen is the key."""
    return Outcome.RIGHT if is_key else Outcome.WRONG


def total(outcomes: Iterable[Outcome]) -> int:
    """The points of several responses."""
    return sum(outcome.points for outcome in outcomes)
