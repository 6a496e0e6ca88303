"""Reading and writing: the only place that commits. Every change of the database goes through ``writing``."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.database import WRITES, checkpoint
from quizapp.extensions import db
from quizapp.services.problems import BusyError

WAIT = 10.0  # seconds that a writer queues before it gives up
_LONG_WAIT = 300.0  # the same for a process that cannot go on without
_PAUSE = 0.005
_CHECKPOINTS = 40  # times that a journal in use is tried again
_CHECKPOINT_PAUSE = 0.05
_ALONE = 1853  # the number under which PostgreSQL keeps the lock of ``alone``

# On SQLite every transaction sees one state, and ``database`` refuses writes.
_READING = {"postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}

_threads = threading.Lock()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one state of the database and cannot change it; within another it is that one."""
    session = db.session()
    if session.in_transaction():
        yield session
        return
    try:
        session.connection(execution_options=_READING.get(db.engine.dialect.name, {}))
        yield session
    finally:
        session.rollback()


@contextmanager
def writing(*, patience: float | None = None) -> Iterator[Session]:
    """A session whose changes are on disk when the block ends, or not at all when it raises.

    On SQLite writers take turns by an application lock: the database's own busy handler is unfair under load.
    Raises BusyError when the turn does not come within ``patience`` seconds, or else WAIT.
    """
    session = db.session()
    session.rollback()  # a transaction that has read is never made a writing one
    with ExitStack() as stack:
        if db.engine.dialect.name == "sqlite":
            stack.enter_context(
                _turn(Path(current_app.instance_path) / "write.lock", WAIT if patience is None else patience)
            )
            session.connection(execution_options={WRITES: True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else who asks for the same, and on SQLite no writer at all, goes on while the block runs.

    For what commits by itself and may take long, as migrations do. Raises BusyError when the turn does not come.
    """
    if db.engine.dialect.name == "sqlite":
        with _turn(Path(current_app.instance_path) / "write.lock", _LONG_WAIT):
            yield
        return
    with db.engine.connect() as connection, connection.begin():
        connection.execute(select(func.pg_advisory_xact_lock(_ALONE)))
        yield


def empty_journal() -> bool:
    """Leave nothing to be read of what the last transactions deleted; whether that could be done.

    SQLite's journal holds old pages until it is written into the database's file and cut to nothing, which waits for
    everybody who is reading. PostgreSQL clears such rows away by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session().rollback()  # who reads here would be waited for, too
    for _ in range(_CHECKPOINTS):
        with suppress(BusyError), _turn(Path(current_app.instance_path) / "write.lock", _CHECKPOINT_PAUSE):
            if checkpoint(db.engine):
                return True
        time.sleep(_CHECKPOINT_PAUSE)
    return False


@contextmanager
def _turn(path: Path, patience: float) -> Iterator[None]:
    """The writer's turn among the threads of this process and all other processes."""
    deadline = time.monotonic() + patience
    if not _threads.acquire(timeout=patience):
        raise BusyError
    try:
        with path.open("a", encoding="ascii") as file:
            _lock(file, deadline)
            yield
    finally:
        _threads.release()


def _lock(file: IO[str], deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BusyError from None
            time.sleep(_PAUSE)
        else:
            return
