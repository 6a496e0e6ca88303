"""The home page."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response

from quizapp.home.pages import Chosen, HomePage, Returning
from quizapp.identity import find_learner, wants_certainty
from quizapp.rendering import render
from quizapp.services.reviewing import to_learn_again
from quizapp.services.starting import Manner
from quizapp.services.topics import list_topics
from quizapp.services.unfinished import find_unfinished
from quizapp.transactions import reading

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    learner = find_learner()
    returning = _waiting_for(learner) if learner else None
    with reading() as session:
        page = HomePage.of(
            list_topics(session),
            chosen=Chosen(manner=Manner(second_try=True, asks_certainty=wants_certainty())),
            returning=returning,
        )
    return render("home/index.html", "home/_start.html", page=page)


def _waiting_for(learner: str) -> Returning | None:
    """What waits for a learner; nothing for one who has not answered anything yet."""
    now = dt.datetime.now(dt.UTC)
    with reading() as session:
        unfinished = find_unfinished(session, learner, now)
        again = to_learn_again(session, learner, now)
    if unfinished is None and not again.mistakes and again.due.next_due is None and not again.due.due:
        return None
    return Returning(unfinished, again.due, again.mistakes)
