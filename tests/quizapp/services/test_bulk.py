"""Bulk changes: all that may be moved are, the others say why not, and an undo takes back just what was done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from quizapp.services.bulk import Bulk, change_states, undo
from quizapp.services.editing import create_question, save_edit
from quizapp.services.problems import EntryNotFoundError
from quizapp.services.states import OWN_VERSION, change_state
from tests.quizapp.services.questions import JEAN, MARIE, NOW, changing, log_of, read, written
from tests.quizapp.visitors import execute, query, rows

pytestmark = pytest.mark.every_database

LATER = NOW + dt.timedelta(minutes=5)


def some(app: Flask, count: int = 3) -> list[str]:
    found = query(app, "SELECT uid FROM item WHERE state = 'approved' ORDER BY uid")
    return [row.uid for row in found[:count]]


def move(app: Flask, uids: list[str], to: Any, **more: Any) -> Bulk:
    with changing(app) as session:
        return change_states(
            session, uids=uids, to=to, now=NOW, **{"teacher": MARIE, "why": "Too easy", **more}
        )


def take_back(app: Flask, log_id: int, now: dt.datetime = LATER) -> Bulk:
    with changing(app) as session:
        return undo(session, log_id=log_id, teacher=JEAN, now=now)


def states(app: Flask, uids: list[str]) -> list[str]:
    return [read(app, uid).state for uid in uids]


def test_all_that_may_go_do_and_the_others_say_why_not(own_app: Flask) -> None:
    uids = some(own_app)
    execute(own_app, "UPDATE item SET state = 'retired' WHERE uid = :uid", uid=uids[0])

    done = move(own_app, [*uids, uids[1], "no-such-question"], "in_review")

    assert done.changed == tuple(uids[1:])
    assert states(own_app, uids) == ["retired", "in_review", "in_review"]
    assert list(done.refused) == [uids[0], "no-such-question"]
    assert "cannot become in review" in done.refused[uids[0]][0]
    assert "no question" in done.refused["no-such-question"][0]


def test_the_log_tells_it_once_for_all_and_once_for_each(own_app: Flask) -> None:
    uids = some(own_app)

    move(own_app, uids, "retired")

    (entry,) = log_of(own_app, "bulk")
    assert entry.subject is None
    assert all(told in str(entry.details) for told in (*uids, "Too easy"))
    assert [one.subject for one in log_of(own_app, "state")] == uids


def test_what_needs_a_second_teacher_does_so_here(own_app: Flask) -> None:
    with changing(own_app) as session:
        uid = create_question(session, content=written(own_app), teacher=MARIE, now=NOW)

    done = move(own_app, [uid], "approved", needs_second=True)

    assert done.refused == {uid: (OWN_VERSION,)}


def test_undo_takes_back_exactly_what_was_done(own_app: Flask) -> None:
    uids = some(own_app)
    execute(own_app, "UPDATE item SET suspended = 'The passage changed' WHERE uid = :uid", uid=uids[0])
    volatile = ["audit_entry", "item"]
    before, items = rows(own_app, without=volatile), query(own_app, "SELECT uid, state, suspended FROM item")
    done = move(own_app, uids, "in_review")

    back = take_back(own_app, done.log_id)

    assert back.changed == tuple(uids)
    assert sorted(query(own_app, "SELECT uid, state, suspended FROM item")) == sorted(items)
    assert rows(own_app, without=volatile) == before
    assert log_of(own_app, "undo")[0].actor == JEAN


def test_undo_leaves_what_has_changed_since(own_app: Flask) -> None:
    uids = some(own_app)
    done = move(own_app, uids, "in_review")
    with changing(own_app) as session:
        change_state(session, uid=uids[0], to="draft", teacher=JEAN, now=LATER, needs_second=False)
    edited = read(own_app, uids[1])
    with changing(own_app) as session:
        save_edit(session, uid=edited.uid, content=written(own_app), based_on=1, teacher=JEAN, now=LATER)

    back = take_back(own_app, done.log_id)

    assert back.changed == (uids[2],)
    assert set(back.refused) == set(uids[:2])
    assert states(own_app, uids) == ["draft", "in_review", "approved"]


def test_undo_twice_changes_nothing_more(own_app: Flask) -> None:
    uids = some(own_app)
    done = move(own_app, uids, "retired")
    take_back(own_app, done.log_id)

    again = take_back(own_app, done.log_id, LATER + dt.timedelta(minutes=1))

    assert again.changed == ()
    assert states(own_app, uids) == ["approved"] * 3


def test_an_undo_can_be_undone(own_app: Flask) -> None:
    uids = some(own_app)
    back = take_back(own_app, move(own_app, uids, "retired").log_id)

    take_back(own_app, back.log_id, LATER + dt.timedelta(minutes=1))

    assert states(own_app, uids) == ["retired"] * 3


def test_only_changes_of_many_can_be_undone(own_app: Flask) -> None:
    entry = query(own_app, "SELECT id FROM audit_entry ORDER BY id LIMIT 1")[0].id

    for log_id in (entry, 999_999):
        with pytest.raises(EntryNotFoundError):
            take_back(own_app, log_id)


def test_nothing_chosen_is_nothing_done(own_app: Flask) -> None:
    assert move(own_app, [], "retired").changed == ()
