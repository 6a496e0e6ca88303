"""Accounts: who a signed-in browser belongs to, and for how long."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.models.accounts import ADMINISTRATOR, AccountRow, AccountSessionRow

IDLE = dt.timedelta(minutes=60)  # a session that was not used for so long is over
LONGEST = dt.timedelta(hours=12)  # and so is one that is older
RECENT = dt.timedelta(minutes=10)  # what cannot be undone asks for the password if it was given longer ago
SEEN_EVERY = dt.timedelta(minutes=1)  # how often a session's last use is noted

_LONGEST_BROWSER = 200


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who is signed in; an administrator may all that a teacher may, and manages accounts."""

    id: int
    email: str
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser in which a teacher is signed in."""

    teacher: Teacher
    secret: str
    seen_at: dt.datetime
    confirmed_at: dt.datetime

    def is_recent(self, now: dt.datetime) -> bool:
        """Whether the password was given so recently that it need not be given again."""
        return now - self.confirmed_at <= RECENT

    def needs_note(self, now: dt.datetime) -> bool:
        """Whether it is time to note that the session is in use."""
        return now - self.seen_at >= SEEN_EVERY


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in, as its owner sees it."""

    browser: str
    made_at: dt.datetime
    seen_at: dt.datetime
    is_this: bool


def hash_of(secret: str) -> str:
    """What of a secret is stored: its SHA-256, since what is random and long needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """256 random bits that can stand in a cookie or an address."""
    return secrets.token_urlsafe(32)


def find_sign_in(session: Session, secret: str, now: dt.datetime) -> SignIn | None:
    """What the secret of a cookie opens, if it belongs to a session that still holds."""
    row = session.execute(
        select(AccountRow, AccountSessionRow)
        .join(AccountSessionRow, AccountSessionRow.account_id == AccountRow.id)
        .where(AccountSessionRow.token_hash == hash_of(secret), AccountRow.active)
    ).first()
    if row is None:
        return None
    account, opened = row.AccountRow, row.AccountSessionRow
    if now - opened.seen_at > IDLE or now - opened.made_at > LONGEST:
        return None
    teacher = Teacher(account.id, account.email, account.role == ADMINISTRATOR)
    return SignIn(teacher, secret, opened.seen_at, opened.confirmed_at)


def list_sessions(session: Session, sign_in: SignIn, now: dt.datetime) -> tuple[OpenSession, ...]:
    """Where the teacher is signed in, the last used first."""
    rows = session.scalars(
        select(AccountSessionRow)
        .where(
            AccountSessionRow.account_id == sign_in.teacher.id,
            AccountSessionRow.seen_at >= now - IDLE,
            AccountSessionRow.made_at >= now - LONGEST,
        )
        .order_by(AccountSessionRow.seen_at.desc(), AccountSessionRow.token_hash)
    )
    here = hash_of(sign_in.secret)
    return tuple(OpenSession(row.browser, row.made_at, row.seen_at, row.token_hash == here) for row in rows)


def open_session(session: Session, account_id: int, *, secret: str, browser: str, now: dt.datetime) -> None:
    """Let the secret open the account; sessions that ran out are cleared away on this occasion."""
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.made_at < now - LONGEST))
    session.add(
        AccountSessionRow(
            token_hash=hash_of(secret),
            account_id=account_id,
            made_at=now,
            seen_at=now,
            confirmed_at=now,
            browser=browser[:_LONGEST_BROWSER],
        )
    )


def note_use(session: Session, sign_in: SignIn, now: dt.datetime) -> None:
    """The session is in use."""
    session.execute(
        update(AccountSessionRow)
        .where(AccountSessionRow.token_hash == hash_of(sign_in.secret), AccountSessionRow.seen_at < now)
        .values(seen_at=now)
    )


def note_password(session: Session, sign_in: SignIn, now: dt.datetime) -> None:
    """The password was given again in this session."""
    session.execute(
        update(AccountSessionRow)
        .where(AccountSessionRow.token_hash == hash_of(sign_in.secret))
        .values(confirmed_at=now, seen_at=now)
    )


def end_session(session: Session, secret: str) -> None:
    """The secret opens nothing any more."""
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.token_hash == hash_of(secret)))


def end_sessions(session: Session, account_id: int) -> None:
    """Sign out everywhere."""
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.account_id == account_id))
