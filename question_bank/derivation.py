"""What follows from facts by a calculation: the formulas of derived claims, one function each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from math import prod
from typing import Literal

from question_bank.facts import Fact
from question_bank.values import Date, Interval, Percent, Quantity, Year

Operation = Literal[
    "sum", "remainder", "span", "difference", "product", "quotient", "months", "back", "before", "after"
]

DAYS_A_MONTH = 30.4375
HARM = frozenset({"death_toll", "deaths_of_kanak", "deaths_of_soldiers", "deaths_of_officers", "hostages"})


def can_be_calculated_with(fact: Fact) -> bool:
    """Whether a question may do sums with it: the dead and the hostages are no matter for arithmetic."""
    return "death" not in fact.sensitivity and fact.relation not in HARM


def derive(operation: str, facts: Sequence[Fact], given: float | None = None) -> Interval:
    """The numbers that follow from the facts, and from a number that the question itself gives.

    ``sum`` adds quantities; ``remainder`` takes them from 100 %; ``span`` is the later year minus the earlier.
    ``difference`` takes the second from the first, ``product`` multiplies (a percentage as a part of one) and
    ``quotient`` divides the first by the second or by what is given. ``months`` lie between two dates; ``back`` goes
    a length of time back from the year given; ``before`` admits the years before a deadline.
    """
    return _FORMULAS[operation](facts, given)


def day(date: Date) -> dt.date:
    """The day of a date; the middle of a month that is given without one."""
    return dt.date.fromisoformat(date.iso if date.iso.count("-") > 1 else f"{date.iso}-15")


def _intervals(facts: Sequence[Fact]) -> list[Interval]:
    return [fact.value.interval for fact in facts if isinstance(fact.value, Quantity)]


def _parts(facts: Sequence[Fact], given: float | None) -> list[Interval]:
    """The factors of a product or a quotient: percentages as parts of one, and the number given."""
    hundredths = [0.01 if isinstance(fact.value, Percent) else 1.0 for fact in facts]
    found = [
        (low * part, high * part) for (low, high), part in zip(_intervals(facts), hundredths, strict=True)
    ]
    return found if given is None else [*found, (given, given)]


def _sum(facts: Sequence[Fact], given: float | None) -> Interval:
    del given
    intervals = _intervals(facts)
    return (sum(low for low, _ in intervals), sum(high for _, high in intervals))


def _remainder(facts: Sequence[Fact], given: float | None) -> Interval:
    low, high = _sum(facts, given)
    return (100 - high, 100 - low)


def _span(facts: Sequence[Fact], given: float | None) -> Interval:
    del given
    earlier, later_one = sorted(_intervals(facts))
    return (later_one[0] - earlier[1], later_one[1] - earlier[0])


def _difference(facts: Sequence[Fact], given: float | None) -> Interval:
    del given
    first, second = _intervals(facts)
    return (first[0] - second[1], first[1] - second[0])


def _product(facts: Sequence[Fact], given: float | None) -> Interval:
    parts = _parts(facts, given)
    return (prod(low for low, _ in parts), prod(high for _, high in parts))


def _quotient(facts: Sequence[Fact], given: float | None) -> Interval:
    first, second = _parts(facts, given)
    return (first[0] / second[1], first[1] / second[0])


def _months(facts: Sequence[Fact], given: float | None) -> Interval:
    del given
    first, second = (day(fact.value) for fact in facts if isinstance(fact.value, Date))
    months = abs((second - first).days) / DAYS_A_MONTH
    return (round(months), round(months))


def _back(facts: Sequence[Fact], given: float | None) -> Interval:
    [(low, high)] = _intervals(facts)
    year = given or 0.0
    return (year - high, year - low)


def _before(facts: Sequence[Fact], given: float | None) -> Interval:
    """The years that are still left after the one given, up to the deadline, which is out of time itself."""
    [deadline] = [fact.value.magnitude for fact in facts if isinstance(fact.value, Year)]
    return (given or 0.0, deadline - 1)


def _after(facts: Sequence[Fact], given: float | None) -> Interval:
    """The years from the one that follows a date up to the one given, in which somebody tells of it."""
    [date] = [fact.value.magnitude for fact in facts if isinstance(fact.value, Year)]
    return (date + 1, given or 0.0)


_FORMULAS: dict[str, Callable[[Sequence[Fact], float | None], Interval]] = {
    "sum": _sum,
    "remainder": _remainder,
    "span": _span,
    "difference": _difference,
    "product": _product,
    "quotient": _quotient,
    "months": _months,
    "back": _back,
    "before": _before,
    "after": _after,
}
