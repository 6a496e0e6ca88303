"""Reviewing: what a learner should meet again, each fact in the question on it that was seen longest ago.

What is remembered is worked out from the learner's answers (``quizapp.learning``). Of the bank it is read which facts
can be asked, and of the questions only those on the facts that may be chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from question_bank.assembly import Candidate, mix
from quizapp.learning import today
from quizapp.learning.meetings import Meeting
from quizapp.learning.memory import Memory, replay
from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow
from quizapp.models.bank import FactRow, ItemRow
from quizapp.models.standing import ItemFactRow
from quizapp.services.meetings import meetings_of
from quizapp.services.pool import candidates

MISTAKES = 10  # questions of a quiz on one's mistakes
_SPARE = 4  # times as many facts are looked at as are asked, so that clashes leave enough to choose from
_FORMS = 8  # questions on a fact that are looked at: those seen longest ago
_DAY = dt.timedelta(days=1)
_TODAY = _DAY / 2  # as days are counted in quizapp.learning.memory
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class DueToday:
    """How much a review would be: how many facts are due, and how many would be asked in all, at most.

    ``next_due`` is when the first of the other facts falls due; the next day, where the budget of this one is used up
    before all that is due was asked.
    """

    due: int
    asked: int
    next_due: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Again:
    """What a learner can learn again: the review of the day, and facts answered wrong that are still asked."""

    due: DueToday
    mistakes: int


def to_learn_again(session: Session, learner: str | None, now: dt.datetime) -> Again:
    """What there is to learn again in all topics."""
    meetings = meetings_of(session, learner)
    askable = _askable(session, None)
    left = left_of_day(session, learner, meetings, now)
    return Again(
        due=due_of(_memories(meetings, askable), askable, left, now),
        mistakes=len({*today.mistakes(meetings)}.intersection(askable)),
    )


def due_of(
    memories: Mapping[str, Memory], askable: Iterable[str], left: today.Left, now: dt.datetime
) -> DueToday:
    """What a review would be, for whoever knows already what the learner remembers of the facts that can be asked."""
    waiting = _waiting(memories, askable, now)
    asked = len(today.choose(waiting, left, lambda _: True))
    due = {*waiting.due}
    later = [memory.due for fact, memory in memories.items() if fact not in due]
    if due and not asked:
        later.append(now + _DAY)
    return DueToday(due=len(due), asked=asked, next_due=min(later, default=None))


def draw_due(
    session: Session, learner: str, topics: Sequence[str], rng: Random, now: dt.datetime
) -> list[int]:
    """The items of a review: a few new facts, what is due, then what is nearest to being forgotten.

    A fact that no item can ask beside those chosen before gives way to the next. There are none once the day's
    budget is used up, or where all that could be asked was asked today.
    """
    meetings = meetings_of(session, learner)
    known = _askable(session, topics)
    askable = rng.sample(known, len(known))
    waiting = _waiting(_memories(meetings, askable), askable, now)
    left = left_of_day(session, learner, meetings, now)
    return _drawn(session, waiting, left, _Asker(meetings, topics, rng))


def draw_mistakes(
    session: Session, learner: str, topics: Sequence[str], rng: Random, limit: int = MISTAKES
) -> list[int]:
    """Up to ``limit`` items on facts last answered wrong, the latest first, in another form where there is one."""
    meetings = meetings_of(session, learner)
    askable = {*_askable(session, topics)}
    missed = tuple(fact for fact in today.mistakes(meetings) if fact in askable)
    waiting = today.Queue(new=(), due=missed, rest=())
    return _drawn(session, waiting, today.Left(limit, new=0), _Asker(meetings, topics, rng))


def _askable(session: Session, topics: Sequence[str] | None) -> list[str]:
    """The facts on which there is an approved item of these topics, or of any."""
    asks = _approved(ItemFactRow.item_id).where(ItemFactRow.fact_id == FactRow.id)
    if topics is not None:
        asks = asks.where(ItemRow.topic_id.in_(topics))
    return list(session.scalars(select(FactRow.id).where(asks.exists()).order_by(FactRow.id)))


def _memories(meetings: Iterable[Meeting], askable: Iterable[str]) -> dict[str, Memory]:
    """What the learner remembers of the facts that can be asked."""
    memories = replay(meetings)
    return {fact: memories[fact] for fact in askable if fact in memories}


def _waiting(memories: Mapping[str, Memory], askable: Iterable[str], now: dt.datetime) -> today.Queue:
    """What may be asked; new facts, and others that are as likely known, in the order given."""
    return today.queue(memories, [fact for fact in askable if fact not in memories], now)


def left_of_day(
    session: Session, learner: str | None, meetings: Sequence[Meeting], now: dt.datetime
) -> today.Left:
    """What is left of the day's budget after the reviews that the learner has answered today."""
    reviewed = session.execute(
        select(AttemptItemRow.item_id, ResponseRow.responded_at)
        .join(AttemptItemRow, AttemptItemRow.id == ResponseRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .where(
            AttemptRow.learner == learner, AttemptRow.mode == "due", ResponseRow.responded_at > now - _TODAY
        )
    ).all()
    answers = {(row.item_id, row.responded_at) for row in reviewed}
    begun = 0
    met: set[str] = set()
    for meeting in meetings:
        begun += (meeting.item, meeting.at) in answers and not met.issuperset(meeting.facts)
        met.update(meeting.facts)
    return today.Left.after(len(reviewed), begun)


@dataclass(frozen=True, slots=True)
class _Asker:
    """What decides in which form a fact is asked."""

    meetings: Sequence[Meeting]
    topics: Sequence[str]
    rng: Random


def _drawn(session: Session, waiting: today.Queue, left: today.Left, asker: _Asker) -> list[int]:
    """The items that ask for the facts chosen from the queue, no two of which clash."""
    looked_at = today.Queue(
        waiting.new[: _SPARE * left.new],
        waiting.due[: _SPARE * left.answers],
        waiting.rest[: _SPARE * left.answers],
    )
    forms = _forms(session, (*looked_at.new, *looked_at.due, *looked_at.rest), asker)
    placed: list[Candidate] = []

    def place(fact: str) -> bool:
        for candidate in forms[fact]:
            if not any(candidate.clashes(other) for other in placed):
                placed.append(candidate)
                return True
        return False

    today.choose(looked_at, left, place)
    return [candidate.id for candidate in mix(placed, asker.rng)]


def _forms(session: Session, facts: Collection[str], asker: _Asker) -> Mapping[str, Sequence[Candidate]]:
    """The approved items on each fact, the one seen longest ago first, and first of all those never seen.

    None is the form in which one of its facts was asked the last time, unless there is no other.
    """
    seen = {meeting.item: meeting.at for meeting in asker.meetings}
    rows = session.execute(
        _approved(ItemFactRow.fact_id, ItemRow.id)
        .where(ItemFactRow.fact_id.in_(facts), ItemRow.topic_id.in_(asker.topics))
        .order_by(ItemRow.id)
    ).all()
    chosen: dict[str, list[int]] = {fact: [] for fact in facts}
    for row in sorted(asker.rng.sample(rows, len(rows)), key=lambda row: seen.get(row.id, _NEVER)):
        chosen[row.fact_id].append(row.id)
    wanted = {item for items in chosen.values() for item in items[:_FORMS]}
    fresh = {one.id: one for one in _without_repeats(session, candidates(session, sorted(wanted)), asker)}
    return {fact: [fresh[item] for item in items if item in fresh] for fact, items in chosen.items()}


def _without_repeats(session: Session, forms: Iterable[Candidate], asker: _Asker) -> Iterable[Candidate]:
    """The items that were not the last to ask for one of their facts, or were the only ones that can."""
    last = {fact: meeting.item for meeting in asker.meetings for fact in meeting.facts}
    repeats = {one: {fact for fact in one.facts if last.get(fact) == one.id} for one in forms}
    has_others = {
        *session.scalars(
            _approved(ItemFactRow.fact_id)
            .where(ItemFactRow.fact_id.in_(set().union(*repeats.values())))
            .group_by(ItemFactRow.fact_id)
            .having(func.count() > 1)
        )
    }
    return [one for one, facts in repeats.items() if facts.isdisjoint(has_others)]


def _approved(*columns: InstrumentedAttribute[Any]) -> Select[Any]:
    """Of the facts that approved items ask for."""
    return (
        select(*columns)
        .join_from(ItemFactRow, ItemRow, ItemRow.id == ItemFactRow.item_id)
        .where(ItemRow.state == "approved")
    )
