"""Seeding killed in the middle: the bank is the old one, whole, whatever the process was doing."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import text

from question_bank.build import Build
from quizapp.extensions import db
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, query, rows

KILLS = 8
STATEMENTS = 300  # a rebuild that changes everything sends more

# Forks for each line "URL STATEMENTS": the child seeds, and dies at that statement or, past the last, before COMMIT.
NURSERY = """
import os, pickle, signal, sys
from sqlalchemy import event
from quizapp import create_app
from quizapp.cli import _plan_and_write
from quizapp.extensions import db

with open(sys.argv[1], "rb") as file:
    build = pickle.load(file)

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def seed(url, limit):
    app = create_app({"DATABASE_URL": url, "INSTANCE": sys.argv[2]})
    sent = 0
    def count(*_):
        nonlocal sent
        sent += 1
        if sent == limit:
            die()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        event.listen(db.engine, "commit", lambda *_: die() if limit else None)
        _plan_and_write(build, lambda *_: None, dry_run=False)
    print(sent, flush=True)

for line in sys.stdin:
    url, limit = line.split()
    child = os.fork()
    if child == 0:
        seed(url, int(limit))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)
"""


def differing(build: Build) -> Build:
    """A build in which everything differs, something is new and something is gone."""
    first, *rest = build.items
    items = [replace(item, stem=f"In other words: {item.stem}") for item in rest]
    new = replace(first, uid="new", family="new")
    return replace(build, items=(*items, new), build="another")


@pytest.fixture(scope="module")
def changed(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a build, pickled."""
    path = tmp_path_factory.mktemp("build") / "build.pickle"
    path.write_bytes(pickle.dumps(differing(build)))
    return path


@pytest.fixture
def nursery(changed: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(changed), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        yield process
        process.kill()


def seed(nursery: subprocess.Popen[str], url: str, *, die_at: int) -> str:
    """Seed in a process of its own that dies at that statement; with 0 it lives, and answers how many there were."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write(f"{url} {die_at}\n")
    nursery.stdin.flush()
    return nursery.stdout.readline().strip()


@pytest.mark.every_database
def test_a38_killed_at_any_statement_it_leaves_the_old_bank(
    database_url: str, tmp_path: Path, nursery: subprocess.Popen[str]
) -> None:
    with running_app(database_url, tmp_path / "app") as app:
        before = rows(app)
        rng = Random(20181104)  # noqa: S311 - not for secrets
        for die_at in [*(rng.randrange(3, STATEMENTS) for _ in range(KILLS)), 100_000]:
            assert seed(nursery, database_url, die_at=die_at) == "killed"
            assert rows(app) == before

        assert Visitor(app.test_client()).start()
        assert is_sound(app)
        assert int(seed(nursery, database_url, die_at=0)) >= STATEMENTS
        assert query(app, "SELECT count(*) FROM item WHERE state = 'retired'")[0][0] == 1


def is_sound(app: Flask) -> bool:
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return True
        return connection.scalar(text("PRAGMA integrity_check")) == "ok"
