"""The second step of signing in: a code from an app on the teacher's phone, or one of the codes kept on paper."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.models.accounts import AccountRow
from quizapp.services.accounts import hash_of

if TYPE_CHECKING:
    from pyotp import TOTP

_SECONDS = 30
_TOLERANCE = (0, -1, 1)  # the phone's clock may be half a minute off
_SECRET_BYTES = 20
_PAPER_CODES, _PAPER_BYTES, _GROUP = 10, 10, 4


def new_seed() -> str:
    """What a new second step is made from."""
    return secrets.token_urlsafe(24)


def app_secret(seed: str, key: str) -> str:
    """The secret that the app shares, from the seed in the database and the server's key: neither tells it alone."""
    made = hmac.new(key.encode(), f"second step:{seed}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:_SECRET_BYTES]).decode("ascii")


def app_address(seed: str, key: str, *, email: str, product: str) -> str:
    """What the QR code says to the app."""
    return str(_app(seed, key).provisioning_uri(name=email, issuer_name=product))


def matching_step(seed: str, key: str, code: str, *, after: int, now: dt.datetime) -> int | None:
    """The moment that the app's code belongs to, if it is now and after the last one taken."""
    app = _app(seed, key)
    present = int(now.timestamp()) // _SECONDS
    steps = [present + shift for shift in _TOLERANCE if present + shift > after]
    return next((step for step in steps if hmac.compare_digest(app.generate_otp(step), code)), None)


def take_code(session: Session, account: AccountRow, code: str, *, key: str, now: dt.datetime) -> bool:
    """Whether the code is right; each counts once. The account was read for this change."""
    plain = "".join(code.split()).replace("-", "").upper()
    if account.totp_seed is None:
        return False
    if plain.isascii() and plain.isdigit():
        step = matching_step(account.totp_seed, key, plain, after=account.totp_step, now=now)
        if step is None:
            return False
        taken = session.execute(
            update(AccountRow)
            .where(AccountRow.id == account.id, AccountRow.totp_step < step)
            .values(totp_step=step)
        )
        return bool(taken.rowcount)  # type: ignore[attr-defined]
    left = [kept for kept in account.recovery_codes if kept != hash_of(plain)]
    is_one = len(left) < len(account.recovery_codes)
    account.recovery_codes = left
    return is_one


def new_paper_codes() -> tuple[list[str], list[str]]:
    """Codes to print, shown once, and what of them is stored."""
    plain = [base64.b32encode(secrets.token_bytes(_PAPER_BYTES)).decode("ascii") for _ in range(_PAPER_CODES)]
    shown = ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in plain]
    return shown, [hash_of(code) for code in plain]


def _app(seed: str, key: str) -> TOTP:
    from pyotp import TOTP  # noqa: PLC0415 - learners' pages never need it

    return TOTP(app_secret(seed, key))
