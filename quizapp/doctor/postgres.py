"""Checks of PostgreSQL: whether it keeps what it acknowledged, and how much we may there."""

from __future__ import annotations

from sqlalchemy import text

from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok, warning
from quizapp.transactions import reading

_OLDEST = 14
_FEWEST_CONNECTIONS = 40  # of two workers, with some left for commands
_KEEPS = frozenset({"on", "local", "remote_write", "remote_apply"})


def server_version(patient: Patient) -> Verdict:
    """Old ones get no corrections any more."""
    del patient
    number = int(setting("server_version_num")) // 10000
    if number < _OLDEST:
        return warning(f"PostgreSQL {number} gets no corrections any more", f"move to {_OLDEST} or newer")
    return ok(f"PostgreSQL {number}")


def fsync(patient: Patient) -> Verdict:
    """Off, a power cut damages the database."""
    del patient
    return _on("fsync", "a power cut would damage the database")


def synchronous_commit(patient: Patient) -> Verdict:
    """Off, a power cut loses what was acknowledged."""
    del patient
    found = setting("synchronous_commit")
    if found not in _KEEPS:
        return failure(
            f"synchronous_commit is {found}: a power cut would lose answers that were told to be saved",
            "set it on in postgresql.conf, and reload",
        )
    return ok(f"synchronous_commit is {found}")


def full_page_writes(patient: Patient) -> Verdict:
    """Off, a power cut may leave half a page."""
    del patient
    return _on("full_page_writes", "a power cut could leave half a page")


def checksums(patient: Patient) -> Verdict:
    """Without them nobody hears of a disk that forgets."""
    del patient
    if setting("data_checksums") != "on":
        return warning("a disk that forgets is not noticed", "stop PostgreSQL, and pg_checksums --enable")
    return ok("pages carry checksums")


def role(patient: Patient) -> Verdict:
    """It owns the tables, and nothing else."""
    del patient
    if setting("is_superuser") == "on":
        return warning("the role is a superuser", "make a role without rights that owns this database alone")
    return ok("the role is no superuser")


def connections(patient: Patient) -> Verdict:
    """Each thread of each worker of each machine holds one."""
    del patient
    most = int(setting("max_connections"))
    if most < _FEWEST_CONNECTIONS:
        return warning(
            f"{most} connections at most", f"max_connections = {_FEWEST_CONNECTIONS} for each machine"
        )
    return ok(f"{most} connections at most")


def setting(name: str) -> str:
    """What the server says of itself."""
    with reading() as session:
        return str(session.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar_one())


def _on(name: str, harm: str) -> Verdict:
    found = setting(name)
    if found != "on":
        return failure(f"{name} is {found}: {harm}", "set it on in postgresql.conf, and reload")
    return ok(f"{name} is on")


CHECKS: tuple[Check, ...] = (
    server_version,
    fsync,
    synchronous_commit,
    full_page_writes,
    checksums,
    role,
    connections,
)
