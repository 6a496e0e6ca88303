"""The log: who did what, when, and to what. The database itself refuses to change or remove an entry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from quizapp.models.log import AuditEntryRow

COMMAND_LINE = "command line"


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    now: dt.datetime,
    subject: str | None = None,
    details: dict[str, Any] | None = None,
) -> int:
    """Add an entry in the session's transaction: with what it tells of, or not at all. Answers its id."""
    entry = AuditEntryRow(at=now, actor=actor, action=action, subject=subject, details=details or {})
    session.add(entry)
    session.flush()
    return entry.id
