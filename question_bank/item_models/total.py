"""M-REMAINDER: what the parts that are named leave of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import locators, source_of
from question_bank.item_models.order import sentence
from question_bank.item_models.worked import Calculation, Wrong, called, worked_items
from question_bank.items import Item
from question_bank.values import AnyQuantity

MODEL: Literal["remainder"] = "remainder"


def generate(base: FactBase) -> Iterator[Item]:
    """A remainder for the shares of one population."""
    shares = [fact for fact in base.item_grade if fact.relation == "share_of_population"]
    if len(shares) > 1:
        yield from worked_items([_remainder(shares, base)], base)


def _remainder(shares: list[Fact], base: FactBase) -> Calculation:
    first = shares[0]
    number = 100 - sum(_n(fact) for fact in shares)
    named = " and ".join(called(fact, base) for fact in shares)
    working = " − ".join(["100", *(str(int(_n(fact))) for fact in shares)])
    return Calculation(
        model=MODEL,
        operation=MODEL,
        facts=tuple(shares),
        value=_share(first, number),
        stem=(
            f"{sentence(source_of(first, base))} gives the shares of {named} in the population. "
            "About what share does that leave for everyone else?"
        ),
        working=(
            f"{working} leaves about {int(number)}% ({locators(shares)}). "
            "So the two groups that are named are not the whole population."
        ),
        wrong=_wrong(shares),
    )


def _wrong(shares: list[Fact]) -> Iterator[Wrong]:
    """One group forgotten, the gap between the groups, and the groups themselves."""
    numbers = [_n(fact) for fact in shares]
    for fact in shares:
        yield Wrong(
            _share(fact, 100 - _n(fact)), f"This takes away one group alone: 100 − {int(_n(fact))}", (fact,)
        )
    gap = f"{int(max(numbers))} − {int(min(numbers))}"
    told = tuple(shares)
    yield Wrong(
        _share(shares[0], abs(numbers[0] - numbers[1])),
        f"This is the gap between the two groups: {gap}",
        told,
    )
    yield Wrong(
        _share(shares[0], sum(numbers)), "This is the share of the two groups that are named, together", told
    )


def _share(fact: Fact, number: float) -> AnyQuantity:
    value = fact.value
    if not isinstance(value, AnyQuantity):
        raise TypeError(fact.id)
    return value.model_copy(update={"op": "~", "n": number, "lo": None, "hi": None})


def _n(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, AnyQuantity) else 0.0
