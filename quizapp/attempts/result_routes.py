"""Handing in, the result, practice on what was missed, and reports on questions."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response as BaseResponse

from quizapp.attempts.common import blueprint, names_by_id, now_here
from quizapp.attempts.forms import PracticeForm, ReportForm
from quizapp.attempts.pages import ReportPage
from quizapp.attempts.result_pages import ResultPage
from quizapp.identity import find_learner
from quizapp.rendering import go_to, render, wants_fragment
from quizapp.services.attempts import get_attempt, hand_in
from quizapp.services.reports import LONGEST, report
from quizapp.services.results import result_of
from quizapp.services.starting import new_seed, practise_missed
from quizapp.transactions import reading, writing


@blueprint.post("/<public_id>/hand-in")
def finish(public_id: str) -> BaseResponse:
    now = now_here()
    with writing() as session:
        hand_in(session, public_id, find_learner(), now)
    return go_to(url_for("attempts.show_result", public_id=public_id))


@blueprint.get("/<public_id>/result")
def show_result(public_id: str) -> BaseResponse:
    with reading() as session:
        attempt = get_attempt(session, public_id, find_learner())
        if attempt.next_open() is not None:
            return go_to(url_for("attempts.show_attempt", public_id=public_id))
        page = ResultPage.of(attempt, result_of(session, attempt), names_by_id())
    return render("attempts/result.html", "attempts/_result.html", page=page, address=page.address)


@blueprint.post("/<public_id>/practice")
def practise(public_id: str) -> BaseResponse:
    now = now_here()
    form = PracticeForm()
    with writing() as session:
        attempt = get_attempt(session, public_id, find_learner())
        new = practise_missed(session, attempt, seed=new_seed(), now=now, ticket=form.ticket_sent)
    return go_to(url_for("attempts.show_attempt", public_id=new))


@blueprint.post("/<public_id>/items/<position:position>/report")
def report_item(public_id: str, position: int) -> BaseResponse:
    now = now_here()
    form = ReportForm()
    if not form.validate_on_submit():
        with reading() as session:
            get_attempt(session, public_id, find_learner()).step(position)
        text = (form.text.data or "")[:LONGEST]
        page = ReportPage.of(public_id, position, None, error=form.first_error, text=text)
        return render("attempts/report.html", "attempts/_report.html", page=page, status=422)
    with writing() as session:
        report(
            session,
            public_id=public_id,
            position=position,
            learner=find_learner(),
            reason=form.reason.data or "",
            text=form.text.data or "",
            now=now,
        )
    page = ReportPage.of(public_id, position, "open")
    if wants_fragment():
        return render("attempts/report.html", "attempts/_report.html", page=page)
    return go_to(page.back)
