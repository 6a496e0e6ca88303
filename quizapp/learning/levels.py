"""Levels: each fact is new, learning or secure to a learner, by a rule that they can read.

Secure is what was answered right in two different questions, and right the last time. One slip leads back to learning,
never to new. A right answer that the learner calls a guess changes nothing: it neither makes a fact secure nor undoes
that it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from quizapp.learning.meetings import Meeting

SECURE_FORMS = 2  # questions in which a fact was answered right


class Level(enum.Enum):
    """How far a learner is with a fact."""

    NEW = "new"
    LEARNING = "learning"
    SECURE = "secure"


class Need(enum.Enum):
    """What keeps a fact that is being learned from being secure."""

    RIGHT_ANSWER = "right answer"  # the last one was wrong
    NO_GUESS = "no guess"  # every right answer was called a guess
    OTHER_FORM = "other form"  # it was right in one question, and there are others
    MORE_QUESTIONS = "more questions"  # … and there are no others


@dataclass(frozen=True, slots=True)
class FactLevel:
    """How far a learner is with a fact, what is missing, and on what that stands."""

    fact: str
    level: Level
    need: Need | None
    right: int
    answered: int
    last_seen: dt.datetime | None


def levels(meetings: Iterable[Meeting], forms: Mapping[str, Collection[int]]) -> dict[str, FactLevel]:
    """How far a learner is with each fact that was asked or can be.

    ``meetings`` stand oldest first; ``forms`` are the items that ask for each fact.
    """
    asked: dict[str, list[Meeting]] = {fact: [] for fact in forms}
    for meeting in meetings:
        for fact in dict.fromkeys(meeting.facts):
            asked.setdefault(fact, []).append(meeting)
    return {fact: _level(fact, met, forms.get(fact, ())) for fact, met in asked.items()}


def _level(fact: str, met: list[Meeting], forms: Collection[int]) -> FactLevel:
    telling = [meeting for meeting in met if not meeting.is_lucky]
    right = {meeting.item for meeting in telling if meeting.correct}
    need = _need(telling, right, forms) if met else None
    return FactLevel(
        fact=fact,
        level=Level.NEW if not met else Level.SECURE if need is None else Level.LEARNING,
        need=need,
        right=sum(meeting.correct for meeting in met),
        answered=len(met),
        last_seen=met[-1].at if met else None,
    )


def _need(telling: list[Meeting], right: set[int], forms: Collection[int]) -> Need | None:
    if not telling:
        return Need.NO_GUESS
    if not telling[-1].correct:
        return Need.RIGHT_ANSWER
    if len(right) >= SECURE_FORMS:
        return None
    return Need.MORE_QUESTIONS if right.issuperset(forms) else Need.OTHER_FORM
