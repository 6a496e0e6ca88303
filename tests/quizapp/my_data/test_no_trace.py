"""R19: what a learner deletes is gone: from the database's file, from its journal, and it never was in the log."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

import pytest
from flask import Flask

from quizapp import transactions
from quizapp.transactions import empty_journal
from tests.quizapp.my_data.people import AGREED, WROTE, learner_of, make_code, play, try_again
from tests.quizapp.visitors import Visitor, execute, query, questions, response_to


def files_of(database_url: str) -> dict[str, bytes]:
    """The database's file, and what SQLite keeps beside it."""
    path = Path(database_url.removeprefix("sqlite:///"))
    return {name.suffix: name.read_bytes() for name in path.parent.glob(f"{path.name}*")}


def hits(files: dict[str, bytes], secrets: set[str]) -> int:
    return sum(file.count(secret.encode()) for file in files.values() for secret in secrets)


def secrets_of(app: Flask, learner: str | None) -> set[str]:
    """Everything random or written that belongs to a learner."""
    statement = """
        SELECT a.public_id, i.key, o.token, c.code_hash FROM attempt a
        JOIN attempt_item i ON i.attempt_id = a.id JOIN attempt_option o ON o.attempt_item_id = i.id
        JOIN resume_code c ON c.learner = a.learner WHERE a.learner = :learner
    """
    found = {value for row in query(app, statement, learner=learner) for value in row}
    return {*found, str(learner), WROTE}


def test_r19_nothing_is_left_in_any_file_or_log(
    own_app: Flask, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor, other = Visitor(own_app.test_client()), Visitor(own_app.test_client())
    for _ in range(3):
        try_again(own_app, play(own_app, visitor))
        play(own_app, other)
    code = make_code(visitor)
    make_code(other)
    secrets = secrets_of(own_app, learner_of(visitor)) - {WROTE}
    others = secrets_of(own_app, learner_of(other)) - {WROTE}
    execute(own_app, "UPDATE report SET text = 'as good as ' || id")
    execute(own_app, "UPDATE report SET text = :text WHERE id = 1", text=WROTE)
    before = files_of(database_url)
    assert set(before) == {".db", ".db-wal", ".db-shm"}
    assert hits(before, secrets) > 2 * len(secrets) > 100
    assert hits(before, {WROTE}) > 0
    assert hits({".db-wal": before[".db-wal"]}, secrets) > 0

    visitor.post("/my-data/delete", AGREED)

    after = files_of(database_url)
    assert hits(after, {*secrets, WROTE, code, code.replace("-", "")}) == 0
    assert after[".db-wal"] == b""
    assert hits(after, others) >= len(others)
    assert hits({"log": caplog.text.encode()}, {*secrets, WROTE}) == 0


def test_it_waits_for_somebody_who_reads(own_app: Flask, database_url: str) -> None:
    visitor = Visitor(own_app.test_client())
    play(own_app, visitor)
    learner = str(learner_of(visitor))
    reader = sqlite3.connect(database_url.removeprefix("sqlite:///"), check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM attempt").fetchone()
    threading.Timer(0.3, reader.close).start()

    visitor.post("/my-data/delete", AGREED)

    assert hits(files_of(database_url), {learner}) == 0


def test_a_reader_who_stays_is_told_of_in_the_log(
    own_app: Flask, database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_CHECKPOINTS", 2)
    visitor = Visitor(own_app.test_client())
    play(own_app, visitor)
    learner = str(learner_of(visitor))
    reader = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM attempt").fetchone()

    visitor.post("/my-data/delete", AGREED)

    assert "stays in the journal" in caplog.text
    assert learner not in caplog.text
    assert hits(files_of(database_url), {learner}) > 0
    reader.close()
    with own_app.app_context():
        assert empty_journal()
    assert hits(files_of(database_url), {learner}) == 0


@pytest.mark.every_database
def test_elsewhere_there_is_no_journal_of_ours(own_app: Flask) -> None:
    with own_app.app_context():
        assert empty_journal()


def test_a40_a_crash_names_no_quiz_in_the_log(own_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Neither its address nor what was sent to the database."""
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    own_app.testing = False
    visitor = Visitor(own_app.test_client())
    public_id = visitor.start()
    token = questions(own_app, public_id)[1].tokens[0]
    execute(
        own_app, "CREATE TRIGGER broken BEFORE INSERT ON response BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )

    answer = visitor.post(response_to(public_id, 1), {"option": token})

    assert answer.status_code == 500
    assert "/attempts/<public_id>/items/<position:position>/response failed" in caplog.text
    assert "broken" in caplog.text
    assert hits({"log": caplog.text.encode()}, {public_id, token, str(learner_of(visitor))}) == 0
