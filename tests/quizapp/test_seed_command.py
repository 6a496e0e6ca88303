"""The command seed-questions, on the seeds that ship and on copies that were changed."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import inspect

from question_bank.build import Build
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from quizapp.cli import _check
from quizapp.extensions import db
from quizapp.migrating import migrations_of
from tests.conftest import new_database, running_app
from tests.databases import Databases
from tests.quizapp.services.bank import edit, reworded, with_items, with_passages, without
from tests.quizapp.visitors import query, rows

COUNTS = r"(\d+) added, (\d+) changed, (\d+) unchanged, (\d+) retired, (\d+) kept \(build [0-9a-f]{16}\)"


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def counts(done: Result) -> list[int]:
    found = re.search(COUNTS, done.stdout)
    assert found, done.output
    return [int(number) for number in found.groups()]


@pytest.fixture(scope="module")
def module_app(
    sqlite: Databases, seeded_sqlite: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A seeded application for the runs below, which take seconds each."""
    with (
        new_database(sqlite, seeded_sqlite) as url,
        running_app(url, tmp_path_factory.mktemp("instance")) as app,
    ):
        yield app


@pytest.fixture(scope="module")
def turned_down(build: Build) -> str:
    """A generated item that no decision names yet."""
    decided = "".join(path.read_text() for path in CURATED_DIR.glob("*.toml"))
    return next(item.uid for item in build.items if item.origin == "generated" and item.uid not in decided)


@pytest.fixture(scope="module")
def changed_curation(turned_down: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Curated decisions with a harder first item, and a generated item turned down."""
    folder = Path(shutil.copytree(CURATED_DIR, tmp_path_factory.mktemp("changed") / "curated"))
    worked = folder / "worked.toml"
    worked.write_text(re.sub(r"\ndifficulty = \S+", "\ndifficulty = 1.25", worked.read_text(), count=1))
    rejections = (f'[[reject]]\nuid = "{uid}"\nreason = "For a test."\n' for uid in (turned_down, "nowhere"))
    (folder / "more.toml").write_text("".join(rejections))
    return folder


@pytest.fixture(scope="module")
def rebuilt(module_app: Flask, changed_curation: Path) -> Result:
    """A rebuild with the changed decisions."""
    return run(module_app, "seed-questions", "--curated", str(changed_curation))


def test_changed_decisions_change_and_retire(module_app: Flask, rebuilt: Result, turned_down: str) -> None:
    _, changed, unchanged, retired, kept = counts(rebuilt)

    assert rebuilt.exit_code == 0
    assert (changed, retired, kept) >= (1, 1, 0)
    assert unchanged > changed
    state = query(module_app, "SELECT state FROM item WHERE uid = :uid", uid=turned_down)[0].state
    assert state == "retired"


def test_a_rejection_that_finds_nothing_is_noted(rebuilt: Result) -> None:
    assert re.search(r"^note: .*nowhere", rebuilt.stderr, re.MULTILINE)


@pytest.fixture(scope="module")
def first(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Result]]:
    """A dry run with every check, at a terminal, on a database that was never set up."""
    with new_database(sqlite) as url, running_app(url, tmp_path_factory.mktemp("instance")) as app:
        yield (
            app,
            app.test_cli_runner(env={"TTY_COMPATIBLE": "1"}).invoke(
                args=["seed-questions", "--dry-run", "--check"]
            ),
        )


def test_neither_makes_a_table(first: tuple[Flask, Result]) -> None:
    app, done = first

    assert done.exit_code == 0, done.output
    assert counts(done)[1:] == [0, 0, 0, 0]
    with app.app_context():
        assert inspect(db.engine).get_table_names() == []


def test_a_terminal_gets_a_progress_bar_beside_what_scripts_read(first: tuple[Flask, Result]) -> None:
    _, done = first

    assert "Checking" in done.stderr
    assert re.match(rf"Would be: {COUNTS}\n", done.stdout)


def test_check_tells_what_the_bank_measures(first: tuple[Flask, Result]) -> None:
    _, done = first

    assert len(done.stdout.splitlines()) > 10


def test_a_dry_run_on_the_tables_of_another_release_says_so(own_app: Flask) -> None:
    """Before it spends seconds on a build that it could not compare with anything."""
    with own_app.app_context():
        migrations_of(own_app).downgrade("0001")
    before = dump(own_app)

    done = run(own_app, "seed-questions", "--dry-run")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "the database was made by another release" in done.stderr
    assert dump(own_app) == before


def dump(app: Flask) -> str:
    """Every row of a SQLite file."""
    with app.app_context(), db.engine.connect() as connection:
        return "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]


def test_what_waits_and_what_is_suspended_is_listed_and_is_no_fault(
    own_app: Flask, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same lists for a dry run and for the rebuild."""
    one, two, *_ = build.items
    for uid in (one.uid, two.uid):
        edit(own_app, uid, stem=f"In a teacher's words {uid}?")
    changed = without(with_items(build, reworded(one)), two.uid)
    document = changed.base.documents[0].id
    changed = with_passages(
        changed, document, lambda p: p.model_copy(update={"text": f"{p.text} So it was."})
    )
    monkeypatch.setattr("question_bank.build.build_bank", lambda *_, **__: changed)

    foretold, done = run(own_app, "seed-questions", "--dry-run"), run(own_app, "seed-questions")

    assert (foretold.exit_code, done.exit_code) == (0, 0)
    assert foretold.stdout == f"Would be: {done.stdout}"
    assert "Changed by a teacher and by the generator; a teacher decides (2):\n" in done.stdout
    assert f"  {one.uid}: stem\n" in done.stdout
    assert f"  {two.uid}: state\n" in done.stdout
    assert "Proved anew on what was changed (" in done.stdout


def test_a_bank_that_breaks_a_bound_fails_the_check(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        _check(replace(build, items=build.items[:5]))

    assert capsys.readouterr().err


def test_the_first_start_builds_the_bank(empty_database_url: str, tmp_path: Path, build: Build) -> None:
    """And then serves; a port that is taken ends it here."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        running_app(empty_database_url, tmp_path) as app,
    ):
        done = run(app, "serve", "--port", str(taken.getsockname()[1]))

        assert "Building the question bank, once …" in done.stdout
        assert len(query(app, "SELECT id FROM item WHERE state = 'approved'")) == len(build.items)


def test_faults_are_told_with_their_places_and_nothing_changes(own_app: Flask, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SEEDS_DIR, tmp_path / "seeds"))
    report = seeds / "000_1a7ee3f22d7662d0.toml"
    report.write_text(re.sub(r"\n +evidence = .*", '\n  evidence = "nowhere"', report.read_text(), count=2))
    places = [n for n, line in enumerate(report.read_text().splitlines(), 1) if "[[passage.fact]]" in line]
    before = rows(own_app)

    done = run(own_app, "seed-questions", "--seeds", str(seeds))

    *faults, last = done.stderr.splitlines()
    assert [fault.rpartition(": NC-")[0] for fault in faults] == [f"{report}:{place}" for place in places[:2]]
    assert last == "2 faults; nothing was changed."
    assert (done.exit_code, done.stdout) == (1, "")
    assert rows(own_app) == before


def test_a_broken_file_is_told_with_its_line(own_app: Flask, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SEEDS_DIR, tmp_path / "seeds"))
    (seeds / "topics.toml").write_text("[[topic]]\nid = \n")

    done = run(own_app, "seed-questions", "--seeds", str(seeds))

    assert done.exit_code == 1
    assert f"{seeds / 'topics.toml'}:2: " in done.stderr
    assert "1 fault; nothing was changed." in done.stderr
