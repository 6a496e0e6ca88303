"""Starting a quiz and answering its questions."""

from __future__ import annotations

import datetime as dt

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.asking.pages import Asked
from quizapp.attempts import result_routes
from quizapp.attempts.common import blueprint, now_here, open_page, show_view
from quizapp.attempts.forms import NO_CERTAINTY, ResponseForm, SecondTryForm, StartForm
from quizapp.home.pages import Chosen, HomePage
from quizapp.identity import find_learner, get_or_make_learner, remember_certainty
from quizapp.rendering import go_to, render, wants_fragment
from quizapp.services.attempts import TEST, Attempt, get_attempt
from quizapp.services.problems import CertaintyMissingError
from quizapp.services.responses import is_late, record_response
from quizapp.services.second_tries import record_second_try
from quizapp.services.starting import new_seed, start_attempt
from quizapp.services.topics import list_topics
from quizapp.transactions import reading, writing

__all__ = ["blueprint", "result_routes"]


@blueprint.post("")
def start() -> BaseResponse:
    now = now_here()
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
            now=now,
            manner=form.manner,
            ticket=form.ticket.data or "",
        )
    return go_to(url_for("attempts.show_attempt", public_id=public_id))


@blueprint.get("/<public_id>")
def show_attempt(public_id: str) -> BaseResponse:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        step = attempt.next_open()
        if step is None:
            return go_to(url_for("attempts.show_result", public_id=public_id))
        return open_page(attempt, step.position, now_here())


@blueprint.get("/<public_id>/items/<position:position>")
def show_item(public_id: str, position: int) -> Response:
    with reading() as session:
        return open_page(get_attempt(session, public_id, find_learner()), position, now_here())


@blueprint.post("/<public_id>/items/<position:position>/response")
def respond(public_id: str, position: int) -> BaseResponse:
    now = now_here()
    form = ResponseForm()
    if not form.validate_on_submit():
        return _refuse(public_id, position, Asked(form.first_error, form.option.data, form.answer.certainty))
    try:
        with writing() as session:
            attempt, step, view = record_response(
                session,
                public_id=public_id,
                learner=find_learner(),
                position=position,
                answer=form.answer,
                now=now,
            )
    except CertaintyMissingError:
        return _refuse(public_id, position, Asked(_(NO_CERTAINTY), form.option.data, lacks_certainty=True))
    if attempt.mode == TEST and not is_late(view):
        return _go_on(attempt, step.position, now)
    if is_late(view) or wants_fragment():
        return show_view(attempt, step.position, view, now)
    return go_to(url_for("attempts.show_item", public_id=public_id, position=step.position))


@blueprint.post("/<public_id>/items/<position:position>/second-try")
def try_again(public_id: str, position: int) -> BaseResponse:
    now = now_here()
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
            now=now,
        )
    if is_late(feedback) or wants_fragment():
        return show_view(attempt, position, feedback, now)
    return go_to(url_for("attempts.show_item", public_id=public_id, position=position))


def _refuse(public_id: str, position: int, asked: Asked) -> Response:
    """The question again with what was wrong with the form; an answered one as it is."""
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        return open_page(attempt, position, now_here(), asked=asked)


def _go_on(attempt: Attempt, position: int, now: dt.datetime) -> BaseResponse:
    """After an answer in a test: to the next open question, to the result, or to where it says that time is over."""
    following = attempt.next_open(position)
    if following is None:
        return go_to(url_for("attempts.show_result", public_id=attempt.public_id))
    if attempt.is_past(now):
        return go_to(url_for("attempts.show_attempt", public_id=attempt.public_id))
    if not wants_fragment():
        address = url_for("attempts.show_item", public_id=attempt.public_id, position=following.position)
        return go_to(address)
    response = open_page(attempt, following.position, now)
    # Another question, and not the answer of this one: Back leads here, where it stands saved.
    response.headers["HX-Push-Url"] = response.headers.pop("HX-Replace-Url")
    return response
