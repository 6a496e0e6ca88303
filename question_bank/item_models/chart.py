"""M-CHART: which two figures may stand in one chart, because they are shares of the same whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import AllClaim, AttributeClaim
from question_bank.distractors import Candidate, plausibility
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    finish,
    key_option,
    leaders,
    locators,
    quotations,
    random_for,
    slug,
)
from question_bank.item_models.order import sentence
from question_bank.items import Item
from question_bank.values import Percent

MODEL = "chart"
ATTRIBUTE = "base"
UNKNOWN = "not stated"

Pair = tuple[Fact, Fact]


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two shares of the same whole, beside two shares of two other wholes."""
    shares = [
        fact
        for fact in leaders(base)
        if isinstance(fact.value, Percent) and fact.attributes.get(ATTRIBUTE, UNKNOWN) != UNKNOWN
    ]
    for pair in combinations(shares, 2):
        whole = _whole(pair[0])
        if whole == _whole(pair[1]):
            others = [fact for fact in shares if _whole(fact) != whole]
            others.sort(key=lambda fact: (-_temptation(pair, fact), fact.id))
            for second in others[1:]:
                if _whole(second) != _whole(others[0]):
                    yield _item(pair, (others[0], second), base)
                    break


def _item(pair: Pair, others: Pair, base: FactBase) -> Item:
    """Every share stands in two of the four options, so that none of them stands out."""
    uid = slug(MODEL, *(fact.id for fact in pair))
    whole = _whole(pair[0])
    text = _text(pair, base)
    working = (
        f"{text}: both are parts of one whole, the {whole} ({locators(pair)}), so that one circle can hold them. "
        "Shares of different wholes would add up to nothing."
    )
    mixed = ((pair[0], others[0]), (pair[1], others[1]), others)
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="apply",
            fact=pair[0],
            stem=(
                "You draw a pie chart from the 2018 articles. Which two figures that they give can be slices of "
                "one pie?"
            ),
            key=key_option(text, pair, _claim(pair, whole), working),
            distractors=[_candidate(two, whole, base) for two in mixed],
            explanation=working,
            facts=pair,
        ),
        base,
        random_for(uid),
    )


def _candidate(two: Pair, whole: str, base: FactBase) -> Candidate:
    told = " and ".join(f"{_whole(fact)} ({locators([fact])})" for fact in two)
    return Candidate(
        _text(two, base),
        "base_swap",
        f"These are shares of different wholes: {told}.",
        quotations(two),
        _claim(two, whole),
        1.0,
        lesson=_lesson(two, whole),
    )


def _lesson(two: Pair, whole: str) -> str:
    """Why a share that does not belong into the circle has to stay outside."""
    stray = next(fact for fact in two if _whole(fact) != whole)
    return f"{sentence(stray.label)} is a part of something else ({locators([stray])})."


def _temptation(pair: Pair, other: Fact) -> float:
    return sum(plausibility(fact, other, "base_swap", 1.0) for fact in pair)


def _whole(fact: Fact) -> str:
    return fact.attributes[ATTRIBUTE]


def _text(two: Pair, base: FactBase) -> str:
    first, second = (fact.headline or fact.label for fact in two)
    return f"{first} and {base.lowered(second)}"


def _claim(two: Pair, whole: str) -> AllClaim:
    return AllClaim(
        claims=tuple(AttributeClaim(fact=fact.id, attribute=ATTRIBUTE, value=whole) for fact in two)
    )
