"""Bars and tables: where each stroke of a chart stands, and the same figures as words and rows.

Lengths are in ``em`` downwards and in percent across, so that a chart grows with the reader's letters and fits any
window without a script; colours are the style sheet's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from flask_babel import format_percent
from flask_babel import gettext as _

from quizapp.languages import language_here

_ROW = 2.9  # em from bar to bar
_BASELINE = 1.05  # em from the top of a row to the line its words stand on
_BAR = 1.5  # … to the bar itself, which is as high as the style sheet says
_TICK = (1.3, 2.2)  # … to both ends of a tick across it
_AXIS = 1.6  # em above the first row, where ticks are named


@dataclass(frozen=True, slots=True)
class Tick:
    """A value to compare a bar with, such as chance; ``side`` is where its name stands."""

    kind: str
    name: str
    value: float
    side: str = "end"


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure before it is drawn: ``told`` stands at the bar, ``cells`` in the table."""

    name: str
    means: str
    value: float
    told: str
    cells: tuple[str, ...]
    ticks: tuple[Tick, ...] = ()
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A stroke across a bar; ``x`` is in percent of the width."""

    kind: str
    name: str
    side: str
    x: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words above it."""

    name: str
    told: str
    width: str
    baseline: str
    top: str
    tick_from: str
    tick_to: str
    marks: tuple[Mark, ...]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: str
    means: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Lines of a table under one heading, which may be empty."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: what it means, the picture with its words, and the table.

    Its names are in the language of the bank, not of the page, if it ``is_content``.
    """

    id: str
    title: str
    meaning: str
    told: str
    height: str
    bars: tuple[Bar, ...]
    axis: tuple[Mark, ...]
    columns: tuple[str, ...]
    groups: tuple[RowGroup, ...]
    is_content: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a chart and over the columns of its table."""

    id: str
    title: str
    meaning: str
    columns: tuple[str, ...]
    is_content: bool = False


def draw(
    heading: Heading,
    readings: Sequence[Reading],
    *,
    full: float,
    axis: Sequence[Tick] = (),
    groups: Sequence[RowGroup] = (),
) -> Chart:
    """The chart; ``full`` is the value whose bar is as wide as the chart, ``groups`` a table of more detail."""
    above = _AXIS if axis else 0.0
    rows = tuple(Row(reading.name, reading.means, reading.cells) for reading in readings)
    return Chart(
        id=heading.id,
        title=heading.title,
        meaning=heading.meaning,
        told=_told(readings),
        height=f"{above + _ROW * len(readings):.2f}em",
        bars=tuple(_bar(reading, above + _ROW * i, full) for i, reading in enumerate(readings)),
        axis=tuple(_mark(tick, full) for tick in axis),
        columns=heading.columns,
        groups=tuple(groups) or (RowGroup("", rows),),
        is_content=heading.is_content,
    )


def percent(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as people read it."""
    pattern = Locale(language_here()).percent_formats[None].pattern
    return str(format_percent(share, pattern.replace("0", f"0.{'0' * digits}".rstrip("."))))


def _told(readings: Sequence[Reading]) -> str:
    return ". ".join(
        _("%(name)s: %(figure)s", name=reading.name, figure=reading.told) for reading in readings
    )


def _bar(reading: Reading, top: float, full: float) -> Bar:
    return Bar(
        name=reading.name,
        told=reading.told,
        width=_across(reading.value, full),
        baseline=f"{top + _BASELINE:.2f}em",
        top=f"{top + _BAR:.2f}em",
        tick_from=f"{top + _TICK[0]:.2f}em",
        tick_to=f"{top + _TICK[1]:.2f}em",
        marks=tuple(_mark(tick, full) for tick in reading.ticks),
        is_over=reading.is_over,
    )


def _mark(tick: Tick, full: float) -> Mark:
    return Mark(tick.kind, tick.name, tick.side, _across(tick.value, full))


def _across(value: float, full: float) -> str:
    return f"{min(1.0, value / full) if full else 0.0:.2%}"
