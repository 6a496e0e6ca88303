"""The preview: a draft on the student's own pages, before the answer and after one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.asking.feedback import FeedbackPage
from quizapp.asking.pages import ItemPage, Place
from quizapp.asking.proof import LETTERS, Proof
from quizapp.locators import document_names
from quizapp.services.drafting import FEWEST_OPTIONS
from quizapp.services.previewing import answered, as_shown
from quizapp.services.versions import Content
from quizapp.transactions import reading


@dataclass(frozen=True, slots=True)
class Preview:
    """Both pages; the answer given is a wrong one, since its page says most."""

    asked: ItemPage
    answered: FeedbackPage

    @classmethod
    def of(cls, content: Content) -> Preview | None:
        """The preview of what is written so far; None until there is a question with a right and a wrong answer."""
        if not _can_be_shown(content):
            return None
        place = Place(1, 1, ("now",), url_for("editor.check"), "#preview", _("Next question"), is_last=True)
        names = {document.id: document for document in document_names().values()}
        wrong = next(n for n, option in enumerate(content.options) if not option.correct)
        with reading() as session:
            shown = as_shown(session, content)
            feedback = answered(session, shown, shown.tokens[wrong])
        return cls(
            ItemPage.of(place, shown.question()), FeedbackPage.of(place, feedback, Proof(None, None, names))
        )


def _can_be_shown(content: Content) -> bool:
    keys = sum(option.correct for option in content.options)
    texts = [option.text for option in content.options]
    return bool(content.stem) and keys == 1 and all(texts) and FEWEST_OPTIONS <= len(texts) <= len(LETTERS)
