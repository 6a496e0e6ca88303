"""Questions as teachers write them, for tests of the services that change them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.editing import Question, get_question
from quizapp.services.versions import Content, OptionContent, Quote
from quizapp.transactions import reading, writing
from tests.quizapp.visitors import query

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
MARIE, JEAN = "marie@school.example", "jean@school.example"


@contextmanager
def changing(app: Flask) -> Iterator[Session]:
    """A session whose changes are kept."""
    with app.app_context(), writing() as session:
        yield session


def read(app: Flask, uid: str) -> Question:
    with app.app_context(), reading() as session:
        return get_question(session, uid)


def an_approved(app: Flask) -> Question:
    """A question that ships."""
    uid = query(
        app, "SELECT uid FROM item WHERE state = 'approved' AND origin = 'generated' ORDER BY uid LIMIT 1"
    )
    return read(app, uid[0].uid)


def written(app: Flask, **changes: Any) -> Content:
    """What a teacher may write: a question with its proof in the first passage."""
    row = query(app, "SELECT document_id, n, text FROM passage ORDER BY document_id, n LIMIT 1")[0]
    words = " ".join(row.text.split(" ")[:6])
    proof = (Quote(row.document_id, row.n, words),)
    content = Content(
        topic="referendum",
        model="teacher",
        stem="Which of these did the report of November 2018 say first of all?",
        options=tuple(
            OptionContent(text, text == "Nouméa", f"The report says {text} there.", reason, proof)
            for text, reason in (
                ("Bourail", "sibling"),
                ("Koné", "sibling"),
                ("Nouméa", "key"),
                ("Poindimié", "sibling"),
            )
        ),
        explanation="The first paragraph of the report says so in so many words, A¶1.",
        evidence=proof,
        facts=("NC-A01",),
        bloom="remember",
        stance="fact",
        speaker=None,
        ordered=False,
        difficulty=0.0,
    )
    return replace(content, **changes)


def rekeyed(content: Content, key: int) -> Content:
    """The same with another option right."""
    return replace(
        content,
        options=tuple(
            replace(option, correct=n == key, reason="key" if n == key else "contradicted")
            for n, option in enumerate(content.options)
        ),
    )


def log_of(app: Flask, action: str) -> list[Any]:
    return query(
        app,
        "SELECT actor, subject, details FROM audit_entry WHERE action = :action ORDER BY id",
        action=action,
    )
