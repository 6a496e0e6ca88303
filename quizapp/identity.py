"""Who is asking: a learner, known by a random id in the signed session cookie, and perhaps a teacher who signed in."""

from __future__ import annotations

import datetime as dt
import secrets

from flask import abort, current_app, g, request, session
from sqlalchemy.exc import SQLAlchemyError

from quizapp.languages import LANGUAGE
from quizapp.services.accounts import SignIn, Teacher, find_sign_in, note_use
from quizapp.services.kept_forms import drop_kept_form, find_kept_form
from quizapp.services.problems import BusyError, PasswordNeededError
from quizapp.transactions import reading, writing

LEARNER = "learner"
CERTAINTY = "certainty"  # whether quizzes ask how sure an answer is
TEACHER_SESSION = "teacher_session"  # where the cookie holds the secret of a teacher's session
ACCOUNT = "account"  # … and whose session that is or was
KEPT = "kept"  # … and the token of forms that were sent after it had run out
FRESH = "fresh"  # the parameter of an address whose kept form is not wanted

_NOT_THE_LEARNERS = (TEACHER_SESSION, ACCOUNT, KEPT, LANGUAGE, "csrf_token")
_PATIENCE = 0.2  # seconds: nobody waits for a note


def find_learner() -> str | None:
    """The learner of this browser, if it has been here before."""
    learner = session.get(LEARNER)
    return learner if isinstance(learner, str) else None


def get_or_make_learner() -> str:
    """The learner of this browser; a new one on the first quiz."""
    learner = find_learner()
    if learner is None:
        learner = secrets.token_urlsafe(16)
        become_learner(learner)
    return learner


def become_learner(learner: str) -> None:
    """The browser goes on as that learner, whom it has proved to be."""
    session[LEARNER] = learner
    session.permanent = True


def forget_learner() -> None:
    """The browser knows its learner no more, nor how they liked their quizzes; a teacher's sign-in stays."""
    stays = {name: session[name] for name in _NOT_THE_LEARNERS if name in session}
    session.clear()
    session.update(stays)


def wants_certainty() -> bool:
    """Whether the last quiz begun in this browser asked how sure the answers are."""
    return session.get(CERTAINTY) is True


def remember_certainty(*, wanted: bool) -> None:
    """Offer the next quiz as this one was wanted."""
    if wanted != wants_certainty():
        session[CERTAINTY] = wanted


def find_sign_in_here() -> SignIn | None:
    """The sign-in that this browser holds; looked up once a request."""
    if "sign_in" not in g:
        secret = session.get(TEACHER_SESSION)
        g.sign_in = None
        if isinstance(secret, str):
            with reading() as database:
                g.sign_in = find_sign_in(database, secret, dt.datetime.now(dt.UTC))
    sign_in: SignIn | None = g.sign_in
    return sign_in


def find_teacher_here() -> Teacher | None:
    """The teacher who is signed in in this browser."""
    sign_in = find_sign_in_here()
    return sign_in.teacher if sign_in else None


def get_sign_in() -> SignIn:
    """The sign-in that this browser holds; behind the gate there always is one."""
    return find_sign_in_here() or abort(404)


def get_teacher() -> Teacher:
    """The teacher who is signed in; behind the gate there always is one."""
    return get_sign_in().teacher


def get_administrator() -> Teacher:
    """The administrator who is signed in; for a teacher the address does not exist."""
    teacher = get_teacher()
    return teacher if teacher.is_administrator else abort(404)


def require_recent_sign_in() -> None:
    """Before what cannot be undone or leaves the house: ask for the password, if it was given too long ago.

    Raises PasswordNeededError, which leads to the page that asks, and from there back.
    """
    if not get_sign_in().is_recent(dt.datetime.now(dt.UTC)):
        raise PasswordNeededError


def take_kept_form(path: str) -> dict[str, list[str]] | None:
    """What this teacher sent to ``path`` after the session had run out: field by field, as a MultiDict takes it.

    It is there, visit after visit, until the teacher's next form to ``path`` is accepted, or asks for ``path?fresh``.
    """
    token = session.get(KEPT)
    if not isinstance(token, str) or FRESH in request.args:
        return None
    with reading() as database:
        return find_kept_form(
            database, token=token, account_id=get_teacher().id, path=path, now=dt.datetime.now(dt.UTC)
        )


def note_visit(*, arrived: bool) -> None:
    """Note once a minute that the session is in use, and that a form ``arrived`` which had been kept.

    It is all that a visit writes, after the answer is made and in a transaction of its own; where others are writing,
    or the disk is full, it is left out.
    """
    sign_in = g.get("sign_in")
    now = dt.datetime.now(dt.UTC)
    done = KEPT in session and arrived
    if sign_in is None or not (done or sign_in.needs_note(now)):
        return
    try:
        with writing(patience=_PATIENCE) as database:
            note_use(database, sign_in, now)
            if done:
                drop_kept_form(database, token=session[KEPT], path=request.path)
    except (BusyError, SQLAlchemyError) as fault:
        current_app.logger.info("the use of a session was not noted: %r", fault)
