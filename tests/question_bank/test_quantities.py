"""Numbers in words: what an option admits, and what a sentence names."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.fact_base import FactBase
from question_bank.quantities import asserted_numbers, numbers, parse, parse_date
from question_bank.values import Count, Distance, Duration, Money, Percent, Quantity, Year
from question_bank.vocabulary import Vocabulary
from question_bank.wording import render

EMPTY = FactBase(topics=(), documents=(), vocabulary=Vocabulary(entity=(), relation=()))
KINDS: list[tuple[type[Quantity], dict[str, Any]]] = [
    (Percent, {"base": "voters"}),
    (Count, {"unit": "people"}),
    (Money, {"unit": "EUR", "per": "year"}),
    (Money, {"unit": "USD", "per": "total"}),
    (Duration, {"unit": "weeks"}),
    (Duration, {"unit": "years"}),
    (Distance, {}),
]
# What sources print: three figures at most, at any size that a sum or a population has.
PRINTED = st.builds(
    lambda figures, power: float(f"{figures}e{power}"), st.integers(1, 999), st.integers(-1, 9)
)


@st.composite
def quantities(draw: st.DrawFn) -> Any:
    kind, fields = draw(st.sampled_from(KINDS))
    operator = draw(st.sampled_from(["=", "~", "<", "<=", ">", ">=", "range"]))
    low, high = sorted(draw(st.lists(PRINTED, min_size=2, max_size=2, unique=True)))
    ends = {"lo": low, "hi": high} if operator == "range" else {"n": low}
    return kind(op=operator, **ends, **fields)


@st.composite
def years(draw: st.DrawFn) -> Any:
    return Year(op=draw(st.sampled_from(["=", "~", "<", "<=", ">", ">="])), n=draw(st.integers(1700, 2100)))


@given(st.one_of(quantities(), years()))
def test_reading_what_was_worded_gives_the_interval_back(quantity: Any) -> None:
    amount = parse(render(quantity, EMPTY))
    assert amount is not None
    assert amount.interval == pytest.approx(quantity.interval, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("€1.3bn", 1.3e9, 1.3e9, "EUR"),
        ("€1.3 billion a year", 1.3e9, 1.3e9, "EUR"),
        ("US$1.78 billion", 1.78e9, 1.78e9, "USD"),
        ("275,000 people", 275000, 275000, "people"),
        ("Twenty-seven", 27, 27, ""),
        ("Two weeks", 2, 2, "week"),
        ("About 100 miles", 95, 105, "mile"),
        ("Between 63% and 75%", 63, 75, "%"),
        ("63–75%", 63, 75, "%"),
        ("44 percent", 44, 44, "%"),
        ("Up to two", -math.inf, 2, ""),
        ("At least 10", 10, math.inf, ""),
        ("€1–2 billion", 1e9, 2e9, "EUR"),
        ("70 lives", 70, 70, "life"),
        ("3 million dollars", 3e6, 3e6, "USD"),
    ],
)
def test_amounts(text: str, low: float, high: float, unit: str) -> None:
    amount = parse(text)
    assert amount is not None
    assert (*amount.interval, amount.unit) == (low, high, unit)


def test_less_and_more_leave_the_limit_out() -> None:
    less, more = parse("Less than 50%"), parse("More than 50%")
    assert less is not None
    assert more is not None
    assert less.high < 50 < more.low


@pytest.mark.parametrize(
    "text",
    ["Up to one more, before 2020", "One counts residents, the other counts voters", "Between 63%", "63% 75%",
     "44% and 27%", "From 44% and 27%",
     "The 1980s", "A large sum", "", "4 November 2018"],
)  # fmt: skip
def test_what_says_more_than_an_amount_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "figures"), [("€1.3 billion", 2), ("€1.78 billion", 3), ("275,000", 3), ("10%", 1), ("two", 1)]
)
def test_significant_figures(text: str, figures: int) -> None:
    amount = parse(text)
    assert amount is not None
    assert amount.figures == figures


def test_limits_sort_by_what_they_name() -> None:
    texts = ["Less than 50%", "About 63%", "Between 70% and 75%", "More than 80%"]
    assert sorted(set(texts), key=lambda text: parse(text).order) == texts  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "date"),
    [("4 November 2018", (2018, 11, 4)), ("May 1998", (1998, 5, 0)), ("1998", None), ("in May 1998", None)],
)
def test_dates(text: str, date: tuple[int, int, int] | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("80%", "80 percent"),
        ("four gendarmes", "4 gendarmes"),
        ("Nov. 4", "4 November"),
        ("a quarter of it", "25%"),
        ("one-quarter of it", "25%"),
        ("half of it", "50%"),
        ("four in five", "80%"),
        ("three-quarters", "75%"),
        ("a dozen", "12"),
        ("21st", "twenty-one"),
        ("ten thousand", "10,000"),
        ("a 40-year-old", "forty years"),
    ],
)
def test_the_same_number_in_other_words(left: str, right: str) -> None:
    assert asserted_numbers(left) <= numbers(right)
    assert asserted_numbers(left)


def test_numbers_also_give_the_figures_before_the_scale() -> None:
    assert numbers("$1.78bn from 2006 to 2016") == {1.78, 1.78e9, 2006, 2016}


@pytest.mark.parametrize(
    "text", ["one reason", "the two groups", "the other three", "these two", "no number at all"]
)
def test_words_that_refer_back_assert_no_number(text: str) -> None:
    assert asserted_numbers(text) == frozenset()


def test_a_year_is_no_whole_of_a_share() -> None:
    assert asserted_numbers("a president aged 40 in 2018") == {40, 2018}


def test_twenty_and_two_more_assert_numbers() -> None:
    assert asserted_numbers("19 people and two soldiers, the 27 hostages") == {19, 2, 27}
