"""Backups: the same rows go out and come back, on either kind of database, whole or not at all."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from quizapp import backups
from quizapp.data_commands import _bring_up_to_date, app_on
from quizapp.extensions import db
from quizapp.models.bank import ItemRow
from quizapp.models.base import Base
from quizapp.services.search import is_found
from quizapp.transactions import reading
from tests.conftest import new_database, running_app
from tests.databases import Databases
from tests.quizapp.visitors import Visitor, count, execute, item, questions, rows

pytestmark = pytest.mark.every_database

KINDS = ("sqlite", "postgresql")


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=arguments)


@pytest.fixture
def finished(own_app: Flask) -> str:
    """The public id of a finished quiz."""
    visitor = Visitor(own_app.test_client())
    public_id = visitor.start()
    visitor.finish(own_app, public_id, right=[2])
    return public_id


def test_what_was_backed_up_comes_back(own_app: Flask, finished: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    before = rows(own_app)
    assert run(own_app, "backup", str(file)).exit_code == 0
    Visitor(own_app.test_client()).start()
    assert rows(own_app) != before

    answer = run(own_app, "restore", str(file))

    assert answer.exit_code == 0, answer.output
    assert rows(own_app) == before


def test_a_restored_bank_goes_on(own_app: Flask, finished: str, tmp_path: Path) -> None:
    """New rows find new numbers, and the log goes on refusing to lose entries."""
    file = tmp_path / "backup"
    run(own_app, "backup", str(file))
    run(own_app, "restore", str(file))

    visitor = Visitor(own_app.test_client())
    visitor.finish(own_app, visitor.start())

    assert count(own_app, "attempt") == 2
    with pytest.raises(Exception, match="the log only grows"):
        execute(own_app, "DELETE FROM audit_entry")


def test_what_is_replaced_is_kept_beside_it(own_app: Flask, finished: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    run(own_app, "backup", str(file))
    Visitor(own_app.test_client()).start()
    replaced = rows(own_app)
    run(own_app, "restore", str(file))

    answer = run(own_app, "restore", str(tmp_path / "backup.before-restore"))

    assert answer.exit_code == 0, answer.output
    assert rows(own_app) == replaced


def test_a_backup_is_one_whole_file(own_app: Flask, finished: str, tmp_path: Path) -> None:
    """As SQLite itself reads it, whatever it was made from."""
    folder = tmp_path / "folder"
    folder.mkdir()

    run(own_app, "backup", str(folder / "backup"))

    assert [path.name for path in folder.iterdir()] == ["backup"]
    with closing(sqlite3.connect(folder / "backup")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM response").fetchone() == (5,)


def test_answers_given_meanwhile_are_whole(own_app: Flask, tmp_path: Path) -> None:
    """A backup under load holds every answer that was acknowledged before it began, and no half of one."""
    visitor = Visitor(own_app.test_client())
    public_id = visitor.start(length=20)
    asked = questions(own_app, public_id)
    for position in range(1, 6):
        visitor.answer(public_id, position, asked[position].key)
    stop = threading.Event()

    def go_on() -> None:
        for position in range(6, 21):
            if not stop.is_set():
                visitor.answer(public_id, position, asked[position].key)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        for number in range(3):
            assert run(own_app, "backup", str(tmp_path / f"{number}")).exit_code == 0
    finally:
        stop.set()
        thread.join()

    for number in range(3):
        with closing(sqlite3.connect(tmp_path / f"{number}")) as file:
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            assert file.execute("SELECT count(*) FROM response").fetchone()[0] >= 5
            kept = file.execute("SELECT count(*), (SELECT sum(chosen) FROM option_count) FROM response")
            assert len(set(kept.fetchone())) == 1


def no_database(path: Path) -> None:
    path.write_text("no database at all")


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE note (text)")
        file.commit()


@pytest.mark.parametrize("make", [no_database, other_database])
def test_what_is_no_backup_changes_nothing(own_app: Flask, finished: str, tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    make(tmp_path / "file")
    before = rows(own_app)

    answer = run(own_app, "restore", str(tmp_path / "file"))

    assert answer.exit_code == 1
    assert "nothing was changed" in answer.output
    assert rows(own_app) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "a later release"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM item_version", "refers to rows that it does not hold"),
    ],
)
def test_a_spoilt_backup_changes_nothing(
    own_app: Flask, finished: str, tmp_path: Path, spoil: str, words: str
) -> None:
    run(own_app, "backup", str(tmp_path / "file"))
    with closing(sqlite3.connect(tmp_path / "file")) as file:
        file.executescript(spoil)
    before = rows(own_app)

    answer = run(own_app, "restore", str(tmp_path / "file"))

    assert answer.exit_code == 1
    assert words in answer.output
    assert rows(own_app) == before


def test_a_backup_that_fails_leaves_the_old_one(
    own_app: Flask, finished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "folder" / "backup"
    file.parent.mkdir()
    file.write_bytes(b"the one of yesterday")

    def fail(path: Path) -> dict[str, int]:
        raise OSError("the disk is full")

    monkeypatch.setattr(backups, "_check", fail)

    answer = run(own_app, "backup", str(file))

    assert answer.exit_code == 1
    assert [path.name for path in file.parent.iterdir()] == ["backup"]
    assert file.read_bytes() == b"the one of yesterday"


def test_a_backup_into_a_folder_that_is_not_there_says_so(own_app: Flask, tmp_path: Path) -> None:
    answer = run(own_app, "backup", str(tmp_path / "nowhere" / "backup"))

    assert answer.exit_code == 1
    assert "there is no folder" in answer.output


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row as the application reads it, whichever way the database stores it."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def found(app: Flask, word: str) -> set[int]:
    with app.app_context(), reading() as session:
        return set(session.scalars(select(ItemRow.id).where(is_found(session, word))))


@contextmanager
def other_app(databases: Databases, tmp_path: Path) -> Iterator[tuple[str, Flask]]:
    with new_database(databases) as url, running_app(url, tmp_path / "other") as app:
        yield url, app


@pytest.mark.parametrize("other_kind", KINDS)
def test_a_database_moves_to_either_kind_with_every_row(
    own_app: Flask, finished: str, tmp_path: Path, other_kind: str, request: pytest.FixtureRequest
) -> None:
    with other_app(request.getfixturevalue(other_kind), tmp_path) as (url, other):
        answer = run(own_app, "copy-database", url)

        assert answer.exit_code == 0, answer.output
        assert contents(other) == contents(own_app)
        assert found(other, "noumea") == found(own_app, "noumea") != set()
        visitor = Visitor(other.test_client())
        again = visitor.start()
        assert visitor.get(item(again, 1)).status_code == 200


def test_a_database_that_holds_rows_is_not_copied_into(
    own_app: Flask, finished: str, database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with other_app(request.getfixturevalue(database_kind), tmp_path) as (url, other):
        run(own_app, "copy-database", url)
        before = rows(other)

        answer = run(own_app, "copy-database", url)

        assert answer.exit_code == 1
        assert "holds rows already" in answer.output
        assert rows(other) == before


def test_a_backup_moves_between_kinds(
    own_app: Flask, finished: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What was backed up on one kind of database is taken back on the other."""
    run(own_app, "backup", str(tmp_path / "file"))
    for kind in KINDS:
        with other_app(request.getfixturevalue(kind), tmp_path) as (_, other):
            with other.app_context():
                _bring_up_to_date()
                backups.restore(other, tmp_path / "file", app_on)

            assert contents(other) == contents(own_app)
