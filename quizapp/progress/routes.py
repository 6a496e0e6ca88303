"""The page of a learner's progress."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response

from quizapp.identity import find_learner, wants_certainty
from quizapp.progress.pages import ProgressPage
from quizapp.rendering import render
from quizapp.services.progress import find_progress
from quizapp.transactions import reading

blueprint = Blueprint("progress", __name__)


@blueprint.get("/progress")
def show() -> Response:
    with reading() as session:
        found = find_progress(session, find_learner(), dt.datetime.now(dt.UTC))
    page = ProgressPage.of(found, asks_certainty=wants_certainty())
    return render("progress/show.html", "progress/_progress.html", page=page)
