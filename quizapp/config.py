"""Settings: where the data is, how cookies behave, and how much a request may bring."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from quizapp.assets import IN_CHECKOUT, ROOT
from quizapp.secret import read_or_make_secret

PRODUCT_NAME = "Ibid"

_KIB = 1024


def instance_folder(settings: Mapping[str, Any] | None) -> Path:
    """The folder of the database, the secret key and attached originals: as set, or beside the checkout."""
    named = (settings or {}).get("INSTANCE") or os.environ.get("QUIZAPP_INSTANCE")
    if named:
        return Path(named).resolve()
    return ROOT / "instance" if IN_CHECKOUT else Path(sys.prefix) / "var" / "quizapp-instance"


def configure(app: Flask, settings: Mapping[str, Any] | None) -> None:
    """Defaults first, then the environment, then ``settings``."""
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    app.config.update(
        PRODUCT_NAME=PRODUCT_NAME,
        # Whether a question has to be approved by another teacher than the one who wrote its newest version.
        QUESTIONS_NEED_SECOND_TEACHER=os.environ.get("QUIZAPP_SECOND_TEACHER") == "1",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'quiz.db'}",
        SESSION_COOKIE_NAME="quiz",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Of learners, from visit to visit. What a teacher's cookie opens is limited by the session's row.
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=365),
        # A page may stay open for a whole lesson: a token that dies after an hour would lose the answer.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=64 * _KIB,
        MAX_FORM_MEMORY_SIZE=64 * _KIB,
    )
    app.config.update(settings or {})
    app.config.setdefault("SQLALCHEMY_DATABASE_URI", app.config["DATABASE_URL"])
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = read_or_make_secret(instance / "secret_key")
