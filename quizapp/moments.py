"""Moments as pages tell them: for people in UTC and saying so, for machines in ISO 8601."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask_babel import format_datetime


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


def _told(at: dt.datetime) -> str:
    return str(format_datetime(at, "d MMM y, HH:mm 'UTC'", rebase=False))
