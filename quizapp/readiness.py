"""Readiness: whether this process could serve somebody now."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizapp.revisions import newest_revisions
from quizapp.services.operating import revisions_of
from quizapp.transactions import reading

LEAST_FREE = 200 * 1024 * 1024  # bytes

_NOTE = "last_backup"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the database answers, its tables are those of this release, and there is room on the disk."""

    database: bool
    schema: bool
    disk: bool
    last_backup: dt.datetime | None  # for whoever watches; nobody is turned away for want of one

    @property
    def is_ready(self) -> bool:
        """Whether all is there that answering takes."""
        return self.database and self.schema and self.disk


def readiness_of(instance: Path) -> Readiness:
    """How it stands at the moment; call inside an application's context."""
    database, schema = False, False
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
            database = True
            schema = revisions_of(session) == newest_revisions()
    except SQLAlchemyError:
        schema = False
    return Readiness(
        database, schema, shutil.disk_usage(instance).free > LEAST_FREE, last_backup_at(instance)
    )


def note_backup(instance: Path, now: dt.datetime) -> None:
    """Remember that everything was backed up: beside the database, since a backup changes no row."""
    (instance / _NOTE).write_text(now.isoformat(), encoding="ascii")


def last_backup_at(instance: Path) -> dt.datetime | None:
    """When this machine last backed up, as far as it knows."""
    try:
        return dt.datetime.fromisoformat((instance / _NOTE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
