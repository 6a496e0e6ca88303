"""flask doctor: nothing fails as the project ships, and every check goes red where what it looks at is broken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import fcntl
import json
import os
import resource
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from quizapp import assets, create_app, languages, transactions
from quizapp import database as connections
from quizapp.doctor import content, database, machine, postgres, settings, sqlite
from quizapp.doctor.examining import examine, finding_of
from quizapp.doctor.findings import Check, Patient
from quizapp.extensions import db
from quizapp.readiness import LEAST_FREE, note_backup
from tests.conftest import running_app
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, execute, questions, rows

ANYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound
NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=500)

OF_THE_DATABASE = {*sqlite.CHECKS, *database.GENERAL, *content.CHECKS}

Change = Callable[["Ward"], object]


@dataclasses.dataclass
class Ward:
    """A patient that can be made ill."""

    app: Flask
    patient: Patient
    patch: pytest.MonkeyPatch
    folder: Path
    until_the_end: ExitStack

    def change(self, **config: Any) -> None:
        self.patient = dataclasses.replace(self.patient, config={**self.patient.config, **config})

    def serve_at(self, host: str) -> None:
        self.patient = dataclasses.replace(self.patient, host=host)

    @property
    def key(self) -> Path:
        return self.patient.instance / "secret_key"


def patient_of(app: Flask, host: str = "127.0.0.1") -> Patient:
    return Patient(app.config, Path(app.instance_path), db.engine, host, NOW)


@pytest.fixture
def ward(
    check: Check, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ward]:
    """Where the database falls ill, it is the test's own."""
    app: Flask = request.getfixturevalue("own_app" if check in OF_THE_DATABASE else "app")
    instance = tmp_path / "instance"
    instance.mkdir(exist_ok=True)
    with app.app_context(), ExitStack() as until_the_end:
        patient = dataclasses.replace(patient_of(app), instance=instance)
        yield Ward(app, patient, monkeypatch, tmp_path, until_the_end)


def test_g15_as_the_project_ships_nothing_fails(
    seeded_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        if name.startswith(("QUIZAPP_", "FLASK_", "DATABASE_URL")):
            monkeypatch.delenv(name)
    instance = tmp_path / "instance"
    app = create_app({"INSTANCE": str(instance)})
    shutil.copyfile(seeded_sqlite.removeprefix("sqlite:///"), instance / "quiz.db")
    before = rows(app)

    done = app.test_cli_runner().invoke(args=["doctor", "--json"])

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["failure"] == 0
    names = [finding["check"] for finding in told["findings"]]
    assert len(names) == len(set(names)) >= 35
    assert all(bool(finding["remedy"]) is (finding["level"] != "ok") for finding in told["findings"])
    assert app.config["SECRET_KEY"] not in done.output
    assert rows(app) == before
    with app.app_context():
        db.engine.dispose()


def test_on_postgresql_nothing_fails_either(
    database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = request.getfixturevalue("seeded_postgresql")
    with running_app(url, tmp_path / "instance") as app, app.app_context():
        found = {finding.check: finding for finding in examine(patient_of(app))}

    assert [finding for finding in found.values() if finding.level == "failure"] == []
    assert {"fsync", "synchronous commit", "full page writes", "role", "bank"} <= set(found)
    assert "journal mode" not in found


def free(room: int) -> Change:
    return lambda ward: ward.patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=room))


def rights(mode: int) -> Change:
    return lambda ward: ward.patient.instance.chmod(mode)


def mounted(kind: str) -> Change:
    def change(ward: Ward) -> None:
        (ward.folder / "mounts").write_text(
            f"none / ext4 rw\nnone {ward.folder} {kind} rw\nnone /else ext4 rw\n"
        )
        ward.patch.setattr(machine, "MOUNTS", ward.folder / "mounts")

    return change


def backed_up(days: int) -> Change:
    return lambda ward: note_backup(ward.patient.instance, NOW - dt.timedelta(days=days))


def key_of(key: str, mode: int = 0o600) -> Change:
    def change(ward: Ward) -> None:
        ward.key.write_text(key)
        ward.key.chmod(mode)
        ward.change(SECRET_KEY=key)

    return change


def kept_key(days: int) -> Change:
    def change(ward: Ward) -> None:
        old = ward.folder / "old_keys"
        old.write_text("x")
        changed = (NOW - dt.timedelta(days=days)).timestamp()
        os.utime(old, (changed, changed))
        ward.change(OLD_KEYS=str(old), SECRET_KEY_FALLBACKS=["x"])

    return change


def with_config(host: str = "127.0.0.1", **config: Any) -> Change:
    def change(ward: Ward) -> None:
        ward.serve_at(host)
        ward.change(**config)

    return change


def pragma(value: str) -> Change:
    """Every connection is opened with it."""

    def change(ward: Ward) -> None:
        name = value.partition("=")[0]
        kept = tuple(one for one in connections._PRAGMAS if one.partition("=")[0] != name)
        ward.patch.setattr(connections, "_PRAGMAS", (*kept, value))
        db.session.remove()
        db.engine.dispose()

    return change


def no_journal(ward: Ward) -> None:
    path = ward.patient.engine.url.database
    db.session.remove()
    db.engine.dispose()
    ward.patch.setattr(connections, "_PRAGMAS", ())
    with sqlite3.connect(str(path)) as file:
        file.execute("PRAGMA journal_mode=DELETE")


def damaged(ward: Ward) -> None:
    """An index that lacks what its table has."""
    execute(ward.app, "CREATE TABLE note (word TEXT)")
    execute(ward.app, "CREATE INDEX ix_note ON note (word)")
    execute(ward.app, "INSERT INTO note VALUES ('a')")
    db.session.remove()
    db.engine.dispose()
    path = Path(str(ward.patient.engine.url.database))
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA writable_schema=ON")
        file.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'topic') "
            "WHERE name = 'ix_note'"
        )


def lost_row(ward: Ward) -> None:
    db.session.remove()
    with sqlite3.connect(str(ward.patient.engine.url.database)) as file:
        file.execute("DELETE FROM topic WHERE id = 'referendum'")


def long_journal(ward: Ward) -> None:
    path = ward.folder / "quiz.db"
    with Path(f"{path}-wal").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    engine = SimpleNamespace(url=SimpleNamespace(database=path), dialect=SimpleNamespace(name="sqlite"))
    ward.patient = dataclasses.replace(ward.patient, engine=engine)  # type: ignore[arg-type]


def sql(statement: str, **values: object) -> Change:
    return lambda ward: execute(ward.app, statement, **values)


def held_lock(ward: Ward) -> None:
    """Another process is writing, and does not end."""
    file = ward.until_the_end.enter_context((ward.patient.instance / "write.lock").open("a"))
    fcntl.flock(file, fcntl.LOCK_EX)
    ward.patch.setattr(database, "PATIENCE", 0.05)


def read_only(ward: Ward) -> None:
    """Nothing opens the database for writing."""
    ward.patch.setattr(transactions, "WRITES", "reads")


def server_says(**known: str) -> Change:
    return lambda ward: ward.patch.setattr(postgres, "setting", lambda name: known[name])


def from_the_future(ward: Ward) -> None:
    Visitor(ward.app.test_client()).start()
    at = (NOW + dt.timedelta(minutes=3)).replace(tzinfo=None).isoformat(" ")
    execute(ward.app, "UPDATE attempt SET started_at = :at", at=at)


def old_learner(ward: Ward) -> None:
    Visitor(ward.app.test_client()).start()
    at = LONG_AGO.replace(tzinfo=None).isoformat(" ")
    execute(ward.app, "UPDATE attempt SET started_at = :at", at=at)


def catalogue(text: str) -> Change:
    def change(ward: Ward) -> None:
        (ward.folder / "fr").mkdir()
        (ward.folder / "fr" / "base.po").write_text(text)
        ward.patch.setattr(languages, "CATALOGUES", ward.folder)

    return change


def sqlite_of(*version: int) -> Change:
    return lambda ward: ward.patch.setattr(sqlite3, "sqlite_version_info", version)


def nothing(ward: Ward) -> None:
    """It is ill as it comes."""


ALL_BUT_ONE = "UPDATE item SET state = 'draft' WHERE id NOT IN (SELECT min(id) FROM item GROUP BY topic_id)"
PUBLIC = {"TRUSTED_HOSTS": ["quiz.school.example"], "PROXIES": 1}
ILL: list[tuple[Check, Change, str, str]] = [
    (machine.python, lambda w: w.patch.setattr(sys, "version_info", (3, 10, 1)), "failure", "Python 3.10.1"),
    (machine.packages, lambda w: w.patch.setattr(machine, "version", lambda _: "3.0.9"), "failure", "flask 3.0.9"),
    (machine.user, lambda w: w.patch.setattr(os, "geteuid", lambda: 0), "warning", "root"),
    (machine.user, lambda w: w.patch.setattr(os, "geteuid", lambda: 1000), "ok", "user of its own"),
    (machine.open_files, lambda w: w.patch.setattr(resource, "getrlimit", lambda _: (256, 4096)), "warning", "256"),
    (machine.open_files, lambda w: w.patch.setattr(resource, "getrlimit", lambda _: (-1, -1)), "ok", "connections"),
    (machine.free_disk, free(LEAST_FREE), "failure", "200 MB"),
    (machine.free_disk, free(LEAST_FREE + 1024**2), "warning", "201 MB"),
    (machine.instance_folder, rights(0o777), "failure", "others can write"),
    (machine.instance_folder, rights(0o755), "warning", "others on this machine"),
    (machine.local_disk, mounted("nfs4"), "failure", "network disk (nfs4)"),
    (machine.local_disk, mounted("btrfs"), "ok", "btrfs"),
    (machine.local_disk, lambda w: w.patch.setattr(machine, "MOUNTS", w.folder / "none"), "ok", "unknown"),
    (machine.backup, nothing, "warning", "no backup"),
    (machine.backup, backed_up(3), "warning", "the last backup"),
    (machine.backup, backed_up(1), "ok", "the last backup"),
    (settings.secret_key, key_of("dev"), "failure", "guessed"),
    (settings.secret_key, key_of("change-me-please-change-me-please"), "failure", "guessed"),
    (settings.secret_key, key_of("ab" * 32), "failure", "guessed"),
    (settings.secret_key, key_of("0123456789abcdef" * 4, 0o640), "failure", "others can read"),
    (settings.secret_key, key_of("0123456789abcdefg"), "warning", "17 bytes"),
    (settings.old_keys, kept_key(31), "warning", "old keys"),
    (settings.old_keys, kept_key(2), "ok", "old keys"),
    (settings.debug, with_config(DEBUG=True), "failure", "debug mode is on"),
    (settings.hosts, with_config(ANYWHERE), "failure", "whatever name"),
    (settings.hosts, with_config(PROXIES=1), "failure", "whatever name"),
    (settings.hosts, with_config(ANYWHERE, **PUBLIC), "ok", "quiz.school.example"),
    (settings.proxies, with_config(ANYWHERE, PROXIES=1), "warning", "past them"),
    (settings.proxies, with_config(HTTPS=True), "warning", "from one place"),
    (settings.https, with_config(HTTPS=True, SESSION_COOKIE_SECURE=False), "failure", "plain HTTP"),
    (settings.https, with_config(HTTPS=True, SESSION_COOKIE_SECURE=True), "failure", "plain HTTP"),
    (settings.https, with_config(**PUBLIC), "warning", "passwords can be read"),
    (
        settings.https,
        with_config(HTTPS=True, SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-quiz"),
        "ok",
        "HTTPS alone",
    ),
    (settings.cookie, with_config(SESSION_COOKIE_HTTPONLY=False), "failure", "the cookie"),
    (settings.cookie, with_config(SESSION_COOKIE_SAMESITE="None"), "failure", "the cookie"),
    (settings.cookie, with_config(SESSION_COOKIE_DOMAIN="example.org"), "failure", "the cookie"),
    (settings.form_tokens, with_config(WTF_CSRF_ENABLED=False), "failure", "other sites"),
    (settings.form_tokens, with_config(WTF_CSRF_TIME_LIMIT=3600), "failure", "an answer is lost"),
    (settings.request_size, with_config(MAX_CONTENT_LENGTH=None), "failure", "as large as"),
    (settings.request_size, with_config(MAX_CONTENT_LENGTH=10**9), "failure", "as large as"),
    (sqlite.sqlite_version, sqlite_of(3, 40, 1), "warning", "take turns"),
    (sqlite.sqlite_version, sqlite_of(3, 52, 0), "ok", "SQLite"),
    (sqlite.journal_mode, no_journal, "failure", "journal_mode is delete"),
    (sqlite.synchronous, pragma("synchronous=NORMAL"), "failure", "synchronous is 1"),
    (sqlite.foreign_keys, pragma("foreign_keys=OFF"), "failure", "foreign_keys is 0"),
    (sqlite.secure_delete, pragma("secure_delete=OFF"), "failure", "secure_delete is 0"),
    (sqlite.integrity, damaged, "failure", "damaged"),
    (sqlite.references, lost_row, "failure", "in fact, item"),
    (sqlite.journal, long_journal, "warning", "66560 KB"),
    (postgres.server_version, server_says(server_version_num="130009"), "warning", "PostgreSQL 13"),
    (postgres.fsync, server_says(fsync="off"), "failure", "fsync is off"),
    (postgres.synchronous_commit, server_says(synchronous_commit="off"), "failure", "would lose answers"),
    (postgres.full_page_writes, server_says(full_page_writes="off"), "failure", "half a page"),
    (postgres.checksums, server_says(data_checksums="off"), "warning", "not noticed"),
    (postgres.checksums, server_says(data_checksums="on"), "ok", "checksums"),
    (postgres.role, server_says(is_superuser="on"), "warning", "superuser"),
    (postgres.role, server_says(is_superuser="off"), "ok", "no superuser"),
    (postgres.connections, server_says(max_connections="20"), "warning", "20 connections"),
    (database.database, sql("SELECT 1"), "ok", "sqlite answers"),
    (database.tables, sql("UPDATE alembic_version SET version_num = '9999'"), "failure", "another release (9999)"),
    (database.tables, sql("DROP TABLE alembic_version"), "failure", "no tables yet"),
    (database.write_lock, held_lock, "failure", "kept all writers waiting"),
    (database.writes, read_only, "failure", "could not be asked: attempt to write a readonly database"),
    (content.bank, sql("UPDATE item SET state = 'retired' WHERE topic_id = 'referendum'"), "failure", "referendum 0"),
    (content.bank, sql(ALL_BUT_ONE), "warning", "few questions"),
    (content.administrator, nothing, "warning", "nobody looks after"),
    (content.administrator, lambda w: signed_in(w.app, administrator=True), "ok", "1 administrators"),
    (content.clock, from_the_future, "warning", "the clock says"),
    (content.static_files, lambda w: w.patch.setattr(assets, "STATIC_DIR", w.folder), "failure", "missing: "),
    (content.static_files, lambda w: w.patch.setattr(assets, "TEMPLATES_DIR", w.folder), "failure", "all of them"),
    (content.catalogues, catalogue("no catalogue at all"), "failure", "fr cannot be read"),
    (content.catalogues, catalogue(""), "failure", "fr has no texts"),
    (content.retention, old_learner, "warning", "1 learners did nothing for 400 days"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "change", "level", "words"), ILL, ids=[f"{one[0].__name__}-{n}" for n, one in enumerate(ILL)]
)
def test_g15_each_check_sees_what_is_broken(
    ward: Ward, check: Check, change: Change, level: str, words: str
) -> None:
    change(ward)

    found = finding_of(check, ward.patient)

    assert (found.level, words in found.found) == (level, True), found
    assert bool(found.remedy) is (level != "ok")


def test_every_check_is_held_against_a_broken_state() -> None:
    """What only informs is always well."""
    informs = {content.original_articles, content.open_reports, database.database}
    every = {
        *machine.CHECKS,
        *settings.CHECKS,
        *sqlite.CHECKS,
        *postgres.CHECKS,
        *database.GENERAL,
        *content.CHECKS,
    }

    assert every - informs == {check for check, _, level, _ in ILL if level != "ok"}


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [
        ((3, 6, 23), False), ((3, 7, 0), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 50, 6), True),
        ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False),
    ],
)  # fmt: skip
def test_which_sqlite_can_damage_a_database(version: tuple[int, ...], is_faulty: bool) -> None:
    assert sqlite.is_faulty(version) is is_faulty


def test_on_a_terminal_what_fails_stands_out_with_its_remedy(own_app: Flask, tmp_path: Path) -> None:
    """And the exit code says that something fails."""
    visitor = Visitor(own_app.test_client())
    public_id = visitor.start()
    visitor.answer(public_id, 1, questions(own_app, public_id)[1].key)
    visitor.post(f"/attempts/{public_id}/items/1/report", {"reason": "key", "text": ""})
    (Path(own_app.instance_path) / "originals").mkdir()
    (Path(own_app.instance_path) / "originals" / "a.txt").write_text("")

    done = own_app.test_cli_runner().invoke(args=["doctor", "--host", ANYWHERE])

    assert done.exit_code == 1
    lines = done.output.splitlines()
    (row,) = [number for number, line in enumerate(lines) if line.startswith("FAILURE")]
    assert "hosts" in lines[row]
    assert "→ set QUIZAPP_HOSTS" in lines[row + 1]
    assert lines[-1].endswith(" 1 failure")
    assert "1 reports of learners wait for a teacher" in done.output
    assert "1 original articles are attached" in done.output


@pytest.mark.parametrize("url", ["sqlite:////nowhere/quiz.db", "postgresql://nobody:hush@127.0.0.1:9/quiz"])
def test_a_database_that_is_away_is_one_finding(tmp_path: Path, url: str) -> None:
    with running_app(url, tmp_path / "instance") as app:
        done = app.test_cli_runner().invoke(args=["doctor"])

    assert done.exit_code == 1
    assert "FAILURE  database" in done.output
    assert done.output.count("could not be asked") == 1
    assert "hush" not in done.output


def test_a_database_without_tables_has_no_content_to_look_at(sqlite: Any, tmp_path: Path) -> None:
    with running_app(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "instance") as app:
        done = app.test_cli_runner().invoke(args=["doctor"])

    assert done.exit_code == 1
    assert "flask serve makes them" in done.output
    assert "approved questions" not in done.output
