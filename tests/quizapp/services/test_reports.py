"""Reports: a learner reports a question that they have answered, once, and a teacher settles it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from quizapp.services.problems import AttemptNotFoundError, NotReadyError, ReportNotFoundError
from quizapp.services.reports import LONGEST, Report, report, reports_on, settle
from quizapp.transactions import reading
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing, log_of
from tests.quizapp.visitors import Visitor, query, questions, rows

pytestmark = pytest.mark.every_database


class Learner:
    """Somebody with a quiz whose first question is answered."""

    def __init__(self, app: Flask) -> None:
        self.app, self.visitor = app, Visitor(app.test_client())
        self.public_id = self.visitor.start()
        asked = questions(app, self.public_id)[1]
        self.item = asked.item
        self.uid = query(app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid
        self.visitor.answer(self.public_id, 1, asked.key)
        with self.visitor.client.session_transaction() as cookie:
            self.name = cookie["learner"]

    def report(self, **changes: Any) -> bool:
        with changing(self.app) as session:
            return report(
                session,
                **{
                    "public_id": self.public_id,
                    "learner": self.name,
                    "position": 1,
                    "reason": "key",
                    "text": "It says otherwise in A¶7.",
                    "now": NOW,
                    **changes,
                },
            )

    def reports(self) -> tuple[Report, ...]:
        with self.app.app_context(), reading() as session:
            return reports_on(session, self.item)


def test_a_report_is_kept_once(own_app: Flask) -> None:
    learner = Learner(own_app)

    assert learner.report(text="  " + "x" * 2000)
    assert not learner.report(reason="typo", text="again")

    (kept,) = learner.reports()
    assert (kept.reason, kept.version, kept.is_open, kept.made_at) == ("key", 1, True, NOW)
    assert kept.text == "x" * LONGEST


def test_only_what_was_answered_can_be_reported(own_app: Flask) -> None:
    learner = Learner(own_app)
    before = rows(own_app)

    for changes, error in (
        ({"position": 2}, NotReadyError),
        ({"reason": "boredom"}, NotReadyError),
        ({"learner": "somebody else"}, AttemptNotFoundError),
    ):
        with pytest.raises(error):
            learner.report(**changes)

    assert rows(own_app) == before


def test_a_teacher_settles_a_report_once(own_app: Flask) -> None:
    learner = Learner(own_app)
    learner.report()
    number = learner.reports()[0].id

    for _ in range(2):
        with changing(own_app) as session:
            settle(session, uid=learner.uid, report_id=number, teacher=MARIE, now=NOW)

    (settled,) = learner.reports()
    assert (settled.is_open, settled.settled_by, settled.settled_at) == (False, MARIE, NOW)
    assert len(log_of(own_app, "settle")) == 1


def test_a_report_on_another_question_is_not_settled_from_here(own_app: Flask) -> None:
    learner = Learner(own_app)
    learner.report()
    number = learner.reports()[0].id
    other = next(
        row.uid for row in query(own_app, "SELECT uid FROM item ORDER BY uid") if row.uid != learner.uid
    )

    for uid, report_id in ((other, number), (learner.uid, number + 1), (an_approved(own_app).uid, 999)):
        with pytest.raises(ReportNotFoundError), changing(own_app) as session:
            settle(session, uid=uid, report_id=report_id, teacher=MARIE, now=NOW)

    assert learner.reports()[0].is_open
