"""M-2x2: two figures of one matter at once; each wrong option has one of them wrong, or both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import AllClaim, ValueClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Quotation
from question_bank.item_models.framing import (
    Draft,
    finish,
    key_option,
    leaders,
    locators,
    quotations,
    random_for,
    slug,
    source_of,
    told_by,
)
from question_bank.item_models.quantity import candidates
from question_bank.items import Item
from question_bank.truth import judge
from question_bank.values import AnyValue, Quantity, overlap
from question_bank.wording import render

MODEL = "cross"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two quantities of the same type that one passage states."""
    # Deaths are asked for one by one: a row of tolls to tell apart would make a puzzle of them.
    facts = [
        fact for fact in leaders(base) if isinstance(fact.value, Quantity) and "death" not in fact.sensitivity
    ]
    for left, right in combinations(facts, 2):
        together = (left.document, left.paragraph) == (right.document, right.paragraph)
        if together and left.value.type == right.value.type and left.value.type != "year":
            first = _swap(left, [right.value], base)
            second = _swap(right, [left.value, first.value], base) if first else None
            if first and second:
                yield _item((left, right), (first, second), base)


def _swap(fact: Fact, taken: list[AnyValue | None], base: FactBase) -> Candidate | None:
    """The most tempting wrong figure for ``fact`` that meets none of those ``taken``."""
    if not isinstance(fact.value, Quantity):
        return None
    others = [value.interval for value in taken if isinstance(value, Quantity)]
    for candidate in sorted(
        candidates(fact, fact.value, base), key=lambda one: (-one.plausibility, one.text)
    ):
        value = candidate.value
        if not isinstance(value, Quantity) or judge(candidate.claim, base).holds:
            continue
        if candidate.reason != "numeric_error" and not any(
            overlap(value.interval, other) for other in others
        ):
            return candidate
    return None


def _item(pair: tuple[Fact, Fact], swaps: tuple[Candidate, Candidate], base: FactBase) -> Item:
    uid = slug(MODEL, *(fact.id for fact in pair))
    rng = random_for(uid)
    told = tuple(other for fact in pair for other in told_by(fact, base))
    texts = [render(fact.value, base) for fact in pair]
    statements = " ".join(f"{fact.statement.removesuffix('.')} ({locators([fact])})." for fact in pair)
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="understand",
            fact=pair[0],
            stem=f"Which figures does {source_of(pair[0], base)} give for {pair[0].label} and for {pair[1].label}?",
            key=key_option(_both(*texts), told, _claim(pair, None, None), statements),
            distractors=[
                _candidate(pair, (swaps[0], None), texts),
                _candidate(pair, (None, swaps[1]), texts),
                _candidate(pair, swaps, texts),
            ],
            explanation=statements,
            facts=told,
            design="balanced2x2",
        ),
        base,
        rng,
    )


def _candidate(
    pair: tuple[Fact, Fact], swaps: tuple[Candidate | None, Candidate | None], texts: list[str]
) -> Candidate:
    parts = [swap.text if swap else text for swap, text in zip(swaps, texts, strict=True)]
    wrong = [swap for swap in swaps if swap]
    evidence: tuple[Quotation, ...] = quotations(pair)
    for swap in wrong:
        evidence += swap.evidence
    return Candidate(
        _both(*parts),
        "contradicted",
        " ".join(swap.rationale for swap in wrong),
        tuple(dict.fromkeys(evidence)),
        _claim(pair, *swaps),
        1.0,
    )


def _both(first: str, second: str) -> str:
    return f"{first} and {second[:1].lower()}{second[1:]}"


def _claim(pair: tuple[Fact, Fact], left: Candidate | None, right: Candidate | None) -> AllClaim:
    return AllClaim(
        claims=tuple(
            swap.claim if swap else ValueClaim(subject=fact.subject, relation=fact.relation, value=fact.value)
            for fact, swap in zip(pair, (left, right), strict=True)
        )
    )
