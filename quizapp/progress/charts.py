"""Charts as strokes: where each bar, band and column stands, so that templates hold no arithmetic.

Lengths are in ``em`` downwards and in percent across, so that a chart grows with the reader's letters and fits any
window without a script; colours and patterns are the style sheet's. Words beside the strokes say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.progress.words import named

_ROW = 2.9  # em from bar to bar
_BASELINE = 1.05  # em from the top of a row to the line its words stand on
_BAR = 1.45  # … to the bar itself
_MIDDLE = 1.8  # … to the middle of the bar
_TICK = (1.3, 2.3)  # … to both ends of a tick across it
_SHARES = (0.6, 6.6)  # em from the top: where all right and none right stand
_ANSWERS = (8.4, 10.4)  # … where the most answers of a day and none stand
_COLUMNS = 12  # a chart of fewer days leaves room for as many
_FILLED = 0.72  # of a column's place


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a bar; ``kind`` is what the style sheet knows it by."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a chart before it is drawn: values from 0 to 1 of its width.

    ``band`` is where the true value lies most likely, ``point`` what was found and ``tick`` what to compare it with.
    """

    name: str
    told: str
    parts: tuple[tuple[str, float], ...] = ()
    band: tuple[float, float] | None = None
    point: float | None = None
    tick: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with its words above it."""

    name: str
    told: str
    baseline: str
    top: str
    middle: str
    tick_from: str
    tick_to: str
    strokes: tuple[Stroke, ...]
    point: str | None
    tick: str | None


@dataclass(frozen=True, slots=True)
class RowChart:
    """Bars below each other; ``lang`` is the language of their names, where it is not the page's."""

    id: str
    title: str
    told: str
    height: str
    lang: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A day: a column for the share of right answers above one for how many answers there were."""

    told: str
    x: str
    width: str
    right_top: str
    right_height: str
    answers_top: str
    answers_height: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Days beside each other: which they are, how many answers the highest lower column is, and named shares."""

    id: str
    title: str
    told: str
    span: str
    most: str
    grid: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]


def draw_rows(id_: str, title: str, figures: Sequence[Figure], *, lang: str | None = None) -> RowChart:
    """A chart of these rows."""
    return RowChart(
        id=id_,
        title=title,
        told="; ".join(named(figure.name, figure.told) for figure in figures),
        height=f"{_ROW * len(figures):.2f}em",
        lang=lang,
        bars=tuple(_bar(figure, _ROW * i) for i, figure in enumerate(figures)),
    )


def place_columns(days: Sequence[tuple[str, float, int]]) -> tuple[Column, ...]:
    """The columns of days: what is told of each, the share of right answers, and how many answers it stands on."""
    step = 1 / max(len(days), _COLUMNS)
    most = max(answers for _, _, answers in days)
    columns = []
    for i, (told, share, answers) in enumerate(days):
        right, stands_on = _rise(_SHARES, share), _rise(_ANSWERS, answers / most)
        columns.append(
            Column(
                told=told,
                x=_across((i + (1 - _FILLED) / 2) * step),
                width=_across(_FILLED * step),
                right_top=right[0],
                right_height=right[1],
                answers_top=stands_on[0],
                answers_height=stands_on[1],
            )
        )
    return tuple(columns)


def height_of(share: float) -> str:
    """Where a line across the columns stands that marks this share of right answers."""
    return _rise(_SHARES, share)[0]


def _bar(figure: Figure, top: float) -> Bar:
    return Bar(
        name=figure.name,
        told=figure.told,
        baseline=f"{top + _BASELINE:.2f}em",
        top=f"{top + _BAR:.2f}em",
        middle=f"{top + _MIDDLE:.2f}em",
        tick_from=f"{top + _TICK[0]:.2f}em",
        tick_to=f"{top + _TICK[1]:.2f}em",
        strokes=_strokes(figure),
        point=None if figure.point is None else _across(figure.point),
        tick=None if figure.tick is None else _across(figure.tick),
    )


def _strokes(figure: Figure) -> tuple[Stroke, ...]:
    """The parts one after another, and the band on its own."""
    strokes = []
    start = 0.0
    for kind, share in figure.parts:
        if share:
            strokes.append(Stroke(kind, _across(start), _across(share)))
        start += share
    if figure.band:
        low, high = figure.band
        strokes.append(Stroke("band", _across(low), _across(high - low)))
    return tuple(strokes)


def _rise(between: tuple[float, float], share: float) -> tuple[str, str]:
    """Where a column of this share begins, and how high it is."""
    top, bottom = between
    height = share * (bottom - top)
    return f"{bottom - height:.2f}em", f"{height:.2f}em"


def _across(share: float) -> str:
    return f"{share:.2%}"
