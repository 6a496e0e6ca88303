"""Reading cannot write, writing is all or nothing, and how many statements the busiest requests cost."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, insert, text
from sqlalchemy.exc import DBAPIError

from quizapp import transactions
from quizapp.extensions import db
from quizapp.models.bank import TopicRow
from quizapp.services.problems import BusyError
from quizapp.transactions import reading, writing
from tests.quizapp.visitors import HTMX, Visitor, count, execute, item, questions, response_to, rows

TOPIC = {"id": "x", "title": "X", "covers": "x", "position": 9}


@pytest.mark.every_database
def test_a23_a_write_while_reading_is_refused_by_the_database(app: Flask) -> None:
    with app.app_context(), reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(insert(TopicRow).values(TOPIC))


@pytest.mark.every_database
def test_reading_within_reading_goes_on_with_the_same_state(app: Flask) -> None:
    with app.app_context(), reading() as outer:
        with reading() as inner:
            assert inner is outer
        assert outer.in_transaction()


@pytest.mark.every_database
def test_reading_sees_one_state(own_app: Flask) -> None:
    with own_app.app_context(), reading() as session:
        before = session.scalars(text("SELECT title FROM topic ORDER BY id")).all()
        thread = threading.Thread(target=execute, args=(own_app, "UPDATE topic SET title = 'changed'"))
        thread.start()
        thread.join()
        assert session.scalars(text("SELECT title FROM topic ORDER BY id")).all() == before


@pytest.mark.every_database
def test_writing_after_reading_works(own_app: Flask) -> None:
    with own_app.app_context():
        with reading() as session:
            session.execute(text("SELECT 1"))
        with writing() as session:
            session.execute(insert(TopicRow).values(TOPIC))

    assert count(own_app, "topic") == 4


@pytest.mark.every_database
def test_what_raises_leaves_nothing_behind(app: Flask) -> None:
    before = rows(app)

    with app.app_context(), suppress(ZeroDivisionError), writing() as session:
        session.execute(insert(TopicRow).values(TOPIC))
        raise ZeroDivisionError

    assert rows(app) == before


def test_sqlite_is_opened_to_keep_what_it_acknowledged(app: Flask) -> None:
    wanted = {
        "synchronous": 2,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }

    with app.app_context(), db.engine.connect() as connection:
        assert {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted


def test_a_writer_whose_turn_does_not_come_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "WAIT", 0.05)

    with app.app_context(), in_the_way(app), pytest.raises(BusyError), writing():
        pass


@contextmanager
def in_the_way(app: Flask) -> Iterator[None]:
    """Another thread that is writing."""
    started, done = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), writing():
            started.set()
            done.wait(20)

    thread = threading.Thread(target=write)
    thread.start()
    started.wait(20)
    yield
    done.set()
    thread.join()


def test_writers_of_different_processes_take_turns(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds the lock's file, as a descriptor of its own does here."""
    monkeypatch.setattr(transactions, "WAIT", 0.05)
    with (Path(app.instance_path) / "write.lock").open("a") as lock, app.app_context():
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError), writing():
            pass
        fcntl.flock(lock, fcntl.LOCK_UN)
        with writing() as session:
            assert session.is_active


def test_an_answer_that_the_database_is_too_busy_for_is_not_called_saved(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = visitor.start()
    token = questions(app, public_id)[1].key
    monkeypatch.setattr(transactions, "WAIT", 0.05)
    before = rows(app)

    with in_the_way(app):
        answer = visitor.answer(public_id, 1, token)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert "was not saved" in answer.text
    assert rows(app) == before


def test_readers_do_not_wait_for_a_writer(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()

    with in_the_way(app):
        assert visitor.get(item(public_id, 1)).status_code == 200


# --- what the busiest requests cost


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements sent meanwhile, but for those that open a transaction."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.every_database
def test_a_question_costs_three_statements_at_most(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()

    for address in (f"/attempts/{public_id}", item(public_id, 2)):
        with statements(app) as sent:
            visitor.get(address)
        assert len(sent) <= 3


@pytest.mark.every_database
def test_an_answer_costs_six_statements_at_most(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    fields = {"csrf_token": reader.form_token(), "option": questions(app, public_id)[1].key}
    reader.answer(public_id, 2, questions(app, public_id)[2].key)
    reader.get(item(public_id, 2))  # the documents' names are read once a process

    with statements(app) as sent:
        answer = reader.client.post(response_to(public_id, 1), data=fields, headers=HTMX)

    assert answer.status_code == 200
    on_postgresql = sent[0].endswith("FOR UPDATE")  # where the attempt is locked first
    assert len(sent) <= 6 + on_postgresql
