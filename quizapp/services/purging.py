"""Purging: what was kept as long as it is needed goes, all of it or nothing.

Learners go with everything, once none of their browsers was used for so many days. The rest has limits of its own,
which are the same as where it is used: there it opens nothing any more, and here it leaves the database.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, CompoundSelect, Select, delete, func, select, union
from sqlalchemy.orm import Session

from quizapp.models.accounts import AccountSessionRow, KeptFormRow, OneTimeLinkRow, SignInFailureRow
from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow, SecondTryRow
from quizapp.models.base import Base
from quizapp.models.learners import ResumeCodeRow
from quizapp.models.reports import ReportRow
from quizapp.services import log
from quizapp.services.accounts import IDLE, LONGEST
from quizapp.services.kept_forms import KEPT_FOR
from quizapp.services.learners import erase
from quizapp.services.throttling import REMEMBERED

ACTION = "purge"

_AT_ONCE = 500  # learners a statement

Counts = dict[str, int]


def count_old(session: Session, *, days: int, now: dt.datetime) -> Counts:
    """How much would go; writes nothing."""
    learners = _old_learners(now - dt.timedelta(days=days))
    return _of_learners(session, learners) | {
        name: _count(session, select(func.count()).select_from(table).where(condition))
        for name, (table, condition) in _expired(now).items()
    }


def purge(session: Session, *, days: int, now: dt.datetime) -> Counts:
    """Remove it, and enter into the log how much that was: never whose. Answers the same."""
    counts = count_old(session, days=days, now=now)
    found = list(session.scalars(_old_learners(now - dt.timedelta(days=days))))
    for start in range(0, len(found), _AT_ONCE):
        erase(session, *found[start : start + _AT_ONCE])
    for table, condition in _expired(now).values():
        session.execute(delete(table).where(condition))
    if any(counts.values()):
        details = {**counts, "days": days}
        log.record(session, actor=log.COMMAND_LINE, action=ACTION, details=details, now=now)
    return counts


def _old_learners(before: dt.datetime) -> Select[str]:
    """Those who did nothing since."""
    begun = (
        select(AttemptRow.learner)
        .group_by(AttemptRow.learner)
        .having(func.max(AttemptRow.started_at) < before)
    )
    only_a_code = select(ResumeCodeRow.learner).where(
        ResumeCodeRow.made_at < before, ResumeCodeRow.learner.not_in(select(AttemptRow.learner))
    )
    found = union(begun, only_a_code).subquery()
    return select(found.c.learner).where(found.c.learner.not_in(_active_since(before)))


def _active_since(moment: dt.datetime) -> CompoundSelect[str]:
    """Who did more since than begin a quiz."""
    theirs = select(AttemptRow.learner).join(AttemptItemRow)
    return union(
        select(AttemptRow.learner).where(AttemptRow.closed_at >= moment),
        theirs.join(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id).where(
            ResponseRow.responded_at >= moment
        ),
        theirs.join(SecondTryRow, SecondTryRow.attempt_item_id == AttemptItemRow.id).where(
            SecondTryRow.responded_at >= moment
        ),
        theirs.join(ReportRow, ReportRow.attempt_item_id == AttemptItemRow.id).where(
            ReportRow.made_at >= moment
        ),
        select(ResumeCodeRow.learner).where(ResumeCodeRow.made_at >= moment),
    )


def _of_learners(session: Session, learners: Select[str]) -> Counts:
    old = learners.subquery()
    whose = AttemptRow.learner.in_(select(old.c.learner))
    items = select(func.count()).select_from(AttemptItemRow).join(AttemptRow).where(whose)
    return {
        "learners": _count(session, select(func.count()).select_from(old)),
        "quizzes": _count(session, select(func.count()).select_from(AttemptRow).where(whose)),
        "answers": _count(session, items.join(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)),
        "reports": _count(session, items.join(ReportRow, ReportRow.attempt_item_id == AttemptItemRow.id)),
    }


def _expired(now: dt.datetime) -> dict[str, tuple[type[Base], ColumnElement[bool]]]:
    """What opens nothing any more."""
    session_is_over = (AccountSessionRow.made_at < now - LONGEST) | (AccountSessionRow.seen_at < now - IDLE)
    return {
        "sign-in failures": (SignInFailureRow, SignInFailureRow.at < now - REMEMBERED),
        "sessions": (AccountSessionRow, session_is_over),
        "links": (OneTimeLinkRow, OneTimeLinkRow.expires_at < now),
        "kept forms": (KeptFormRow, KeptFormRow.made_at < now - KEPT_FOR),
    }


def _count(session: Session, query: Select[int]) -> int:
    return session.execute(query).scalar_one()
