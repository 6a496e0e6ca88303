"""Meetings: each first answer to a question, as everything that is said of a learner is worked out from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

SURE = 3  # the highest of the three levels of certainty
GUESSED = 1  # the lowest


@dataclass(frozen=True, slots=True)
class Meeting:
    """A learner's first answer to a question in one quiz; a second try is no meeting.

    ``item`` is the question's id: another id on the same fact is another form of asking for it. ``certainty`` is
    1 to 3, or None where it was not asked for.
    """

    at: dt.datetime
    item: int
    topic: str
    facts: tuple[str, ...]
    correct: bool
    certainty: int | None = None

    @property
    def is_confident_error(self) -> bool:
        """Whether the learner was sure, and wrong."""
        return not self.correct and self.certainty == SURE

    @property
    def is_lucky(self) -> bool:
        """Whether the answer was right, but by the learner's own word a guess."""
        return self.correct and self.certainty == GUESSED
