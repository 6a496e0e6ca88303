"""Reports: what a learner says of an answered question reaches the teachers, and the learner sees that it did."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.services import reports
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, count, item, query, questions, rows

pytestmark = pytest.mark.every_database

ASKED = "Something is wrong with this question?"
ARRIVED = "your report has arrived"


def address(public_id: str, position: int = 1) -> str:
    return f"{item(public_id, position)}/report"


@pytest.fixture(params=["plain", "htmx"])
def learner(own_app: Flask, request: pytest.FixtureRequest) -> Visitor:
    return Visitor(own_app.test_client(), htmx=request.param == "htmx")


@pytest.fixture
def answered(own_app: Flask, learner: Visitor) -> str:
    """The public id of a quiz whose first question is answered."""
    public_id = learner.start()
    learner.answer(public_id, 1, questions(own_app, public_id)[1].wrong[0])
    return public_id


def test_a_report_arrives_and_the_learner_sees_it(own_app: Flask, learner: Visitor, answered: str) -> None:
    assert ASKED in learner.get(item(answered, 1)).text

    sent = learner.post(address(answered), {"reason": "unclear", "text": "  Which <b>vote</b>?  "})

    assert sent.status_code == (200 if learner.htmx else 303)
    page = learner.get(item(answered, 1)).text
    assert ARRIVED in page
    assert ASKED not in page
    kept = query(own_app, "SELECT reason, text, state FROM report")
    assert [tuple(row) for row in kept] == [("unclear", "Which <b>vote</b>?", "open")]


def test_a_teacher_reads_it_and_the_learner_sees_that(
    own_app: Flask, learner: Visitor, answered: str
) -> None:
    learner.post(address(answered), {"reason": "key", "text": "Which <b>vote</b>?"})
    teacher = signed_in(own_app)
    uid = query(own_app, "SELECT uid FROM item JOIN report ON report.item_id = item.id")[0].uid

    page = teacher.get(f"/admin/questions/{uid}").text
    assert "The answer is wrong" in page
    assert "Which &lt;b&gt;vote&lt;/b&gt;?" in page
    assert uid in teacher.get("/admin/").text
    number = str(query(own_app, "SELECT id FROM report")[0].id)
    assert teacher.post(f"/admin/questions/{uid}/reports/settle", {"report": number}).status_code == 303

    assert "a teacher has looked at your report" in learner.get(item(answered, 1)).text


def test_a_second_report_changes_nothing(own_app: Flask, learner: Visitor, answered: str) -> None:
    learner.post(address(answered), {"reason": "typo"})
    before = rows(own_app)

    learner.post(address(answered), {"reason": "key", "text": "again"})

    assert rows(own_app) == before


@pytest.mark.parametrize(
    "fields",
    [{}, {"reason": "forged"}, {"reason": ["key", "typo"]}, {"reason": "key", "text": "x" * 1001}],
)
def test_what_is_no_report_is_refused_in_words(
    own_app: Flask, learner: Visitor, answered: str, fields: dict[str, str]
) -> None:
    before = rows(own_app)

    answer = learner.post(address(answered), fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert learner.htmx or "<title>Error: Question 1: what is wrong" in answer.text
    assert rows(own_app) == before


def test_a02_an_open_question_cannot_be_reported(own_app: Flask, learner: Visitor, answered: str) -> None:
    assert ASKED not in learner.get(item(answered, 2)).text
    before = rows(own_app)

    assert learner.post(address(answered, 2), {"reason": "key"}).status_code == 422
    assert rows(own_app) == before


def test_a03_somebody_elses_question_is_not_there(own_app: Flask, learner: Visitor, answered: str) -> None:
    stranger = Visitor(own_app.test_client(), htmx=learner.htmx)
    stranger.start()

    assert stranger.post(address(answered), {"reason": "key"}).status_code == 404
    assert count(own_app, "report") == 0


def test_a33_there_is_an_end_to_the_reports_of_a_day(
    own_app: Flask, learner: Visitor, answered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST", 1)
    learner.answer(answered, 2, questions(own_app, answered)[2].key)
    learner.post(address(answered, 1), {"reason": "key"})

    answer = learner.post(address(answered, 2), {"reason": "key"})

    assert answer.status_code == 429
    assert "enough for today" in answer.text
    assert count(own_app, "report") == 1
