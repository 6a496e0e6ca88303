"""A4 to A10 where the database itself has to hold: what is closed stays closed, and nothing is there twice."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import inspect

from quizapp.extensions import db
from quizapp.models.base import Base
from quizapp.services.attempts import close
from quizapp.transactions import writing
from tests.quizapp.visitors import Visitor, item, query, questions, response_to, rows

pytestmark = pytest.mark.every_database

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def test_a04_a_second_hand_in_gives_the_same_result_and_moves_nothing(app: Flask, visitor: Visitor) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        public_id = visitor.start(mode="test", minutes="5")
        visitor.answer(public_id, 1, questions(app, public_id)[1].key)
        visitor.post(f"/attempts/{public_id}/hand-in")
        result = result_of(visitor, public_id)
        before = rows(app)
        clock.shift(3600)

        again = visitor.post(f"/attempts/{public_id}/hand-in")

        assert again.status_code == (204 if visitor.htmx else 303)
        assert "1 of 5" in result
        assert result_of(visitor, public_id) == result
        assert rows(app) == before

        (attempt,) = query(app, "SELECT id, closed_at FROM attempt WHERE public_id = :id", id=public_id)
        with app.app_context(), writing() as session:  # even where two had seen it open
            close(session, attempt.id, NOW + dt.timedelta(hours=1))
        visitor.start()
        assert query(app, "SELECT id, closed_at FROM attempt WHERE public_id = :id", id=public_id) == [
            attempt
        ]


def result_of(visitor: Visitor, public_id: str) -> str:
    """The page without what is new in it each time."""
    return re.sub(r'value="[^"]*"', "", visitor.get(f"/attempts/{public_id}/result").text)


def test_a02_practice_does_not_tell_what_an_open_test_asks(app: Flask, reader: Visitor) -> None:
    test = reader.start(length=20, mode="test")
    asked = {question.item for question in questions(app, test).values()}
    practised = [reader.start(length=20) for _ in range(5)]

    assert [items_in(app, one) & asked for one in practised] == [set()] * 5
    reader.post(f"/attempts/{test}/hand-in")
    again = set().union(*(items_in(app, reader.start(length=20)) for _ in range(8)))
    assert again & asked  # what was left open is new once the test is over


def items_in(app: Flask, public_id: str) -> set[int]:
    return {question.item for question in questions(app, public_id).values()}


UNIQUE = {
    "account": {("email",), ("id",)},
    "attempt": {("id",), ("public_id",)},
    "attempt_item": {("attempt_id", "item_id"), ("attempt_id", "position"), ("id",)},
    "attempt_option": {("attempt_item_id", "place"), ("attempt_item_id", "token")},
    "item": {("id",), ("uid",)},
    "item_version": {("id",), ("item_id", "number")},
    "response": {("attempt_item_id",)},
    "second_try": {("attempt_item_id",)},
}


def test_a05_what_may_be_there_once_the_database_itself_keeps_single(app: Flask) -> None:
    with app.app_context():
        found = {table: unique_in(table) for table in UNIQUE}

    assert found == UNIQUE
    assert set(Base.metadata.tables) >= set(UNIQUE)


def unique_in(table: str) -> set[tuple[str, ...]]:
    known = inspect(db.engine)
    keys = [
        known.get_pk_constraint(table)["constrained_columns"],
        *(one["column_names"] for one in known.get_unique_constraints(table)),
        *(one["column_names"] for one in known.get_indexes(table) if one["unique"]),
    ]
    return {tuple(sorted(map(str, key))) for key in keys}


FORGED = {
    "correct": "1",
    "score": "5",
    "learner": "somebody",
    "deadline": "2099-01-01",
    "closed_at": "",
    "responded_at": "2000-01-01",
    "is_admin": "1",
}


def test_a07_a12_fields_that_no_form_has_change_nothing(app: Flask, visitor: Visitor) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        public_id = visitor.start(mode="test", minutes="5", **FORGED)
        wrong = questions(app, public_id)[1].wrong[0]
        visitor.post(response_to(public_id, 1), {"option": wrong, "mode": "practice", **FORGED})

        (answer,) = query(
            app,
            "SELECT r.correct, a.mode, a.learner FROM response r JOIN attempt_item i"
            " ON i.id = r.attempt_item_id JOIN attempt a ON a.id = i.attempt_id WHERE a.public_id = :id",
            id=public_id,
        )
        assert (bool(answer.correct), answer.mode, answer.learner == "somebody") == (False, "test", False)
        second = questions(app, public_id)[2].key
        clock.shift(5 * 60 + 6)
        late = visitor.post(response_to(public_id, 2), {"option": second, **FORGED})
        assert late.status_code == 410
        stored = "SELECT count(*) FROM response r JOIN attempt_item i ON i.id = r.attempt_item_id"
        assert query(
            app, f"{stored} JOIN attempt a ON a.id = attempt_id WHERE public_id = :id", id=public_id
        ) == [(1,)]


def test_a10_cookies_that_are_not_ours_open_nothing(app: Flask, visitor: Visitor, stranger: Visitor) -> None:
    """Signed by another installation, cut off, changed in one sign, or ours with values of another kind."""
    public_id = visitor.start()
    cookie = visitor.client.get_cookie("quiz")
    assert cookie
    with visitor.client.session_transaction() as session:
        learner = session["learner"]
    other = Flask("other")
    other.secret_key = "of another installation, and long"  # noqa: S105 - nobody's
    ours, theirs = (SecureCookieSessionInterface().get_signing_serializer(one) for one in (app, other))
    assert ours
    assert theirs
    value = cookie.value
    for forged in (
        theirs.dumps({"learner": learner}),
        value[:-5],
        value[: len(value) // 2]
        + ("A" if value[len(value) // 2] != "A" else "B")
        + value[len(value) // 2 + 1 :],
        ours.dumps({"learner": [learner]}),
        ours.dumps({"learner": {"$ne": ""}}),
        ours.dumps({"learner": 1, "teacher_session": ["x"], "account": "1", "language": 5, "csrf_token": 7}),
        ours.dumps({"teacher_session": "x" * 500, "account": -1, "kept": 1.5, "resume": "x"}),
    ):
        stranger.client.set_cookie("quiz", forged)
        assert stranger.get(item(public_id, 1)).status_code == 404
        assert stranger.get("/").status_code == 200
        assert stranger.get("/my-data").status_code == 200
        assert stranger.get("/resume/choice").status_code == 410
        assert stranger.get("/admin/").status_code == 302
