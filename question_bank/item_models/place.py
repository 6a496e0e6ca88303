"""M-PLACE: which place, country, person or group: where it is, who uses it, with whom, who ruled it."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import ValueClaim
from question_bank.distractors import Candidate, by_length, choose, closeness_of_words, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
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
from question_bank.values import Entity
from question_bank.wording import render

MODEL = "place"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every item-grade fact whose value is a place, a country, a person or a group."""
    for fact in leaders(base):
        if isinstance(fact.value, Entity) and fact.ask:
            try:
                yield _item(fact, fact.value, base)
            except TooFewDistractorsError:
                continue


def _item(fact: Fact, value: Entity, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    rng = random_for(uid)
    text = render(value, base)
    chosen = choose(text, value, _candidates(fact, value, base), base, rng, size=by_length)
    told = told_by(fact, base)
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
        alphabetical=True,
        rng=rng,
    )


def _candidates(fact: Fact, value: Entity, base: FactBase) -> Iterator[Candidate]:
    """What answers other questions of the same kind, then whatever else of the same type the facts are about."""
    for other in base.facts.values():
        if isinstance(other.value, Entity) and other.value.type == value.type:
            because = f"{render(other.value, base)} is {other.label} ({locators([other])})."
            yield _candidate(fact, other, other.value.id, because, 0.4 * (other.relation == fact.relation), base)
        if base.entities[other.subject].type == value.type and other.headline:
            because = f"{other.statement.removesuffix('.')} ({locators([other])})."
            yield _candidate(fact, other, other.subject, because, 0.0, base)
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, Entity):
            yield _candidate(fact, fact, misconception.value.id, misconception.because, 0.3, base)


def _candidate(fact: Fact, other: Fact, entity: str, because: str, bonus: float, base: FactBase) -> Candidate:
    wrong = Entity(type=fact.value.type, id=entity)  # type: ignore[arg-type] - the caller saw that they agree
    text = render(wrong, base)
    closeness = closeness_of_words(render(fact.value, base), text)
    reason: Reason = "misconception" if other is fact else "other_referent"
    return Candidate(
        text,
        reason,
        because,
        other.quotations,
        _claim(fact, wrong),
        plausibility(fact, other, reason, closeness) + bonus,
        wrong,
    )


def _claim(fact: Fact, value: Entity) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
