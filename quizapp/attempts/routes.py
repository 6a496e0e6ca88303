"""Starting a quiz, answering its questions, and the result."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from quizapp.attempts.forms import ReportForm, ResponseForm, StartForm
from quizapp.attempts.pages import ReportPage, ResultPage, feedback_page, item_page
from quizapp.home.pages import HomePage
from quizapp.identity import find_learner, get_or_make_learner
from quizapp.locators import document_names
from quizapp.rendering import go_to, render, wants_fragment
from quizapp.services.attempts import Attempt, get_attempt, new_seed, practise_missed, start_attempt
from quizapp.services.reports import report
from quizapp.services.responses import open_item, record_response
from quizapp.services.results import result_of
from quizapp.services.shown import Feedback, Question
from quizapp.services.sources import DocumentName
from quizapp.services.topics import list_topics
from quizapp.transactions import reading, writing

blueprint = Blueprint("attempts", __name__, url_prefix="/attempts")


@blueprint.post("")
def start() -> BaseResponse:
    with reading() as session:
        topics = list_topics(session)
    form = StartForm.for_topics([topic.id for topic in topics])
    if not form.validate_on_submit():
        page = HomePage.of(
            topics, chosen=form.chosen_topics, length=form.wanted_length, error=form.first_error
        )
        return render("home/index.html", "home/_start.html", page=page, status=422)
    learner = get_or_make_learner()
    with writing() as session:
        public_id = start_attempt(
            session,
            learner=learner,
            topics=form.chosen_topics,
            length=form.wanted_length,
            seed=new_seed(),
            now=dt.datetime.now(dt.UTC),
        )
    return go_to(url_for("attempts.show_attempt", public_id=public_id))


@blueprint.get("/<public_id>")
def show_attempt(public_id: str) -> BaseResponse:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        step = attempt.next_open()
        if step is None:
            return go_to(url_for("attempts.show_result", public_id=public_id))
        return _show(attempt, step.position, open_item(session, attempt, step.position))


@blueprint.get("/<public_id>/items/<position:position>")
def show_item(public_id: str, position: int) -> Response:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        return _show(attempt, position, open_item(session, attempt, position))


@blueprint.post("/<public_id>/items/<position:position>/response")
def respond(public_id: str, position: int) -> BaseResponse:
    form = ResponseForm()
    if not form.validate_on_submit():
        with reading() as session:
            attempt = get_attempt(session, public_id, find_learner())
            return _show(attempt, position, open_item(session, attempt, position), error=form.first_error)
    with writing() as session:
        attempt, feedback = record_response(
            session,
            public_id=public_id,
            learner=find_learner(),
            position=position,
            token=form.option.data,
            key=form.key.data or "",
            now=dt.datetime.now(dt.UTC),
        )
    if feedback.is_late or wants_fragment():
        return _show(attempt, position, feedback)
    return go_to(url_for("attempts.show_item", public_id=public_id, position=position))


@blueprint.post("/<public_id>/items/<position:position>/report")
def report_item(public_id: str, position: int) -> BaseResponse:
    form = ReportForm()
    if not form.validate_on_submit():
        with reading() as session:
            get_attempt(session, public_id, find_learner()).step(position)
        page = ReportPage.of(public_id, position, None, error=form.first_error)
        return render("attempts/report.html", "attempts/_report.html", page=page, status=422)
    with writing() as session:
        report(
            session,
            public_id=public_id,
            position=position,
            learner=find_learner(),
            reason=form.reason.data or "",
            text=form.text.data or "",
            now=dt.datetime.now(dt.UTC),
        )
    page = ReportPage.of(public_id, position, "open")
    if wants_fragment():
        return render("attempts/report.html", "attempts/_report.html", page=page)
    return go_to(page.back)


@blueprint.get("/<public_id>/result")
def show_result(public_id: str) -> BaseResponse:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        if attempt.next_open() is not None:
            return go_to(url_for("attempts.show_attempt", public_id=public_id))
        page = ResultPage.of(attempt, result_of(session, attempt), _names())
    return render("attempts/result.html", "attempts/_result.html", page=page, address=page.address)


@blueprint.post("/<public_id>/practice")
def practise(public_id: str) -> BaseResponse:
    with writing() as session:
        attempt = get_attempt(session, public_id, find_learner())
        new = practise_missed(session, attempt, seed=new_seed(), now=dt.datetime.now(dt.UTC))
    return go_to(url_for("attempts.show_attempt", public_id=new))


def _show(
    attempt: Attempt, position: int, item: Question | Feedback, *, error: str | None = None
) -> Response:
    """The open question or the feedback; an error of the form is told on the open question only."""
    step = attempt.step(position)
    address = url_for("attempts.show_item", public_id=attempt.public_id, position=position)
    if isinstance(item, Question):
        page = item_page(attempt, step, item, error=error)
        status = 422 if error else 200
        return render("attempts/item.html", "attempts/_item.html", page=page, status=status, address=address)
    answered = feedback_page(attempt, step, item, _names())
    status = 409 if item.is_late else 200
    return render(
        "attempts/item.html", "attempts/_feedback.html", page=answered, status=status, address=address
    )


def _names() -> dict[str, DocumentName]:
    return {document.id: document for document in document_names().values()}
