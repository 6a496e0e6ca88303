"""M-DATE: on which day, or in which month, something happened or was planned."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import ValueClaim
from question_bank.distractors import Answer, Candidate, choose, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    explain,
    finish,
    framed,
    key_option,
    leaders,
    locators,
    mix_up,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item, Reason
from question_bank.values import AnyValue, Date
from question_bank.wording import render

MODEL = "date"
CLOSENESS = 0.5  # of any two dates: how far they lie apart does not make one more tempting


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
    chosen = choose(Answer(text, value), _candidates(fact, value, base), base, rng, size=ordinal)
    told = told_by(fact, base)
    sizes = {candidate.text: ordinal(candidate.text, candidate.value) for candidate in chosen}
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="remember",
            fact=fact,
            stem=framed(fact.ask or "", fact, base),
            key=key_option(text, told, _claim(fact, value)),
            distractors=chosen,
            explanation=explain(fact, base),
            facts=told,
            ordered_by=sizes | {text: ordinal(text, value)},
        ),
        base,
        rng,
    )


def _candidates(fact: Fact, value: Date, base: FactBase) -> Iterator[Candidate]:
    """Other dates of the sources told as exactly, then what misreadings produce."""
    for other in base.facts.values():
        if isinstance(other.value, Date) and len(other.value.iso) == len(value.iso):
            because = f"{render(other.value, base)} is {other.label} ({locators([other])})."
            yield _candidate(
                fact, other.value, other, because, mix_up(render(other.value, base), other), base
            )
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, Date) and len(misconception.value.iso) == len(value.iso):
            because, lesson = misconception.because, misconception.lesson
            yield _candidate(fact, misconception.value, None, because, lesson, base)


def _candidate(
    fact: Fact, value: Date, other: Fact | None, because: str, lesson: str, base: FactBase
) -> Candidate:
    """A wrong date: that of ``other``, or, without one, what a misreading produces."""
    reason: Reason = "other_referent" if other else "misconception"
    tempting = plausibility(fact, other, reason, CLOSENESS)
    return Candidate(
        render(value, base),
        reason,
        because,
        (other or fact).quotations,
        _claim(fact, value),
        tempting,
        value,
        lesson,
    )


def _claim(fact: Fact, value: Date) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
