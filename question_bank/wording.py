"""How a value reads as an option: the one place where numbers, dates and names become words."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch

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
    Quantity,
    Year,
)

_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SYMBOLS = {"EUR": "€", "USD": "$"}


def render(value: AnyValue, base: FactBase) -> str:
    """The value as an option reads it: "More than 80%", "€1.3 billion", "4 November 2018", "Daniel Goa"."""
    text = _render(value, base)
    return text[:1].upper() + text[1:]


@singledispatch
def _render(value: AnyValue, base: FactBase) -> str:
    del base
    raise TypeError(f"no wording for {type(value).__name__}")


@_render.register
def _(value: Phrase, base: FactBase) -> str:
    del base
    return value.text


@_render.register
def _(value: Entity, base: FactBase) -> str:
    return base.entities[value.id].label


@_render.register
def _(value: Level, base: FactBase) -> str:
    return next(level.text for level in base.scales[value.scale].level if level.id == value.level)


@_render.register
def _(value: Date, base: FactBase) -> str:
    del base
    year, month, *day = value.iso.split("-")
    return " ".join([*(str(int(number)) for number in day), _MONTHS[int(month) - 1], year])


@_render.register
def _(value: Percent, base: FactBase) -> str:
    del base
    return _bounded(value, lambda n: f"{_number(n)}%")


@_render.register
def _(value: Money, base: FactBase) -> str:
    del base
    return _bounded(value, lambda n: _SYMBOLS[value.unit] + _scaled(n))


@_render.register
def _(value: Year, base: FactBase) -> str:
    del base
    return _bounded(value, lambda n: str(int(n)))


@_render.register
def _(value: Count, base: FactBase) -> str:
    del base
    return _bounded(value, _number)


@_render.register
def _(value: Duration, base: FactBase) -> str:
    del base
    return _bounded(value, lambda n: f"{_small(n)} {value.unit if n != 1 else value.unit.rstrip('s')}")


@_render.register
def _(value: Distance, base: FactBase) -> str:
    del base
    return _bounded(value, lambda n: f"{_number(n)} {value.unit}")


def _bounded(value: Quantity, word: Callable[[float], str]) -> str:
    if value.op == "range":
        return f"between {word(value.lo or 0)} and {word(value.hi or 0)}"
    prefix = {"=": "", "~": "about ", "<": "less than ", "<=": "up to ", ">": "more than ", ">=": "at least "}
    return prefix[value.op] + word(value.n or 0)


def _number(n: float) -> str:
    return f"{int(n):,}" if n == int(n) else f"{n:,.2f}".rstrip("0").rstrip(".")


def _small(n: float) -> str:
    """Small whole numbers as words, as durations are best read."""
    return _WORDS[int(n)] if n == int(n) and 0 <= n < len(_WORDS) else _number(n)


def _scaled(n: float) -> str:
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if abs(n) >= size:
            return _number(n / size) + name
    return _number(n)
