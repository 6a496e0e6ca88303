"""The log as it is read: newest first, filtered, a page at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quizapp.models.log import AuditEntryRow

A_PAGE = 50

_LONGEST = 200
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FIRST_YEAR, _LAST_YEAR = 1970, 2999  # databases and calendars end somewhere
_ID = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries: of an action, by somebody, about a question or an account, on days from – to in UTC."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> LogFilter:
        """The filter that an address names; a day that is none is left out."""

        def said(name: str) -> str:
            return _UNREADABLE.sub("", str(args.get(name, "")))[:_LONGEST].strip()

        return cls(said("action"), said("actor"), said("subject"), _day(said("since")), _day(said("until")))

    def to_args(self) -> dict[str, str]:
        """What stands in the address of the list."""
        named = {
            "action": self.action,
            "actor": self.actor,
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
        }
        return {name: str(value) for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event."""

    id: int
    at: dt.datetime
    actor: str
    action: str
    subject: str | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries; ``newer`` and ``older`` are the ids that the neighbouring pages begin at, where there are any."""

    entries: tuple[Entry, ...]
    newer: int | None
    older: int | None


def entry_id(typed: str) -> int | None:
    """The id of an entry that an address names."""
    return int(typed) if _ID.fullmatch(typed) else None


def list_entries(
    session: Session, wanted: LogFilter, *, before: int | None = None, after: int | None = None
) -> LogPage:
    """The newest entries, or those before one, or those after one; pages stay whole while the log grows."""
    query = select(AuditEntryRow).where(*_conditions(wanted))
    if after is not None:
        query = query.where(AuditEntryRow.id > after).order_by(AuditEntryRow.id)
    else:
        query = query.order_by(AuditEntryRow.id.desc())
        if before is not None:
            query = query.where(AuditEntryRow.id < before)
    rows = session.scalars(query.limit(A_PAGE + 1)).all()
    has_more = len(rows) > A_PAGE
    shown = rows[:A_PAGE] if after is None else rows[:A_PAGE][::-1]
    entries = tuple(Entry(row.id, row.at, row.actor, row.action, row.subject, row.details) for row in shown)
    if not entries:
        return LogPage((), None, None)
    comes_after = before is not None if after is None else has_more
    goes_on = has_more if after is None else True
    return LogPage(entries, entries[0].id if comes_after else None, entries[-1].id if goes_on else None)


def list_actions(session: Session) -> tuple[str, ...]:
    """Every action that the log has."""
    return tuple(session.scalars(select(AuditEntryRow.action).distinct().order_by(AuditEntryRow.action)))


def list_actors(session: Session) -> tuple[str, ...]:
    """Everybody whom the log has."""
    return tuple(session.scalars(select(AuditEntryRow.actor).distinct().order_by(AuditEntryRow.actor)))


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.action:
        found.append(AuditEntryRow.action == wanted.action)
    if wanted.actor:
        found.append(AuditEntryRow.actor == wanted.actor)
    if wanted.subject:
        found.append(AuditEntryRow.subject == wanted.subject)
    if wanted.since:
        found.append(AuditEntryRow.at >= _midnight(wanted.since))
    if wanted.until:
        found.append(AuditEntryRow.at < _midnight(wanted.until) + dt.timedelta(days=1))
    return found


def _day(typed: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
