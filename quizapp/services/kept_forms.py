"""Kept forms: what a teacher sent after the session had run out waits until the same teacher signs in again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.models.accounts import AccountRow, KeptFormRow
from quizapp.services.accounts import hash_of

KEPT_FOR = dt.timedelta(days=1)
LARGEST = 64 * 1024  # bytes as JSON
MOST = 20  # forms an account

Fields = Mapping[str, Sequence[str]]


def keep_form(
    session: Session, *, token: str, account_id: int, path: str, fields: Fields, now: dt.datetime
) -> bool:
    """Keep what was sent to an address, in place of what was kept for it before; whether there was room for it."""
    if len(json.dumps(fields).encode()) > LARGEST or session.get(AccountRow, account_id) is None:
        return False
    session.execute(delete(KeptFormRow).where(KeptFormRow.made_at < now - KEPT_FOR))
    drop_kept_form(session, token=token, path=path)
    old = session.scalars(
        select(KeptFormRow)
        .where(KeptFormRow.account_id == account_id)
        .order_by(KeptFormRow.made_at.desc(), KeptFormRow.token_hash, KeptFormRow.path)
        .offset(MOST - 1)
    )
    for row in old.all():
        session.delete(row)
    session.add(
        KeptFormRow(
            token_hash=hash_of(token),
            path=path,
            account_id=account_id,
            fields={name: list(values) for name, values in fields.items()},
            made_at=now,
        )
    )
    return True


def find_kept_form(
    session: Session, *, token: str, account_id: int, path: str, now: dt.datetime
) -> dict[str, list[str]] | None:
    """What this teacher sent to the address from the browser that holds the token."""
    row = session.get(KeptFormRow, (hash_of(token), path))
    if row is None or row.account_id != account_id or now - row.made_at > KEPT_FOR:
        return None
    return row.fields


def drop_kept_form(session: Session, *, token: str, path: str) -> None:
    """It arrived, or is not wanted any more."""
    session.execute(
        delete(KeptFormRow).where(KeptFormRow.token_hash == hash_of(token), KeptFormRow.path == path)
    )
