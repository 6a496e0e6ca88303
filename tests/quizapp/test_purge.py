"""flask purge: what was kept long enough goes with everything that hangs on it, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quizapp.identity import LEARNER
from quizapp.models.accounts import KeptFormRow, SignInFailureRow
from quizapp.services import importing, purging
from quizapp.services.links import make_link
from quizapp.transactions import writing
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import TOPICS, Visitor, count, execute, query, questions, rows, target

pytestmark = pytest.mark.every_database

NOW = dt.datetime.now(dt.UTC)
OF_LEARNERS = ("attempt", "attempt_item", "attempt_option", "response", "second_try", "report", "resume_code")


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["purge", *arguments])


def learner(app: Flask, *, begun: int, answered: int | None = None) -> str:
    """A learner who began, reported and made a code so many days ago, and answered last perhaps later."""
    visitor = Visitor(app.test_client())
    public_id = target(
        visitor.post("/attempts", {"topic": TOPICS, "length": "5", "second_try": "y"})
    ).rpartition("/")[2]
    visitor.answer(public_id, 1, questions(app, public_id)[1].wrong[0])
    visitor.post(f"/attempts/{public_id}/items/1/second-try", {"option": questions(app, public_id)[1].key})
    visitor.post(
        f"/attempts/{public_id}/items/1/report", {"reason": "key", "text": f"Begun {begun} days ago"}
    )
    visitor.post("/my-data/code", {"agreed": "yes"})
    with visitor.client.session_transaction() as cookie:
        who = str(cookie[LEARNER])
    own = "(SELECT i.id FROM attempt_item i JOIN attempt a ON a.id = i.attempt_id WHERE a.learner = :who)"
    ago = {"who": who, "at": as_stored(app, begun)}
    execute(app, "UPDATE attempt SET started_at = :at WHERE learner = :who", **ago)
    execute(app, "UPDATE resume_code SET made_at = :at WHERE learner = :who", **ago)
    execute(app, f"UPDATE report SET made_at = :at WHERE attempt_item_id IN {own}", **ago)  # noqa: S608
    execute(app, f"UPDATE second_try SET responded_at = :at WHERE attempt_item_id IN {own}", **ago)  # noqa: S608
    ago["at"] = as_stored(app, begun if answered is None else answered)
    execute(app, f"UPDATE response SET responded_at = :at WHERE attempt_item_id IN {own}", **ago)  # noqa: S608
    return who


def as_stored(app: Flask, days: float) -> object:
    """So many days ago, as the kind of database has it."""
    moment = NOW - dt.timedelta(days=days)
    return moment.isoformat(" ") if app.config["DATABASE_URL"].startswith("sqlite") else moment


def learners(app: Flask) -> set[str]:
    return {
        row.learner for row in query(app, "SELECT learner FROM attempt UNION SELECT learner FROM resume_code")
    }


def has_run_out(app: Flask) -> None:
    """A failure, a session, a link, a form and a file that are over, and of each one that is not."""
    teacher = signed_in(app)
    signed_in(app)
    (account,) = query(app, "SELECT id FROM account")
    with app.app_context(), writing() as session:
        for email, made in (
            ("new@school.example", NOW),
            ("late@school.example", NOW - dt.timedelta(days=30)),
        ):
            make_link(session, "invitation", email=email, role="teacher", made_by=teacher.email, now=made)
            session.add(SignInFailureRow(account_hash=email, network_hash="x", at=made))
            session.add(
                KeptFormRow(token_hash=email, path="/", account_id=account.id, fields={}, made_at=made)
            )
    first = query(app, "SELECT min(token_hash) AS token FROM account_session")[0].token
    at = as_stored(app, 1)
    execute(app, "UPDATE account_session SET seen_at = :at WHERE token_hash = :token", at=at, token=first)
    folder = Path(app.instance_path) / importing.FOLDER
    for made in (NOW - dt.timedelta(days=1), NOW):
        importing.keep_file(folder, b"a file", owner=account.id, now=made)


def test_those_who_did_not_come_back_go_with_everything(own_app: Flask) -> None:
    learner(own_app, begun=500)
    back = learner(own_app, begun=500, answered=100)
    new = learner(own_app, begun=3)
    learner(own_app, begun=401)
    has_run_out(own_app)
    before = rows(own_app)

    told = run(own_app, "--dry-run")

    assert told.exit_code == 0, told.output
    expected = (
        "2 learners, 2 quizzes, 2 answers, 2 reports, 1 sign-in failures, 1 sessions, 1 links, 1 kept forms."
    )
    assert told.output == f"Would be removed: {expected}\n"
    assert rows(own_app) == before

    done = run(own_app)

    assert done.exit_code == 0, done.output
    assert done.output == f"Removed: {expected}\n"
    assert learners(own_app) == {back, new}
    left = {table: count(own_app, table) for table in OF_LEARNERS}
    assert [left[table] for table in ("attempt", "response", "second_try", "report", "resume_code")] == [
        2
    ] * 5
    assert left["attempt_item"] == 10
    for table in ("sign_in_failure", "account_session", "one_time_link", "kept_form"):
        assert count(own_app, table) == 1, table
    assert len(list((Path(own_app.instance_path) / importing.FOLDER).iterdir())) == 1
    unchanged = {
        name: hashed for name, hashed in before.items() if name.startswith(("item", "option_count", "fact"))
    }
    assert unchanged.items() <= rows(own_app).items()


def test_the_log_has_counts_alone_and_twice_is_once(own_app: Flask) -> None:
    gone = learner(own_app, begun=30)
    assert run(own_app, "--days", "31").output.startswith("Removed: 0 learners")
    assert query(own_app, "SELECT id FROM audit_entry WHERE action = 'purge'") == []

    run(own_app, "--days", "29")
    once = rows(own_app)
    again = run(own_app, "--days", "29")

    assert again.output.startswith("Removed: 0 learners, 0 quizzes")
    assert rows(own_app) == once
    (entry,) = query(own_app, "SELECT actor, subject, details FROM audit_entry WHERE action = 'purge'")
    details = entry.details if isinstance(entry.details, dict) else json.loads(entry.details)
    assert (entry.actor, entry.subject) == ("command line", None)
    assert {name: number for name, number in details.items() if number} == {
        "learners": 1, "quizzes": 1, "answers": 1, "reports": 1, "days": 29,
    }  # fmt: skip
    page = signed_in(own_app).get("/admin/log").text
    assert "removed what was kept long enough; of 1 learner nothing is left" in page
    if own_app.config["DATABASE_URL"].startswith("sqlite"):
        path = Path(own_app.config["DATABASE_URL"].removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            assert gone.encode() not in file.read_bytes(), file


def test_it_removes_all_or_nothing(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    learner(own_app, begun=500)
    has_run_out(own_app)
    before = rows(own_app)

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(purging.log, "record", fail)
        assert run(own_app).exit_code == 1
    assert rows(own_app) == before
    with monkeypatch.context() as in_the_way:
        in_the_way.setattr("quizapp.transactions.empty_journal", lambda: False)
        done = run(own_app)

    assert (done.exit_code, "stays in the journal" in done.stderr) == (0, True)
    assert learners(own_app) == set()


def test_a_code_without_a_quiz_goes_too(own_app: Flask) -> None:
    gone = learner(own_app, begun=500)
    execute(own_app, "DELETE FROM report")
    execute(own_app, "DELETE FROM second_try")
    execute(own_app, "DELETE FROM attempt")
    assert learners(own_app) == {gone}

    assert run(own_app).output.startswith("Removed: 1 learners, 0 quizzes")
    assert learners(own_app) == set()


def test_a_database_of_another_release_is_left_alone(own_app: Flask) -> None:
    learner(own_app, begun=500)
    execute(own_app, "UPDATE alembic_version SET version_num = '9999'")
    before = rows(own_app)

    done = run(own_app)

    assert (done.exit_code, rows(own_app)) == (1, before)
    assert "flask serve prepares it" in done.output
