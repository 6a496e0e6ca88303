"""M-CALENDAR: the months between two dates, and how long before both documents something happened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.derivation import day, derive
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators, source_of
from question_bank.item_models.order import year
from question_bank.item_models.worked import Calculation, Wrong, called, figure, worked_items
from question_bank.items import Item
from question_bank.values import Date, Duration, Year
from question_bank.wording import render

MODEL = "calendar"
WRITTEN = 2018  # both documents
MOST_MONTHS = 24  # beyond that, years are the better unit
LEAST_MONTHS = 2
LEAST_YEARS = 50  # below that, it is hardly worth reckoning


def generate(base: FactBase) -> Iterator[Item]:
    """Items over the dates and the lengths of time that item-grade facts state."""
    dates = [fact for fact in leaders(base, ["date"]) if isinstance(fact.value, Date)]
    yield from worked_items(_between(dates, base), base)
    years = [fact for fact in leaders(base, ["year"]) if isinstance(fact.value, Year)]
    yield from worked_items(
        (_ago(fact, base) for fact in years if WRITTEN - float(year(fact)) >= LEAST_YEARS), base
    )


def _between(dates: list[Fact], base: FactBase) -> Iterator[Calculation]:
    for pair in combinations(sorted(dates, key=lambda fact: day(_date(fact))), 2):
        months = derive("months", pair)[0]
        if not LEAST_MONTHS <= months <= MOST_MONTHS:
            continue
        first, second = pair
        slips = (
            (months + 1, "This counts the month at either end in full"),
            (months - 1, "This leaves out the month at either end"),
            (12 - months, "This counts the months from the later date on to the earlier one"),
            (months + 12, "This counts a year too many"),
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
                f"it is {base.lowered(render(_months(months), base))}."
            ),
            wrong=[Wrong(_months(number), because, pair) for number, because in slips],
        )


def _ago(fact: Fact, base: FactBase) -> Calculation:
    """How many years before both documents an event was that one of them dates."""
    result = _years(WRITTEN - float(year(fact)))
    name = base.lowered(base.entities[fact.subject].label)
    return Calculation(
        model=MODEL,
        operation="back",
        facts=(fact,),
        value=result,
        stem=f"By the year that {source_of(fact, base)} gives for {name}, how long before {WRITTEN} was it?",
        working=(
            f"It was in {year(fact)} ({locators([fact])}), and {WRITTEN} − {year(fact)} is "
            f"{result.magnitude:g}. A year that a source names can be reckoned with; a round length of time cannot."
        ),
        wrong=_other_lengths(fact, base),
        given=WRITTEN,
    )


def _other_lengths(fact: Fact, base: FactBase) -> Iterator[Wrong]:
    """Lengths of time that the documents tell themselves, other ends to count to, and slips over the centuries."""
    own = float(year(fact))
    for other in leaders(base, ["duration"]):
        if isinstance(other.value, Duration) and other.value.answer_type == "duration in years":
            told = f"This is {other.label}"
            yield Wrong(_years(other.value.magnitude), told, (other,), "other_referent")
    for other in leaders(base, ["year"]):
        end = float(year(other))
        if own < end < WRITTEN:
            told = f"This counts to {end:g}, {other.label}, in place of {WRITTEN}"
            yield Wrong(_years(end - own), told, (other, fact), "other_referent")
    years = WRITTEN - own
    yield Wrong(_years(years - 100), "This loses a century on the way", (fact,))
    yield Wrong(_years(years + 20), "This counts to 2038 in place of 2018", (fact,))


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


def _years(number: float) -> Duration:
    return Duration(n=number, unit="years")
