"""The page about the bank."""

from __future__ import annotations

from flask import Blueprint, Response

from quizapp.about.pages import AboutPage
from quizapp.rendering import render
from quizapp.services.about import find_report
from quizapp.transactions import reading

blueprint = Blueprint("about", __name__)


@blueprint.get("/about-the-bank")
def show_bank() -> Response:
    with reading() as session:
        page = AboutPage.of(find_report(session))
    return render("about/bank.html", "about/_report.html", page=page)
