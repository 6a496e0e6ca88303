"""Scoring: one point for the key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from question_bank.scoring import Outcome, score, total


def test_the_key_is_right() -> None:
    assert score(is_key=True) is Outcome.RIGHT


def test_a_distractor_is_wrong() -> None:
    assert score(is_key=False) is Outcome.WRONG


@given(st.lists(st.booleans()))
def test_the_total_counts_the_right_ones(keys: list[bool]) -> None:
    assert total(score(is_key=is_key) for is_key in keys) == sum(keys)
