"""/readyz: whether this process could serve somebody now, as proxies and watchers ask it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from quizapp.readiness import LEAST_FREE
from tests.conftest import running_app
from tests.quizapp.visitors import execute, rows

every_database = pytest.mark.every_database
READY = {"ready": True, "database": "ok", "schema": "ok", "disk": "ok", "last_backup": None}


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


def asked(app: Flask) -> tuple[int, dict[str, object]]:
    answer = app.test_client().get("/readyz")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, json.loads(answer.text)


@every_database
def test_it_is_ready_and_writes_nothing(own_app: Flask) -> None:
    before = rows(own_app)

    assert asked(own_app) == (200, READY)
    assert rows(own_app) == before


@every_database
def test_tables_of_another_release_turn_visitors_away(own_app: Flask) -> None:
    execute(own_app, "UPDATE alembic_version SET version_num = '9999'")
    assert asked(own_app) == (503, READY | {"ready": False, "schema": "of another release"})
    execute(own_app, "DROP TABLE alembic_version")
    assert asked(own_app) == (503, READY | {"ready": False, "schema": "of another release"})
    assert own_app.test_client().get("/healthz").status_code == 200


def test_so_does_a_full_disk(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, is_ready in ((LEAST_FREE + 1, True), (LEAST_FREE, False)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: Usage(10**12, 0, free))

        expected = READY | {"ready": is_ready, "disk": "ok" if is_ready else "full"}
        assert asked(own_app) == (200 if is_ready else 503, expected)


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/quiz.db", "postgresql://nobody:hush@127.0.0.1:9/quiz?connect_timeout=1"]
)
def test_so_does_a_database_that_is_away_and_nothing_is_told_of_it(tmp_path: Path, url: str) -> None:
    with running_app(url, tmp_path) as app:
        answer = app.test_client().get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.text) == READY | {
        "ready": False,
        "database": "away",
        "schema": "of another release",
    }
    assert not any(word in answer.text for word in ("hush", "nobody", "nowhere", "127.0.0.1"))


def test_a_backup_is_told_of_and_changes_no_row(own_app: Flask, tmp_path: Path) -> None:
    before = rows(own_app)
    run = own_app.test_cli_runner().invoke
    assert run(args=["backup", str(tmp_path / "one")]).exit_code == 0

    status, told = asked(own_app)

    assert status == 200
    at = dt.datetime.fromisoformat(str(told["last_backup"]))
    assert abs(dt.datetime.now(dt.UTC) - at) < dt.timedelta(minutes=1)
    assert rows(own_app) == before
    note = Path(own_app.instance_path) / "last_backup"
    note.write_text("yesterday")
    assert asked(own_app) == (200, READY)


def test_a_disk_that_takes_no_note_is_backed_up_all_the_same(own_app: Flask, tmp_path: Path) -> None:
    (Path(own_app.instance_path) / "last_backup").mkdir()

    done = own_app.test_cli_runner().invoke(args=["backup", str(tmp_path / "one")])

    assert (done.exit_code, done.stderr.startswith("No note could be taken of it")) == (0, True)
    assert (tmp_path / "one").stat().st_size > 0
    assert asked(own_app) == (200, READY)
