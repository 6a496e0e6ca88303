"""Previewing: a question as students will meet it, without a quiz around it and without a trace in the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import TopicRow
from quizapp.services.corrected import Teaching
from quizapp.services.shown import Feedback, ShownItem, feedback_on
from quizapp.services.versions import Content, record_of


def as_shown(session: Session, content: Content) -> ShownItem:
    """The question as an attempt would show it; options stand in authored order and are told apart by their places."""
    record = record_of(content)
    title = session.execute(select(TopicRow.title).where(TopicRow.id == content.topic)).scalar()
    places = range(len(content.options))
    return ShownItem(
        topic=title or content.topic,
        form_key="",
        stem=content.stem,
        tokens=tuple(str(place) for place in places),
        places=tuple(places),
        teaching=Teaching(
            tuple(record["options"]), record["explanation"], record["evidence"], record["since_then"], None
        ),
    )


def answered(session: Session, shown: ShownItem, token: str) -> Feedback:
    """What a student reads who chose the option with this token."""
    return feedback_on(session, shown, token, correct=shown.is_correct(token))


def key_token(content: Content) -> str | None:
    """The token of the right option; None where there is none yet."""
    return next((str(n) for n, option in enumerate(content.options) if option.correct), None)


def unanswered(session: Session, shown: ShownItem) -> Feedback:
    """Everything that proves the options, with none of them chosen."""
    return feedback_on(session, shown, "", correct=False)
