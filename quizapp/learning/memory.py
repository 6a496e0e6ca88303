"""Memory: how well each fact is likely remembered, and when it is due again.

FSRS-6 does the arithmetic, through the ``fsrs`` package and on facts rather than questions, so that a due fact can be
asked in another form. Where a multiple-choice answer says less than a flashcard's would, the grades below are
cautious: whoever was not sure and right may have guessed, and nothing is ever called easy.

Days are counted to the nearest: a learner who comes a little earlier in the day than the day before has still come a
day later, wherever on earth that day began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from fsrs import Card, Rating, Scheduler, State

from quizapp.learning.meetings import Meeting

RETENTION = 0.85  # how likely a fact should still be known when it is asked again
LONGEST = 60  # days until a fact is due
FIRST_SUCCESS = 4  # days at most, where nothing says that the first right answer was no guess
_DAY = dt.timedelta(days=1)
_CERTAIN_GRADES = {1: Rating.Again, 2: Rating.Hard, 3: Rating.Good}


def scheduler(retention: float = RETENTION, longest: int = LONGEST) -> Scheduler:
    """FSRS-6 with its default weights, in whole days, without chance."""
    return Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=longest,
        enable_fuzzing=False,
    )


_SCHEDULER = scheduler()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is likely left of a fact: FSRS's state, when it was last asked and when it should be asked again.

    ``proved`` says whether it was ever answered right by more than a guess.
    """

    stability: float
    difficulty: float
    last: dt.datetime
    due: dt.datetime
    proved: bool

    def retrievability(self, now: dt.datetime) -> float:
        """How likely the fact is still known."""
        card = self.card(now)
        return _SCHEDULER.get_card_retrievability(card, now.astimezone(dt.UTC))

    def is_due(self, now: dt.datetime) -> bool:
        """Whether its day has come."""
        return now - self.due >= -_DAY / 2

    def card(self, now: dt.datetime) -> Card:
        """The state as FSRS takes it, last reviewed a whole number of days ago."""
        return Card(
            card_id=0,  # without one, the package waits a millisecond to make one up
            state=State.Review,
            stability=self.stability,
            difficulty=self.difficulty,
            due=self.due,
            last_review=now.astimezone(dt.UTC) - _DAY * days_between(self.last, now),
        )


def days_between(earlier: dt.datetime, later: dt.datetime) -> int:
    """The whole days between two moments, to the nearest: none where less than half a day has passed."""
    return max((later - earlier + _DAY / 2) // _DAY, 0)


def grade_of(meeting: Meeting) -> Rating:
    """What FSRS is told of an answer."""
    if not meeting.correct:
        return Rating.Again
    if meeting.certainty is None:
        return Rating.Good
    return _CERTAIN_GRADES[meeting.certainty]


def after(memory: Memory | None, meeting: Meeting, fsrs: Scheduler = _SCHEDULER) -> Memory:
    """What is remembered of one of the meeting's facts once it has taken place."""
    at = meeting.at.astimezone(dt.UTC)
    card = Card(card_id=0, due=at) if memory is None else memory.card(at)
    card, _ = fsrs.review_card(card, grade_of(meeting), at)
    proved = memory is not None and memory.proved
    return Memory(
        stability=cast("float", card.stability),  # None only before the first review
        difficulty=cast("float", card.difficulty),
        last=at,
        due=min([card.due, *_due_sooner(memory, meeting, at)]),
        proved=proved or (meeting.correct and not meeting.is_lucky),
    )


def _due_sooner(memory: Memory | None, meeting: Meeting, at: dt.datetime) -> Iterator[dt.datetime]:
    """When a fact is to be asked again for other reasons than FSRS has.

    The first right answer may have been luck. What a learner was sure of, and wrong, comes back the next day, and what
    is asked a second time on a day is not put off by it.
    """
    if meeting.correct and meeting.certainty is None and not (memory and memory.proved):
        yield at + FIRST_SUCCESS * _DAY
    if meeting.is_confident_error:
        yield at + _DAY
    if memory and not days_between(memory.last, at):
        yield memory.due


def replay(meetings: Iterable[Meeting], fsrs: Scheduler = _SCHEDULER) -> dict[str, Memory]:
    """What is remembered of each fact after these meetings, oldest first; each counts for all its facts."""
    memories: dict[str, Memory] = {}
    for meeting in meetings:
        for fact in dict.fromkeys(meeting.facts):
            memories[fact] = after(memories.get(fact), meeting, fsrs)
    return memories
