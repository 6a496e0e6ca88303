"""Meetings as tests write them."""

from __future__ import annotations

import datetime as dt

from quizapp.learning.meetings import Meeting

START = dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def met(
    fact: str = "a", *, right: bool = True, sure: int | None = None, item: int = 1, day: float = 0
) -> Meeting:
    """An answer on a fact, or on several: "a b"."""
    return Meeting(START + day * DAY, item, "referendum", tuple(fact.split()), right, sure)
