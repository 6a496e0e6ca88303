"""Reviewing: what is asked again and when, each fact in another form than the last time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

import pytest
from flask import Flask

from quizapp.learning.today import DAILY, NEW
from quizapp.services.attempts import DUE, PRACTICE
from quizapp.services.pool import candidates
from quizapp.services.responses import Answer, record_response
from quizapp.services.reviewing import Again, DueToday, draw_due, draw_mistakes, to_learn_again
from quizapp.services.starting import Manner, Start, _store, new_token
from quizapp.transactions import reading
from tests.quizapp.services.questions import changing
from tests.quizapp.visitors import TOPICS, execute, query, questions

START = dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@dataclass(frozen=True)
class Student:
    """Somebody who answers at moments that the test chooses."""

    app: Flask
    name: str

    def sit(
        self,
        items: Sequence[int],
        now: dt.datetime,
        *,
        mode: str = PRACTICE,
        right: Callable[[int], bool] = lambda _: True,
    ) -> None:
        """Answer these items, one a second."""
        with changing(self.app) as session:
            public_id = _store(session, items, Start(self.name, TOPICS, 1, now, Manner(mode)), new_token)
        asked = questions(self.app, public_id)
        with changing(self.app) as session:
            for position, question in asked.items():
                token = question.key if right(question.item) else question.wrong[0]
                record_response(
                    session,
                    public_id=public_id,
                    learner=self.name,
                    position=position,
                    answer=Answer(token, new_token()),
                    now=now + dt.timedelta(seconds=position),
                )

    def due(self, now: dt.datetime, *, topics: Sequence[str] = TOPICS, seed: int = 1) -> list[int]:
        with self.app.app_context(), reading() as session:
            return draw_due(session, self.name, topics, seeded(seed), now)

    def missed(self, *, topics: Sequence[str] = TOPICS, limit: int = 10) -> list[int]:
        with self.app.app_context(), reading() as session:
            return draw_mistakes(session, self.name, topics, seeded(1), limit)

    def told(self, now: dt.datetime) -> DueToday:
        with self.app.app_context(), reading() as session:
            return to_learn_again(session, self.name, now).due

    def mistakes(self) -> int:
        with self.app.app_context(), reading() as session:
            return to_learn_again(session, self.name, START).mistakes


@pytest.fixture
def student(app: Flask, request: pytest.FixtureRequest) -> Student:
    return Student(app, request.node.name)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - not for secrets


def never(_: int) -> bool:
    return False


def facts_of(app: Flask) -> dict[int, set[str]]:
    """The facts of each approved item."""
    found = defaultdict(set)
    statement = """
        SELECT f.item_id, f.fact_id FROM item_fact f JOIN item i ON i.id = f.item_id
        WHERE i.state = 'approved' ORDER BY f.fact_id, f.item_id"""
    for row in query(app, statement):
        found[row.item_id].add(row.fact_id)
    return found


def forms_of(app: Flask) -> dict[str, list[int]]:
    """The approved items of each fact."""
    found = defaultdict(list)
    for item, facts in facts_of(app).items():
        for fact in facts:
            found[fact].append(item)
    return found


def three_forms(app: Flask) -> list[int]:
    """Three questions that ask for one and the same fact and for no other."""
    facts = facts_of(app)
    return next(
        forms
        for _, forms in sorted(forms_of(app).items())
        if len(forms) == 3 and all(len(facts[item]) == 1 for item in forms)
    )


def clashes(app: Flask, items: Iterable[int]) -> list[tuple[int, int]]:
    with app.app_context(), reading() as session:
        drawn = candidates(session, sorted(items))
    return [(one.id, other.id) for one, other in combinations(drawn, 2) if one.clashes(other)]


def retire(app: Flask, items: Iterable[int]) -> None:
    for item in items:
        execute(app, "UPDATE item SET state = 'retired' WHERE id = :id", id=item)


@pytest.mark.every_database
def test_reviews_never_ask_a_fact_twice_running_in_one_form(student: Student) -> None:
    facts, forms = facts_of(student.app), forms_of(student.app)
    last: dict[str, int] = {}
    sizes = []
    for day in range(0, 24, 2):
        now = START + day * DAY
        drawn = student.due(now, seed=day)
        sizes.append(len(drawn))
        assert clashes(student.app, drawn) == []
        assert sum(facts[item].isdisjoint(last) for item in drawn) <= NEW
        for item in drawn:
            repeated = {fact for fact in facts[item] if last.get(fact) == item}
            assert [fact for fact in repeated if len(forms[fact]) > 1] == []
            last.update(dict.fromkeys(facts[item], item))
        student.sit(drawn, now, mode=DUE, right=lambda item: item % 3 > 0)

    assert sizes[0] == NEW
    assert sizes[-4:] == [DAILY] * 4
    assert len(last) > 40


@pytest.mark.every_database
def test_the_form_seen_longest_ago_is_asked(student: Student) -> None:
    first, second, third = three_forms(student.app)
    order = []
    for day, item in enumerate((second, first)):
        student.sit([item], START + day * DAY, right=never)
    for day in range(2, 6):
        (item,) = student.missed()
        order.append(item)
        student.sit([item], START + day * DAY, right=never)

    assert order == [third, second, first, third]
    assert third not in {item for seed in range(20) for item in student.due(START + 30 * DAY, seed=seed)}


def test_topics_are_kept_to_and_mixed(student: Student) -> None:
    for seed in range(4):
        student.sit(student.due(START, seed=seed), START)
    later = START + 20 * DAY
    topics = {row.id: row.topic_id for row in query(student.app, "SELECT id, topic_id FROM item")}

    drawn = [topics[item] for item in student.due(later)]

    assert set(drawn) == set(TOPICS)
    assert {topics[item] for item in student.due(later, topics=TOPICS[:1])} == {TOPICS[0]}
    assert student.due(later, topics=()) == []


@pytest.mark.every_database
def test_a_day_has_a_budget_of_reviews_and_of_new_facts(student: Student) -> None:
    assert student.told(START) == DueToday(due=0, asked=NEW, next_due=None)
    begun = student.due(START)
    student.sit(begun, START, mode=DUE, right=never)
    assert len(begun) == NEW
    assert student.due(START + 11 * HOUR) == []
    assert (student.told(START + HOUR).asked, student.told(START + HOUR).due) == (0, 0)
    assert student.told(START + HOUR).next_due == START + DAY + dt.timedelta(seconds=1)

    tomorrow = START + 20 * HOUR
    assert student.told(tomorrow).due >= NEW
    drawn = student.due(tomorrow)
    assert len(drawn) > NEW
    student.sit(drawn[:3], tomorrow)  # practice leaves the budget alone
    assert student.told(tomorrow).asked > 0

    in_a_week = tomorrow + 7 * DAY
    for seed in range(3):
        student.sit(student.due(tomorrow, seed=seed), tomorrow)
    review = student.due(in_a_week)
    assert student.told(in_a_week).asked == len(review) == DAILY
    student.sit(review, in_a_week, mode=DUE)
    rest = student.told(in_a_week + HOUR)
    assert rest.due > 0
    assert (rest.asked, rest.next_due) == (0, in_a_week + HOUR + DAY)
    assert student.due(in_a_week + HOUR) == []


def test_what_was_missed_last_comes_first(student: Student) -> None:
    facts = facts_of(student.app)
    items = [item for item, asked in sorted(facts.items()) if len(asked) == 1]
    taken: list[int] = []
    for item in items:
        if not clashes(student.app, [*taken, item]):
            taken.append(item)
    taken = taken[:6]
    student.sit(taken, START, right=never)

    assert student.mistakes() == 6
    recent = {fact for item in taken[-2:] for fact in facts[item]}
    again = student.missed(limit=2)
    assert {fact for item in again for fact in facts[item]} & recent == recent
    assert clashes(student.app, student.missed()) == []

    student.sit(taken[:4], START + DAY)
    assert student.mistakes() == 2


@pytest.mark.every_database
def test_a_fact_that_no_question_asks_for_any_more_is_let_go(own_app: Flask) -> None:
    student = Student(own_app, "a learner")
    first, second, third = three_forms(own_app)
    student.sit([first], START, right=never)
    later = START + 9 * DAY

    retire(own_app, [second, third])
    assert student.missed() == [first]  # there is no other form
    assert student.told(later).due == 1
    assert first in student.due(later)

    retire(own_app, [first])
    assert (student.mistakes(), student.missed()) == (0, [])
    assert student.told(later) == DueToday(due=0, asked=NEW, next_due=None)
    assert first not in student.due(later)


def test_nobody_has_nothing_to_mend(app: Flask) -> None:
    with app.app_context(), reading() as session:
        again = to_learn_again(session, None, START)
        assert again == Again(DueToday(due=0, asked=NEW, next_due=None), mistakes=0)
