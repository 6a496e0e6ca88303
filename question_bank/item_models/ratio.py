"""M-RATIO: what a yearly sum of money comes to for each resident."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.worked import Calculation, Wrong, called, figure, plain, worked_items
from question_bank.items import Item
from question_bank.values import Money, Quantity

MODEL = "ratio"
ROUNDED = -2  # the money a head is good to hundreds
ROUNDED_PEOPLE = -3
WHOLE = 100  # percent
TENTH, TENFOLD = 0.1, 10.0


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every yearly sum with a population to share it among."""
    sums = [
        fact
        for fact in leaders(base, ["amount"])
        if isinstance(fact.value, Money) and fact.value.per == "year"
    ]
    for money in sums:
        people = leaders(base, ["population"])
        yield from worked_items((_a_head(money, whole, base) for whole in people), base)


def _a_head(money: Fact, whole: Fact, base: FactBase) -> Calculation:
    each = _sum(money, _n(money) / _n(whole))
    facts = (money, whole)

    def wrong() -> Iterator[Wrong]:
        for factor, words in ((TENTH, "One nought too few"), (TENFOLD, "One nought too many")):
            told = f"{words}: {figure(money, base)} for {figure(whole, base)} people"
            yield Wrong(_sum(money, each.magnitude * factor), told, facts)
        aid = f"This divides the sum of Chinese aid; the French sum is {figure(money, base)}"
        for other in leaders(base, ["amount"]):
            if other is not money:
                yield Wrong(_sum(money, _n(other) / _n(whole)), aid, (other, money), "other_referent")
        for share in leaders(base, ["share_of_population"]):
            part = _n(share) / WHOLE * _n(whole)
            told = (
                f"This divides by the {called(share, base)} alone, about {plain(round(part, ROUNDED_PEOPLE))}"
            )
            yield Wrong(_sum(money, _n(money) / part), told, (whole, share), "part_whole")

    return Calculation(
        model=MODEL,
        operation="quotient",
        facts=facts,
        value=each,
        stem=(
            f"Take the yearly sum from the French state ({base.document_of(money).name}) and the population "
            f"({base.document_of(whole).name}, both 2018). Spread evenly over all residents, about how much is that?"
        ),
        working=(
            f"{figure(money, base)} a year ({locators([money])}) for {figure(whole, base)} people "
            f"({locators([whole])}) comes to about €{plain(each.magnitude)} each. It is an average: the report does "
            "not say who receives how much."
        ),
        wrong=wrong(),
    )


def _sum(money: Fact, number: float) -> Money:
    value = money.value
    if not isinstance(value, Money):
        raise TypeError(money.id)
    return Money(op="~", n=float(round(number, ROUNDED)), unit=value.unit, per=value.per)


def _n(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, Quantity) else 0.0
