"""What can go wrong while a learner uses the app: one exception a failure; ``errors`` gives each its page."""

from __future__ import annotations


class ProblemError(Exception):
    """A foreseeable problem; nothing was changed."""


class AttemptNotFoundError(ProblemError):
    """There is no such quiz, or it is another learner's."""


class ItemNotFoundError(ProblemError):
    """The quiz has no such question."""


class SourceNotFoundError(ProblemError):
    """There is no such document."""


class OptionNotOfferedError(ProblemError):
    """The chosen option is none of this question's."""


class NothingMissedError(ProblemError):
    """There is nothing to practise: no question of the quiz was missed, or none of those is asked any more."""


class EmptyBankError(ProblemError):
    """The bank holds no question for the chosen topics."""


class BusyError(ProblemError):
    """The database did not take the change in time."""
