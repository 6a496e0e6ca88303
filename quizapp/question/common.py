"""What the screens of one question share: their addresses, whose approval counts, and the names of documents."""

from __future__ import annotations

from flask import Blueprint, current_app

from quizapp.locators import document_names
from quizapp.question.pages import Names

blueprint = Blueprint("question", __name__, url_prefix="/admin/questions/<uid>")

DONE = "question"  # the category of messages about one question


def needs_second() -> bool:
    """Whether a question is approved by another teacher than the one who wrote its newest version."""
    return bool(current_app.config["QUESTIONS_NEED_SECOND_TEACHER"])


def names_by_id() -> Names:
    """The documents by their ids."""
    return {document.id: document for document in document_names().values()}
