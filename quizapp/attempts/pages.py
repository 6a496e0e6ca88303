"""What the screens of an attempt show: its questions one by one, and a report on one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_time, ngettext
from flask_babel import gettext as _

from quizapp.asking.feedback import FeedbackPage
from quizapp.asking.pages import Asked, End, ItemPage, Place, SavedPage
from quizapp.asking.proof import Proof
from quizapp.asking.reporting import ReportView
from quizapp.asking.second_try import SecondTryPage
from quizapp.services.attempts import TEST, Attempt, Step
from quizapp.services.responses import View
from quizapp.services.shown import Feedback, Question, Saved
from quizapp.services.sources import DocumentName

AskedPage = ItemPage | SavedPage | SecondTryPage | FeedbackPage
FRAGMENTS = {
    "item": "attempts/_item.html",
    "saved": "attempts/_saved.html",
    "second_try": "attempts/_second_try.html",
    "feedback": "attempts/_feedback.html",
}


def place_of(attempt: Attempt, step: Step) -> Place:
    """Where a step stands in its attempt."""
    following = attempt.next_open(step.position, besides=step.position)
    return Place(
        position=step.position,
        total=len(attempt.steps),
        track=_track(attempt, step.position),
        response_url=url_for("attempts.respond", public_id=attempt.public_id, position=step.position),
        next_href=_next_href(attempt, following),
        next_label=_("Next question") if following else _("See the result"),
        is_last=following is None,
        report_url=url_for("attempts.report_item", public_id=attempt.public_id, position=step.position),
        end=_end_of(attempt),
    )


def page_of(
    attempt: Attempt,
    position: int,
    view: View,
    names: dict[str, DocumentName],
    *,
    asked: Asked | None = None,
    shows_rule: bool = False,
) -> AskedPage:
    """The page of what may be seen of a step; ``asked`` is what was sent with an error in it."""
    step = attempt.step(position)
    place = place_of(attempt, step)
    proof = Proof(attempt.public_id, position, names)
    if isinstance(view, Question):
        return ItemPage.of(
            place, view, asked=asked, asks_certainty=attempt.asks_certainty, shows_rule=shows_rule
        )
    if isinstance(view, Saved):
        return SavedPage.of(place, view)
    if isinstance(view, Feedback):
        return FeedbackPage.of(place, view, proof)
    url = url_for("attempts.try_again", public_id=attempt.public_id, position=position)
    return SecondTryPage.of(place, view, proof, url=url, error=asked.error if asked else None)


@dataclass(frozen=True, slots=True)
class OverPage:
    """The time of a test has run out: what counts, and the way to the result."""

    title: str
    message: str
    hand_in_url: str

    @classmethod
    def of(cls, public_id: str, answered: int) -> OverPage:
        """The page; ``answered`` questions were answered in time."""
        return cls(
            title=_("Time is over"),
            message=_saved_count(answered),
            hand_in_url=url_for("attempts.finish", public_id=public_id),
        )


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report on a question: that it arrived, or what was wrong with the form."""

    title: str
    report: ReportView
    back: str

    @classmethod
    def of(cls, public_id: str, position: int, state: str | None, *, error: str | None = None) -> ReportPage:
        """The page of a report on the question at ``position``."""
        url = url_for("attempts.report_item", public_id=public_id, position=position)
        return cls(
            title=_("Question %(position)s: what is wrong", position=position),
            report=ReportView.of(url, state, error=error),
            back=url_for("attempts.show_item", public_id=public_id, position=position, _anchor="report"),
        )


def _saved_count(answered: int) -> str:
    return (
        ngettext("Your %(num)s saved answer counts.", "Your %(num)s saved answers count.", answered)
        if answered
        else _("No answer was saved in time.")
    )


def _end_of(attempt: Attempt) -> End | None:
    """How a test that is not over ends."""
    if attempt.mode != TEST or attempt.closed_at is not None:
        return None
    until = attempt.deadline
    return End(
        hand_in_url=url_for("attempts.finish", public_id=attempt.public_id),
        left=_("%(answered)s of %(total)s answered", answered=attempt.answered, total=len(attempt.steps)),
        deadline=None if until is None else until.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        deadline_told=None if until is None else format_time(until, "HH:mm 'UTC'", rebase=False),
    )


def _track(attempt: Attempt, position: int) -> tuple[str, ...]:
    """One word a question for the thin track above it: done, now or todo."""
    return tuple(
        "done" if step.is_answered else "now" if step.position == position else "todo"
        for step in attempt.steps
    )


def _next_href(attempt: Attempt, following: Step | None) -> str:
    if following is None:
        return url_for("attempts.show_result", public_id=attempt.public_id)
    return url_for("attempts.show_item", public_id=attempt.public_id, position=following.position)
