"""Migrations: they make the tables that the models describe, and go up, down and up again around real data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError, IntegrityError

from quizapp.extensions import db
from quizapp.migrating import bring_up_to_date, migrations_of
from quizapp.models.base import Base
from quizapp.models.search import is_search_table
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, count, execute, rows

pytestmark = pytest.mark.every_database


def tables(app: Flask) -> set[str]:
    with app.app_context():
        found = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in found if not is_search_table(name)}


def test_an_empty_database_gets_every_table(empty_database_url: str, tmp_path: Path) -> None:
    with running_app(empty_database_url, tmp_path) as app:
        bring_up_to_date(app)

        assert tables(app) == set(Base.metadata.tables)


@pytest.fixture
def fresh(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application as a command has it, before its first request, on data with a finished quiz."""
    with running_app(database_url, tmp_path / "instance") as app:
        reader = Visitor(app.test_client())
        reader.finish(app, reader.start())
    with running_app(database_url, tmp_path / "instance") as app:
        yield app


def test_models_and_migrations_agree(fresh: Flask) -> None:
    with fresh.app_context():
        assert migrations_of(fresh).compare_metadata() == []


def test_bringing_up_to_date_twice_changes_nothing(fresh: Flask) -> None:
    before = rows(fresh)

    bring_up_to_date(fresh)

    assert rows(fresh) == before


def test_down_and_up_with_data_ends_with_empty_tables(fresh: Flask) -> None:
    with fresh.app_context():
        migrations_of(fresh).downgrade("base")
    assert tables(fresh) == set()

    bring_up_to_date(fresh)

    assert tables(fresh) == set(Base.metadata.tables)
    assert count(fresh, "item") == 0


def test_a_migration_that_fails_leaves_nothing_behind(fresh: Flask) -> None:
    """On its way down it meets a table that is gone."""
    execute(fresh, "DROP TABLE audit_entry")
    before = rows(fresh, without=["audit_entry"])

    with fresh.app_context(), pytest.raises(DBAPIError, match="audit_entry"):
        migrations_of(fresh).downgrade("base")

    assert rows(fresh, without=["audit_entry"]) == before


def test_a09_an_answer_must_be_an_option_that_was_shown(fresh: Flask) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        execute(fresh, "UPDATE response SET token = 'forged'")


def test_a05_a_question_has_one_answer(fresh: Flask) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        execute(fresh, "INSERT INTO response SELECT * FROM response")


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
def test_a39_the_log_only_grows(fresh: Flask, statement: str) -> None:
    before = rows(fresh)

    with pytest.raises(DBAPIError, match="the log only grows"):
        execute(fresh, statement)

    assert rows(fresh) == before


def test_a_bank_of_the_first_release_gets_what_the_teachers_room_needs(fresh: Flask) -> None:
    """What the migration makes of old rows is what a build makes today."""
    before = rows(fresh)

    with fresh.app_context():
        migrations_of(fresh).downgrade("0001")
    bring_up_to_date(fresh)

    assert rows(fresh) == before
