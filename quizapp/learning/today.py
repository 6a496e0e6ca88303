"""Today: which facts a review asks, and which mistakes are still open.

A review asks a few new facts, then what is due, and fills up what is left of the day with what is nearest to being
forgotten: with a daily budget, asking only what is due would let the facts that are learned late go to waste.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.learning.meetings import Meeting
from quizapp.learning.memory import Memory, days_between

DAILY = 15  # answers in reviews on a day
NEW = 4  # facts among them that were never asked before


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a day: answers, and new facts among them."""

    answers: int = DAILY
    new: int = NEW

    @classmethod
    def after(cls, answered: int, begun: int) -> Left:
        """What is left once so many answers were given in reviews, and so many facts begun in them."""
        return cls(max(DAILY - answered, 0), max(NEW - begun, 0))


@dataclass(frozen=True, slots=True)
class Queue:
    """The facts that may be asked, each kind in the order in which it is taken from."""

    new: tuple[str, ...]
    due: tuple[str, ...]
    rest: tuple[str, ...]


def queue(memories: Mapping[str, Memory], new: Sequence[str], now: dt.datetime) -> Queue:
    """Facts that were asked before, least likely known first, behind ``new`` ones in the order given.

    Of facts that are as likely known the order given decides, too. What was asked today is not asked again today.
    """
    chances = {fact: memory.retrievability(now) for fact, memory in memories.items()}
    order = sorted(memories, key=lambda fact: chances[fact])
    due = tuple(fact for fact in order if memories[fact].is_due(now))
    known = set(due)
    rest = (fact for fact in order if fact not in known and days_between(memories[fact].last, now))
    return Queue(tuple(new), due, tuple(rest))


def choose(waiting: Queue, left: Left, place: Callable[[str], bool]) -> tuple[str, ...]:
    """The facts of a review. ``place`` says of each whether it can be asked beside those before; else the next is."""
    chosen: list[str] = []
    for facts, most in (
        (waiting.new, min(left.new, left.answers)),
        (waiting.due, left.answers),
        (waiting.rest, left.answers),
    ):
        for fact in facts:
            if len(chosen) >= most:
                break
            if place(fact):
                chosen.append(fact)
    return tuple(chosen)


def mistakes(meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """The facts whose latest answer was wrong, the most recent first."""
    latest: dict[str, bool] = {}
    for meeting in meetings:
        for fact in meeting.facts:
            latest.pop(fact, None)
            latest[fact] = meeting.correct
    return tuple(fact for fact in reversed(latest) if not latest[fact])
