"""The tables. Importing this package knows them all, so that migrations can compare."""

from quizapp.models import (
    accounts,
    attempts,
    bank,
    editing,
    learners,
    log,
    reports,
    search,
    standing,
    statistics,
)

__all__ = [
    "accounts",
    "attempts",
    "bank",
    "editing",
    "learners",
    "log",
    "reports",
    "search",
    "standing",
    "statistics",
]
