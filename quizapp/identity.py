"""Who is asking: an anonymous learner, known by a random id in the signed session cookie and by nothing else."""

from __future__ import annotations

import secrets

from flask import session

_LEARNER = "learner"


def find_learner() -> str | None:
    """The learner of this browser, if it has been here before."""
    learner = session.get(_LEARNER)
    return learner if isinstance(learner, str) else None


def get_or_make_learner() -> str:
    """The learner of this browser; a new one on the first quiz."""
    learner = find_learner()
    if learner is None:
        learner = secrets.token_urlsafe(16)
        session[_LEARNER] = learner
        session.permanent = True
    return learner
