"""Examining: one check after another; where the database is away, what would ask it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from quizapp.doctor import content, database, machine, postgres, settings, sqlite
from quizapp.doctor.findings import Check, Finding, Patient, Verdict, failure
from quizapp.services.problems import BusyError

OF_DIALECT: dict[str, tuple[Check, ...]] = {"sqlite": sqlite.CHECKS, "postgresql": postgres.CHECKS}


def examine(patient: Patient) -> Iterator[Finding]:
    """What every check finds, as soon as it is found."""
    yield from _findings((*machine.CHECKS, *settings.CHECKS), patient)
    answers = finding_of(database.database, patient)
    yield answers
    if answers.level == "failure":
        return
    yield from _findings(OF_DIALECT.get(patient.engine.dialect.name, ()), patient)
    general = tuple(_findings(database.GENERAL, patient))
    yield from general
    if general[0].level == "ok":  # what lacks its tables has no content
        yield from _findings(content.CHECKS, patient)


def finding_of(check: Check, patient: Patient) -> Finding:
    """What one check finds; a fault on the way is a finding, too."""
    try:
        verdict = check(patient)
    except (SQLAlchemyError, BusyError, OSError) as fault:
        verdict = _could_not(fault)
    return Finding(check.__name__.replace("_", " "), verdict.level, verdict.found, verdict.remedy)


def _findings(checks: Iterable[Check], patient: Patient) -> Iterator[Finding]:
    return (finding_of(check, patient) for check in checks)


def _could_not(fault: Exception) -> Verdict:
    told = str(getattr(fault, "orig", None) or fault).strip().splitlines()
    return failure(
        f"could not be asked: {told[0] if told else type(fault).__name__}",
        "see that the database runs, that DATABASE_URL names it, and that this user may use its files",
    )
