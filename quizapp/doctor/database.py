"""Checks of any database: whether it answers, has the tables of this release, and takes what is written."""

from __future__ import annotations

from sqlalchemy import inspect, text

from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok
from quizapp.revisions import newest_revisions
from quizapp.services.operating import revisions_of
from quizapp.services.problems import BusyError
from quizapp.transactions import reading, writing

PATIENCE = 3.0  # seconds


def database(patient: Patient) -> Verdict:
    """It answers."""
    with reading() as session:
        session.execute(text("SELECT 1"))
    return ok(f"{patient.engine.dialect.name} answers")


def tables(patient: Patient) -> Verdict:
    """They are those of this release."""
    del patient
    with reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return failure("the database has no tables yet", "flask serve makes them, and builds the bank")
        found = revisions_of(session)
    if found != newest_revisions():
        return failure(
            f"the tables are those of another release ({', '.join(sorted(found)) or 'none'})",
            "flask serve brings them up to date; where they are newer, install the newer release",
        )
    return ok("the tables are those of this release")


def write_lock(patient: Patient) -> Verdict:
    """A writer gets its turn."""
    del patient
    try:
        with writing(patience=PATIENCE):
            return ok("a writer gets its turn")
    except BusyError:
        return failure(
            f"something has kept all writers waiting for {PATIENCE:.0f} s",
            "look for a command that hangs (flask …), and end it",
        )


def writes(patient: Patient) -> Verdict:
    """What is saved can be saved; of this trial nothing stays."""
    del patient
    with writing(patience=PATIENCE) as session:
        session.execute(text("DELETE FROM sign_in_failure WHERE id < 0"))
        session.rollback()
    return ok("the database can be written")


GENERAL: tuple[Check, ...] = (tables, write_lock, writes)
