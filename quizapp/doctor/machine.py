"""Checks of the machine: what runs here, where the data lies, and whether the clock can be right."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import stat
import sys
from importlib.metadata import version
from pathlib import Path

from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok, warning
from quizapp.readiness import LEAST_FREE, last_backup_at

_PYTHON = (3, 11)
_PLENTY = 5 * LEAST_FREE
_FILES = 2048  # what a worker has open when it is full
_BACKUP_AGE = dt.timedelta(days=2)
_MEGABYTE = 1024 * 1024
# Below these, faults that are known let strangers in.
_LEAST = {
    "argon2-cffi": (25, 1),
    "flask": (3, 1, 3),
    "flask-wtf": (1, 3),
    "jinja2": (3, 1, 6),
    "sqlalchemy": (2, 0, 40),
    "werkzeug": (3, 1, 9),
    "wtforms": (3, 3),
}
_FAR_AWAY = frozenset({"9p", "afs", "ceph", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"})
MOUNTS = Path("/proc/self/mounts")


def python(patient: Patient) -> Verdict:
    """Old ones are not looked after any more."""
    del patient
    told = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON:
        return failure(f"Python {told}", "install Python 3.11 or newer, and set up the environment with it")
    return ok(f"Python {told}")


def packages(patient: Patient) -> Verdict:
    """Those that strangers' requests go through."""
    del patient
    old = [f"{name} {version(name)}" for name, least in _LEAST.items() if _numbers(version(name)) < least]
    if old:
        return failure(f"out of date: {', '.join(old)}", "run the first command of README once more")
    return ok(f"{len(_LEAST)} packages are new enough")


def user(patient: Patient) -> Verdict:
    """What breaks out of a server that is root has the whole machine."""
    del patient
    if os.geteuid() == 0:
        return warning("runs as root", "make a user of its own, and have it own the instance folder")
    return ok("runs as a user of its own")


def open_files(patient: Patient) -> Verdict:
    """Each visitor holds a connection."""
    del patient
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most not in {resource.RLIM_INFINITY, -1} and most < _FILES:
        return warning(
            f"{most} files may be open at once", f"LimitNOFILE={_FILES * 4} in the unit, or ulimit -n"
        )
    return ok("as many connections may be open as are taken")


def free_disk(patient: Patient) -> Verdict:
    """Answers are lost for want of room, and none is told to be kept."""
    free = shutil.disk_usage(patient.instance).free
    told = f"{free // _MEGABYTE} MB free for {patient.instance}"
    if free <= LEAST_FREE:
        return failure(told, "make room: without it nothing can be saved")
    return warning(told, "make room before long") if free < _PLENTY else ok(told)


def instance_folder(patient: Patient) -> Verdict:
    """The database, the secret key and uploads lie there."""
    mode = patient.instance.stat().st_mode
    told = f"{patient.instance} has the rights {stat.filemode(mode)}"
    remedy = f"chmod 700 {patient.instance}"
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return failure(f"others can write: {told}", remedy)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return warning(f"others on this machine can look in: {told}", remedy)
    return ok(told)


def local_disk(patient: Patient) -> Verdict:
    """SQLite's journal needs memory that processes share, which no network disk gives."""
    kind = _kind_of_disk(patient.instance.resolve())
    if kind in _FAR_AWAY and patient.engine.dialect.name == "sqlite":
        return failure(f"the database lies on a network disk ({kind})", "use a local disk, or PostgreSQL")
    return ok(f"the disk is of the kind {kind or 'unknown'}")


def backup(patient: Patient) -> Verdict:
    """The newest that this machine knows of."""
    last = last_backup_at(patient.instance)
    remedy = "flask backup FILE, each night, and a copy in another house"
    if last is None:
        return warning("no backup was made here yet", remedy)
    age = patient.now - last
    told = f"the last backup is of {last:%Y-%m-%d %H:%M} UTC"
    return warning(told, remedy) if age > _BACKUP_AGE else ok(told)


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(int(part) for part in told.split(".")[:3] if part.isdecimal())


def _kind_of_disk(path: Path) -> str:
    """As the system lists what is mounted; the longest path that leads there counts, of equals the last."""
    if not MOUNTS.exists():
        return ""
    found = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    leading = [(place, kind) for _, place, kind, *_ in found if path.is_relative_to(place)]
    return max(reversed(leading), key=lambda one: len(one[0]))[1] if leading else ""


CHECKS: tuple[Check, ...] = (
    python,
    packages,
    user,
    open_files,
    free_disk,
    instance_folder,
    local_disk,
    backup,
)
