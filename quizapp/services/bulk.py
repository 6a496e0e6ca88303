"""Bulk changes: many questions change state in one transaction, and one click takes back what that changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from question_bank.items import State
from quizapp.marking import mark
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.log import AuditEntryRow
from quizapp.services import log
from quizapp.services.problems import EntryNotFoundError
from quizapp.services.questions import Question, question_of
from quizapp.services.states import put, refusals

MANY, UNDO = "bulk", "undo"  # the actions of entries that tell of many questions at once

_UNKNOWN = mark("The bank has no question with this uid.")
_AT_ONCE = 500  # uids in a statement


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was done: the entry that can be undone, the uids changed, and for each other one why it was not."""

    log_id: int
    changed: tuple[str, ...]
    refused: dict[str, tuple[str, ...]]


def change_states(  # noqa: PLR0913 - what makes the change, each by its name
    session: Session,
    *,
    uids: Sequence[str],
    to: State,
    teacher: str,
    now: dt.datetime,
    why: str,
    needs_second: bool = False,
) -> Bulk:
    """Move every question that may go there; those that may not stay, with the reasons."""
    wanted = tuple(dict.fromkeys(uids))
    found = _locked(session, wanted)
    refused: dict[str, tuple[str, ...]] = {}
    moves: list[dict[str, Any]] = []
    for uid in wanted:
        question = found.get(uid)
        reasons = (
            refusals(session, question, to=to, teacher=teacher, needs_second=needs_second)
            if question
            else (_UNKNOWN,)
        )
        if question is None or reasons:
            refused[uid] = reasons
            continue
        put(session, question, to=to, now=now)
        moves.append(_move(question, to))
    entry = _record(session, MANY, teacher, now, moves, to=to, why=why, refused=len(refused))
    return Bulk(entry, tuple(move["uid"] for move in moves), refused)


def undo(session: Session, *, log_id: int, teacher: str, now: dt.datetime) -> Bulk:
    """Put back what an entry changed, question by question, where nothing has changed since.

    What was undone can be undone as well. EntryNotFoundError where the entry tells of nothing that could be.
    """
    row = session.execute(
        select(AuditEntryRow.at, AuditEntryRow.action, AuditEntryRow.details).where(
            AuditEntryRow.id == log_id
        )
    ).first()
    if row is None or row.action not in {MANY, UNDO}:
        raise EntryNotFoundError
    done: list[dict[str, Any]] = row.details["changes"]
    found = _locked(session, [move["uid"] for move in done])
    refused: dict[str, tuple[str, ...]] = {}
    moves: list[dict[str, Any]] = []
    for move in done:
        question = found.get(move["uid"])
        if question is None or question.state != move["to"] or question.updated_at != row.at:
            refused[move["uid"]] = (mark("It has changed since."),)
            continue
        session.execute(
            update(ItemRow)
            .where(ItemRow.id == question.id)
            .values(state=move["from"], suspended=move["suspended"], updated_at=now)
        )
        moves.append(_move(question, move["from"]))
    entry = _record(session, UNDO, teacher, now, moves, undone=log_id, refused=len(refused))
    return Bulk(entry, tuple(move["uid"] for move in moves), refused)


def _move(question: Question, to: State) -> dict[str, Any]:
    """What the log holds of one question, so that it can be put back."""
    return {"uid": question.uid, "from": question.state, "to": to, "suspended": question.suspended}


def _record(
    session: Session,
    action: str,
    teacher: str,
    now: dt.datetime,
    moves: list[dict[str, Any]],
    **told: Any,  # noqa: ANN401 - JSON values
) -> int:
    """One entry for all, which can be undone, and one for each question, which its own page shows."""
    details = {"changed": len(moves), **told, "changes": moves}
    entry = log.record(session, actor=teacher, action=action, details=details, now=now)
    rows = [
        {
            "at": now,
            "actor": teacher,
            "action": "state",
            "subject": move["uid"],
            "details": {"from": move["from"], "to": move["to"], "why": told.get("why", ""), action: entry},
        }
        for move in moves
    ]
    if rows:
        session.execute(insert(AuditEntryRow), rows)
    return entry


def _locked(session: Session, uids: Sequence[str]) -> dict[str, Question]:
    """The questions by uid, with other changes of them waiting; always in one order, so that none wait in a ring."""
    found: dict[str, Question] = {}
    ordered = sorted(uids)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        session.execute(
            select(ItemRow.id).where(ItemRow.uid.in_(some)).order_by(ItemRow.id).with_for_update()
        )
        rows = session.execute(
            select(ItemRow, ItemVersionRow)
            .join(
                ItemVersionRow,
                (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
            )
            .where(ItemRow.uid.in_(some))
            .execution_options(populate_existing=True)
        )
        found |= {row.ItemRow.uid: question_of(row.ItemRow, row.ItemVersionRow) for row in rows}
    return found
