"""Seeding and migrating killed at random statements: ``python -m tests.reliability.seeding_killed --rounds 100``.

The bank is the old one with every row, or the new one, and never half of each; a migration that was killed leaves the
tables of a release, with every row that was there before, and goes on when it is started again.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from flask import Flask

from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from quizapp.migrating import bring_up_to_date, is_up_to_date, migrations_of
from tests.conftest import new_database, running_app
from tests.quizapp.test_seeding_killed import NURSERY, STATEMENTS, differing, seed
from tests.quizapp.visitors import Visitor, query, rows
from tests.reliability.planted import ROOT
from tests.reliability.setting import command, is_sound, seeded_database, tell

OLDEST = "0001"
MIGRATING = 120  # statements; a process that sends fewer is not killed

# Brings the database up to date, and dies at that statement.
MIGRATE = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from quizapp import create_app
from quizapp.migrating import bring_up_to_date

left = int(sys.argv[3])
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

app = create_app({"DATABASE_URL": sys.argv[1], "INSTANCE": sys.argv[2]})
event.listen(Engine, "before_cursor_execute", count)
bring_up_to_date(app)
"""


@command(rounds=40)
def main(rounds: int, seed: int, database: str) -> None:
    """Kill seeding, then migrations: half-done banks, lost rows, and migrations that could not go on."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    with seeded_database(database) as (databases, template, folder):
        with new_database(databases, template) as url, running_app(url, folder / "app") as app:
            _live(app)
            half = _kill_seeding(app, url, folder, [rng.randrange(3, STATEMENTS) for _ in range(rounds)])
            sound = is_sound(url)
        killed = lost = 0
        for _ in range(max(1, rounds // 5)):
            with new_database(databases, template) as url:
                died, was_lost = _kill_migrating(url, folder / "app", rng.randrange(1, MIGRATING))
                killed += died
                lost += was_lost
    figures = {
        "database": database,
        "seedings killed": rounds,
        "half-done banks": half,
        "migrations killed": f"{killed} of {max(1, rounds // 5)}",
        "half-migrated or with lost rows": lost,
        "sound": sound,
    }
    tell("seeding_killed", figures, failed=bool(half or lost or not sound))


def _live(app: Flask) -> None:
    """Something that must not be lost."""
    visitor = Visitor(app.test_client())
    for mode in ("practice", "test"):
        visitor.finish(app, visitor.start(mode=mode), right=[1, 3])


def _kill_seeding(app: Flask, url: str, folder: Path, statements: list[int]) -> int:
    half = 0
    before = rows(app)
    with nursery(folder) as process:
        for die_at in statements:
            if seed(process, url, die_at=die_at) != "killed":
                raise AssertionError(f"it was not killed at statement {die_at}")
            half += rows(app) != before
    return half


@contextmanager
def nursery(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process whose children seed a bank in which everything differs."""
    build = folder / "build.pickle"
    build.write_bytes(pickle.dumps(differing(build_bank(SEEDS_DIR, CURATED_DIR))))
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(build), str(folder / "app")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        yield process
        process.kill()


def _kill_migrating(url: str, instance: Path, die_at: int) -> tuple[bool, bool]:
    """Whether the process was killed, and whether anything was lost."""
    with running_app(url, instance) as app:
        with app.app_context():
            migrations_of(app).downgrade(OLDEST)
        before = _kept(app)
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, url, str(instance), str(die_at)],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    with running_app(url, instance) as app:
        bring_up_to_date(app)
        is_whole = is_up_to_date(app) and _kept(app) == before and is_sound(url)
        Visitor(app.test_client()).start()
    return done.returncode == -9, not is_whole


def _kept(app: Flask) -> list[tuple[object, ...]]:
    """What every release has of the bank."""
    items = query(app, "SELECT id, uid, state, current_version FROM item ORDER BY id")
    versions = query(app, "SELECT id, item_id, number, stem, explanation FROM item_version ORDER BY id")
    return [tuple(row) for row in (*items, *versions)]


if __name__ == "__main__":
    main()
