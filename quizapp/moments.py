"""Moments as pages tell them: for people in UTC and saying so, for machines in ISO 8601."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask_babel import format_date, format_datetime, get_locale


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time."""

    iso: str
    told: str

    @classmethod
    def of(cls, moment: dt.datetime) -> Moment:
        """The moment, which knows its zone, in UTC to the minute."""
        at = moment.astimezone(dt.UTC)
        return cls(at.strftime("%Y-%m-%dT%H:%M:%SZ"), _told(at))


def told_day(day: dt.date) -> str:
    """The day with its month in full."""
    return str(format_date(day, f"{_number(day)} MMMM y", rebase=False))


def _told(at: dt.datetime) -> str:
    return str(format_datetime(at, f"{_number(at)} MMM y, HH:mm 'UTC'", rebase=False))


def _number(day: dt.date) -> str:
    """The pattern of the day's number: the first of a month is called so in French, and the others are not."""
    return "d'er'" if day.day == 1 and str(get_locale()) == "fr" else "d"
