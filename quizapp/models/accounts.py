"""Accounts: teachers and administrators, their sessions, one-time links, and sign-ins that failed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime

TEACHER = "teacher"
ADMINISTRATOR = "administrator"


class AccountRow(Base):
    """Somebody who signs in. An administrator may all that a teacher may, and manages accounts.

    The secret of the second factor is made from ``totp_seed`` and the server's key, so that the database alone
    does not tell it. Of recovery codes only hashes are kept.
    """

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("role IN ('teacher', 'administrator')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password: Mapped[str | None]  # its argon2id hash
    active: Mapped[bool]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    totp_seed: Mapped[str | None]
    totp_step: Mapped[int]  # when the last code was taken: a code counts once
    recovery_codes: Mapped[list[Any]]


class AccountSessionRow(Base):
    """A signed-in browser, by the SHA-256 of the secret in its cookie; without its row the cookie opens nothing."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_account_id", "account_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # to the minute
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # when the password was last given
    browser: Mapped[str]


class OneTimeLinkRow(Base):
    """A secret that opens one thing once, by its SHA-256: a link in a letter, or a sign-in between its two steps."""

    __tablename__ = "one_time_link"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # setup, invitation, password or second-step
    email: Mapped[str | None]
    role: Mapped[str]  # of the account that it makes
    made_by: Mapped[str]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class SignInFailureRow(Base):
    """A sign-in that failed, by hashes of the account's name and of the network; old ones are cleared away."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account_network", "account_hash", "network_hash", "at"),
        Index("ix_sign_in_failure_network", "network_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str]
    network_hash: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class KeptFormRow(Base):
    """What a teacher sent from a browser whose session had run out: it waits for the same teacher to sign in there."""

    __tablename__ = "kept_form"
    __table_args__ = (Index("ix_kept_form_account_id", "account_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    fields: Mapped[dict[str, Any]]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
