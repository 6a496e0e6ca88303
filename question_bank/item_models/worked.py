"""What the item models that calculate share: a stem, the working, and results of the mistakes that people make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from question_bank.claims import DerivedClaim
from question_bank.derivation import Operation, can_be_calculated_with
from question_bank.distractors import (
    Answer,
    Candidate,
    by_magnitude,
    choose,
    closeness_of_numbers,
    plausibility,
)
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    finish,
    key_option,
    locators,
    quotations,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item, Reason
from question_bank.values import AnyQuantity
from question_bank.wording import render

FROM_THE_TEXT = 0.15  # a figure that stands in the text tempts more than one that a slip produces


class Wrong(NamedTuple):
    """A wrong result: its value, what went wrong, and the facts that show it."""

    value: AnyQuantity
    because: str
    told: tuple[Fact, ...]
    reason: Reason = "numeric_error"


@dataclass(frozen=True, slots=True)
class Calculation:
    """A question whose answer follows from facts, and perhaps from a number that its stem gives."""

    model: str
    operation: Operation
    facts: tuple[Fact, ...]
    value: AnyQuantity
    stem: str
    working: str
    wrong: Iterable[Wrong]
    given: float | None = None
    also: str = ""  # what tells items on the same facts apart

    @property
    def uid(self) -> str:
        """The uid of its item."""
        return slug(self.model, *(fact.id for fact in self.facts), *([self.also] if self.also else []))

    def claims(self, value: AnyQuantity) -> DerivedClaim:
        """That ``value`` is the result."""
        return DerivedClaim(
            operation=self.operation,
            facts=tuple(fact.id for fact in self.facts),
            value=value,
            given=self.given,
        )


def worked_items(calculations: Iterable[Calculation], base: FactBase) -> Iterator[Item]:
    """An item for each calculation that has three wrong results worth offering, and no deaths among its figures."""
    for calculation in calculations:
        if not all(map(can_be_calculated_with, calculation.facts)):
            continue
        try:
            yield _item(calculation, base)
        except TooFewDistractorsError:
            continue


def figure(fact: Fact, base: FactBase) -> str:
    """The fact's figure for the middle of a sentence: "about 44%"."""
    return base.lowered(render(fact.value, base))


def called(fact: Fact, base: FactBase) -> str:
    """The fact's subject for the middle of a sentence."""
    entity = base.entities[fact.subject]
    return entity.short or base.lowered(entity.label)


def plain(number: float) -> str:
    """A number as working writes it: "275,000", "0.27"."""
    return f"{round(number, 4):,.12g}"


def _item(calculation: Calculation, base: FactBase) -> Item:
    rng = random_for(calculation.uid)
    text = render(calculation.value, base)
    chosen = choose(
        Answer(text, calculation.value), _candidates(calculation, base), base, rng, size=by_magnitude
    )
    sizes = {candidate.text: by_magnitude(candidate.text, candidate.value) for candidate in chosen}
    told = tuple(other for fact in calculation.facts for other in told_by(fact, base))
    return finish(
        Draft(
            uid=calculation.uid,
            model=calculation.model,
            bloom="apply",
            fact=calculation.facts[0],
            stem=calculation.stem,
            key=key_option(text, told, calculation.claims(calculation.value), calculation.working),
            distractors=chosen,
            explanation=calculation.working,
            facts=told,
            ordered_by=sizes | {text: calculation.value.magnitude},
        ),
        base,
        rng,
    )


def _candidates(calculation: Calculation, base: FactBase) -> Iterator[Candidate]:
    key = calculation.value
    for wrong in calculation.wrong:
        in_the_text = wrong.reason != "numeric_error"
        yield Candidate(
            render(wrong.value, base),
            wrong.reason,
            f"{wrong.because} ({locators(wrong.told)}).",
            quotations(wrong.told),
            calculation.claims(wrong.value),
            plausibility(
                calculation.facts[0], wrong.told[-1], wrong.reason, closeness_of_numbers(key, wrong.value)
            )
            + FROM_THE_TEXT * in_the_text,
            wrong.value,
            _lesson(render(wrong.value, base), wrong, base),
        )


def _lesson(text: str, wrong: Wrong, base: FactBase) -> str:
    """The mistake with its result: "Whoever answers 25 adds …", "About 17% is the gap between …"."""
    place, mistake = f"({locators(wrong.told)}).", wrong.because.removeprefix("This ")
    if mistake == wrong.because:
        return f"{mistake} {place}"
    if mistake.startswith("is "):
        return f"{text} {mistake} {place}"
    return f"Whoever answers {base.lowered(text)} {mistake} {place}"
