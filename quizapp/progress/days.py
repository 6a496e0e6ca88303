"""Day by day: how many answers were right, and on how many answers that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from quizapp.progress.charts import ColumnChart, height_of, place_columns
from quizapp.progress.words import named, right_of
from quizapp.services.progress import Day

_GRID = (1.0, 0.5, 0.0)  # shares of right answers that a line marks


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the table."""

    date: str
    iso: str
    answers: str
    right: str
    share: str


@dataclass(frozen=True, slots=True)
class DaysView:
    """The days with answers, the latest of them first in the table and last in the chart."""

    chart: ColumnChart
    rows: tuple[DayRow, ...]

    @classmethod
    def of(cls, days: Sequence[Day]) -> DaysView:
        """The view of the days, of which there is at least one."""
        return cls(_chart(days), tuple(_row(day) for day in reversed(days)))


def _chart(days: Sequence[Day]) -> ColumnChart:
    shares = [day.right.share for day in days]
    span = _span(days)
    told = ngettext(
        "%(span)s. %(num)s day with answers, %(answers)s in all. Right on a day: %(low)s to %(high)s.",
        "%(span)s. %(num)s days with answers, %(answers)s in all. Right on a day: %(low)s to %(high)s.",
        len(days),
        span=span,
        answers=format_decimal(sum(day.right.of for day in days)),
        low=format_percent(min(shares)),
        high=format_percent(max(shares)),
    )
    most = max(day.right.of for day in days)
    return ColumnChart(
        id="days-chart",
        title=_("Right answers by day"),
        told=told,
        span=span,
        most=ngettext("%(num)s answer", "%(num)s answers", most),
        grid=tuple((height_of(share), format_percent(share)) for share in _GRID),
        columns=place_columns([(_told(day), day.right.share, day.right.of) for day in days]),
    )


def _told(day: Day) -> str:
    return named(str(format_date(day.date, "d MMM y")), right_of(day.right.count, day.right.of))


def _span(days: Sequence[Day]) -> str:
    first, last = (str(format_date(day.date, "d MMM y")) for day in (days[0], days[-1]))
    return first if first == last else f"{first} – {last}"


def _row(day: Day) -> DayRow:
    return DayRow(
        date=str(format_date(day.date, "d MMM y")),
        iso=day.date.isoformat(),
        answers=format_decimal(day.right.of),
        right=format_decimal(day.right.count),
        share=format_percent(day.right.share),
    )
