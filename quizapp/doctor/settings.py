"""Checks of the settings: keys, whom to believe, and what cookies and forms are protected by."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok, warning
from quizapp.refusing import is_this_machine
from quizapp.secret import SHORTEST, is_example

_GOOD_LENGTH = 32
_FEWEST_SIGNS = 8
_OLD_KEY_DAYS = 30
_MOST_BYTES = 10_000_000


def secret_key(patient: Patient) -> Verdict:
    """Whoever has it is anybody."""
    key, path = str(patient.config["SECRET_KEY"]), patient.instance / "secret_key"
    anew = f"stop the server, remove {path}, and start it: a new one is made"
    if len(key.encode()) < SHORTEST or is_example(key) or len(set(key)) < _FEWEST_SIGNS:
        return failure("the secret key can be guessed", anew)
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return failure(f"others can read {path}", f"chmod 600 {path}, and have a new one made")
    if len(key.encode()) < _GOOD_LENGTH:
        return warning(f"the secret key has {len(key.encode())} bytes", anew)
    return ok("the secret key is long, and for this server alone")


def old_keys(patient: Patient) -> Verdict:
    """What was replaced because it leaked should not open anything for long."""
    path, number = Path(patient.config["OLD_KEYS"]), len(patient.config["SECRET_KEY_FALLBACKS"])
    if not number:
        return ok("no key but the present one is taken")
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    told = f"old keys are taken, too ({number}, since {changed:%Y-%m-%d})"
    if patient.now - changed > dt.timedelta(days=_OLD_KEY_DAYS):
        return warning(told, f"remove {path}, and start the server again")
    return ok(told)


def debug(patient: Patient) -> Verdict:
    """The debugger runs whatever a visitor types."""
    if patient.config["DEBUG"]:
        return failure("debug mode is on", "unset FLASK_DEBUG")
    return ok("debug mode is off")


def hosts(patient: Patient) -> Verdict:
    """Addresses are made of the name that a request gives."""
    names = patient.config["TRUSTED_HOSTS"]
    if names:
        return ok(f"only these names are believed: {', '.join(names)}")
    if patient.is_public:
        return failure(
            "others can come, and whatever name they give this site is believed",
            "set QUIZAPP_HOSTS to the names of the site, with commas between",
        )
    return ok("served to this machine alone")


def proxies(patient: Patient) -> Verdict:
    """Who tells where a visitor comes from."""
    number = patient.config["PROXIES"]
    if number and not is_this_machine(patient.host):
        return warning(
            f"{number} proxies are believed, and whoever comes to {patient.host} past them is, too",
            "serve at 127.0.0.1, or let nobody but the proxy in",
        )
    if patient.config["HTTPS"] and not number:
        return warning(
            "a proxy brings HTTPS, and none is believed: all visitors seem to come from one place",
            "set QUIZAPP_PROXIES=1",
        )
    return ok(f"{number} proxies are believed")


def https(patient: Patient) -> Verdict:
    """Without it passwords and cookies can be read on the way."""
    if patient.config["HTTPS"]:
        if patient.config["SESSION_COOKIE_SECURE"] and patient.config["SESSION_COOKIE_NAME"].startswith(
            "__Host-"
        ):
            return ok("the cookie goes over HTTPS alone")
        return failure("the cookie would go over plain HTTP, too", "leave SESSION_COOKIE_… as it is")
    if patient.is_public:
        return warning(
            "others can come, and passwords can be read on the way",
            "put a proxy with a certificate before the server, and set QUIZAPP_HTTPS=1 and QUIZAPP_PROXIES=1",
        )
    return ok("served to this machine alone")


def cookie(patient: Patient) -> Verdict:
    """Neither scripts nor other sites get at it."""
    is_closed = (
        patient.config["SESSION_COOKIE_HTTPONLY"] and patient.config["SESSION_COOKIE_SAMESITE"] == "Lax"
    )
    if not is_closed or patient.config["SESSION_COOKIE_DOMAIN"]:
        return failure("scripts or other sites can use the cookie", "leave SESSION_COOKIE_… as it is")
    return ok("the cookie is out of reach of scripts and other sites")


def form_tokens(patient: Patient) -> Verdict:
    """No other site may send a form, and none may become too old while a lesson lasts."""
    if not patient.config["WTF_CSRF_ENABLED"]:
        return failure("forms are taken from other sites", "leave WTF_CSRF_ENABLED as it is")
    if patient.config["WTF_CSRF_TIME_LIMIT"] is not None:
        return failure(
            "an answer is lost when its page was open for long", "leave WTF_CSRF_TIME_LIMIT as it is"
        )
    return ok("forms carry a token that holds as long as the cookie")


def request_size(patient: Patient) -> Verdict:
    """A request is held in memory."""
    most = patient.config["MAX_CONTENT_LENGTH"]
    if most is None or most > _MOST_BYTES:
        return failure("a request may be as large as it likes", "leave MAX_CONTENT_LENGTH as it is")
    return ok(f"a request brings {most // 1024} KB at most, an import of a teacher more")


CHECKS: tuple[Check, ...] = (
    secret_key,
    old_keys,
    debug,
    hosts,
    proxies,
    https,
    cookie,
    form_tokens,
    request_size,
)
