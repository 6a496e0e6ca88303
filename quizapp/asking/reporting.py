"""What a learner may say of a question that seems wrong, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.reports import LONGEST, REASONS

RECEIVED = {
    "open": mark("Thank you: your report has arrived. A teacher will look at it."),
    "settled": mark("Thank you: a teacher has looked at your report."),
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """What a learner may say of a question, or what became of it."""

    url: str
    reasons: tuple[tuple[str, str], ...]
    longest: int
    received: str | None
    error: str | None = None
    text: str = ""

    @classmethod
    def of(cls, url: str, state: str | None, *, error: str | None = None, text: str = "") -> ReportView:
        """The form, or for a report that was made its ``state`` in words; ``text`` was sent with an error."""
        received = RECEIVED.get(state or "")
        reasons = tuple((reason, _(words)) for reason, words in REASONS.items())
        return cls(url, reasons, LONGEST, _(received) if received else None, error, text)
