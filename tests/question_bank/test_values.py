"""Typed values and the intervals they admit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from question_bank.values import Count, Percent, Year, overlap


def percent(op: str, n: float) -> Percent:
    return Percent(op=op, n=n, base="voters")  # type: ignore[arg-type]


def test_a_percentage_needs_its_base() -> None:
    with pytest.raises(ValidationError, match="base"):
        Percent(op="=", n=44)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "fields",
    [
        {"op": "range", "lo": 63},
        {"op": "range", "lo": 75, "hi": 63},
        {"op": "="},
        {"op": ">", "n": 1, "lo": 0},
    ],
)
def test_a_quantity_whose_numbers_do_not_fit_its_operator_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="takes"):
        Count(unit="votes", **fields)  # type: ignore[arg-type]


def test_more_than_80_and_up_to_80_do_not_meet() -> None:
    assert not overlap(percent(">", 80).interval, percent("<=", 80).interval)


def test_about_44_admits_five_percent_either_side() -> None:
    assert percent("~", 44).interval == pytest.approx((41.8, 46.2))


def test_the_magnitude_of_a_range_is_its_middle() -> None:
    assert Percent(op="range", lo=63, hi=75, base="votes").magnitude == 69


def test_an_open_interval_has_no_end() -> None:
    assert Year(op=">", n=1998).interval[1] == math.inf


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_meeting_is_mutual(left: float, right: float) -> None:
    first, second = percent("~", left).interval, percent("~", right).interval

    assert overlap(first, second) == overlap(second, first)
