"""The browser that calls: its name, where it calls from, and what its cookie holds of a sign-in."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from flask import current_app, request, session

from quizapp.identity import ACCOUNT, KEPT, LEARNER, TEACHER_SESSION, find_learner
from quizapp.languages import LANGUAGE
from quizapp.marking import mark
from quizapp.returning import ROOM, is_page
from quizapp.services.accounts import new_secret
from quizapp.services.passwords import check_password
from quizapp.services.sign_in import Entry, Try, begin_try, fail_try, keep_new_hash
from quizapp.services.throttling import Place, place_of
from quizapp.transactions import writing

SECOND_STEP = "second_step"  # where the cookie holds the secret of a sign-in between its two steps
_CSRF = "csrf_token"

# What a user agent says, in the order in which it must be looked for: most claim to be others, too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_A_BROWSER, _ON_A, _ON = mark("A browser"), mark("A browser on %(system)s"), mark("%(browser)s on %(system)s")
BROWSERS = (_A_BROWSER, _ON_A, _ON)  # how the database names them


def now() -> dt.datetime:
    """The server's time."""
    return dt.datetime.now(dt.UTC)


def key() -> str:
    """The server's secret key."""
    return str(current_app.config["SECRET_KEY"])


def browser_name() -> str:
    """What people call this browser."""
    agent = request.user_agent.string
    browser = next((name for sign, name in _BROWSERS if sign in agent), _A_BROWSER)
    system = next((name for signs, name in _SYSTEMS if re.search(signs, agent)), None)
    return _ON % {"browser": browser, "system": system} if system else browser


def place_here(email: str) -> Place:
    """Where this browser tries to sign in as whom."""
    return place_of(email, request.remote_addr, key())


def way_on(wanted: str | None) -> str:
    """Where to go after the sign-in: to the page that was wanted, if it is one of ours."""
    return wanted if wanted and is_page(wanted) else f"{ROOM}/"


def new_entry() -> Entry:
    """What this browser brings and gets when it signs in."""
    old = find_learner()
    return Entry(new_secret(), browser_name(), old, secrets.token_urlsafe(16) if old else None)


def remember(entry: Entry, account_id: int) -> None:
    """Put the sign-in into an empty cookie: nothing that a stranger may have planted goes along.

    Only where the same teacher had signed in here before, what was kept stays within reach, and pages that stand open
    in other tabs keep their token.
    """
    same = session.get(ACCOUNT) == account_id
    carried = {name: session[name] for name in (KEPT, _CSRF) if same and name in session}
    forget()
    session.update(carried)
    session[TEACHER_SESSION] = entry.secret
    session[ACCOUNT] = account_id
    if entry.new_learner:
        session[LEARNER] = entry.new_learner


def forget() -> None:
    """Leave nothing behind in this browser but the language, which tells nothing of anybody."""
    language = {LANGUAGE: session[LANGUAGE]} if LANGUAGE in session else {}
    session.clear()
    session.update(language)


def try_password(email: str, password: str) -> tuple[Try, bool]:
    """Whether this is the account's password: checked between two changes, since that takes long.

    A failure is counted and told. Raises TooManyTriesError when it comes too soon.
    """
    with writing() as database:
        tried = begin_try(database, email, place_here(email), now())
    checked = check_password(tried.password, password)
    if not checked.is_right:
        with writing() as database:
            fail_try(database, tried, now())
    elif checked.new_hash:
        with writing() as database:
            keep_new_hash(database, tried, checked)
    return tried, checked.is_right
