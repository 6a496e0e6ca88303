"""Typed values: what a fact can state, and when two values say the same.

A quantity knows the closed interval of numbers that would make it true, which is how an option that
overlaps the truth is found out. Approximation: ``~`` accepts 5 % either side (rule L21 of the lint).
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

APPROXIMATION = 0.05

Operator = Literal["=", "~", "<", "<=", ">", ">=", "range"]
Interval = tuple[float, float]


class Value(BaseModel):
    """What all values share: they are frozen and know their answer type."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str

    @property
    def answer_type(self) -> str:
        """Two options may stand side by side only when their answer types are equal."""
        return self.type


class Quantity(Value):
    """A number, a bound or a range: ``n`` with an operator, or ``lo`` and ``hi`` with ``op = "range"``."""

    op: Operator = "="
    n: float | None = None
    lo: float | None = None
    hi: float | None = None

    @model_validator(mode="after")
    def _numbers_fit_the_operator(self) -> Quantity:
        if self.op == "range":
            if self.lo is None or self.hi is None or self.n is not None or not self.lo < self.hi:
                raise ValueError('op = "range" takes lo and hi, lo below hi, and no n')
        elif self.n is None or self.lo is not None or self.hi is not None:
            raise ValueError(f'op = "{self.op}" takes n, and neither lo nor hi')
        return self

    @property
    def interval(self) -> Interval:
        """The numbers that this quantity admits, both ends included."""
        if self.op == "range":
            return (self.lo or 0.0, self.hi or 0.0)
        n = self.n or 0.0
        slack = abs(n) * APPROXIMATION
        return {
            "=": (n, n),
            "~": (n - slack, n + slack),
            "<": (-math.inf, math.nextafter(n, -math.inf)),
            "<=": (-math.inf, n),
            ">": (math.nextafter(n, math.inf), math.inf),
            ">=": (n, math.inf),
        }[self.op]

    @property
    def magnitude(self) -> float:
        """One number to sort by and to compare sizes with: the value, the bound, or the middle of a range."""
        if self.op == "range":
            return ((self.lo or 0.0) + (self.hi or 0.0)) / 2
        return self.n or 0.0


class Percent(Quantity):
    """A share in percent; ``base`` says of what, since two shares of different wholes do not compare."""

    type: Literal["percent"] = "percent"
    base: str = Field(min_length=3)


class Count(Quantity):
    """How many; ``unit`` is what is counted, in the plural."""

    type: Literal["count"] = "count"
    unit: str = Field(min_length=2)

    @property
    def answer_type(self) -> str:
        """Counts of different things do not compare."""
        return f"count of {self.unit}"


class Money(Quantity):
    """A sum of money; ``per`` is ``year`` for a yearly sum, ``total`` for one over ``period``."""

    type: Literal["money"] = "money"
    unit: Literal["EUR", "USD"]
    per: Literal["year", "total"]
    period: str | None = None

    @property
    def answer_type(self) -> str:
        """Currencies do not mix."""
        return f"money in {self.unit}"


class Year(Quantity):
    """A calendar year."""

    type: Literal["year"] = "year"


class Duration(Quantity):
    """A length of time."""

    type: Literal["duration"] = "duration"
    unit: Literal["days", "weeks", "months", "years"]

    @property
    def answer_type(self) -> str:
        """Days do not stand beside years."""
        return f"duration in {self.unit}"


class Distance(Quantity):
    """A distance in miles, the unit of the sources."""

    type: Literal["distance"] = "distance"
    unit: Literal["miles"] = "miles"


class Date(Value):
    """A day or a month, as ``2018-11-04`` or ``1998-05``."""

    type: Literal["date"] = "date"
    iso: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")


class Entity(Value):
    """Somebody, some place, some organisation or some event of the vocabulary, by its id."""

    type: Literal["person", "place", "organisation", "event", "group", "country"]
    id: str


class Phrase(Value):
    """Something best said in a few words of our own; ``variants`` are other true ways to say it."""

    type: Literal["term", "reason", "provision", "action", "proposition", "description"]
    text: str = Field(min_length=3)
    variants: tuple[str, ...] = ()


class Level(Value):
    """One level of a closed scale of the vocabulary, where any other level is wrong."""

    type: Literal["level"] = "level"
    scale: str
    level: str

    @property
    def answer_type(self) -> str:
        """Levels of different scales do not exclude each other."""
        return f"level of {self.scale}"


AnyQuantity = Percent | Count | Money | Year | Duration | Distance

AnyValue = Annotated[
    AnyQuantity | Date | Entity | Phrase | Level,
    Field(discriminator="type"),
]


def overlap(left: Interval, right: Interval) -> bool:
    """Whether two closed intervals share a number."""
    return left[0] <= right[1] and right[0] <= left[1]
