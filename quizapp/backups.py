"""Backups: the whole database as one SQLite file, whatever kind it is, taken while the quiz goes on; and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from quizapp.copying import copy_rows, empty
from quizapp.database import WRITES
from quizapp.extensions import db
from quizapp.migrating import bring_up_to_date, migrations_of
from quizapp.models.base import Base
from quizapp.services.versions import index_all
from quizapp.transactions import alone

# Opens an application on the database at an address, for a while.
AppOn = Callable[[str], AbstractContextManager[Flask]]

_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class BackupRefusedError(Exception):
    """The file is no backup that can be taken back; its message says why, and nothing was changed."""


def back_up(app: Flask, path: Path, app_on: AppOn) -> dict[str, int]:
    """Write a consistent copy to ``path``; answers the number of rows by table.

    It is written beside its place, checked, and moved there once it is on disk: the file is whole or is not there.
    """
    with _draft_beside(path) as draft:
        if _engine(app).dialect.name == "sqlite":
            _copy_file(_file_of(app), draft)
        else:
            with app_on(f"sqlite:///{draft}") as file:
                bring_up_to_date(file)
                copy_database(app, file)
        with closing(sqlite3.connect(draft)) as file:
            file.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        counts = _check(draft)
        _sync(draft)
        draft.replace(path)
        _sync(path.parent)
    return counts


def restore(app: Flask, path: Path, app_on: AppOn) -> dict[str, int]:
    """Make the database what the backup holds: all of it, or on an error nothing. Answers the rows by table.

    A backup of an earlier release is brought up to date first, in a copy. Raises BackupRefusedError for a file that
    is no whole backup of this application, or one of a later release.
    """
    _check(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(path, Path(folder) / "backup.db"))
        with app_on(f"sqlite:///{copy}") as file:
            _refuse_later_release(file, path)
            bring_up_to_date(file)
            if _engine(app).dialect.name == "sqlite":
                _dispose(file)
                with app.app_context(), alone():
                    _copy_file(copy, _file_of(app))
            else:
                _replace(app, file)
        return _check(copy)


def copy_database(source: Flask, target: Flask) -> dict[str, int]:
    """Copy every row of one application's database into another's, which is empty; answers the rows by table.

    What is copied is of one moment, and arrives whole or not at all. Raises NotEmptyError where the target is not
    empty.
    """
    engine = _engine(source)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(**_SNAPSHOT)
    with engine.connect() as here, _writing(target) as there:
        return _copy_all(here, there)


def _replace(app: Flask, file: Flask) -> None:
    with _engine(file).connect() as here, _writing(app) as there:
        empty(there)
        _copy_all(here, there)


def _copy_all(here: Connection, there: Connection) -> dict[str, int]:
    """The rows, and the words of the questions, which each kind of database searches in its own way."""
    counts = copy_rows(here, there)
    with Session(there) as session:
        index_all(session)
    return counts


def _engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@contextmanager
def _writing(app: Flask) -> Iterator[Connection]:
    with _engine(app).execution_options(**{WRITES: True}).begin() as connection:
        yield connection


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _file_of(app: Flask) -> Path:
    return Path(str(_engine(app).url.database))


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own online copy: whoever reads or writes either file sees it before or after, never in between."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def _check(path: Path) -> dict[str, int]:
    """The rows by table of a file that is a whole database of this application."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupRefusedError(f"{path} is damaged")
            if file.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BackupRefusedError(f"{path} refers to rows that it does not hold")
            known = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in known:
                raise BackupRefusedError(f"{path} is a database, but none of this application")
            tables = [table.name for table in Base.metadata.sorted_tables if table.name in known]
            return {name: _count(file, name) for name in tables}
    except sqlite3.DatabaseError as error:
        raise BackupRefusedError(f"{path} is no backup: {error}") from error


def _count(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - a name of ours


def _refuse_later_release(file: Flask, path: Path) -> None:
    with file.app_context():
        migrations = migrations_of(file)
        known = {script.revision for script in migrations.script_directory.walk_revisions()}
        with db.engine.connect() as connection:
            held = {row[0] for row in connection.exec_driver_sql("SELECT version_num FROM alembic_version")}
    if not held <= known:
        raise BackupRefusedError(f"{path} comes from a later release of this application; install that first")


def _sync(path: Path) -> None:
    """Have the file, or the folder's list of files, on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    """A name for the file while it is written; whatever is left under it goes."""
    draft = path.with_name(f"{path.name}.new")
    _clear(draft)
    try:
        yield draft
    finally:
        _clear(draft)


def _clear(draft: Path) -> None:
    for leftover in draft.parent.glob(f"{draft.name}*"):
        leftover.unlink()
