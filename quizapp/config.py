"""Settings: where the data is, how cookies behave, whom to believe, and how much a request may bring."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.assets import IN_CHECKOUT, ROOT
from quizapp.cookies import Sessions
from quizapp.refusing import (
    THIS_MACHINE,
    UnsafeSettingError,
    host_of_flask_run,
    refuse_debugging,
)
from quizapp.secret import read_old_keys, read_or_make_secret, refuse_weak_key

PRODUCT_NAME = "Ibid"

_KIB = 1024
_MOST_PROXIES = 9
# Under these the machine asks itself whether it is well.
_OWN_NAMES = (THIS_MACHINE, "127.0.0.1")
_HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")  # one that begins with a dot has others before it


def instance_folder(settings: Mapping[str, Any] | None) -> Path:
    """The folder of the database, the secret key and attached originals: as set, or beside the checkout."""
    named = (settings or {}).get("INSTANCE") or os.environ.get("QUIZAPP_INSTANCE")
    if named:
        return Path(named).resolve()
    return ROOT / "instance" if IN_CHECKOUT else Path(sys.prefix) / "var" / "quizapp-instance"


def configure(app: Flask, settings: Mapping[str, Any] | None) -> None:
    """Defaults first, then the environment, then ``settings``.

    Raises UnsafeSettingError where that would be unsafe, or cannot be read.
    """
    instance = Path(app.instance_path)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config.update(
        PRODUCT_NAME=PRODUCT_NAME,
        # Whether a question has to be approved by another teacher than the one who wrote its newest version.
        QUESTIONS_NEED_SECOND_TEACHER=os.environ.get("QUIZAPP_SECOND_TEACHER") == "1",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'quiz.db'}",
        HTTPS=_switch("QUIZAPP_HTTPS"),
        PROXIES=_proxies(),
        TRUSTED_HOSTS=_hosts(),
        LOG_REQUESTS=_logs_requests(),
        OLD_KEYS=os.environ.get("QUIZAPP_OLD_KEYS") or str(instance / "old_keys"),
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
    _set_cookie(app)
    _set_keys(app, instance)
    _believe_proxies(app)
    _refuse_debugging(app)


def _set_cookie(app: Flask) -> None:
    """Over HTTPS the name itself keeps other hosts and plain HTTP from setting or reading it."""
    secure = bool(app.config["HTTPS"])
    app.config.update(SESSION_COOKIE_SECURE=secure, SESSION_COOKIE_NAME="__Host-quiz" if secure else "quiz")
    app.session_interface = Sessions()


def _set_keys(app: Flask, instance: Path) -> None:
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = read_or_make_secret(instance / "secret_key")
    refuse_weak_key(app.config["SECRET_KEY"])
    app.config["SECRET_KEY_FALLBACKS"] = read_old_keys(Path(app.config["OLD_KEYS"]))


def _believe_proxies(app: Flask) -> None:
    """Only so many proxies as there are tell where a request comes from, and whether it came over HTTPS."""
    number = app.config["PROXIES"]
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=0)  # type: ignore[method-assign]


def _refuse_debugging(app: Flask) -> None:
    host = host_of_flask_run()
    if app.config["PROXIES"] or app.config["TRUSTED_HOSTS"]:
        host = "a site with hosts or proxies"
    refuse_debugging(debug=app.debug, host=host or THIS_MACHINE)


def _switch(name: str) -> bool:
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise UnsafeSettingError(f"{name} is 1 or 0, and not {value!r}")
    return value == "1"


def _proxies() -> int:
    value = os.environ.get("QUIZAPP_PROXIES") or "0"
    if value not in map(str, range(_MOST_PROXIES + 1)):
        raise UnsafeSettingError(
            f"QUIZAPP_PROXIES is how many proxies stand before this server, and not {value!r}"
        )
    return int(value)


def _hosts() -> list[str] | None:
    """The names under which the site is known; None believes every one."""
    names = [name.strip() for name in os.environ.get("QUIZAPP_HOSTS", "").split(",") if name.strip()]
    for name in names:
        if not _HOST.fullmatch(name):
            raise UnsafeSettingError(
                f"QUIZAPP_HOSTS has names of hosts with commas between, and not {name!r}"
            )
    return [*names, *_OWN_NAMES] if names else None


def _logs_requests() -> bool:
    value = os.environ.get("QUIZAPP_LOG", "")
    if value not in {"", "json"}:
        raise UnsafeSettingError(f"QUIZAPP_LOG is json or not there, and not {value!r}")
    return value == "json"
