"""M-PRODUCT: how many people a share of the population is."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators, source_of
from question_bank.item_models.order import sentence
from question_bank.item_models.worked import Calculation, Wrong, called, figure, plain, worked_items
from question_bank.items import Item
from question_bank.values import Count, Percent

MODEL = "product"
ROUNDED = -3  # the share is given in whole percent, so that the result is good to thousands at best
WHOLE = 100  # percent


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every share of a population whose size is stated."""
    wholes = [
        fact for fact in leaders(base, ["population"]) if isinstance(fact.value, Count) and fact.value.n
    ]
    shares = [fact for fact in leaders(base, ["share_of_population"]) if isinstance(fact.value, Percent)]
    for whole in wholes:
        yield from worked_items((_calculation(share, whole, shares, base) for share in shares), base)


def _calculation(share: Fact, whole: Fact, shares: list[Fact], base: FactBase) -> Calculation:
    result = _people(share, whole)
    return Calculation(
        model=MODEL,
        operation="product",
        facts=(share, whole),
        value=result,
        stem=(
            f"{sentence(source_of(share, base))} gives {called(whole, base)}’s population and the share of "
            f"{called(share, base)} in it. About how many residents is that share?"
        ),
        working=(
            f"{_percent(share):g}% of {figure(whole, base)} ({locators([share, whole])}) is about "
            f"{plain(result.magnitude)} people. A percentage gives a number of people only when you know the whole."
        ),
        wrong=_wrong(share, whole, shares, base),
    )


def _wrong(share: Fact, whole: Fact, shares: list[Fact], base: FactBase) -> Iterator[Wrong]:
    for other in shares:
        if other is not share:
            yield Wrong(
                _people(other, whole),
                f"This is the number for {called(other, base)}, whose share is {figure(other, base)}",
                (other, whole),
                "other_referent",
            )
    together = sum(_percent(other) for other in shares)
    yield Wrong(
        _rounded(together / WHOLE * whole.value.magnitude),  # type: ignore[union-attr]
        f"This counts the {len(shares)} groups that the article gives shares of together",
        (*shares, whole),
        "part_whole",
    )
    given = figure(share, base)
    rest = 1 - _percent(share) / WHOLE
    yield Wrong(
        _rounded(rest * whole.value.magnitude),  # type: ignore[union-attr]
        f"This counts everybody else: the group itself is {given}",
        (share, whole),
        "part_whole",
    )
    yield Wrong(
        _rounded(_percent(share) * 1000),
        f"This reads the percentage as thousands; it is {given} of {figure(whole, base)}",
        (share, whole),
    )
    yield Wrong(
        _rounded(whole.value.magnitude / _percent(share)),  # type: ignore[union-attr]
        f"This divides by the share; {given} of a number is that part times the number",
        (share, whole),
    )


def _people(share: Fact, whole: Fact) -> Count:
    return _rounded(_percent(share) / WHOLE * whole.value.magnitude)  # type: ignore[union-attr]


def _rounded(number: float) -> Count:
    return Count(op="~", n=float(round(number, ROUNDED)), unit="residents")


def _percent(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, Percent) else 0.0
