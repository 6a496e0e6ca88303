"""Checks of SQLite: its version, how it was opened, and whether the file is whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import text

from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok, warning
from quizapp.transactions import reading

Version = tuple[int, ...]

_FAULTY_SINCE, _SOUND_SINCE = (3, 7, 0), (3, 51, 3)
_MENDED = ((3, 44, 6), (3, 50, 7))  # these and later ones of their series
_LONGEST_JOURNAL = 64 * 1024 * 1024
_OURS = "start the server again; if it stays, something else changed quizapp/database.py"


def sqlite_version(patient: Patient) -> Verdict:
    """Some versions can damage a database that several processes write to."""
    del patient
    found = sqlite3.sqlite_version_info
    if is_faulty(found):
        return warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database while its journal is emptied; "
            "our writers take turns, which keeps it from happening",
            "let no other program write to the file; SQLite 3.51.3 has the fault mended",
        )
    return ok(f"SQLite {sqlite3.sqlite_version}")


def is_faulty(version: Version) -> bool:
    """Whether the version has the fault called WAL reset."""
    mended = any(version[:2] == one[:2] and version >= one for one in _MENDED)
    return _FAULTY_SINCE <= version < _SOUND_SINCE and not mended


def journal_mode(patient: Patient) -> Verdict:
    """Readers and writers do not wait for each other."""
    del patient
    return _pragma("journal_mode", "wal", "who reads and who writes would wait for each other")


def synchronous(patient: Patient) -> Verdict:
    """FULL: what was acknowledged survives a power cut."""
    del patient
    return _pragma("synchronous", 2, "a power cut would lose answers that were told to be saved")


def foreign_keys(patient: Patient) -> Verdict:
    """No row refers to one that is not there."""
    del patient
    return _pragma("foreign_keys", 1, "rows could refer to others that are gone")


def secure_delete(patient: Patient) -> Verdict:
    """What a learner deletes is overwritten."""
    del patient
    return _pragma("secure_delete", 1, "what is deleted could be read in the file")


def integrity(patient: Patient) -> Verdict:
    """The file is whole."""
    del patient
    with reading() as session:
        found = [str(row[0]) for row in session.execute(text("PRAGMA quick_check(3)"))]
    if found != ["ok"]:
        return failure(
            f"the database is damaged: {'; '.join(found)}",
            "stop the server, keep the file, and flask restore the last backup",
        )
    return ok("the file is whole")


def references(patient: Patient) -> Verdict:
    """Every row that is referred to is there."""
    del patient
    with reading() as session:
        lost = session.execute(text("PRAGMA foreign_key_check")).fetchmany(100)
    if lost:
        names = ", ".join(sorted({str(row[0]) for row in lost}))
        return failure(f"rows refer to others that are gone, in {names}", "flask restore the last backup")
    return ok("every row that is referred to is there")


def journal(patient: Patient) -> Verdict:
    """It grows while somebody reads for long."""
    path = Path(f"{patient.engine.url.database}-wal")
    size = path.stat().st_size if path.exists() else 0
    told = f"the journal has {size // 1024} KB"
    if size > _LONGEST_JOURNAL:
        return warning(
            told, "look for a process that has been reading for hours; then start the server again"
        )
    return ok(told)


def _pragma(name: str, wanted: str | int, harm: str) -> Verdict:
    with reading() as session:
        found = session.execute(text(f"PRAGMA {name}")).scalar()
    if found != wanted:
        return failure(f"{name} is {found}, not {wanted}: {harm}", _OURS)
    return ok(f"{name} is {found}")


CHECKS: tuple[Check, ...] = (
    sqlite_version,
    journal_mode,
    synchronous,
    foreign_keys,
    secure_delete,
    integrity,
    references,
    journal,
)
