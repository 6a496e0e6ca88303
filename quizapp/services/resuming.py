"""Resuming: a code on paper takes a learner's progress to another browser. Only a hash of it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.learners import ResumeCodeRow
from quizapp.services import learners, throttling
from quizapp.services.counting import upsert
from quizapp.services.throttling import Place

ACCOUNT = "resume code"  # what tries are counted under: a code has no name to count them by

# No vowels, so that no word comes about, and of signs that look alike only one: 25 signs at 12 places are 55.7 bits.
ALPHABET = "0123456789CDFHJKMNPRTVWXY"
LENGTH = 12
_GROUP = 4
_MISREAD = str.maketrans("OQILZSGBU", "00112568V")


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as people read it aloud."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def read_code(typed: str) -> str | None:
    """The code that somebody means: capitals, spaces, signs and letters that look like another do not matter.

    None for what can be no code.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    code = "".join(sign for sign in plain if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def hash_of(code: str, key: str) -> str:
    """What is kept of a code; without the server's key it can neither be made nor searched for."""
    return hmac.new(key.encode(), f"resume code:{code}".encode(), hashlib.sha256).hexdigest()


def make_code(session: Session, learner: str, *, key: str, now: dt.datetime) -> str:
    """A new code for the learner; the one before opens nothing any more."""
    code = new_code()
    values = {"code_hash": hash_of(code, key), "made_at": now}
    statement = upsert(session, ResumeCodeRow).values(learner=learner, **values)
    session.execute(statement.on_conflict_do_update(index_elements=[ResumeCodeRow.learner], set_=values))
    return code


def code_made_at(session: Session, learner: str | None) -> dt.datetime | None:
    """Since when the learner has a code, if there is one."""
    return session.scalar(select(ResumeCodeRow.made_at).where(ResumeCodeRow.learner == learner))


def try_code(session: Session, typed: str, *, place: Place, key: str, now: dt.datetime) -> str | None:
    """The hash of the code if it is one; a wrong one stays counted, however many right ones come in between.

    Raises TooManyTriesError when it comes too soon. What can be no code tells nobody anything, and is not counted.
    """
    code = read_code(typed)
    if code is None:
        return None
    number = throttling.record_try(session, place, now)
    code_hash = hash_of(code, key)
    if find_owner(session, code_hash) is None:
        return None
    throttling.forget_try(session, number)
    return code_hash


def find_owner(session: Session, code_hash: str) -> str | None:
    """Whose code it is, unless it was replaced or its learner deleted meanwhile."""
    return session.scalar(select(ResumeCodeRow.learner).where(ResumeCodeRow.code_hash == code_hash))


def join(session: Session, source: str, code_hash: str) -> str | None:
    """Add what is stored of ``source`` to the learner of the code; who that is, None where the code is gone."""
    target = session.scalar(
        select(ResumeCodeRow.learner).where(ResumeCodeRow.code_hash == code_hash).with_for_update()
    )
    if target is not None and target != source:
        learners.move(session, source, target)
    return target
