"""Learners: people without an account, known by the id in their cookie."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class ResumeCodeRow(Base):
    """The code with which a learner goes on in another browser; only its hash is kept."""

    __tablename__ = "resume_code"

    learner: Mapped[str] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
