"""Scoring: one point for the key; marks for certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.scoring import Outcome, certainty_marks, score, total


def test_the_key_is_right() -> None:
    assert score(is_key=True) is Outcome.RIGHT


def test_a_distractor_is_wrong() -> None:
    assert score(is_key=False) is Outcome.WRONG


@given(st.lists(st.booleans()))
def test_the_total_counts_the_right_ones(keys: list[bool]) -> None:
    assert total(score(is_key=is_key) for is_key in keys) == sum(keys)


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6)])
def test_certainty_pays_where_it_is_justified(certainty: int, right: int, wrong: int) -> None:
    assert certainty_marks(certainty, is_key=True) == right
    assert certainty_marks(certainty, is_key=False) == wrong
