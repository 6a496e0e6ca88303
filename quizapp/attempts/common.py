"""What the routes of an attempt share: the page of a question as it may be seen by now, and that time is over."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, request, url_for

from quizapp.asking.pages import Asked
from quizapp.attempts.pages import FRAGMENTS, OverPage, page_of
from quizapp.identity import find_learner
from quizapp.locators import document_names
from quizapp.rendering import render
from quizapp.services.attempts import Attempt, get_attempt, hand_in
from quizapp.services.meetings import has_used_certainty
from quizapp.services.problems import TimeOverError
from quizapp.services.responses import View, is_late, open_item
from quizapp.services.shown import Question, SecondTry
from quizapp.services.sources import DocumentName
from quizapp.transactions import reading, writing

blueprint = Blueprint("attempts", __name__, url_prefix="/attempts")


def now_here() -> dt.datetime:
    """The server's time. It is taken when a request begins, so that nobody is late for having had to queue."""
    return dt.datetime.now(dt.UTC)


def names_by_id() -> dict[str, DocumentName]:
    """What the documents are called."""
    return {document.id: document for document in document_names().values()}


def open_page(attempt: Attempt, position: int, now: dt.datetime, *, asked: Asked | None = None) -> Response:
    """What may be seen of a question by now; ``asked`` is what was wrong with its form, unless it is answered.

    Raises TimeOverError where the time of a test has run out.
    """
    with reading() as session:
        view = open_item(session, attempt, position, now)
        asks = attempt.asks_certainty and isinstance(view, Question)
        shows_rule = asks and not has_used_certainty(session, attempt.learner)
    is_open = isinstance(view, Question | SecondTry)
    return show_view(attempt, position, view, now, asked=asked if is_open else None, shows_rule=shows_rule)


def show_view(
    attempt: Attempt,
    position: int,
    view: View,
    now: dt.datetime,
    *,
    asked: Asked | None = None,
    shows_rule: bool = False,
) -> Response:
    """The page or fragment of a question; 422 with what was wrong, 409 where an answer came too late to count."""
    page = page_of(attempt, position, view, now, names_by_id(), asked=asked, shows_rule=shows_rule)
    return render(
        "attempts/item.html",
        FRAGMENTS[page.kind],
        page=page,
        status=422 if asked else 409 if is_late(view) else 200,
        address=url_for("attempts.show_item", public_id=attempt.public_id, position=position),
    )


def _sent_too_late(public_id: str) -> int:
    """Whatever is sent closes the test; not before the answers under way have had their seconds. The status."""
    now = now_here()
    with writing() as session:
        if not get_attempt(session, public_id, find_learner()).is_over(now):
            return 409
        hand_in(session, public_id, find_learner(), now)
    return 410


@blueprint.errorhandler(TimeOverError)
def over_page(over: TimeOverError) -> Response:
    """Too late: what was answered in time counts, and who only looks changes nothing."""
    status = _sent_too_late(over.public_id) if request.method == "POST" else 200
    page = OverPage.of(over.public_id, over.answered)
    response = render("attempts/over.html", "attempts/_over.html", page=page, status=status)
    response.headers["HX-Retarget"] = "#main > .item"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
