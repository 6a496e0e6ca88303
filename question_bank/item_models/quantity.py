"""M-QUANT: the value of one attribute: how many, how much, what share, which year."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import ValueClaim
from question_bank.distractors import (
    Answer,
    Candidate,
    by_magnitude,
    choose,
    closeness_of_numbers,
    plausibility,
    slips,
)
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
from question_bank.values import AnyQuantity, Count, Duration, Year
from question_bank.wording import render

MODEL = "quantity"
WRITTEN = 2018  # both documents


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every item-grade fact whose value is a quantity and which can be asked for."""
    for fact in leaders(base):
        # A range would be the only range among its options.
        if isinstance(fact.value, AnyQuantity) and fact.value.op != "range" and fact.ask:
            try:
                yield _item(fact, fact.value, base)
            except TooFewDistractorsError:
                continue


def _item(fact: Fact, value: AnyQuantity, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    rng = random_for(uid)
    text = render(value, base)
    chosen = choose(Answer(text, value), candidates(fact, value, base), base, rng, size=by_magnitude)
    told = told_by(fact, base)
    sizes = {text: value.magnitude} | {
        candidate.text: candidate.value.magnitude
        for candidate in chosen
        if isinstance(candidate.value, AnyQuantity)
    }
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
            ordered_by=sizes,
        ),
        base,
        rng,
    )


def candidates(fact: Fact, value: AnyQuantity, base: FactBase) -> Iterator[Candidate]:
    """Other figures of the same type in the sources, then what misreadings produce, then slips."""
    for other in base.facts.values():
        if isinstance(other.value, type(value)) and other.id not in base.same_statement(fact.id):
            yield from _siblings(fact, value, other, base)
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, type(value)):
            for wrong in _points(_like(value, misconception.value)):
                yield Candidate(
                    render(wrong, base),
                    "misconception",
                    misconception.because,
                    fact.quotations,
                    _claim(fact, wrong),
                    plausibility(fact, None, "misconception", closeness_of_numbers(value, wrong)),
                    wrong,
                    misconception.lesson,
                )
    yield from _slips(fact, value, base)


def _siblings(fact: Fact, value: AnyQuantity, other: Fact, base: FactBase) -> Iterator[Candidate]:
    if (
        not isinstance(other.value, AnyQuantity)
        or other.use == "never"
        or not _comparable(value, other.value)
    ):
        return
    for wrong in _points(_like(value, other.value)):
        text = render(wrong, base)
        yield Candidate(
            text,
            "other_referent",
            f"{render(other.value, base)} is {other.label} ({locators([other])}).",
            other.quotations,
            _claim(fact, wrong),
            plausibility(fact, other, "other_referent", closeness_of_numbers(value, wrong)),
            wrong,
            mix_up(base.lowered(render(other.value, base)), other),
        )


def _slips(fact: Fact, value: AnyQuantity, base: FactBase) -> Iterator[Candidate]:
    right, source = render(value, base), base.document_of(fact).name
    for _name, number, what in slips(value):
        wrong = value.model_copy(update={"n": number, "lo": None, "hi": None, "op": _plain(value)})
        yield Candidate(
            render(wrong, base),
            "numeric_error",
            f"That is {what}: the {source} gives {base.lowered(right)} ({locators([fact])}).",
            fact.quotations,
            _claim(fact, wrong),
            plausibility(fact, None, "numeric_error", closeness_of_numbers(value, wrong)),
            wrong,
        )


def _like(value: AnyQuantity, other: AnyQuantity) -> AnyQuantity:
    """The other number in the key's unit, base and period: as a learner would mistake it for the key."""
    return value.model_copy(update={"op": other.op, "n": other.n, "lo": other.lo, "hi": other.hi})


def _comparable(value: AnyQuantity, other: AnyQuantity) -> bool:
    """Counts of the same things, durations in the same unit, and years that are past where the key's year is."""
    if isinstance(value, Year) and isinstance(other, Year):
        return other.magnitude <= WRITTEN or value.magnitude > WRITTEN
    return not isinstance(value, Count | Duration) or value.answer_type == other.answer_type


def _points(value: AnyQuantity) -> tuple[AnyQuantity, ...]:
    """A range tempts by either end; anything else by itself."""
    if value.op != "range":
        return (value,)
    ends = (value.lo, value.hi)
    return tuple(value.model_copy(update={"op": "~", "n": end, "lo": None, "hi": None}) for end in ends)


def _plain(value: AnyQuantity) -> str:
    return "~" if value.op == "range" else value.op


def _claim(fact: Fact, value: AnyQuantity) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
