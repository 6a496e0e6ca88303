"""Levels: new, learning and secure, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.levels import FactLevel, Level, Need, levels
from quizapp.learning.meetings import Meeting
from tests.quizapp.learning.met import DAY, START, met

FORMS = (1, 2, 3)


def of(*meetings: Meeting, forms: Sequence[int] = FORMS) -> tuple[Level, Need | None]:
    one = levels(meetings, {"a": forms})["a"]
    return one.level, one.need


LEARNED = (met(item=1), met(item=2, day=1))


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ((), (Level.NEW, None)),
        ((met(right=False),), (Level.LEARNING, Need.RIGHT_ANSWER)),
        ((met(sure=1),), (Level.LEARNING, Need.NO_GUESS)),
        ((met(),), (Level.LEARNING, Need.OTHER_FORM)),
        ((met(), met(day=1)), (Level.LEARNING, Need.OTHER_FORM)),
        ((met(item=1), met(item=2, sure=1, day=1)), (Level.LEARNING, Need.OTHER_FORM)),
        (LEARNED, (Level.SECURE, None)),
        ((*LEARNED, met(item=3, right=False, day=2)), (Level.LEARNING, Need.RIGHT_ANSWER)),
        ((*LEARNED, met(item=3, right=False, day=2), met(item=1, day=3)), (Level.SECURE, None)),
        ((*LEARNED, met(item=3, sure=1, day=2)), (Level.SECURE, None)),
        (
            (*LEARNED, met(item=3, right=False, day=2), met(item=1, sure=1, day=3)),
            (Level.LEARNING, Need.RIGHT_ANSWER),
        ),
    ],
)
def test_the_rule(meetings: tuple[Meeting, ...], expected: tuple[Level, Need | None]) -> None:
    assert of(*meetings) == expected


def test_a_fact_that_only_one_question_asks_for_says_so() -> None:
    assert of(met(), forms=(1,)) == (Level.LEARNING, Need.MORE_QUESTIONS)
    assert of(met(), forms=()) == (Level.LEARNING, Need.MORE_QUESTIONS)
    assert of(met(item=9), forms=(1,)) == (Level.LEARNING, Need.OTHER_FORM)


def test_what_it_stands_on_is_counted() -> None:
    found = levels(
        [met("a b"), met("b", right=False, day=2), met("gone", sure=1, day=3)],
        {"a": FORMS, "b": FORMS, "c": FORMS},
    )

    assert found == {
        "a": FactLevel("a", Level.LEARNING, Need.OTHER_FORM, 1, 1, START),
        "b": FactLevel("b", Level.LEARNING, Need.RIGHT_ANSWER, 1, 2, START + 2 * DAY),
        "c": FactLevel("c", Level.NEW, None, 0, 0, None),
        "gone": FactLevel("gone", Level.LEARNING, Need.NO_GUESS, 1, 1, START + 3 * DAY),
    }


ANSWERS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([None, 1, 2, 3]), st.sampled_from(FORMS)), max_size=8
)


@given(ANSWERS)
def test_no_answer_leads_down_by_two_levels_or_back_to_new(
    answers: list[tuple[bool, int | None, int]],
) -> None:
    meetings = [
        met(right=right, sure=sure, item=item, day=day) for day, (right, sure, item) in enumerate(answers)
    ]
    order = list(Level)
    path = [order.index(of(*meetings[:length])[0]) for length in range(len(meetings) + 1)]

    assert all(after >= max(before - 1, 1) for before, after in pairwise(path))
