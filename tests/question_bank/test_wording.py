"""How values read as options."""

from __future__ import annotations

import pytest

from question_bank.fact_base import FactBase
from question_bank.values import (
    AnyValue,
    Count,
    Date,
    Distance,
    Duration,
    Entity,
    Level,
    Money,
    Percent,
    Phrase,
    Year,
)
from question_bank.wording import render


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Percent(op=">", n=80, base="voters"), "More than 80%"),
        (Percent(op="~", n=63, base="votes"), "About 63%"),
        (Percent(op="range", lo=63, hi=75, base="votes"), "Between 63% and 75%"),
        (Money(n=1.3e9, unit="EUR", per="year"), "€1.3 billion"),
        (Money(n=130e6, unit="EUR", per="year"), "€130 million"),
        (Money(n=1.78e9, unit="USD", per="total"), "$1.78 billion"),
        (Count(n=275000, unit="people"), "275,000"),
        (Count(op="<=", n=2, unit="votes"), "Up to 2"),
        (Year(n=1853), "1853"),
        (Duration(n=2, unit="weeks"), "Two weeks"),
        (Duration(n=1, unit="weeks"), "One week"),
        (Duration(n=135, unit="years"), "135 years"),
        (Distance(n=10000), "10,000 miles"),
        (Date(iso="2018-11-04"), "4 November 2018"),
        (Date(iso="1998-05"), "May 1998"),
        (Entity(type="person", id="person:goa"), "Daniel Goa"),
        (Phrase(type="reason", text="The yearly funding"), "The yearly funding"),
        (Level(scale="margin", level="larger"), "No won by a larger margin than forecast"),
    ],
)
def test_it_reads_as_people_write_it(value: AnyValue, text: str, base: FactBase) -> None:
    assert render(value, base) == text
