"""Reports: what learners say is wrong with a question."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class ReportRow(Base):
    """A learner's report on a question that they answered; one for each question of an attempt."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'settled')", name="state"),
        Index("ix_report_item_state", "item_id", "state"),
        Index("ix_report_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    attempt_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("attempt_item.id", ondelete="SET NULL"), unique=True
    )
    reason: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None]
