"""The tables. Importing this package knows them all, so that migrations can compare."""

from quizapp.models import attempts, bank, log

__all__ = ["attempts", "bank", "log"]
