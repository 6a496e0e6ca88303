"""The home page."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response

from quizapp.home.pages import Chosen, HomePage
from quizapp.identity import find_learner, wants_certainty
from quizapp.rendering import render
from quizapp.services.starting import Manner
from quizapp.services.topics import list_topics
from quizapp.services.unfinished import find_unfinished
from quizapp.transactions import reading

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    learner = find_learner()
    with reading() as session:
        page = HomePage.of(
            list_topics(session),
            chosen=Chosen(manner=Manner(second_try=True, asks_certainty=wants_certainty())),
            unfinished=find_unfinished(session, learner, dt.datetime.now(dt.UTC)) if learner else None,
        )
    return render("home/index.html", "home/_start.html", page=page)
