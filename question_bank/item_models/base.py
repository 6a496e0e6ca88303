"""M-BASE: two percentages with two bases: of what whole each is a share, and why they may not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import AttributeClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.halves import Halves, item_of, opening
from question_bank.item_models.worked import called, figure
from question_bank.items import Item
from question_bank.values import Percent

MODEL = "base"
ATTRIBUTE = "base"
UNKNOWN = "not stated"
SHARE_OF = (
    "share_of"  # whose share it is, where the fact's subject does not say; its label would name the whole
)


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two shares whose bases are stated and differ."""
    shares = [
        fact
        for fact in leaders(base)
        if isinstance(fact.value, Percent) and fact.attributes.get(ATTRIBUTE, UNKNOWN) != UNKNOWN
    ]
    for pair in combinations(shares, 2):
        if pair[0].attributes[ATTRIBUTE] != pair[1].attributes[ATTRIBUTE]:
            yield item_of(_halves(pair, base), base)


def _halves(pair: tuple[Fact, Fact], base: FactBase) -> Halves:
    first, second = pair
    words = (first.attributes[ATTRIBUTE], second.attributes[ATTRIBUTE])
    return Halves(
        model=MODEL,
        pair=pair,
        words=words,
        claim=lambda fact, n: AttributeClaim(fact=fact.id, attribute=ATTRIBUTE, value=words[n]),
        stem=(
            f"{opening(pair, 'put', base)} {_of(first, base)} at {figure(first, base)} and {_of(second, base)} at "
            f"{figure(second, base)}. Of what whole is each figure a share, in that order?"
        ),
        explanation=(
            f"The first is a share of {words[0]} ({locators([first])}), the second one of {words[1]} "
            f"({locators([second])}). Shares of different wholes cannot be added or compared."
        ),
        reason="base_swap",
    )


def _of(fact: Fact, base: FactBase) -> str:
    return fact.attributes.get(SHARE_OF) or called(fact, base)
