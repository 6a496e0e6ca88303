"""Somebody who is signed in: a visitor whose browser holds a teacher's session."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from quizapp.identity import ACCOUNT, TEACHER_SESSION
from quizapp.models.accounts import ADMINISTRATOR, TEACHER, AccountRow, AccountSessionRow
from quizapp.services.accounts import hash_of
from quizapp.transactions import writing
from tests.quizapp.visitors import Visitor

EMAIL = "marie@school.example"


@dataclass
class SignedIn(Visitor):
    """A visitor who is a teacher."""

    email: str = EMAIL


def signed_in(app: Flask, *, email: str = EMAIL, administrator: bool = False, htmx: bool = False) -> SignedIn:
    """A new browser in which this teacher is signed in; the account is made where there is none."""
    secret = secrets.token_urlsafe(32)
    role = ADMINISTRATOR if administrator else TEACHER
    now = dt.datetime.now(dt.UTC)
    with app.app_context(), writing() as session:
        account = session.scalars(select(AccountRow).where(AccountRow.email == email)).first()
        if account is None:
            account = AccountRow(
                email=email,
                role=role,
                password=None,
                active=True,
                made_at=now,
                totp_step=0,
                recovery_codes=[],
            )
            session.add(account)
            session.flush()
        session.add(
            AccountSessionRow(
                token_hash=hash_of(secret),
                account_id=account.id,
                made_at=now,
                seen_at=now,
                confirmed_at=now,
                browser="test",
            )
        )
        account_id = account.id
    visitor = SignedIn(app.test_client(), htmx=htmx, email=email)
    with visitor.client.session_transaction() as cookie:
        cookie[TEACHER_SESSION] = secret
        cookie[ACCOUNT] = account_id
    return visitor
