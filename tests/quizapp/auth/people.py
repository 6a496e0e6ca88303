"""People who have accounts, and what they do at the door."""

from __future__ import annotations

import datetime as dt
import re

from flask import Flask
from pyotp import TOTP
from werkzeug.test import TestResponse

from quizapp.services import people
from quizapp.services.links import make_link
from quizapp.services.passwords import hash_password
from quizapp.services.second_step import app_secret
from quizapp.transactions import writing
from tests.quizapp.visitors import Visitor, execute, query

EMAIL = "marie@school.example"
PASSWORD = "lagoon under quiet thunder"  # noqa: S105 - opens nothing but what tests make
ANOTHER = "seven pirogues drift homeward"
SIGN_IN = "/teachers/sign-in"
SEED = "s" * 32


def account(app: Flask, email: str = EMAIL, *, administrator: bool = False, password: str = PASSWORD) -> int:
    """The id of a new account."""
    role = "administrator" if administrator else "teacher"
    with app.app_context(), writing() as session:
        return people.add_account(
            session,
            email=email,
            role=role,
            password_hash=hash_password(password),
            actor="test",
            now=dt.datetime.now(dt.UTC),
        )


def sign_in(visitor: Visitor, email: str = EMAIL, password: str = PASSWORD, **fields: str) -> TestResponse:
    return visitor.post(SIGN_IN, {"email": email, "password": password, **fields})


def somebody(app: Flask, email: str = EMAIL, *, administrator: bool = False) -> Visitor:
    """A new account, signed in with its password."""
    account(app, email, administrator=administrator)
    visitor = Visitor(app.test_client())
    answer = sign_in(visitor, email)
    assert answer.status_code == 303, answer.text
    return visitor


def is_in(visitor: Visitor) -> bool:
    status = visitor.get("/admin/account").status_code
    assert status in {200, 302, 401}
    return status == 200


def link(app: Flask, purpose: str, email: str | None = EMAIL, role: str = "teacher") -> str:
    """The address of a new one-time link."""
    with app.app_context(), writing() as session:
        now = dt.datetime.now(dt.UTC)
        secret = make_link(session, purpose, email=email, role=role, made_by="boss@school.example", now=now)
    return f"/teachers/welcome/{secret}"


def with_second_step(app: Flask, email: str = EMAIL) -> None:
    execute(
        app,
        "UPDATE account SET totp_seed = :seed, totp_step = 0 WHERE email = :email",
        seed=SEED,
        email=email,
    )


def code_now(app: Flask, seed: str = SEED) -> str:
    return TOTP(app_secret(seed, app.config["SECRET_KEY"])).now()


def actions(app: Flask) -> list[tuple[str, str, str | None]]:
    """Who did what to what, by the log."""
    return [
        (row.actor, row.action, row.subject)
        for row in query(app, "SELECT actor, action, subject FROM audit_entry ORDER BY id")
        if row.action != "seed-questions"
    ]


def shown_link(page: str) -> str:
    """The path of a one-time link that a page shows."""
    found = re.search(r"https?://[^/]+(/teachers/welcome/[\w-]+)", page)
    assert found, page
    return found[1]
