"""M-SUM and M-REMAINDER: the total of parts, and what parts leave of a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from question_bank.claims import DerivedClaim
from question_bank.derivation import derive
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
    source_of,
    told_by,
)
from question_bank.items import Item
from question_bank.values import AnyQuantity, Percent
from question_bank.wording import render

SUM, REMAINDER = "sum", "remainder"
_PARTS_OF_A_TOLL = ("deaths_of_kanak", "deaths_of_soldiers")


def generate(base: FactBase) -> Iterator[Item]:
    """A sum for every event whose toll is given in parts; a remainder for every two shares of one population."""
    for subject in base.entities:
        parts = [fact for name in _PARTS_OF_A_TOLL for fact in base.by_relation.get((subject, name), ())]
        if len(parts) == len(_PARTS_OF_A_TOLL):
            yield from _attempt(_sum, parts, base)
    shares = [fact for fact in base.item_grade if fact.relation == "share_of_population"]
    if len(shares) > 1:
        yield from _attempt(_remainder, shares, base)


def _attempt(
    make: Callable[[list[Fact], FactBase], Item], facts: list[Fact], base: FactBase
) -> Iterator[Item]:
    try:
        yield make(facts, base)
    except TooFewDistractorsError:
        return


def _sum(parts: list[Fact], base: FactBase) -> Item:
    event = base.entities[parts[0].subject]
    first = parts[0]
    total = _like(first, derive(SUM, parts)[0])
    working = " + ".join(str(int(_n(fact))) for fact in parts)
    told = _capital(" and ".join(f"{int(_n(part))} is {part.label}" for part in parts))
    return _item(
        SUM,
        parts,
        total,
        f"How many deaths, on both sides, does {source_of(first, base)} attribute to {event.short or event.label}?",
        f"{told}: {working} = {int(total.magnitude)} ({locators(parts)}).",
        base,
    )


def _remainder(shares: list[Fact], base: FactBase) -> Item:
    first = shares[0]
    rest = _like(first, derive(REMAINDER, shares)[0]).model_copy(update={"op": "~"})
    rest = rest.model_copy(update={"n": 100 - sum(_n(fact) for fact in shares)})
    given = " and ".join(
        f"{base.entities[fact.subject].short or base.entities[fact.subject].label} at "
        f"{base.lowered(render(fact.value, base))}{' of the population' if fact is first else ''}"
        for fact in shares
    )
    working = " − ".join(["100", *(str(int(_n(fact))) for fact in shares)])
    return _item(
        REMAINDER,
        shares,
        rest,
        f"{_capital(source_of(first, base))} puts {given}. About what share does that leave for other communities?",
        f"{working} leaves about {int(rest.magnitude)}% ({locators(shares)}). "
        "More communities live there than the two that are usually named.",
        base,
    )


def _item(model: str, facts: list[Fact], value: AnyQuantity, stem: str, working: str, base: FactBase) -> Item:
    uid = slug(model, *(fact.id for fact in facts))
    rng = random_for(uid)
    text = render(value, base)
    chosen = choose(Answer(text, value), _candidates(model, facts, value, base), base, rng, size=by_magnitude)
    sizes = {text: value.magnitude} | {
        candidate.text: candidate.value.magnitude
        for candidate in chosen
        if isinstance(candidate.value, AnyQuantity)
    }
    return finish(
        Draft(
            uid=uid,
            model=model,
            bloom="apply",
            fact=facts[0],
            stem=stem,
            key=key_option(text, facts, _claim(model, facts, value), working),
            distractors=chosen,
            explanation=working,
            facts=tuple(other for fact in facts for other in told_by(fact, base)),
            ordered_by=sizes,
        ),
        base,
        rng,
    )


def _candidates(model: str, facts: list[Fact], key: AnyQuantity, base: FactBase) -> Iterator[Candidate]:
    """Each part taken for the answer, the parts joined the wrong way, and sums that reach beyond the event."""
    for number, words, told in _wrong_results(model, facts, base):
        wrong = key.model_copy(update={"n": number})
        yield Candidate(
            render(wrong, base),
            "part_whole" if model == SUM else "numeric_error",
            f"{words} ({locators(told)}).",
            quotations(told),
            _claim(model, facts, wrong),
            plausibility(facts[0], told[-1], "part_whole", closeness_of_numbers(key, wrong)),
            wrong,
        )


def _wrong_results(model: str, facts: list[Fact], base: FactBase) -> Iterator[tuple[float, str, list[Fact]]]:
    numbers = [_n(fact) for fact in facts]
    if model == SUM:
        for fact in facts:
            yield _n(fact), f"This counts one part alone: {fact.label}", [fact]
        for other in base.facts.values():
            if other.relation == "deaths_of_officers" and isinstance(other.value, AnyQuantity):
                yield _n(other), f"This is another count: {other.label}", [other]
                yield sum(numbers) + _n(other), f"This adds {other.label}, which came before", [*facts, other]
        return
    for fact in facts:
        yield 100 - _n(fact), f"This takes away one group alone: 100 − {int(_n(fact))}", [fact]
    yield abs(numbers[0] - numbers[1]), f"This is the gap between the two groups: {_minus(numbers)}", facts
    yield sum(numbers), "This is the share of the two named groups together", facts


def _claim(model: str, facts: list[Fact], value: AnyQuantity) -> DerivedClaim:
    operation: Literal["sum", "remainder"] = "sum" if model == SUM else "remainder"
    return DerivedClaim(operation=operation, facts=tuple(fact.id for fact in facts), value=value)


def _like(fact: Fact, number: float) -> AnyQuantity:
    value = fact.value
    if not isinstance(value, AnyQuantity):
        raise TypeError(fact.id)
    update = {"op": "=", "n": number, "lo": None, "hi": None}
    return value.model_copy(update=update | ({"unit": "deaths"} if not isinstance(value, Percent) else {}))


def _n(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, AnyQuantity) else 0.0


def _minus(numbers: list[float]) -> str:
    return f"{int(max(numbers))} − {int(min(numbers))}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
