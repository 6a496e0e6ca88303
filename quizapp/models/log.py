"""The log: what changed the bank, when, and by whom; entries are added and never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime

REBUILD = "seed-questions"  # the action of a rebuild of the bank


class AuditEntryRow(Base):
    """One event, such as a rebuild of the bank with its counts."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_action", "action"),
        Index("ix_audit_entry_actor", "actor"),
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str | None]  # the uid of the item that it is about, or the account
    details: Mapped[dict[str, Any]]
