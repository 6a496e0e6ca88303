"""People: the accounts of teachers and administrators, as those see and change them who may."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.models.accounts import ADMINISTRATOR, TEACHER, AccountRow, AccountSessionRow
from quizapp.services import links
from quizapp.services.accounts import Teacher, end_sessions
from quizapp.services.log import record
from quizapp.services.problems import PersonNotFoundError

ROLES = (TEACHER, ADMINISTRATOR)
LONGEST_EMAIL = 254
_LARGEST_ID = 2**31 - 1  # that a database takes

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>]{1,64}@[^@\s\x00-\x1f\x7f<>]{1,189}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has an account."""

    id: int
    email: str
    role: str
    active: bool
    has_second_step: bool
    made_at: dt.datetime
    seen_at: dt.datetime | None

    @property
    def is_administrator(self) -> bool:
        """Whether this is one who looks after accounts."""
        return self.role == ADMINISTRATOR


class EmailTakenError(Exception):
    """There is an account of this name already."""


def is_email(text: str) -> bool:
    """Whether it looks like an e-mail address; whether it reaches anybody is for its owner to know."""
    return _EMAIL.fullmatch(text) is not None


def list_people(session: Session) -> tuple[Person, ...]:
    """Everybody who has an account, by name."""
    seen = (
        select(AccountSessionRow.account_id, func.max(AccountSessionRow.seen_at).label("at"))
        .group_by(AccountSessionRow.account_id)
        .subquery()
    )
    rows = session.execute(
        select(AccountRow, seen.c.at)
        .outerjoin(seen, seen.c.account_id == AccountRow.id)
        .order_by(AccountRow.email)
    )
    return tuple(_person(row.AccountRow, row.at) for row in rows)


def has_account(session: Session, email: str) -> bool:
    """Whether the name is taken."""
    return session.scalar(select(AccountRow.id).where(AccountRow.email == email)) is not None


def add_account(
    session: Session, *, email: str, role: str, password_hash: str, actor: str, now: dt.datetime
) -> int:
    """A new account; its id. Raises EmailTakenError."""
    if has_account(session, email):
        raise EmailTakenError
    account = AccountRow(
        email=email,
        role=role,
        password=password_hash,
        active=True,
        made_at=now,
        totp_seed=None,
        totp_step=0,
        recovery_codes=[],
    )
    session.add(account)
    session.flush()
    links.drop_links(session, links.INVITATION, email=email)
    record(session, actor=actor, action="account", subject=email, details={"role": role}, now=now)
    return account.id


def set_password(
    session: Session, email: str, password_hash: str, *, actor: str, keep_second_step: bool, now: dt.datetime
) -> int | None:
    """A new password signs out everywhere; the id of the account, or None where there is no active one."""
    account = session.scalars(select(AccountRow).where(AccountRow.email == email, AccountRow.active)).first()
    if account is None:
        return None
    account.password = password_hash
    if not keep_second_step:
        _drop_second_step(account)
    end_sessions(session, account.id)
    links.drop_links(session, links.PASSWORD, links.SECOND_STEP, email=email)
    record(session, actor=actor, action="password", subject=email, now=now)
    return account.id


def set_second_step(
    session: Session, teacher: Teacher, *, seed: str | None, codes: list[str], step: int, now: dt.datetime
) -> None:
    """Turn the second step on with this seed and these hashes of paper codes, or off."""
    account = session.get_one(AccountRow, teacher.id)
    account.totp_seed, account.totp_step, account.recovery_codes = seed, step, codes
    action = "second step on" if seed else "second step off"
    record(session, actor=teacher.email, action=action, subject=teacher.email, now=now)


def set_paper_codes(session: Session, teacher: Teacher, codes: list[str], now: dt.datetime) -> None:
    """New paper codes; the old ones open nothing any more."""
    session.get_one(AccountRow, teacher.id).recovery_codes = codes
    record(session, actor=teacher.email, action="recovery codes", subject=teacher.email, now=now)


def second_step_of(session: Session, teacher: Teacher) -> tuple[bool, int]:
    """Whether the second step is on, and how many paper codes are left."""
    account = session.get_one(AccountRow, teacher.id)
    return account.totp_seed is not None, len(account.recovery_codes)


def invite(session: Session, actor: Teacher, *, email: str, role: str, now: dt.datetime) -> str:
    """The secret of a link that makes an account. Raises EmailTakenError."""
    if has_account(session, email):
        raise EmailTakenError
    record(session, actor=actor.email, action="invite", subject=email, details={"role": role}, now=now)
    return links.make_link(session, links.INVITATION, email=email, role=role, made_by=actor.email, now=now)


def withdraw(session: Session, actor: Teacher, *, email: str, now: dt.datetime) -> None:
    """The invitation opens nothing any more."""
    links.drop_links(session, links.INVITATION, email=email)
    record(session, actor=actor.email, action="invitation withdrawn", subject=email, now=now)


def change_role(session: Session, actor: Teacher, account_id: int, role: str, now: dt.datetime) -> None:
    """Make somebody else an administrator or a teacher; they sign in anew."""
    account = _other(session, actor, account_id)
    if account.role == role:
        return
    record(
        session,
        actor=actor.email,
        action="role",
        subject=account.email,
        details={"from": account.role, "to": role},
        now=now,
    )
    account.role = role
    end_sessions(session, account.id)


def set_active(session: Session, actor: Teacher, account_id: int, *, active: bool, now: dt.datetime) -> None:
    """Let somebody else in, or no more; what they did stays."""
    account = _other(session, actor, account_id)
    if account.active == active:
        return
    account.active = active
    end_sessions(session, account.id)
    links.drop_links(session, links.PASSWORD, links.SECOND_STEP, email=account.email)
    action = "activate" if active else "deactivate"
    record(session, actor=actor.email, action=action, subject=account.email, now=now)


def make_password_link(
    session: Session, actor: Teacher, account_id: int, now: dt.datetime
) -> tuple[str, str]:
    """The e-mail of somebody else, and the secret of a link with which they set a new password."""
    account = _other(session, actor, account_id)
    if not account.active:
        raise PersonNotFoundError
    record(session, actor=actor.email, action="password link", subject=account.email, now=now)
    secret = links.make_link(
        session, links.PASSWORD, email=account.email, role=account.role, made_by=actor.email, now=now
    )
    return account.email, secret


def _other(session: Session, actor: Teacher, account_id: int) -> AccountRow:
    """Somebody else's account, for an administrator who still is one: so there is always one left.

    Who changes administrators takes turns at all of them.
    """
    administrators = session.scalars(
        select(AccountRow.id)
        .where(AccountRow.role == ADMINISTRATOR, AccountRow.active)
        .order_by(AccountRow.id)
        .with_for_update()
    ).all()
    account = session.get(AccountRow, min(account_id, _LARGEST_ID), populate_existing=True)
    if actor.id not in administrators or account is None or account.id == actor.id:
        raise PersonNotFoundError
    return account


def _drop_second_step(account: AccountRow) -> None:
    account.totp_seed, account.totp_step, account.recovery_codes = None, 0, []


def _person(account: AccountRow, seen_at: dt.datetime | None) -> Person:
    return Person(
        account.id,
        account.email,
        account.role,
        account.active,
        account.totp_seed is not None,
        account.made_at,
        seen_at,
    )
