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


class NoMistakesError(ProblemError):
    """The learner has no mistake open, or none that is still asked."""


class NothingDueError(ProblemError):
    """There is nothing to ask today."""


class TimeOverError(ProblemError):
    """The time of a test has run out; what was ``answered`` before counts."""

    def __init__(self, public_id: str, answered: int) -> None:
        super().__init__(public_id, answered)
        self.public_id = public_id
        self.answered = answered


class CertaintyMissingError(ProblemError):
    """The quiz asks how sure an answer is, and the answer did not say."""


class EmptyBankError(ProblemError):
    """The bank holds no question for the chosen topics."""


class BusyError(ProblemError):
    """The database did not take the change in time."""


class QuestionNotFoundError(ProblemError):
    """The bank has no question with this uid."""


class VersionNotFoundError(ProblemError):
    """The question has no such version."""


class ReportNotFoundError(ProblemError):
    """The question has no such report."""


class EntryNotFoundError(ProblemError):
    """The log has no such entry, or none that could be undone."""


class NotReadyError(ProblemError):
    """The question cannot be changed so; ``reasons`` say why, in words for the teacher."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class PasswordNeededError(ProblemError):
    """What was asked for needs a password that was given minutes ago, not hours."""


class PersonNotFoundError(ProblemError):
    """There is no such account, or it is one's own, or who asks is no administrator any more."""


class ImportGoneError(ProblemError):
    """The file of a preview is not kept any more: its hour is over, it was imported, or another account sent it."""


class ConflictSettledError(ProblemError):
    """What was to be decided is decided, or a newer rebuild asks something else."""


class TooManyReportsError(ProblemError):
    """A learner has reported so many questions today that another is not taken."""
