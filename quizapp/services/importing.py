"""Importing: a file is kept until its preview was confirmed, and then all of it is taken in, or nothing.

What is confirmed must be what was previewed. So the file stays on the server for an hour, where only the account that
sent it finds it, under a random name: nothing that a browser sends back could change it, and no name that a person
gave to a file is ever a path here.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from question_bank.items import State
from quizapp.marking import mark
from quizapp.models.log import AuditEntryRow
from quizapp.services import log
from quizapp.services.csv_reading import read_csv
from quizapp.services.editing import save_edit
from quizapp.services.import_file import MOST_BYTES, Reading, decode
from quizapp.services.import_plan import Plan, make_plan
from quizapp.services.import_writing import Findings, create_questions
from quizapp.services.json_format import read_json
from quizapp.services.problems import ImportGoneError, ProblemError

FOLDER = "imports"  # in the instance folder
KEPT_FOR = dt.timedelta(hours=1)
MOST_KEPT = 3  # files of one account; the oldest makes room
STATES: tuple[State, ...] = (
    "draft",
    "in_review",
)  # nothing that was imported is asked before somebody has looked
ACTION = "import"
IMPORTED = mark("Imported from a %(format)s file")  # the note of the versions that it makes

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class BankChangedError(ProblemError):
    """The bank is not what it was when the preview was made; ``plan`` is what would be done now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, as the log tells it."""

    new: int
    changed: int
    there: int
    state: str


def read_file(data: bytes) -> Reading:
    """What the bytes say: JSON when they begin so, else a table. Names of files are not asked."""
    text, fault = decode(data)
    if fault:
        return Reading("file", faults=[fault])
    return read_json(text) if text.lstrip()[:1] in {"{", "["} else read_csv(text)


def keep_file(
    folder: Path, data: bytes, *, owner: int, now: dt.datetime, token: Callable[[], str] | None = None
) -> str:
    """Keep a file for its preview and answer its name; what is too old goes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(folder, now)
    own = sorted(folder.glob(f"{owner}.*"), key=lambda path: path.stat().st_mtime)
    for path in own[: max(0, len(own) - MOST_KEPT + 1)]:
        path.unlink(missing_ok=True)
    name = (token or _new_token)()
    descriptor = os.open(folder / f"{owner}.{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.utime(folder / f"{owner}.{name}", (now.timestamp(), now.timestamp()))
    return name


def load_file(folder: Path, name: str, *, owner: int, now: dt.datetime) -> bytes:
    """The file that this account keeps under this name; ImportGoneError where there is none."""
    path = _path(folder, name, owner)
    try:
        if now.timestamp() - path.stat().st_mtime > KEPT_FOR.total_seconds():
            raise ImportGoneError
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ImportGoneError from None


def drop_file(folder: Path, name: str, *, owner: int) -> None:
    """Let go of a file."""
    _path(folder, name, owner).unlink(missing_ok=True)


def sweep(folder: Path, now: dt.datetime) -> None:
    """Remove what nobody has confirmed in time."""
    for path in folder.glob("*.*"):
        if now.timestamp() - path.stat().st_mtime > KEPT_FOR.total_seconds():
            path.unlink(missing_ok=True)


def import_questions(  # noqa: PLR0913 - what makes an import, each by its name
    session: Session,
    reading: Reading,
    *,
    digest: str,
    sha256: str,
    findings: Findings,
    state: State,
    teacher: str,
    now: dt.datetime,
    needs_second: bool = False,
) -> int | None:
    """Do what the plan with this digest says, and answer the id of its log entry; None where nothing is to be done.

    ``sha256`` is that of the file, for the log. Raises BankChangedError when that is not what would be done now.
    """
    plan = make_plan(session, reading)
    if plan.digest != digest or plan.faults:
        raise BankChangedError(plan)
    if plan.does_nothing:
        return None
    note = IMPORTED % {"format": plan.format}
    create_questions(session, plan.new, findings=findings, state=state, teacher=teacher, now=now, note=note)
    for change in plan.changed:
        save_edit(
            session,
            uid=change.question.uid,
            content=change.content,
            based_on=change.question.number,
            teacher=teacher,
            now=now,
            note=note,
            needs_second=needs_second,
        )
    details = {"format": plan.format, "sha256": sha256, **_counts(plan), "state": state}
    return log.record(session, actor=teacher, action=ACTION, details=details, now=now)


def _counts(plan: Plan) -> dict[str, int]:
    return {"new": len(plan.new), "changed": len(plan.changed), "there": len(plan.there)}


def find_import(session: Session, entry: int, *, teacher: str) -> Imported | None:
    """What an import of this teacher did, by its log entry."""
    row = session.get(AuditEntryRow, entry)
    if row is None or row.action != ACTION or row.actor != teacher:
        return None
    return Imported(*(row.details[name] for name in ("new", "changed", "there", "state")))


def _path(folder: Path, name: str, owner: int) -> Path:
    if not _TOKEN.fullmatch(name):
        raise ImportGoneError
    return folder / f"{owner}.{name}"


def _new_token() -> str:
    return secrets.token_urlsafe(16)
