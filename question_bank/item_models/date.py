"""M-DATE: on which day, or in which month, something happened or was planned."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import ValueClaim
from question_bank.distractors import Candidate, choose, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Quotation
from question_bank.item_models.framing import (
    assemble_item,
    explain,
    framed,
    key_option,
    leaders,
    locators,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item, Reason
from question_bank.values import AnyValue, Date
from question_bank.wording import render

MODEL = "date"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every item-grade fact whose value is a date and which can be asked for."""
    for fact in leaders(base):
        if isinstance(fact.value, Date) and fact.ask:
            try:
                yield _item(fact, fact.value, base)
            except TooFewDistractorsError:
                continue


def ordinal(text: str, value: AnyValue | None) -> float:
    """A date as a number that sorts as the date does: 20181104."""
    del text
    return float(value.iso.replace("-", "").ljust(8, "0")) if isinstance(value, Date) else 0.0


def _item(fact: Fact, value: Date, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    rng = random_for(uid)
    text = render(value, base)
    chosen = choose(text, value, _candidates(fact, value, base), base, rng, size=ordinal)
    told = told_by(fact, base)
    sizes = {candidate.text: ordinal(candidate.text, candidate.value) for candidate in chosen}
    return assemble_item(
        uid=uid,
        model=MODEL,
        bloom="remember",
        fact=fact,
        stem=framed(fact.ask or "", fact, base),
        key=key_option(text, told, _claim(fact, value)),
        distractors=chosen,
        explanation=explain(fact, base, chosen[0].rationale),
        facts=told,
        base=base,
        ordered_by=sizes | {text: ordinal(text, value)},
        rng=rng,
    )


def _candidates(fact: Fact, value: Date, base: FactBase) -> Iterator[Candidate]:
    """Other dates of the sources told as exactly, then what misreadings produce."""
    for other in base.facts.values():
        if isinstance(other.value, Date) and len(other.value.iso) == len(value.iso):
            because = f"{render(other.value, base)} is {other.label} ({locators([other])})."
            tempting = plausibility(fact, other, "other_referent", 0.5)
            yield _candidate(fact, other.value, "other_referent", because, other.quotations, tempting, base)
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, Date) and len(misconception.value.iso) == len(value.iso):
            tempting = plausibility(fact, None, "misconception", 0.5)
            yield _candidate(
                fact, misconception.value, "misconception", misconception.because, fact.quotations, tempting, base
            )


def _candidate(
    fact: Fact,
    value: Date,
    reason: Reason,
    because: str,
    evidence: tuple[Quotation, ...],
    tempting: float,
    base: FactBase,
) -> Candidate:
    return Candidate(render(value, base), reason, because, evidence, _claim(fact, value), tempting, value)


def _claim(fact: Fact, value: Date) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
