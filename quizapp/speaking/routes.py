"""The choice of a language, which stands at the foot of every page."""

from __future__ import annotations

from flask import Blueprint, abort, request, session
from werkzeug.wrappers import Response as BaseResponse

from quizapp.languages import LANGUAGE, LANGUAGES
from quizapp.rendering import go_to
from quizapp.returning import page_of_form, page_shown

blueprint = Blueprint("speaking", __name__)
blueprint.add_app_template_global(page_shown)


@blueprint.post("/language")
def choose_language() -> BaseResponse:
    language = request.form.get("language")
    if language not in LANGUAGES:
        abort(400)
    session[LANGUAGE] = language
    session.permanent = True
    return go_to(page_of_form(request.form.get("next", "")))
