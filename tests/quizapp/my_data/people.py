"""Learners with something stored, and what they do about it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from quizapp.services.resuming import ALPHABET
from tests.quizapp.visitors import Visitor, execute, found, item, query, questions, target

AGREED = {"agreed": "yes"}
CHOICE = "/resume/choice"
WROTE = "The word “pirogue” is spelt wrongly, says Wanakaena."


def learner_of(visitor: Visitor) -> str | None:
    """Who the cookie says this is."""
    with visitor.client.session_transaction() as cookie:
        return cookie.get("learner")


def play(app: Flask, visitor: Visitor, *, answers: int = 2) -> str:
    """The public id of a new quiz with so many wrong answers, the first of which is reported."""
    public_id = visitor.start()
    asked = questions(app, public_id)
    for position in range(1, answers + 1):
        visitor.answer(public_id, position, asked[position].wrong[0])
    if answers:
        visitor.post(f"{item(public_id, 1)}/report", {"reason": "typo", "text": WROTE})
    return public_id


def try_again(app: Flask, public_id: str, position: int = 1) -> None:
    """A second try, behind the application's back."""
    execute(
        app,
        "INSERT INTO second_try (attempt_item_id, token, correct, responded_at) "
        "SELECT r.attempt_item_id, r.token, false, r.responded_at FROM response r "
        "JOIN attempt_item i ON i.id = r.attempt_item_id JOIN attempt a ON a.id = i.attempt_id "
        "WHERE a.public_id = :id AND i.position = :position",
        id=public_id,
        position=position,
    )


def make_code(visitor: Visitor) -> str:
    """A new code, as the page shows it."""
    assert target(visitor.post("/my-data/code", AGREED)).endswith("/my-data/code")
    answer = visitor.get("/my-data/code")
    assert answer.status_code == 200, answer.status
    return found(rf'<p class="resume-code"><code>([{ALPHABET}-]+)</code>', answer.text)


def resume(visitor: Visitor, code: str) -> Any:
    return visitor.post("/resume", {"code": code})


def attempts_of(app: Flask, learner: str | None) -> list[str]:
    """The public ids of a learner's quizzes."""
    statement = "SELECT public_id FROM attempt WHERE learner = :learner ORDER BY id"
    return [row.public_id for row in query(app, statement, learner=learner)]
