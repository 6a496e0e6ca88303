"""Progress: how far a learner is, worked out from all answers whenever the page is asked for.

Four statements read what it takes; everything else is arithmetic on plain values. Nothing here tells of a fact that
the learner has not answered yet, since its statement would give a key away.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.learning import today
from quizapp.learning.certainty import Calibration, Share, calibration, corrections
from quizapp.learning.levels import FactLevel, Level, Need, levels
from quizapp.learning.meetings import SURE, Meeting
from quizapp.learning.memory import Memory, days_between, replay
from quizapp.models.bank import DocumentRow, FactRow, ItemRow, TopicRow
from quizapp.models.standing import ItemFactRow
from quizapp.services.meetings import meetings_of
from quizapp.services.reviewing import DueToday, due_of, left_of_day

DAYS = 30  # days with answers that are told one by one
BEST = 5  # facts in a list of the strongest or weakest
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that the learner has answered, where it stands, and how far they are with it.

    ``lasting`` is how likely it will still be known in a week.
    """

    statement: str
    document: str
    document_name: str
    paragraph: int
    quote: str
    level: FactLevel
    seen: dt.datetime
    lasting: float

    @property
    def wrong(self) -> int:
        """How often it was answered wrong."""
        return self.level.answered - self.level.right


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic: how many of its facts are at each level, and those that were answered."""

    title: str
    counts: Mapping[Level, int]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many facts fall due when, by days as they are counted in ``quizapp.learning.memory``."""

    today: int
    tomorrow: int
    week: int
    later: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many of a day's answers were right; days are those of UTC."""

    date: dt.date
    right: Share


@dataclass(frozen=True, slots=True)
class Certainty:
    """How well certainty fits the answers, once there are enough; what became of answers that were sure and wrong."""

    answers: int
    calibration: Calibration | None
    corrected: Share


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner is."""

    answers: int
    topics: tuple[TopicProgress, ...]
    due: DueToday
    outlook: Outlook
    mistakes: int
    days: tuple[Day, ...]
    strongest: tuple[Fact, ...]
    weakest: tuple[Fact, ...]
    certainty: Certainty | None  # None for whoever never said how sure they were


def find_progress(session: Session, learner: str | None, now: dt.datetime) -> Progress | None:
    """How far the learner is; None where nothing was answered."""
    meetings = meetings_of(session, learner)
    if not meetings:
        return None
    forms = _forms(session)
    memories = replay(meetings)
    topics = _topics(session, levels(meetings, forms), memories, now)
    answered = [fact for topic in topics for fact in topic.facts]
    askable = {fact: memories[fact] for fact in forms if fact in memories}
    return Progress(
        answers=len(meetings),
        topics=topics,
        due=due_of(askable, forms, left_of_day(session, learner, meetings, now), now),
        outlook=_outlook(askable.values(), now),
        mistakes=len(forms.keys() & today.mistakes(meetings)),
        days=_days(meetings),
        strongest=_strongest(answered),
        weakest=_weakest(answered),
        certainty=_certainty(meetings),
    )


def _forms(session: Session) -> dict[str, set[int]]:
    """The approved items that ask for each fact."""
    rows = session.execute(
        select(ItemFactRow.fact_id, ItemFactRow.item_id)
        .join(ItemRow, ItemRow.id == ItemFactRow.item_id)
        .join(FactRow, FactRow.id == ItemFactRow.fact_id)
        .where(ItemRow.state == "approved")
        .order_by(ItemFactRow.fact_id)
    )
    forms: dict[str, set[int]] = {}
    for row in rows:
        forms.setdefault(row.fact_id, set()).add(row.item_id)
    return forms


def _topics(
    session: Session, known: Mapping[str, FactLevel], memories: Mapping[str, Memory], now: dt.datetime
) -> tuple[TopicProgress, ...]:
    """Each topic with its facts in the order of the documents.

    What the learner answered and the seeds no longer hold is left out: nothing says any more what it stated.
    """
    rows = session.execute(
        select(
            TopicRow.title,
            FactRow.id,
            FactRow.statement,
            FactRow.document_id,
            DocumentRow.name,
            FactRow.paragraph,
            FactRow.content["evidence"].as_string().label("quote"),
        )
        .join(TopicRow, TopicRow.id == FactRow.topic_id)
        .join(DocumentRow, DocumentRow.id == FactRow.document_id)
        .order_by(TopicRow.position, DocumentRow.letter, FactRow.paragraph, FactRow.id)
    ).all()
    counts: dict[str, Counter[Level]] = {row.title: Counter() for row in rows}
    facts: dict[str, list[Fact]] = {row.title: [] for row in rows}
    for row in rows:
        level = known.get(row.id)
        if level is not None:
            counts[row.title][level.level] += 1
        if level is not None and level.answered:
            facts[row.title].append(_fact(row, level, memories[row.id], now))
    return tuple(TopicProgress(title, counts[title], tuple(facts[title])) for title in counts)


def _fact(row: Row[Any], level: FactLevel, memory: Memory, now: dt.datetime) -> Fact:
    return Fact(
        statement=row.statement,
        document=row.document_id,
        document_name=row.name,
        paragraph=row.paragraph,
        quote=row.quote,
        level=level,
        seen=memory.last,
        lasting=memory.retrievability(now + _WEEK),
    )


def _outlook(memories: Collection[Memory], now: dt.datetime) -> Outlook:
    days = [0 if memory.is_due(now) else days_between(now, memory.due) for memory in memories]
    return Outlook(
        today=sum(day == 0 for day in days),
        tomorrow=sum(day == 1 for day in days),
        week=sum(1 < day <= _WEEK.days for day in days),
        later=sum(day > _WEEK.days for day in days),
    )


def _days(meetings: Iterable[Meeting]) -> tuple[Day, ...]:
    """The latest days with answers, oldest first."""
    answers: Counter[dt.date] = Counter()
    right: Counter[dt.date] = Counter()
    for meeting in meetings:
        date = meeting.at.astimezone(dt.UTC).date()
        answers[date] += 1
        right[date] += meeting.correct
    return tuple(Day(date, Share(right[date], answers[date])) for date in sorted(answers)[-DAYS:])


def _strongest(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Secure facts, the one first that will most likely last."""
    secure = [fact for fact in facts if fact.level.level is Level.SECURE]
    return tuple(sorted(secure, key=lambda fact: -fact.lasting)[:BEST])


def _weakest(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts that are not secure and were wrong or guessed: first those last answered wrong, and most often wrong."""
    shaky = [
        fact
        for fact in facts
        if fact.level.level is not Level.SECURE and (fact.wrong or fact.level.need is Need.NO_GUESS)
    ]
    return tuple(
        sorted(shaky, key=lambda fact: (fact.level.need is not Need.RIGHT_ANSWER, -fact.wrong, fact.lasting))[
            :BEST
        ]
    )


def _certainty(meetings: Sequence[Meeting]) -> Certainty | None:
    answers = sum(meeting.certainty is not None for meeting in meetings)
    if not answers:
        return None
    return Certainty(answers, calibration(meetings), corrections(meetings)[SURE])
