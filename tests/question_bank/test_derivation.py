"""Derivation: what follows from figures and dates, and what does not."""

from __future__ import annotations

import pytest

from question_bank.claims import DerivedClaim
from question_bank.derivation import Operation, derive
from question_bank.fact_base import FactBase
from question_bank.truth import judge
from question_bank.values import AnyValue, Count, Duration, Money, Year


def holds(
    base: FactBase, operation: Operation, facts: tuple[str, ...], value: AnyValue, given: float | None = None
) -> bool:
    claim = DerivedClaim(operation=operation, facts=facts, value=value, given=given)
    return judge(claim, base).holds


@pytest.mark.parametrize(("number", "right"), [(121_000, True), (74_000, False), (154_000, False)])
def test_a_product_takes_a_share_of_a_number(base: FactBase, number: float, right: bool) -> None:
    value = Count(op="~", n=number, unit="residents")

    assert holds(base, "product", ("NC-B63", "NC-B47"), value) is right


def test_a_product_with_a_number_that_the_question_gives(base: FactBase) -> None:
    assert derive("product", [base.facts["NC-B03"]], 1.6) == (16_000, 16_000)


def test_a_bound_stays_a_bound(base: FactBase) -> None:
    low, high = derive("product", [base.facts["NC-A01"]], 5000)

    assert low == pytest.approx(4000)
    assert high == float("inf")


@pytest.mark.parametrize(("n", "right"), [(4700, True), (6500, False)])
def test_a_quotient_shares_a_sum_out(base: FactBase, n: float, right: bool) -> None:
    value = Money(op="~", n=n, unit="EUR", per="year")

    assert holds(base, "quotient", ("NC-A47", "NC-B47"), value) is right


@pytest.mark.parametrize(("points", "right"), [(17, True), (71, False)])
def test_a_difference_takes_the_second_from_the_first(base: FactBase, points: float, right: bool) -> None:
    value = Count(op="~", n=points, unit="percentage points")

    assert holds(base, "difference", ("NC-B63", "NC-B64"), value) is right


def test_months_lie_between_two_dates(base: FactBase) -> None:
    half_a_year = Duration(op="~", n=6, unit="months")
    a_year = Duration(op="~", n=12, unit="months")

    assert holds(base, "months", ("NC-B01a", "NC-B04"), half_a_year)
    assert not holds(base, "months", ("NC-B01a", "NC-B04"), a_year)


def test_a_month_without_a_day_counts_from_its_middle(base: FactBase) -> None:
    assert derive("months", [base.facts["NC-A29"], base.facts["NC-B04"]]) == (6, 6)


def test_a_length_of_time_leads_back_to_a_year(base: FactBase) -> None:
    assert holds(base, "back", ("NC-B18",), Year(n=1868), given=2018)
    assert not holds(base, "back", ("NC-B18",), Year(n=1853), given=2018)


def test_a_deadline_leaves_its_own_year_out(base: FactBase) -> None:
    assert holds(base, "before", ("NC-A11a",), Year(n=2021), given=2018)
    assert not holds(base, "before", ("NC-A11a",), Year(n=2022), given=2018)


def test_what_came_after_a_year_did_not_come_in_it(base: FactBase) -> None:
    assert holds(base, "after", ("NC-B05",), Year(n=1964), given=2018)
    assert not holds(base, "after", ("NC-B05",), Year(n=1962), given=2018)
