"""Cookies of a later time: when the server's clock is set back, nobody is forgotten for it."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer


class _AnyClock(TimestampSigner):
    """Takes what was signed later than now. Flask would not: a learner's progress would be lost with the cookie."""

    def unsign(  # type: ignore[override]
        self,
        signed_value: str | bytes,
        max_age: int | None = None,
        return_timestamp: bool = False,  # noqa: FBT001, FBT002 - the signature of itsdangerous
    ) -> bytes | tuple[bytes, dt.datetime]:
        """What was signed; SignatureExpired where that is longer ago than ``max_age`` seconds."""
        value, at = super().unsign(signed_value, None, return_timestamp=True)
        age = self.get_timestamp() - at.timestamp()
        if max_age is not None and age > max_age:
            raise SignatureExpired("too old", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies, which outlast a clock that is set back."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie."""
        serializer = super().get_signing_serializer(app)
        return serializer and _for_any_clock(serializer)


def _for_any_clock(serializer: URLSafeTimedSerializer) -> URLSafeTimedSerializer:
    serializer.signer = _AnyClock
    return serializer
