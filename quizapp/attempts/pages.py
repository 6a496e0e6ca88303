"""What the screens of an attempt show: its questions one by one, and a report on one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import ceil

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.asking.feedback import FeedbackPage
from quizapp.asking.pages import Asked, End, ItemPage, Place, SavedPage, title_of
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


def place_of(attempt: Attempt, step: Step, now: dt.datetime) -> Place:
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
        end=_end_of(attempt, now),
        address=url_for("attempts.show_item", public_id=attempt.public_id, position=step.position),
    )


def page_of(  # noqa: PLR0913 - what makes a page, each by its name
    attempt: Attempt,
    position: int,
    view: View,
    now: dt.datetime,
    names: dict[str, DocumentName],
    *,
    asked: Asked | None = None,
    shows_rule: bool = False,
) -> AskedPage:
    """The page of what may be seen of a step; ``asked`` is what was sent with an error in it."""
    step = attempt.step(position)
    place = place_of(attempt, step, now)
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
    def of(
        cls, public_id: str, position: int, state: str | None, *, error: str | None = None, text: str = ""
    ) -> ReportPage:
        """The page of a report on the question at ``position``; ``text`` is what was written beside an error."""
        url = url_for("attempts.report_item", public_id=public_id, position=position)
        title = _("Question %(position)s: what is wrong", position=position)
        return cls(
            title=title_of(title, error),
            report=ReportView.of(url, state, error=error, text=text),
            back=url_for("attempts.show_item", public_id=public_id, position=position, _anchor="report"),
        )


def _saved_count(answered: int) -> str:
    return (
        ngettext("Your %(num)s saved answer counts.", "Your %(num)s saved answers count.", answered)
        if answered
        else _("No answer was saved in time.")
    )


def _end_of(attempt: Attempt, now: dt.datetime) -> End | None:
    """How a test that is not over ends."""
    if attempt.mode != TEST or attempt.closed_at is not None:
        return None
    # Rounded up: when the clock on the page has run out, it has here, too.
    seconds = None if attempt.deadline is None else max(0, ceil((attempt.deadline - now).total_seconds()))
    return End(
        hand_in_url=url_for("attempts.finish", public_id=attempt.public_id),
        over_url=url_for("attempts.show_attempt", public_id=attempt.public_id),
        answered=_("%(answered)s of %(total)s answered", answered=attempt.answered, total=len(attempt.steps)),
        warning=_warning(len(attempt.steps) - attempt.answered),
        seconds=seconds,
        clock=None
        if seconds is None
        else _("%(minutes)s min %(seconds)s s left", minutes=seconds // 60, seconds=seconds % 60),
    )


def _warning(left: int) -> str:
    return ngettext(
        "%(num)s question is open. Once you hand in, no answer is taken any more, and you see what was right.",
        "%(num)s questions are open. Once you hand in, no answer is taken any more, and you see what was right.",
        left,
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
