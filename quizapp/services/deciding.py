"""Deciding: a teacher says which of two values a question is to have, the generator's or the teacher's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from quizapp.marking import mark
from quizapp.models.bank import ItemRow
from quizapp.models.editing import ItemBaseRow, ItemConflictRow
from quizapp.services import log
from quizapp.services.conflicts import ORDER, base_of, theirs_of, waiting_rows
from quizapp.services.editing import (
    Edit,
    EditedMeanwhileError,
    Question,
    add_version,
    get_question,
    lock_question,
)
from quizapp.services.known import BUILT_STATE, STATE
from quizapp.services.problems import ConflictSettledError, NotReadyError
from quizapp.services.readiness import reasons_against
from quizapp.services.reverting import without_rebuild
from quizapp.services.seeding import base_values
from quizapp.services.versions import Content, content_from

Decision = Literal["theirs", "mine"]

# The notes of versions that a decision makes
TAKEN_OVER = mark("Taken over from the rebuild: %(fields)s")
DECLINED = mark("The rebuild's version was declined")


def decide(  # noqa: PLR0913 - what makes a decision, each by its name
    session: Session,
    *,
    uid: str,
    decisions: Mapping[str, Decision],
    teacher: str,
    now: dt.datetime,
    version: int | None = None,
    fingerprint: str | None = None,
    needs_second: bool = False,
) -> Question:
    """Take over the generator's value of some fields and keep one's own of others.

    Either way the generator's value is what later builds are compared with: a field taken over follows the generator
    again, one kept asks again when the generator changes it once more. Taking over a ``state`` retires the question.

    Raises ConflictSettledError when a field no longer waits or, if given, ``fingerprint`` is no longer the generated
    version; EditedMeanwhileError when ``version`` is no longer current; and NotReadyError when what is taken over and
    what is kept make no whole question together.
    """
    question, rows = _waiting(session, uid, version, fingerprint)
    if not rows.keys() >= decisions.keys():
        raise ConflictSettledError
    accepted = [name for name in decisions if decisions[name] == "theirs"]
    theirs = theirs_of(question.content, rows)
    content = replace(question.content, **{name: getattr(theirs, name) for name in accepted if name != STATE})
    _refuse_what_is_not_whole(session, question, content)
    base = base_of(session, question)
    taken_in = {name: getattr(theirs, name) for name in decisions if name != STATE}
    moved = replace(content_from(base.content), **taken_in)
    state = "retired" if STATE in decisions else base.content.get(STATE, BUILT_STATE)
    _settle(session, question, base_values(moved, state), list(decisions))
    edit = Edit(content, teacher, now, note=_note(accepted), needs_second=needs_second)
    after = add_version(session, question, edit, action="edit")
    if STATE in accepted:
        _retire(session, question, now)
    kept = [name for name in decisions if name not in accepted]
    details = {"accepted": accepted, "kept": kept, "version": after.number}
    log.record(session, actor=teacher, action="conflict", subject=uid, details=details, now=now)
    return get_question(session, uid)


def _note(accepted: Sequence[str]) -> str:
    return TAKEN_OVER % {"fields": ", ".join(name.replace("_", " ") for name in accepted)}


def decline_version(
    session: Session,
    *,
    uid: str,
    teacher: str,
    now: dt.datetime,
    version: int | None = None,
    fingerprint: str | None = None,
) -> Question:
    """Refuse the generated version as a whole: the question says what it said before, and is not asked about it again.

    What an untouched field had taken over from it goes back, too, unless somebody has edited the field since. A later
    version that differs asks anew. Raises as ``decide`` does.
    """
    question, rows = _waiting(session, uid, version, fingerprint)
    base = base_of(session, question)
    declined = next((row.fingerprint for row in rows.values() if row.fingerprint), None)
    content, before = question.content, content_from(base.content)
    if declined is not None:
        content, before = without_rebuild(session, question, before, next(iter(rows.values())).found_at)
    state = "retired" if STATE in rows else base.content.get(STATE, BUILT_STATE)
    values = base_values(before, state) | {"declined": declined or base.declined}
    _settle(session, question, values, list(rows))
    edit = Edit(content, teacher, now, note=DECLINED)
    after = add_version(session, question, edit, action="edit")
    details = {"declined": declined, "fields": sorted(rows, key=ORDER.__getitem__), "version": after.number}
    log.record(session, actor=teacher, action="conflict", subject=uid, details=details, now=now)
    return after


def _waiting(
    session: Session, uid: str, version: int | None, fingerprint: str | None
) -> tuple[Question, dict[str, ItemConflictRow]]:
    """The locked question with what waits, if it is what the teacher saw."""
    question = lock_question(session, uid)
    rows = waiting_rows(session, question)
    if version not in (None, question.number):
        raise EditedMeanwhileError(question)
    if not rows or any(fingerprint not in (None, row.fingerprint) for row in rows.values()):
        raise ConflictSettledError
    return question, rows


def _refuse_what_is_not_whole(session: Session, question: Question, content: Content) -> None:
    before = reasons_against(session, question.content)
    if reasons := tuple(reason for reason in reasons_against(session, content) if reason not in before):
        raise NotReadyError(reasons)


def _settle(session: Session, question: Question, base: Mapping[str, Any], fields: Sequence[str]) -> None:
    session.execute(update(ItemBaseRow).where(ItemBaseRow.item_id == question.id).values(**base))
    session.execute(
        delete(ItemConflictRow).where(
            ItemConflictRow.item_id == question.id, ItemConflictRow.field.in_(fields)
        )
    )


def _retire(session: Session, question: Question, now: dt.datetime) -> None:
    session.execute(
        update(ItemRow)
        .where(ItemRow.id == question.id)
        .values(state="retired", suspended=None, updated_at=now)
    )
