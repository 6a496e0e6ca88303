"""Item models that calculate: what is asked, what the working shows, and that options stand in order."""

from __future__ import annotations

import pytest

from question_bank.derivation import can_be_calculated_with
from question_bank.fact_base import FactBase
from question_bank.item_models import calendar, case, chart, compare, product, ratio, span, total
from question_bank.item_models.worked import Calculation, Wrong, worked_items
from question_bank.items import Item
from question_bank.quantities import numbers, parse
from question_bank.values import Count

CALCULATING = (calendar, case, compare, product, ratio)


@pytest.fixture(scope="module")
def made(base: FactBase) -> dict[str, Item]:
    return {item.uid: item for model in (*CALCULATING, chart) for item in model.generate(base)}


@pytest.mark.parametrize(
    ("uid", "key"),
    [
        ("product-nc-b63-nc-b47", "About 121,000"),
        ("ratio-nc-a47-nc-b47", "About €4,700"),
        ("compare-nc-b63-nc-b64", "About 17"),
        ("case-nc-b03-km", "About 16,000"),
        ("case-nc-b03-flight", "About 20"),
        ("case-nc-a47-years", "About €6.5 billion"),
        ("case-nc-b74-tonnes", "About 250"),
        ("calendar-nc-b01a-nc-b04", "About six months"),
        ("calendar-nc-a04", "165 years"),
    ],
)
def test_the_key_is_the_result(made: dict[str, Item], uid: str, key: str) -> None:
    assert made[uid].key.text == key
    assert made[uid].bloom == "apply"


def test_deaths_and_hostages_are_no_matter_for_arithmetic(base: FactBase) -> None:
    for model in (*CALCULATING, span, total):
        for item in model.generate(base):
            assert all(can_be_calculated_with(base.facts[name]) for name in item.facts), item.uid


def test_a_toll_is_not_added_up_even_where_somebody_asks_for_it(base: FactBase) -> None:
    tolls = (base.facts["NC-B23"], base.facts["NC-B23a"])
    value = Count(n=21, unit="deaths")
    wrong = [Wrong(Count(n=n, unit="deaths"), "This is a part", tolls) for n in (4, 12, 30)]
    asked = Calculation("sum", "sum", tolls, value, "How many in 2018?", "It follows.", wrong)

    assert not can_be_calculated_with(base.facts["NC-B24"])
    assert can_be_calculated_with(base.facts["NC-B47"])
    assert not list(worked_items([asked], base))


@pytest.mark.parametrize("uid", ["product-nc-b63-nc-b47", "ratio-nc-a47-nc-b47"])
def test_a_stem_says_where_the_figures_are_and_not_what_they_are(made: dict[str, Item], uid: str) -> None:
    assert not numbers(made[uid].stem) - {2018.0}


def test_an_estimate_of_a_total_is_not_multiplied_by_years(made: dict[str, Item]) -> None:
    assert "case-nc-a38-years" not in made


def test_aid_over_an_unclear_number_of_years_is_not_divided(made: dict[str, Item]) -> None:
    assert not [item for item in made.values() if item.model == "ratio" and "NC-A38" in item.facts]


def test_results_stand_in_ascending_order(base: FactBase) -> None:
    for model in CALCULATING:
        for item in model.generate(base):
            amounts = [amount.order for option in item.options if (amount := parse(option.text))]
            assert item.ordered, item.uid
            assert amounts == sorted(amounts), item.uid


def test_a_planned_day_is_called_planned(made: dict[str, Item]) -> None:
    assert "the day planned for the referendum" in made["calendar-nc-b01a-nc-b04"].stem


def test_one_pie_holds_shares_of_one_whole(made: dict[str, Item]) -> None:
    item = made["chart-nc-b63-nc-b64"]

    assert "44%" in item.key.text
    assert "27%" in item.key.text
    assert {option.reason for option in item.distractors} == {"base_swap"}
