"""M-COMPARE: by how many percentage points one share of a whole is larger than another share of the same whole.

How an outcome compares with a forecast stands on a scale; the item model ``level`` asks for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators, source_of
from question_bank.item_models.worked import Calculation, Wrong, called, figure, worked_items
from question_bank.items import Item
from question_bank.values import Count, Percent

MODEL = "compare"
WHOLE = 100  # percent


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two shares of one whole, the larger first."""
    shares = [
        fact for fact in leaders(base) if isinstance(fact.value, Percent) and fact.value.op in {"=", "~"}
    ]
    pairs = [
        (larger, smaller)
        for larger, smaller in permutations(shares, 2)
        if larger.value.base == smaller.value.base and _n(larger) > _n(smaller)  # type: ignore[union-attr]
    ]
    yield from worked_items((_calculation(larger, smaller, base) for larger, smaller in pairs), base)


def _calculation(larger: Fact, smaller: Fact, base: FactBase) -> Calculation:
    gap = _n(larger) - _n(smaller)
    return Calculation(
        model=MODEL,
        operation="difference",
        facts=(larger, smaller),
        value=_points(gap),
        stem=(
            f"By the shares of the population in {source_of(larger, base)}, how many percentage points separate "
            f"{called(larger, base)} from {called(smaller, base)}?"
        ),
        working=(
            f"{_n(larger):g} − {_n(smaller):g} leaves {gap:g} percentage points ({locators([larger, smaller])}). "
            "Both are shares of the same residents, so that one may be taken from the other."
        ),
        wrong=_wrong(larger, smaller, base),
    )


def _wrong(larger: Fact, smaller: Fact, base: FactBase) -> Iterator[Wrong]:
    both = (larger, smaller)
    added = _n(larger) + _n(smaller)
    for fact in both:
        told = f"This is the share of {called(fact, base)} alone, {figure(fact, base)}"
        yield Wrong(_points(_n(fact)), told, (fact,), "part_whole")
    yield Wrong(_points(added), f"This adds the two shares, {_n(larger):g} + {_n(smaller):g}", both)
    yield Wrong(
        _points(WHOLE - added), f"This is what the two shares leave, {WHOLE} − {added:g}", both, "part_whole"
    )


def _points(number: float) -> Count:
    return Count(op="~", n=number, unit="percentage points")


def _n(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, Percent) else 0.0
