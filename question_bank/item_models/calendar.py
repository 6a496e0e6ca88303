"""M-CALENDAR: the months between two dates, and the year that a length of time leads back to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.derivation import day, derive
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators, source_of
from question_bank.item_models.order import sentence, year
from question_bank.item_models.worked import Calculation, Wrong, called, figure, worked_items
from question_bank.items import Item
from question_bank.values import Date, Duration, Year
from question_bank.wording import render

MODEL = "calendar"
WRITTEN = 2018  # both documents
MOST_MONTHS = 24  # beyond that, years are the better unit
LEAST_MONTHS = 2
LEAST_YEARS = 50  # a round length of time that may be mistaken for a date


def generate(base: FactBase) -> Iterator[Item]:
    """Items over the dates and the lengths of time that item-grade facts state."""
    dates = [fact for fact in leaders(base, ["date"]) if isinstance(fact.value, Date)]
    yield from worked_items(_between(dates, base), base)
    lengths = [fact for fact in leaders(base, ["duration"]) if isinstance(fact.value, Duration)]
    yield from worked_items(
        (
            _back(fact, base)
            for fact in lengths
            if fact.value.answer_type == "duration in years" and fact.value.magnitude >= LEAST_YEARS  # type: ignore[union-attr]
        ),
        base,
    )


def _between(dates: list[Fact], base: FactBase) -> Iterator[Calculation]:
    for pair in combinations(sorted(dates, key=lambda fact: day(_date(fact))), 2):
        months = derive("months", pair)[0]
        if not LEAST_MONTHS <= months <= MOST_MONTHS:
            continue
        first, second = pair
        slips = (
            (months + 1, "This counts the month at either end in full"),
            (months * 2, "This is twice the time"),
            (months / 2, "This is half of the time"),
            (months + 4, "This adds four months"),
        )
        yield Calculation(
            model=MODEL,
            operation="months",
            facts=pair,
            value=_months(months),
            stem=(
                f"By the dates in {_sources(first, second, base)}, about how many months lie between "
                f"{_day_of(first, base)} and {_day_of(second, base)}?"
            ),
            working=(
                f"From {figure(first, base)} ({locators([first])}) to {figure(second, base)} ({locators([second])}) "
                f"it is {base.lowered(render(_months(months), base))}. "
                "To count the month at either end in full would make one too many."
            ),
            wrong=[Wrong(_months(number), because, pair) for number, because in slips],
        )


def _back(fact: Fact, base: FactBase) -> Calculation:
    result = Year(n=WRITTEN - fact.value.magnitude)  # type: ignore[union-attr]
    return Calculation(
        model=MODEL,
        operation="back",
        facts=(fact,),
        value=result,
        stem=(
            f"{sentence(source_of(fact, base))} speaks of conflicts over {figure(fact, base)}. Counted back from "
            f"{WRITTEN}, to which year would that lead?"
        ),
        working=(
            f"{WRITTEN} − {fact.value.magnitude:g} is {result.magnitude:g} ({locators([fact])}). A round length of "  # type: ignore[union-attr]
            "time gives a round year; it need not be the date of an event."
        ),
        wrong=_other_years(fact, base),
        given=WRITTEN,
    )


def _other_years(fact: Fact, base: FactBase) -> Iterator[Wrong]:
    length = fact.value.magnitude  # type: ignore[union-attr]
    for other in leaders(base, ["year"]):
        own = float(year(other))
        if WRITTEN - length - 50 <= own <= WRITTEN:
            told = f"{own:g} is {other.label}"
            yield Wrong(Year(n=own), told, (other,), "other_referent")
            told = f"This counts back from {own:g}, {other.label}, in place of {WRITTEN}"
            yield Wrong(Year(n=own - length), told, (other, fact), "other_referent")
    yield Wrong(Year(n=WRITTEN - length - 50), "This counts back 200 years", (fact,))
    yield Wrong(Year(n=WRITTEN - length + 50), "This counts back 100 years", (fact,))


def _sources(first: Fact, second: Fact, base: FactBase) -> str:
    same = first.document == second.document
    return source_of(first, base) if same else "the 2018 articles"


def _day_of(fact: Fact, base: FactBase) -> str:
    planned = fact.attributes.get("status") == "planned"
    return f"the day planned for {called(fact, base)}" if planned else called(fact, base)


def _date(fact: Fact) -> Date:
    if not isinstance(fact.value, Date):
        raise TypeError(fact.id)
    return fact.value


def _months(number: float) -> Duration:
    return Duration(op="~", n=float(round(number)), unit="months")
