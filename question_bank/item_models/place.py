"""M-PLACE: which place, country, person or group: where it is, who uses it, with whom, who ruled it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from question_bank.claims import ValueClaim
from question_bank.distractors import Answer, Candidate, by_length, choose, closeness_of_words, plausibility
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
from question_bank.items import Item
from question_bank.values import Entity
from question_bank.wording import render

MODEL = "place"
SAME_QUESTION = 0.15  # what answers the same kind of question elsewhere tempts more
NAMED = 0.3  # and what is known to be mistaken for the key tempts most


class Why(NamedTuple):
    """Why an option is wrong, and what the explanation says of it where it tempts most."""

    because: str
    lesson: str = ""


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
    chosen = choose(
        Answer(text, value), _candidates(fact, value, base), base, rng, size=by_length, off_rank=0
    )
    told = told_by(fact, base)
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
            alphabetical=True,
        ),
        base,
        rng,
    )


def _candidates(fact: Fact, value: Entity, base: FactBase) -> Iterator[Candidate]:
    """What answers other questions of the same kind, then whatever else of the same type the facts are about."""
    for other in base.facts.values():
        if other.use == "never":
            continue
        if isinstance(other.value, Entity) and other.value.type == value.type:
            because = f"{render(other.value, base)} is {other.label} ({locators([other])})."
            tempting = _tempting(fact, other, other.value, base) + SAME_QUESTION * (
                other.relation == fact.relation
            )
            lesson = mix_up(base.lowered(render(other.value, base)), other)
            yield _candidate(fact, other.value, other, Why(because, lesson), tempting, base)
        if (
            base.entities[other.subject].type == value.type
            and other.headline
            and other.subject != fact.subject
        ):
            because = f"{other.statement.removesuffix('.')} ({locators([other])})."
            named = value.model_copy(update={"id": other.subject})
            yield _candidate(fact, named, other, Why(because), _tempting(fact, other, named, base), base)
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, Entity):
            tempting = plausibility(fact, None, "misconception", 1.0) + NAMED
            why = Why(misconception.because, misconception.lesson)
            yield _candidate(fact, misconception.value, None, why, tempting, base)


def _tempting(fact: Fact, other: Fact, wrong: Entity, base: FactBase) -> float:
    closeness = closeness_of_words(render(fact.value, base), render(wrong, base))
    return plausibility(fact, other, "other_referent", closeness)


def _candidate(
    fact: Fact,
    wrong: Entity,
    other: Fact | None,
    why: Why,
    tempting: float,
    base: FactBase,
) -> Candidate:
    """A wrong place, person or country: one that ``other`` tells of, or, without one, what a misreading produces."""
    return Candidate(
        render(wrong, base),
        "other_referent" if other else "misconception",
        why.because,
        (other or fact).quotations,
        _claim(fact, wrong),
        tempting,
        wrong,
        why.lesson,
    )


def _claim(fact: Fact, value: Entity) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
