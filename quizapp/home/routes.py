"""The home page."""

from __future__ import annotations

from flask import Blueprint, Response

from quizapp.home.pages import HomePage
from quizapp.rendering import render
from quizapp.services.topics import list_topics
from quizapp.transactions import reading

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    with reading() as session:
        page = HomePage.of(list_topics(session))
    return render("home/index.html", "home/_start.html", page=page)
