"""Throttling: who fails to sign in waits longer and longer, in this place only, and is never locked out."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import math
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.models.accounts import SignInFailureRow

FREE = 5  # failures that cost nothing
LONGEST_WAIT = 60.0  # seconds
REMEMBERED = dt.timedelta(hours=1)
NETWORK_FAILURES = 100
NETWORK_WINDOW = dt.timedelta(minutes=15)

_NETWORK = {4: 24, 6: 48}  # bits that name a network


class TooManyTriesError(Exception):
    """Too many tries have failed: it goes on after so many ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Place:
    """An account and a network, as hashes that only this server can make."""

    account: str
    network: str


def place_of(email: str, address: str | None, key: str) -> Place:
    """Where somebody tries to sign in as whom; of the address only its network counts."""
    return Place(_hash(f"account:{email}", key), _hash(f"network:{network_of(address)}", key))


def network_of(address: str | None) -> str:
    """The network that an address lies in: all that is ever kept of it."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, _NETWORK[known.version]), strict=False))


def record_try(session: Session, place: Place, now: dt.datetime) -> int:
    """Count a try as failed until it succeeds, so that tries at once are counted, too; its id.

    Raises TooManyTriesError when it is too soon for another.
    """
    _take_turns(session, place)
    seconds = math.ceil(max(_account_wait(session, place, now), _network_wait(session, place, now)))
    if seconds > 0:
        raise TooManyTriesError(seconds)
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.at < now - REMEMBERED))
    row = SignInFailureRow(account_hash=place.account, network_hash=place.network, at=now)
    session.add(row)
    session.flush()
    return row.id


def forget_try(session: Session, number: int) -> None:
    """The try succeeded; those before it stay counted."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.id == number))


def forget_tries(session: Session, place: Place) -> None:
    """Whoever signed in has nothing to wait for any more."""
    session.execute(
        delete(SignInFailureRow).where(
            SignInFailureRow.account_hash == place.account, SignInFailureRow.network_hash == place.network
        )
    )


def _take_turns(session: Session, place: Place) -> None:
    """Tries at once from one network are counted one after the other; on SQLite every writer waits for the others."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(place.network[:15], 16))))


def _account_wait(session: Session, place: Place, now: dt.datetime) -> float:
    times = session.scalars(
        select(SignInFailureRow.at)
        .where(
            SignInFailureRow.account_hash == place.account,
            SignInFailureRow.network_hash == place.network,
            SignInFailureRow.at > now - REMEMBERED,
        )
        .order_by(SignInFailureRow.at.desc())
    ).all()
    if len(times) < FREE:
        return 0
    pause = min(LONGEST_WAIT, 2.0 ** min(len(times) - FREE, 10))
    return pause - (now - times[0]).total_seconds()


def _network_wait(session: Session, place: Place, now: dt.datetime) -> float:
    hundredth = session.scalars(
        select(SignInFailureRow.at)
        .where(SignInFailureRow.network_hash == place.network, SignInFailureRow.at > now - NETWORK_WINDOW)
        .order_by(SignInFailureRow.at.desc())
        .offset(NETWORK_FAILURES - 1)
        .limit(1)
    ).first()
    return 0 if hundredth is None else (hundredth + NETWORK_WINDOW - now).total_seconds()


def _hash(text: str, key: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
