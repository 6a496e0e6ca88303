"""Certainty: what it brings, how well a learner's own certainty fits their answers, and what becomes of errors.

Nothing here changes what an answer counts; it tells learners how much to trust what they believe they know.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TypeVar

from question_bank.scoring import CERTAINTY_MARKS
from quizapp.learning.meetings import GUESSED, SURE, Meeting

ENOUGH = 30  # answers with certainty, before anything is said of it
LEVELS = tuple(CERTAINTY_MARKS)
MEANT = {1: 0.50, 2: 0.73, 3: 0.90}  # the chance of being right that each level stands for
_Z = 1.959964  # of the 95 % interval
_MIDDLE = 2

Chance = TypeVar("Chance", float, Fraction)


def expected_marks(certainty: int, chance: Chance) -> Chance:
    """The marks that a certainty brings on average to whoever is right with this chance."""
    right, wrong = CERTAINTY_MARKS[certainty]
    return chance * (right - wrong) + wrong


def best_certainty(chance: Chance) -> int:
    """The certainty that brings most; where two bring the same, the middle one."""
    return max(LEVELS, key=lambda level: (expected_marks(level, chance), level == _MIDDLE))


def crossing(lower: int, higher: int) -> Fraction:
    """The chance of being right from which the higher of two certainties brings more."""
    (right, wrong), (more, less) = CERTAINTY_MARKS[lower], CERTAINTY_MARKS[higher]
    return Fraction(wrong - less, (more - less) - (right - wrong))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's 95 % interval around the share."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share itself, nothing where there is nothing to count."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, most likely; anywhere, where there is nothing to count."""
        if not self.of:
            return 0.0, 1.0
        weight = _Z**2 / self.of
        middle = (self.share + weight / 2) / (1 + weight)
        reach = _Z * sqrt(self.share * (1 - self.share) / self.of + weight / self.of / 4) / (1 + weight)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


class Verdict(enum.Enum):
    """What may be said of somebody's certainty."""

    OVER = "over-confident"
    UNDER = "under-confident"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a learner's certainty fits the answers: ``right`` by level, for each level from 1 to 3.

    ``brier`` is the mean squared distance of what the levels stand for from what came (0 is perfect, 0.25 is what
    saying "half and half" brings). ``overconfidence`` is what they stand for on average less the share of right
    answers, ``interval`` where the true figure lies most likely.
    """

    answers: int
    right: dict[int, Share]
    brier: float
    overconfidence: float
    interval: tuple[float, float]
    verdict: Verdict


def calibration(meetings: Iterable[Meeting]) -> Calibration | None:
    """How well certainty fits the answers that say it; None before there are enough of them."""
    told = [(one.certainty, one.correct) for one in meetings if one.certainty is not None]
    if len(told) < ENOUGH:
        return None
    levels = Counter(level for level, _ in told)
    right = Counter(level for level, correct in told if correct)
    meant = sum(MEANT[level] for level, _ in told) / len(told)
    everything = Share(right.total(), len(told))
    low, high = everything.interval
    interval = (meant - high, meant - low)
    return Calibration(
        answers=len(told),
        right={level: Share(right[level], levels[level]) for level in LEVELS},
        brier=sum((MEANT[level] - correct) ** 2 for level, correct in told) / len(told),
        overconfidence=meant - everything.share,
        interval=interval,
        verdict=_verdict(levels, interval),
    )


def _verdict(levels: Counter[int], interval: tuple[float, float]) -> Verdict:
    """Something only where zero lies outside the interval, and where the learner could have chosen otherwise.

    Who is always sure and always right has no higher level to choose, and who always guesses no lower one.
    """
    low, high = interval
    if low > 0 and levels[GUESSED] < levels.total():
        return Verdict.OVER
    if high < 0 and levels[SURE] < levels.total():
        return Verdict.UNDER
    return Verdict.NEITHER


def corrections(meetings: Sequence[Meeting]) -> dict[int, Share]:
    """How many wrong answers of each certainty were right the next time one of their facts was asked.

    Errors whose facts were not asked since count nowhere. ``meetings`` stand oldest first.
    """
    errors: Counter[int] = Counter()
    corrected: Counter[int] = Counter()
    following: dict[str, int] = {}
    for place in range(len(meetings) - 1, -1, -1):
        meeting = meetings[place]
        again = [following[fact] for fact in meeting.facts if fact in following]
        if again and meeting.certainty is not None and not meeting.correct:
            errors[meeting.certainty] += 1
            corrected[meeting.certainty] += meetings[min(again)].correct
        following.update(dict.fromkeys(meeting.facts, place))
    return {level: Share(corrected[level], errors[level]) for level in LEVELS}
