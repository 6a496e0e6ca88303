"""Scoring: a response in, its outcome out."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction


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


# What an answer brings by how sure the learner was of it, from 1 to 3: so much when right, so much when wrong. With a
# chance p of being right the levels bring p, 4p − 2 and 9p − 6, so that honesty pays: level 2 from p = 2/3, level 3
# from 4/5 (Gardner-Medwin's certainty-based marking).
CERTAINTY_MARKS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
SECOND_TRY = Fraction(1, 3)  # of a point, where the first answer was wrong and the second is right


def certainty_marks(certainty: int, *, is_key: bool) -> int:
    """The marks of an answer given with this certainty (1 to 3)."""
    right, wrong = CERTAINTY_MARKS[certainty]
    return right if is_key else wrong
