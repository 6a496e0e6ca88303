"""Settings: where things are, which the environment may change and a test's own settings may change again."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import Result

from quizapp import assets, config, create_app
from quizapp.models.base import UtcDateTime
from tests.conftest import running_app


def test_the_data_lies_beside_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZAPP_INSTANCE", raising=False)

    assert config.instance_folder(None) == assets.ROOT / "instance"


def test_installed_it_lies_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZAPP_INSTANCE", raising=False)
    monkeypatch.setattr(config, "IN_CHECKOUT", False)

    assert config.instance_folder(None) == Path(sys.prefix) / "var" / "quizapp-instance"


def test_the_environment_names_another_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(tmp_path / "mine"))
    monkeypatch.setenv("DATABASE_URL", "sqlite://")

    app = create_app()

    assert app.instance_path == str(tmp_path / "mine")
    assert app.config["SQLALCHEMY_DATABASE_URI"] == "sqlite://"


def test_without_a_database_named_it_is_a_file_in_that_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    app = create_app({"INSTANCE": str(tmp_path)})

    assert app.config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'quiz.db'}"


def test_a_developer_gets_a_migration_to_fill_in(database_url: str, tmp_path: Path) -> None:
    migrations = Path(shutil.copytree(assets.ROOT / "quizapp" / "migrations", tmp_path / "migrations"))
    before = set(migrations.glob("*.py"))

    with running_app(database_url, tmp_path, ALEMBIC={"script_location": str(migrations)}) as app:
        done: Result = app.test_cli_runner().invoke(args=["make-migration", "a new table"])

    assert done.exit_code == 0, done.output
    (made,) = set(migrations.glob("*.py")) - before
    assert "a_new_table" in made.name


@pytest.mark.parametrize("hours", [-9, 0, 11])
def test_a_moment_is_the_same_in_every_zone(hours: int) -> None:
    moment = dt.datetime(2018, 11, 4, 7, tzinfo=dt.UTC)
    there = moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    column = UtcDateTime()

    assert column.process_bind_param(there, None) == moment
    assert column.process_result_value(there, None) == moment
    assert column.process_result_value(moment.replace(tzinfo=None), None) == moment


def test_no_moment_is_none() -> None:
    assert UtcDateTime().process_bind_param(None, None) is None
    assert UtcDateTime().process_result_value(None, None) is None
