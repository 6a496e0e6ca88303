"""Processes that start at once: one brings the tables up to date while the others wait, and none fails."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from quizapp import transactions
from quizapp.extensions import db
from quizapp.migrating import bring_up_to_date, is_up_to_date, migrations_of
from quizapp.models.base import Base
from quizapp.services.problems import BusyError
from tests.conftest import running_app
from tests.quizapp.visitors import execute

ROOT = Path(__file__).resolve().parents[2]

START = """
import sys
from quizapp import create_app
from quizapp.extensions import db
from quizapp.migrating import bring_up_to_date

app = create_app({"DATABASE_URL": sys.argv[1], "INSTANCE": sys.argv[2]})
print("ready", flush=True)
sys.stdin.readline()
bring_up_to_date(app)
with app.app_context():
    db.engine.dispose()
"""


@pytest.mark.every_database
def test_all_of_them_find_the_tables_made(empty_database_url: str, tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", START, empty_database_url, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    done = [process.communicate() for process in processes]

    assert [(process.returncode, error) for process, (_, error) in zip(processes, done, strict=True)] == [
        (0, "")
    ] * 3
    with running_app(empty_database_url, tmp_path) as app, app.app_context():
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())


def test_migrations_wait_for_whoever_writes(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_LONG_WAIT", 0.05)
    with running_app(empty_database_url, tmp_path) as app:
        with (Path(app.instance_path) / "write.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(BusyError):
                bring_up_to_date(app)
        bring_up_to_date(app)
        assert is_up_to_date(app)


@pytest.mark.every_database
def test_a_database_of_another_release_is_known_as_such(app: Flask, own_app: Flask) -> None:
    assert is_up_to_date(app)
    execute(own_app, "UPDATE alembic_version SET version_num = '9999'")
    assert not is_up_to_date(own_app)


@pytest.mark.every_database
def test_what_has_no_tables_lacks_nothing(empty_database_url: str, tmp_path: Path) -> None:
    with running_app(empty_database_url, tmp_path) as app:
        assert is_up_to_date(app)


@pytest.mark.every_database
def test_an_older_database_is_brought_up_to_date(database_url: str, tmp_path: Path) -> None:
    with running_app(database_url, tmp_path) as app:
        with app.app_context():
            migrations_of(app).downgrade("0001")
        assert not is_up_to_date(app)
        bring_up_to_date(app)
        assert is_up_to_date(app)


@pytest.mark.every_database
def test_one_waits_for_the_other(own_app: Flask) -> None:
    order: list[str] = []
    entered, left = threading.Event(), threading.Event()

    def first() -> None:
        with own_app.app_context(), transactions.alone():
            entered.set()
            left.wait(20)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait(20)
    threading.Timer(0.1, left.set).start()
    with own_app.app_context(), transactions.alone():
        order.append("second")
    thread.join()

    assert order == ["first", "second"]
