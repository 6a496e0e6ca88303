"""A quiz on paper: choose, print the sheets, print the key. Every page has an address that can be passed on."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from quizapp.exchange.forms import DEFAULT_LENGTH, SEEDS, PaperForm, sheets_asked_for
from quizapp.exchange.paper_pages import ChoicePage, KeyPage, SheetsPage
from quizapp.locators import document_names
from quizapp.marking import mark
from quizapp.rendering import go_to, render
from quizapp.services.paper import Paper, draw_for_topics, draw_from_list, load_paper
from quizapp.services.problems import EmptyBankError, ItemNotFoundError
from quizapp.services.question_list import Filter, uids_of
from quizapp.services.topics import list_topics
from quizapp.transactions import reading

_NONE = mark("None of these questions is approved, and only approved ones are printed.")
_NO_TOPIC = mark("Choose at least one topic.")


def register(blueprint: Blueprint) -> None:
    """Give the blueprint the pages of a paper quiz."""
    blueprint.get("/paper")(choose_paper)
    blueprint.get("/paper/sheets")(show_sheets)
    blueprint.get("/paper/key")(show_key)


def choose_paper() -> BaseResponse:
    """Topics and number; with a number in the address, on to the sheets."""
    form = PaperForm(request.args)
    wanted = Filter.from_args(request.args) if request.args.get("from") == "list" else None
    if "length" not in request.args:
        return _ask(form, wanted)
    if not form.validate():
        return _ask(form, wanted, status=422)
    try:
        versions, seed = _draw(form, wanted)
    except EmptyBankError:
        return _ask(form, wanted, error=_(_NONE if wanted else _NO_TOPIC), status=422)
    return go_to(url_for("exchange.show_sheets", seed=seed, v=".".join(map(str, versions))))


def show_sheets() -> Response:
    """Both question sheets."""
    page = SheetsPage.of(_paper(), request.args["v"])
    return render("exchange/sheets.html", "exchange/_sheets.html", page=page)


def show_key() -> Response:
    """The keys to both sheets."""
    names = {document.id: document for document in document_names().values()}
    page = KeyPage.of(_paper(), request.args["v"], names)
    return render("exchange/key.html", "exchange/_key.html", page=page)


def _ask(form: PaperForm, wanted: Filter | None, *, error: str | None = None, status: int = 200) -> Response:
    with reading() as session:
        listed = len(uids_of(session, wanted)) if wanted else None
        page = ChoicePage.of(list_topics(session), form, wanted=wanted, listed=listed, topic_error=error)
    return render("exchange/paper.html", "exchange/_paper.html", page=page, status=status)


def _draw(form: PaperForm, wanted: Filter | None) -> tuple[tuple[int, ...], int]:
    """The versions and the seed: the one that was asked for, or a new one."""
    seed = secrets.randbelow(SEEDS) if form.seed.data is None else form.seed.data
    length = form.length.data or DEFAULT_LENGTH
    with reading() as session:
        if wanted:
            return draw_from_list(session, uids_of(session, wanted), length, seed), seed
        offered = [topic.id for topic in list_topics(session)]
        chosen = [topic for topic in offered if topic in (form.topic.data or ())]
        return draw_for_topics(session, chosen, length, seed), seed


def _paper() -> Paper:
    asked = sheets_asked_for(request.args)
    if asked is None:
        raise ItemNotFoundError
    with reading() as session:
        return load_paper(session, *asked)
