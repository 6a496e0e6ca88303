"""M-RECONCILE: why two figures that seem to be at odds can both be right: their scopes or their periods differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import AttributeClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.halves import Halves, item_of, opening
from question_bank.item_models.worked import figure
from question_bank.items import Item
from question_bank.values import Count, Quantity

MODEL = "reconcile"
ATTRIBUTES = ("period", "scope")  # what a gap may come from, in the order in which it is looked for
KINDS = {
    "distance": "distances",
    "money": "sums of money",
    "percent": "shares",
    "duration": "lengths of time",
}


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two quantities that are easily confused and differ in scope or period."""
    facts = [fact for fact in leaders(base) if isinstance(fact.value, Quantity)]
    for pair in combinations(facts, 2):
        if pair[1].id in base.contrasting(pair[0].id):
            for attribute in ATTRIBUTES:
                if _differ(*pair, attribute):
                    yield item_of(_halves(pair, attribute, base), base)
                    break


def _differ(first: Fact, second: Fact, attribute: str) -> bool:
    one, other = first.attributes.get(attribute), second.attributes.get(attribute)
    return one is not None and other is not None and one != other


def _kind(first: Fact, second: Fact) -> str:
    """What both figures are; their labels would tell what they cover."""
    if isinstance(first.value, Count) and isinstance(second.value, Count):
        return "numbers"
    return KINDS.get(first.value.type, "figures") if first.value.type == second.value.type else "figures"


def _halves(pair: tuple[Fact, Fact], attribute: str, base: FactBase) -> Halves:
    first, second = pair
    words = (first.attributes[attribute], second.attributes[attribute])
    asked = {"period": "What time", "scope": "What"}[attribute]
    return Halves(
        model=MODEL,
        pair=pair,
        words=words,
        claim=lambda fact, n: AttributeClaim(fact=fact.id, attribute=attribute, value=words[n]),
        stem=(
            f"{opening(pair, 'give', base)} two {_kind(first, second)}: first, {figure(first, base)}; second, "
            f"{figure(second, base)}. {asked} does each of them cover?"
        ),
        explanation=(
            f"The first covers {words[0]} ({locators([first])}), the second {words[1]} ({locators([second])}). "
            "Figures that seem to be at odds can both be right where they cover different things."
        ),
        reason="scope",
    )
