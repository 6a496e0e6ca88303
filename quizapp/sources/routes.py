"""The documents, and the way back to the question."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from quizapp.identity import find_learner
from quizapp.rendering import render
from quizapp.services.attempts import get_attempt
from quizapp.services.originals import read_originals
from quizapp.services.problems import ProblemError
from quizapp.services.sources import get_source, list_sources
from quizapp.sources.pages import Back, SourcePage, SourcesPage
from quizapp.transactions import reading

blueprint = Blueprint("sources", __name__, url_prefix="/sources")


@blueprint.get("", endpoint="list_sources")
def show_list() -> Response:
    with reading() as session:
        page = SourcesPage.of(list_sources(session))
    return render("sources/list.html", "sources/_documents.html", page=page)


@blueprint.get("/<document>")
def show_source(document: str) -> Response:
    with reading() as session:
        source, paragraphs = get_source(session, document)
    originals = read_originals(
        Path(current_app.instance_path),
        source.id,
        {paragraph.n: paragraph.sha256 for paragraph in paragraphs},
    )
    page = SourcePage.of(
        source, paragraphs, quote=request.args.get("quote"), originals=originals, back=_back()
    )
    return render("sources/source.html", "sources/_book.html", page=page)


def _back() -> Back | None:
    """The way back, if the address names a question of this learner's; anything else is left out."""
    public_id = request.args.get("attempt", "")
    position = request.args.get("item", 0, type=int)
    if not public_id or not position:
        return None
    try:
        with reading() as session:
            step = get_attempt(session, public_id, find_learner()).step(position)
    except ProblemError:
        return None
    href = url_for("attempts.show_item", public_id=public_id, position=step.position)
    return Back(href, _("Back to question %(position)s", position=step.position))
