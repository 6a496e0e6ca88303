"""Attempts: one sitting of a quiz, its items as they were shown, and the learner's responses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class AttemptRow(Base):
    """One sitting. ``public_id`` stands in addresses; without the learner's cookie it opens nothing.

    ``mode`` says what was chosen and when feedback comes, ``second_try`` whether a wrong answer may be mended, and
    ``asks_certainty`` whether each answer says how sure it is. A test is over at its ``deadline``, if it has one, or
    when it is handed in: ``closed_at`` says when, and no clock opens it again.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("mode IN ('practice', 'test', 'mistakes', 'due')", name="mode"),
        Index("ix_attempt_learner", "learner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    learner: Mapped[str]
    topics: Mapped[list[Any]]
    length: Mapped[int]
    seed: Mapped[int]
    mode: Mapped[str]
    second_try: Mapped[bool]
    asks_certainty: Mapped[bool]
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    deadline: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class AttemptItemRow(Base):
    """An item version as shown at ``position`` of an attempt; ``key`` is what its form is sent with, for retries."""

    __tablename__ = "attempt_item"
    __table_args__ = (UniqueConstraint("attempt_id", "position"), UniqueConstraint("attempt_id", "item_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    topic_id: Mapped[str] = mapped_column(ForeignKey("topic.id"))
    key: Mapped[str]


class AttemptOptionRow(Base):
    """An option as shown: ``place`` from the top, its place in the version, and the token that its form sends.

    Tokens are random for each attempt, so that they tell nothing and cannot be carried from one to another.
    """

    __tablename__ = "attempt_option"
    __table_args__ = (UniqueConstraint("attempt_item_id", "place"),)

    attempt_item_id: Mapped[int] = mapped_column(
        ForeignKey("attempt_item.id", ondelete="CASCADE"), primary_key=True
    )
    token: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    option: Mapped[int]


class ResponseRow(Base):
    """What the learner chose first: one for each attempt item, and only an option that was shown there.

    ``certainty`` is 1 (not sure) to 3 (sure), where it was asked for.
    """

    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_item_id", "token"],
            ["attempt_option.attempt_item_id", "attempt_option.token"],
            ondelete="CASCADE",
        ),
        CheckConstraint("certainty BETWEEN 1 AND 3", name="certainty"),
    )

    attempt_item_id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str]
    correct: Mapped[bool]
    certainty: Mapped[int | None]
    key: Mapped[str]
    responded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SecondTryRow(Base):
    """What the learner chose after a wrong answer, with a hint; no ``token`` where they asked for the answer."""

    __tablename__ = "second_try"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_item_id"], ["response.attempt_item_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["attempt_item_id", "token"],
            ["attempt_option.attempt_item_id", "attempt_option.token"],
            ondelete="CASCADE",
        ),
    )

    attempt_item_id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str | None]
    correct: Mapped[bool]
    responded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
