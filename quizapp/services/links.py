"""One-time links: a secret that makes an account, sets a password, or stands between the two steps of a sign-in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.models.accounts import ADMINISTRATOR, AccountRow, OneTimeLinkRow
from quizapp.services.accounts import hash_of, new_secret
from quizapp.services.log import COMMAND_LINE

SETUP, INVITATION, PASSWORD, SECOND_STEP = "setup", "invitation", "password", "second-step"
WELCOME = (SETUP, INVITATION, PASSWORD)  # those that stand in addresses

LASTS = {
    SETUP: dt.timedelta(hours=24),
    INVITATION: dt.timedelta(days=7),
    PASSWORD: dt.timedelta(hours=24),
    SECOND_STEP: dt.timedelta(minutes=5),
}


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is for."""

    purpose: str
    email: str | None
    role: str
    made_by: str
    expires_at: dt.datetime


def make_link(
    session: Session, purpose: str, *, email: str | None, role: str, made_by: str, now: dt.datetime
) -> str:
    """The secret of a new link; an older one for the same opens nothing any more."""
    drop_links(session, purpose, email=email)
    session.execute(delete(OneTimeLinkRow).where(OneTimeLinkRow.expires_at < now))
    secret = new_secret()
    session.add(
        OneTimeLinkRow(
            token_hash=hash_of(secret),
            purpose=purpose,
            email=email,
            role=role,
            made_by=made_by,
            made_at=now,
            expires_at=now + LASTS[purpose],
            used_at=None,
        )
    )
    return secret


def drop_links(session: Session, *purposes: str, email: str | None) -> None:
    """Unused links of these kinds open nothing any more."""
    session.execute(
        delete(OneTimeLinkRow).where(
            OneTimeLinkRow.purpose.in_(purposes),
            OneTimeLinkRow.email.is_not_distinct_from(email),
            OneTimeLinkRow.used_at.is_(None),
        )
    )


def make_setup_link(session: Session, now: dt.datetime) -> str | None:
    """The secret of the link that makes the first administrator; None where there is an account."""
    if has_accounts(session):
        return None
    return make_link(session, SETUP, email=None, role=ADMINISTRATOR, made_by=COMMAND_LINE, now=now)


def has_accounts(session: Session) -> bool:
    """Whether anybody can sign in."""
    return session.scalar(select(AccountRow.id).limit(1)) is not None


def find_link(session: Session, secret: str, purposes: tuple[str, ...], now: dt.datetime) -> Link | None:
    """What the secret opens, if it is unused and of these purposes."""
    row = session.get(OneTimeLinkRow, hash_of(secret))
    if row is None or row.purpose not in purposes or row.used_at is not None or now >= row.expires_at:
        return None
    if row.purpose == SETUP and has_accounts(session):
        return None
    return Link(row.purpose, row.email, row.role, row.made_by, row.expires_at)


def use_link(session: Session, secret: str, purposes: tuple[str, ...], now: dt.datetime) -> Link | None:
    """What the secret opens, and from now on does not: of two at once only one gets it."""
    link = find_link(session, secret, purposes, now)
    used = session.execute(
        update(OneTimeLinkRow)
        .where(OneTimeLinkRow.token_hash == hash_of(secret), OneTimeLinkRow.used_at.is_(None))
        .values(used_at=now)
    )
    return link if used.rowcount else None  # type: ignore[attr-defined]


def list_invitations(session: Session, now: dt.datetime) -> tuple[Link, ...]:
    """Invitations that nobody has taken yet."""
    rows = session.scalars(
        select(OneTimeLinkRow)
        .where(
            OneTimeLinkRow.purpose == INVITATION,
            OneTimeLinkRow.used_at.is_(None),
            OneTimeLinkRow.expires_at > now,
        )
        .order_by(OneTimeLinkRow.email)
    )
    return tuple(Link(row.purpose, row.email, row.role, row.made_by, row.expires_at) for row in rows)
