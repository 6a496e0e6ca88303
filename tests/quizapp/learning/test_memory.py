"""Memory: FSRS-6 on facts, held against figures that were worked out elsewhere, and what answers tell it."""

from __future__ import annotations

import datetime as dt

import pytest
from fsrs import Card, Rating, Scheduler

from quizapp.learning.meetings import Meeting
from quizapp.learning.memory import Memory, after, days_between, grade_of, replay, scheduler
from tests.quizapp.learning.met import DAY, START, met

UNCAPPED = 36500
ANSWERS = {Rating.Again: (False, None), Rating.Hard: (True, 2), Rating.Good: (True, 3)}


def on_due_days(*grades: int, retention: float = 0.90) -> list[tuple[int, float, float]]:
    """Interval, stability and difficulty after each answer, each given on the day on which the fact is due."""
    fsrs = scheduler(retention, UNCAPPED)
    memory: Memory | None = None
    at, rows = START, []
    for grade in grades:
        right, sure = ANSWERS[Rating(grade)]
        memory = after(memory, Meeting(at, 1, "referendum", ("a",), right, sure), fsrs)
        rows.append(((memory.due - at).days, round(memory.stability, 4), round(memory.difficulty, 4)))
        at = memory.due
    return rows


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        (
            (3, 3, 3, 3, 3),
            [
                (2, 2.3065, 2.1181),
                (11, 10.9643, 2.1112),
                (46, 46.2802, 2.1043),
                (163, 162.8622, 2.0975),
                (497, 497.4472, 2.0906),
            ],
        ),
        (
            (1, 3, 3, 3),
            [(1, 0.2120, 6.4133), (2, 1.8868, 6.4021), (6, 6.2692, 6.3909), (17, 17.3792, 6.3798)],
        ),
        (
            (3, 3, 1, 3, 3),
            [
                (2, 2.3065, 2.1181),
                (11, 10.9643, 2.1112),
                (2, 1.5383, 7.3922),
                (5, 4.8763, 7.3801),
                (12, 12.3117, 7.3679),
            ],
        ),
    ],
)
def test_the_reference_table(grades: tuple[int, ...], expected: list[tuple[int, float, float]]) -> None:
    assert on_due_days(*grades) == expected


def test_the_reference_table_at_a_lower_retention() -> None:
    assert [days for days, _, _ in on_due_days(3, 3, 3, 3, 3, retention=0.85)] == [4, 31, 173, 773, 2859]


def test_the_library_keeps_its_own_sequence() -> None:
    """Another version of it may not: then the figures above are to be looked at again."""
    fsrs, card, at, days = Scheduler(enable_fuzzing=False), Card(card_id=1), START, []
    for rating in (Rating(grade) for grade in [3] * 6 + [1] * 2 + [3] * 5):
        card, _ = fsrs.review_card(card, rating, at)
        days.append((card.due - at).days)
        at = card.due

    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@pytest.mark.parametrize(
    ("right", "sure", "grade"),
    [
        (False, None, Rating.Again),
        (False, 1, Rating.Again),
        (False, 3, Rating.Again),
        (True, 1, Rating.Again),
        (True, 2, Rating.Hard),
        (True, 3, Rating.Good),
        (True, None, Rating.Good),
    ],
)
def test_what_an_answer_is_graded(right: bool, sure: int | None, grade: Rating) -> None:
    assert grade_of(met(right=right, sure=sure)) is grade


def days_until_due(*meetings: Meeting) -> float:
    return (replay(meetings)["a"].due - meetings[-1].at) / DAY


def test_nothing_is_due_later_than_in_sixty_days() -> None:
    assert days_until_due(*(met(sure=3, day=day) for day in (0, 4, 35, 95))) == 60


def test_the_first_right_answer_lasts_four_days_unless_certainty_vouches_for_it() -> None:
    guess, later = met(sure=1), met(day=400)

    assert days_until_due(guess, later) == 4
    assert days_until_due(guess, later, met(day=404)) > 4
    assert days_until_due(guess, met(day=400, sure=3)) > 4
    assert days_until_due(guess, met(day=4, sure=2), met(day=400)) > 4


def test_what_was_sure_and_wrong_returns_the_next_day_even_if_mended_before() -> None:
    known = [met(sure=3, day=day) for day in (0, 4, 35)]
    unsure = met(right=False, sure=2, day=90)
    sure = met(right=False, sure=3, day=90)

    assert days_until_due(*known, unsure) > 1
    assert days_until_due(*known, sure) == 1
    assert days_until_due(*known, sure, met(sure=3, day=90.25)) == 0.75


def test_a_meeting_counts_for_each_of_its_facts_once() -> None:
    memories = replay([met("a b a"), met("b", right=False, day=4)])

    assert memories["a"] == replay([met("a")])["a"]
    assert memories["b"].last == START + 4 * DAY


def test_days_are_counted_to_the_nearest() -> None:
    hours = [11.9, 12, 20, 35, 36]
    assert [days_between(START, START + dt.timedelta(hours=one)) for one in hours] == [0, 1, 1, 1, 2]
    assert days_between(START, START - DAY) == 0


def test_who_comes_earlier_in_the_day_has_come_a_day_later() -> None:
    memory = replay([met(right=False)])["a"]

    assert not memory.is_due(START + DAY * 0.49)
    assert memory.is_due(START + DAY * 0.5)
    assert after(memory, met(day=0.7)).stability == after(memory, met(day=1)).stability


def test_what_is_remembered_fades() -> None:
    memory = replay([met()])["a"]

    assert memory.retrievability(START) == 1
    assert memory.retrievability(START + 4 * DAY) == pytest.approx(0.855, abs=0.005)
    assert memory.retrievability(START + 60 * DAY) < 0.7


def test_a_clock_of_another_zone_changes_nothing() -> None:
    noumea = dt.timezone(dt.timedelta(hours=11))
    abroad = Meeting(START.astimezone(noumea), 1, "referendum", ("a",), correct=True)

    assert replay([abroad]) == replay([met()])
