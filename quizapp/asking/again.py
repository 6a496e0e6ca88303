"""What was asked before and can be asked again, as the first page and the page of progress offer it."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from quizapp.services.attempts import DUE, MISTAKES
from quizapp.services.reviewing import DueToday
from quizapp.services.starting import new_token


@dataclass(frozen=True, slots=True)
class Again:
    """What can be asked again: how much of it, what that is, and the form that starts it."""

    mode: str
    heading: str
    means: str
    button: str | None  # None where there is nothing to ask now
    ticket: str = field(default_factory=new_token)  # with which the form that is sent twice is one


def again(due: DueToday, mistakes: int) -> tuple[Again, ...]:
    """What is due, and what was answered wrong."""
    return _due(due), _mistakes(mistakes)


def _due(due: DueToday) -> Again:
    means = _("What you are about to forget, asked again in another form, and a few new facts.")
    if due.asked:
        if not due.due:
            means = _("Nothing is due yet: these are new facts, and what is nearest to being forgotten.")
        button = ngettext("Review %(num)s question", "Review %(num)s questions", due.asked)
        return Again(DUE, _("Due today"), means, button)
    if due.due:
        means = ngettext(
            "Done for today: %(num)s fact waits until tomorrow. Practice is always open.",
            "Done for today: %(num)s facts wait until tomorrow. Practice is always open.",
            due.due,
        )
    elif due.next_due is not None:
        day = format_date(due.next_due, "d MMMM")
        means = _("Done for today. The next fact is due on %(day)s; practice is always open.", day=day)
    return Again(DUE, _("Due today"), means, None)


def _mistakes(count: int) -> Again:
    if not count:
        return Again(
            MISTAKES,
            _("My mistakes"),
            _("Nothing is open. Facts that you answer wrong wait here to be asked again."),
            None,
        )
    means = ngettext(
        "%(num)s fact that you last answered wrong, asked in another form where there is one.",
        "%(num)s facts that you last answered wrong, asked in another form where there is one.",
        count,
    )
    return Again(MISTAKES, _("My mistakes"), means, _("Ask them again") if count > 1 else _("Ask it again"))
