"""The preview: the question exactly as a student sees it, and on a separate switch the key with its proof."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizapp.asking.feedback import FeedbackPage
from quizapp.asking.pages import Asked, ItemPage, Place
from quizapp.asking.proof import Proof
from quizapp.question.common import blueprint, names_by_id
from quizapp.question.forms import TryForm
from quizapp.question.pages import ROOM, Addresses
from quizapp.rendering import render, wants_fragment
from quizapp.services.editing import get_question
from quizapp.services.previewing import answered, as_shown, key_token
from quizapp.transactions import reading


@dataclass(frozen=True, slots=True)
class PreviewFrame:
    """What stands around the student's page: where one is, the switch, and how the options will be ordered."""

    title: str
    room: str
    to: Addresses
    shows_answer: bool
    is_shuffled: bool
    item: ItemPage | FeedbackPage


@blueprint.get("/preview")
def preview(uid: str) -> Response:
    return _show(uid, with_answer=request.args.get("answer") == "1")


@blueprint.post("/preview")
def try_out(uid: str) -> Response:
    form = TryForm()
    if not form.validate_on_submit():
        return _show(uid, error=form.errors.get("option", [_("Choose an answer first.")])[0])
    return _show(uid, token=form.option.data)


def _show(
    uid: str, *, token: str | None = None, with_answer: bool = False, error: str | None = None
) -> Response:
    """The question, or what a student reads who chose ``token``; nothing is stored."""
    names = names_by_id()
    with reading() as session:
        content = get_question(session, uid).content
        shown = as_shown(session, content)
        chosen = key_token(content) if with_answer else token
        feedback = answered(session, shown, chosen) if chosen in shown.tokens else None
    place = Place(
        position=1,
        total=1,
        track=("now",),
        response_url=url_for("question.preview", uid=uid),
        next_href=url_for("question.show", uid=uid),
        next_label=_("Back to the question"),
        is_last=True,
    )
    item: ItemPage | FeedbackPage
    if feedback is None:
        asked = Asked(error) if error else None
        item, fragment = ItemPage.of(place, shown.question(), asked=asked), "attempts/_item.html"
    else:
        item, fragment = (
            FeedbackPage.of(place, feedback, Proof(None, None, dict(names))),
            "attempts/_feedback.html",
        )
    status = 422 if error else 200
    if wants_fragment():
        return render(fragment, fragment, page=item, status=status)
    frame = PreviewFrame(
        title=_("Preview"),
        room=ROOM,
        to=Addresses.of(uid),
        shows_answer=feedback is not None,
        is_shuffled=not content.ordered,
        item=item,
    )
    return render("question/preview.html", fragment, page=frame, status=status)
