"""Starting a quiz, answering its questions, handing it in, and the result."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.asking.pages import Asked
from quizapp.attempts.forms import NO_CERTAINTY, ReportForm, ResponseForm, SecondTryForm, StartForm
from quizapp.attempts.pages import FRAGMENTS, OverPage, ReportPage, page_of
from quizapp.attempts.result_pages import ResultPage
from quizapp.home.pages import Chosen, HomePage
from quizapp.identity import find_learner, get_or_make_learner, remember_certainty
from quizapp.locators import document_names
from quizapp.rendering import go_to, render, wants_fragment
from quizapp.services.attempts import TEST, Attempt, get_attempt, hand_in
from quizapp.services.meetings import has_used_certainty
from quizapp.services.problems import CertaintyMissingError, TimeOverError
from quizapp.services.reports import report
from quizapp.services.responses import View, is_late, open_item, record_response
from quizapp.services.results import result_of
from quizapp.services.second_tries import record_second_try
from quizapp.services.shown import Question, SecondTry
from quizapp.services.sources import DocumentName
from quizapp.services.starting import new_seed, practise_missed, start_attempt
from quizapp.services.topics import list_topics
from quizapp.transactions import reading, writing

blueprint = Blueprint("attempts", __name__, url_prefix="/attempts")


@blueprint.post("")
def start() -> BaseResponse:
    with reading() as session:
        topics = list_topics(session)
    form = StartForm.for_topics([topic.id for topic in topics])
    if not form.validate_on_submit():
        chosen = Chosen(form.chosen_topics, form.wanted_length, form.manner)
        page = HomePage.of(topics, chosen=chosen, error=form.first_error)
        return render("home/index.html", "home/_start.html", page=page, status=422)
    learner = get_or_make_learner()
    remember_certainty(wanted=form.manner.asks_certainty)
    with writing() as session:
        public_id = start_attempt(
            session,
            learner=learner,
            topics=form.chosen_topics,
            length=form.wanted_length,
            seed=new_seed(),
            now=_now(),
            manner=form.manner,
        )
    return go_to(url_for("attempts.show_attempt", public_id=public_id))


@blueprint.get("/<public_id>")
def show_attempt(public_id: str) -> BaseResponse:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        step = attempt.next_open()
        if step is None:
            return go_to(url_for("attempts.show_result", public_id=public_id))
        return _open(attempt, step.position)


@blueprint.get("/<public_id>/items/<position:position>")
def show_item(public_id: str, position: int) -> Response:
    with reading() as session:
        return _open(get_attempt(session, public_id, find_learner()), position)


@blueprint.post("/<public_id>/items/<position:position>/response")
def respond(public_id: str, position: int) -> BaseResponse:
    form = ResponseForm()
    if not form.validate_on_submit():
        return _refuse(public_id, position, Asked(form.first_error, form.option.data, form.answer.certainty))
    try:
        with writing() as session:
            attempt, view = record_response(
                session,
                public_id=public_id,
                learner=find_learner(),
                position=position,
                answer=form.answer,
                now=_now(),
            )
    except CertaintyMissingError:
        return _refuse(public_id, position, Asked(_(NO_CERTAINTY), form.option.data))
    except TimeOverError as over:
        with writing() as session:
            hand_in(session, public_id, find_learner(), _now())
        return _over(over)
    if is_late(view) or (attempt.mode != TEST and wants_fragment()):
        return _show(attempt, position, view)
    if attempt.mode != TEST:
        return go_to(url_for("attempts.show_item", public_id=public_id, position=position))
    return _go_on(attempt, position)


@blueprint.post("/<public_id>/items/<position:position>/second-try")
def try_again(public_id: str, position: int) -> BaseResponse:
    form = SecondTryForm()
    if not form.validate_on_submit():
        return _refuse(public_id, position, Asked(form.first_error))
    with writing() as session:
        attempt, feedback = record_second_try(
            session,
            public_id=public_id,
            learner=find_learner(),
            position=position,
            token=form.token,
            now=_now(),
        )
    if wants_fragment():
        return _show(attempt, position, feedback)
    return go_to(url_for("attempts.show_item", public_id=public_id, position=position))


@blueprint.post("/<public_id>/hand-in")
def finish(public_id: str) -> BaseResponse:
    with writing() as session:
        hand_in(session, public_id, find_learner(), _now())
    return go_to(url_for("attempts.show_result", public_id=public_id))


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
            now=_now(),
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
        new = practise_missed(session, attempt, seed=new_seed(), now=_now())
    return go_to(url_for("attempts.show_attempt", public_id=new))


def _open(attempt: Attempt, position: int) -> Response:
    """What may be seen of a question by now; where the time of a test has run out, that it is over."""
    with reading() as session:
        try:
            view = open_item(session, attempt, position, _now())
        except TimeOverError as over:
            return _over(over)
        asks = attempt.asks_certainty and isinstance(view, Question)
        shows_rule = asks and not has_used_certainty(session, attempt.learner)
    return _show(attempt, position, view, shows_rule=shows_rule)


def _refuse(public_id: str, position: int, asked: Asked) -> Response:
    """The question again with what was wrong with the form; an answered one as it is."""
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        try:
            view = open_item(session, attempt, position, _now())
        except TimeOverError as over:
            return _over(over)
    is_open = isinstance(view, Question | SecondTry)
    return _show(attempt, position, view, asked=asked if is_open else None)


def _show(
    attempt: Attempt, position: int, view: View, *, asked: Asked | None = None, shows_rule: bool = False
) -> Response:
    page = page_of(attempt, position, view, _names(), asked=asked, shows_rule=shows_rule)
    return render(
        "attempts/item.html",
        FRAGMENTS[page.kind],
        page=page,
        status=422 if asked else 409 if is_late(view) else 200,
        address=url_for("attempts.show_item", public_id=attempt.public_id, position=position),
    )


def _go_on(attempt: Attempt, position: int) -> BaseResponse:
    """After an answer in a test: to the next open question, or to the result."""
    following = attempt.next_open(position)
    if following is None:
        return go_to(url_for("attempts.show_result", public_id=attempt.public_id))
    if wants_fragment():
        return _open(attempt, following.position)
    return go_to(url_for("attempts.show_item", public_id=attempt.public_id, position=following.position))


def _over(over: TimeOverError) -> Response:
    """Too late: what was answered in time counts."""
    page = OverPage.of(over.public_id, over.answered)
    response = render("attempts/over.html", "attempts/_over.html", page=page, status=410)
    response.headers["HX-Retarget"] = "#main > .item"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _names() -> dict[str, DocumentName]:
    return {document.id: document for document in document_names().values()}
