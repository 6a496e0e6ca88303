"""Signing in: who tries, from where, with what result. Passwords are checked between two changes, never within one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.models.accounts import AccountRow
from quizapp.models.attempts import AttemptRow
from quizapp.models.learners import ResumeCodeRow
from quizapp.services import links, throttling
from quizapp.services.accounts import open_session
from quizapp.services.log import record
from quizapp.services.passwords import Checked
from quizapp.services.second_step import take_code
from quizapp.services.throttling import Place

NOBODY = "unknown"  # who tried, where there is no such account: what was typed may be a password


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in, which counts as failed until it succeeds."""

    number: int
    place: Place
    account_id: int | None
    email: str | None
    password: str | None  # its hash; None where none opens the account
    has_second_step: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a browser that signs in brings and gets."""

    secret: str
    browser: str
    old_learner: str | None
    new_learner: str | None


def plain_email(typed: str) -> str:
    """An e-mail address as accounts have it."""
    return typed.strip().lower()


def begin_try(session: Session, email: str, place: Place, now: dt.datetime) -> Try:
    """Count the try, and find what it is held against; raises TooManyTriesError when it comes too soon."""
    number = throttling.record_try(session, place, now)
    account = session.scalars(select(AccountRow).where(AccountRow.email == email)).first()
    if account is None:
        return Try(number, place, None, None, None, has_second_step=False)
    return Try(
        number,
        place,
        account.id,
        account.email,
        account.password if account.active else None,
        has_second_step=account.totp_seed is not None,
    )


def fail_try(session: Session, tried: Try, now: dt.datetime, *, at: str = "password") -> None:
    """It stays counted, and is in the log."""
    record(session, actor=tried.email or NOBODY, action="sign-in failed", details={"at": at}, now=now)


def keep_new_hash(session: Session, tried: Try, checked: Checked) -> None:
    """A right password was hashed with less care than today's: the better hash takes its place."""
    if checked.new_hash is not None:
        session.execute(
            update(AccountRow)
            .where(AccountRow.id == tried.account_id, AccountRow.password == tried.password)
            .values(password=checked.new_hash)
        )


def ask_for_code(session: Session, tried: Try, now: dt.datetime) -> str:
    """The secret with which this browser may take the second step, for some minutes."""
    throttling.forget_try(session, tried.number)
    return links.make_link(session, links.SECOND_STEP, email=tried.email, role="", made_by="", now=now)


def take_second_step(
    session: Session, secret: str, code: str, *, tried: Try, key: str, now: dt.datetime
) -> bool:
    """Whether the code is right for whom the first step was taken; then the secret opens nothing any more."""
    link = links.find_link(session, secret, (links.SECOND_STEP,), now)
    if link is None or link.email != tried.email:
        return False
    account = session.scalars(
        select(AccountRow).where(AccountRow.id == tried.account_id, AccountRow.active).with_for_update()
    ).first()
    if account is None or not take_code(session, account, code, key=key, now=now):
        return False
    return links.use_link(session, secret, (links.SECOND_STEP,), now) is not None


def enter(session: Session, account_id: int, entry: Entry, *, place: Place | None, now: dt.datetime) -> None:
    """The browser is signed in.

    Its learner's quizzes go with it under a new id: whoever had planted the old one is left with nothing, not
    even with a code that opens it.
    """
    open_session(session, account_id, secret=entry.secret, browser=entry.browser, now=now)
    if place is not None:
        throttling.forget_tries(session, place)
    if entry.old_learner is not None:
        session.execute(
            update(AttemptRow)
            .where(AttemptRow.learner == entry.old_learner)
            .values(learner=entry.new_learner)
        )
        session.execute(delete(ResumeCodeRow).where(ResumeCodeRow.learner == entry.old_learner))
    email = session.scalar(select(AccountRow.email).where(AccountRow.id == account_id)) or NOBODY
    record(session, actor=email, action="sign-in", details={"browser": entry.browser}, now=now)
