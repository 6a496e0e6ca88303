"""States: where a question may go from where, who may approve it, and that only approved ones are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from flask import Flask

from question_bank.items import State
from quizapp.services.editing import EditedMeanwhileError, create_question
from quizapp.services.problems import NotReadyError
from quizapp.services.states import NEXT, OWN_VERSION, change_state
from quizapp.services.versions import Quote
from tests.quizapp.services.questions import (
    JEAN,
    MARIE,
    NOW,
    an_approved,
    changing,
    log_of,
    read,
    rekeyed,
    written,
)
from tests.quizapp.visitors import Visitor, execute, query, questions

STATES: tuple[State, ...] = get_args(State)


def a_question(app: Flask, **changes: Any) -> str:
    with changing(app) as session:
        return create_question(session, content=written(app, **changes), teacher=MARIE, now=NOW)


def move(app: Flask, uid: str, to: State, *, teacher: str = MARIE, **more: Any) -> None:
    with changing(app) as session:
        change_state(session, uid=uid, to=to, teacher=teacher, now=NOW, **{"needs_second": False, **more})


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("state", STATES)
def test_a_question_goes_only_where_it_may(own_app: Flask, state: State, to: State) -> None:
    uid = a_question(own_app)
    execute(own_app, "UPDATE item SET state = :state WHERE uid = :uid", state=state, uid=uid)

    if to in NEXT[state]:
        move(own_app, uid, to, why="So it is")
        assert read(own_app, uid).state == to
        details = str(log_of(own_app, "state")[0].details)
        assert all(told in details for told in (state, to, "So it is"))
    else:
        with pytest.raises(NotReadyError, match="cannot become"):
            move(own_app, uid, to)
        assert read(own_app, uid).state == state


@pytest.mark.every_database
@pytest.mark.parametrize("state", STATES)
def test_only_approved_questions_reach_students(own_app: Flask, state: State) -> None:
    """Here no other question is left, so that a quiz asks this one or there is none."""
    uid = a_question(own_app)
    execute(own_app, "UPDATE item SET state = 'retired' WHERE uid <> :uid", uid=uid)
    execute(own_app, "UPDATE item SET state = :state WHERE uid = :uid", state=state, uid=uid)
    visitor = Visitor(own_app.test_client())

    answer = visitor.post("/attempts", {"topic": ["referendum"], "length": "5"})

    assert answer.status_code == (303 if state == "approved" else 409)
    if state == "approved":
        (asked,) = questions(own_app, answer.headers["Location"].rpartition("/")[2]).values()
        assert query(own_app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid == uid


QUOTE = Quote("no such document", 1, "words")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (lambda c: replace(c, stem="  "), "empty"),
        (lambda c: replace(c, options=c.options[2:3]), "1 options"),
        (lambda c: replace(c, options=tuple(replace(o, correct=False) for o in c.options)), "exactly one"),
        (
            lambda c: replace(c, options=tuple(replace(o, correct=True) for o in c.options)),
            "4 of the options are",
        ),
        (
            lambda c: replace(c, options=(*c.options[:3], replace(c.options[3], text=" "))),
            "An option is empty",
        ),
        (lambda c: replace(c, options=(*c.options[:3], replace(c.options[3], text="koné "))), "say the same"),
        (lambda c: replace(c, evidence=(QUOTE,)), "no paragraph 1"),
        (
            lambda c: replace(c, evidence=(replace(c.evidence[0], quote="never said"),)),
            "“never said” does not stand",
        ),
        (lambda c: replace(c, evidence=(replace(c.evidence[0], quote=" "),)), "“ ” does not stand"),
        (lambda c: replace(c, evidence=(replace(c.evidence[0], quote="e"),)), "times in paragraph"),
        (
            lambda c: replace(c, options=(replace(c.options[0], evidence=(QUOTE,)), *c.options[1:])),
            "option A: there is no",
        ),
    ],
)
def test_what_cannot_be_asked_cannot_be_approved(own_app: Flask, changes: Any, reason: str) -> None:
    content = changes(written(own_app))
    with changing(own_app) as session:
        uid = create_question(session, content=content, teacher=MARIE, now=NOW)

    with pytest.raises(NotReadyError) as raised:
        move(own_app, uid, "approved")

    assert any(reason in told for told in raised.value.reasons)
    assert read(own_app, uid).state == "draft"


def test_a_question_without_a_source_may_be_approved(own_app: Flask) -> None:
    bare = tuple(replace(option, evidence=()) for option in written(own_app).options)
    uid = a_question(own_app, evidence=(), options=bare)

    move(own_app, uid, "approved")

    assert read(own_app, uid).content.is_unsourced


def test_by_default_a_teacher_approves_their_own(own_app: Flask) -> None:
    uid = a_question(own_app)

    move(own_app, uid, "approved")

    assert read(own_app, uid).state == "approved"


@pytest.mark.every_database
def test_where_a_second_teacher_is_wanted_the_first_cannot_approve(own_app: Flask) -> None:
    uid = a_question(own_app)

    with pytest.raises(NotReadyError) as raised:
        move(own_app, uid, "approved", needs_second=True)
    assert raised.value.reasons == (OWN_VERSION,)
    move(own_app, uid, "approved", teacher=JEAN, needs_second=True)

    assert read(own_app, uid).state == "approved"


@pytest.mark.every_database
def test_nobody_approves_what_they_have_not_read(own_app: Flask) -> None:
    uid = a_question(own_app)

    with pytest.raises(EditedMeanwhileError):
        move(own_app, uid, "approved", version=2)

    move(own_app, uid, "approved", version=1)


@pytest.mark.every_database
def test_approving_lifts_a_suspension(own_app: Flask) -> None:
    uid = an_approved(own_app).uid
    execute(own_app, "UPDATE item SET suspended = 'The passage changed' WHERE uid = :uid", uid=uid)

    move(own_app, uid, "approved", why="Still true")

    assert (read(own_app, uid).state, read(own_app, uid).suspended) == ("approved", None)


def test_what_is_not_suspended_is_not_approved_twice(own_app: Flask) -> None:
    with pytest.raises(NotReadyError):
        move(own_app, an_approved(own_app).uid, "approved")


def test_a_question_with_another_key_is_as_good(own_app: Flask) -> None:
    uid = a_question(own_app, options=rekeyed(written(own_app), 0).options)

    move(own_app, uid, "approved")

    assert read(own_app, uid).content.key.text == "Bourail"
