"""Statistics: how often each option was chosen, counted in the transaction that records the response."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class OptionCountRow(Base):
    """How often an option of a version was chosen, and how often by learners who met the item for the first time."""

    __tablename__ = "option_count"

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), primary_key=True)
    option: Mapped[int] = mapped_column(primary_key=True)  # its place in the version's options
    chosen: Mapped[int]
    chosen_first: Mapped[int]


class KeyCorrectionRow(Base):
    """A version whose key was wrong: what its answers count now. The version itself stays as it was shown.

    ``key`` is the place of the option that is right, None where none of the version's options is; ``marks`` says
    what was decided: ``rescored`` by the new key, ``full`` marks for everybody, or ``left`` as they were.
    """

    __tablename__ = "key_correction"
    __table_args__ = (CheckConstraint("marks IN ('rescored', 'full', 'left')", name="marks"),)

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), primary_key=True)
    key: Mapped[int | None]
    marks: Mapped[str]
    corrected_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    corrected_by: Mapped[str]
    replaced_by: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
