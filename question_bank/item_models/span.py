"""M-SPAN: the years between two dated events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import DerivedClaim
from question_bank.derivation import can_be_calculated_with, derive
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
from question_bank.item_models.order import dated, mentioned, sentence, year
from question_bank.items import Item
from question_bank.values import Duration, Quantity
from question_bank.wording import render

MODEL = "span"
SHORTEST, LONGEST = 5, 200  # years between the two events


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two events of one story (``part_of``) dated by a year, at least SHORTEST years apart."""
    years = [
        fact for fact in dated(base) if isinstance(fact.value, Quantity) and can_be_calculated_with(fact)
    ]
    for earlier, later in combinations(years, 2):
        told_together = set(base.entities[earlier.subject].part_of) & set(
            base.entities[later.subject].part_of
        )
        if told_together and SHORTEST <= _between(earlier, later) <= LONGEST:
            try:
                yield _item(earlier, later, years, base)
            except TooFewDistractorsError:
                continue


def _item(earlier: Fact, later: Fact, years: list[Fact], base: FactBase) -> Item:
    uid = slug(MODEL, earlier.id, later.id)
    rng = random_for(uid)
    value = _years(_between(earlier, later))
    text = render(value, base)
    chosen = choose(
        Answer(text, value), _candidates(earlier, later, years, base), base, rng, size=by_magnitude
    )
    sizes = {text: value.magnitude} | {
        candidate.text: candidate.value.magnitude
        for candidate in chosen
        if isinstance(candidate.value, Quantity)
    }
    told = (*told_by(earlier, base), *told_by(later, base))
    first, second = (base.lowered(base.entities[fact.subject].label) for fact in (earlier, later))
    working = (
        f"{sentence(first)} came in {year(earlier)} ({locators(told_by(earlier, base))}) and {second} in {year(later)} "
        f"({locators(told_by(later, base))}): {year(later)} − {year(earlier)} = {int(value.magnitude)}."
    )
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="apply",
            fact=later,
            stem=f"By the dates given in the 2018 articles, how many years passed between {first} and {second}?",
            key=key_option(text, told, _claim(earlier, later, value), working),
            distractors=chosen,
            explanation=working,
            facts=told,
            ordered_by=sizes,
        ),
        base,
        rng,
    )


def _candidates(earlier: Fact, later: Fact, years: list[Fact], base: FactBase) -> Iterator[Candidate]:
    key = _years(_between(earlier, later))
    for other in years:
        for begin, end in ((earlier, other), (other, later)):
            gap = _between(begin, end)
            if other in (earlier, later) or gap < 1:
                continue
            wrong = _years(gap)
            yield Candidate(
                render(wrong, base),
                "other_referent",
                f"{int(gap)} years lie between {mentioned(begin, base)} ({year(begin)}, {locators([begin])}) and "
                f"{mentioned(end, base)} ({year(end)}, {locators([end])}).",
                quotations([begin, end]),
                _claim(earlier, later, wrong),
                plausibility(later, other, "other_referent", closeness_of_numbers(key, wrong)),
                wrong,
                f"To count {'on to' if begin is earlier else 'from'} {mentioned(other, base)} ({year(other)}, "
                f"{locators([other])}) would give {base.lowered(render(wrong, base))}.",
            )
    for step, words in ((10, "ten years too long"), (-10, "ten years too short")):
        wrong = _years(key.magnitude + step)
        if wrong.magnitude > 0:
            yield Candidate(
                render(wrong, base),
                "numeric_error",
                f"That is {words}: {year(later)} − {year(earlier)} = {int(key.magnitude)} "
                f"({locators([earlier, later])}).",
                quotations([earlier, later]),
                _claim(earlier, later, wrong),
                plausibility(later, None, "numeric_error", closeness_of_numbers(key, wrong)) + 0.1,
                wrong,
            )


def _between(earlier: Fact, later: Fact) -> float:
    return derive("span", (earlier, later))[0] * (1 if float(year(later)) >= float(year(earlier)) else -1)


def _years(number: float) -> Duration:
    return Duration(n=number, unit="years")


def _claim(earlier: Fact, later: Fact, value: Duration) -> DerivedClaim:
    return DerivedClaim(operation="span", facts=(earlier.id, later.id), value=value)
