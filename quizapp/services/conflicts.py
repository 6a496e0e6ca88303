"""Conflicts: where a teacher and the generator changed the same, both values are at hand until a teacher decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.editing import ItemBaseRow, ItemConflictRow
from quizapp.services.editing import Question, get_question
from quizapp.services.known import BUILT_STATE, STATE
from quizapp.services.versions import FIELDS, Content, content_from, record_of

ORDER = {name: n for n, name in enumerate((*FIELDS, STATE))}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in three versions: what the generator said before, what the question says, what the generator says now.

    The values are those of ``Content``; for the field ``state`` they are words. ``version`` and ``fingerprint`` tell
    which two versions were compared, so that a decision can be refused that was made on others.
    """

    field: str
    base: Any
    mine: Any
    theirs: Any
    found_at: dt.datetime
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A question with fields that wait for a decision."""

    uid: str
    stem: str
    topic: str
    state: str
    suspended: str | None
    fields: tuple[str, ...]
    found_at: dt.datetime


def list_conflicts(session: Session) -> tuple[Disputed, ...]:
    """Every question in the bank that waits for a decision, the longest waiting first; retired ones wait unseen."""
    rows = session.execute(
        select(ItemRow, ItemVersionRow.stem, ItemConflictRow.field, ItemConflictRow.found_at)
        .join(ItemConflictRow, ItemConflictRow.item_id == ItemRow.id)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.state != "retired")
        .order_by(ItemRow.uid)
    ).all()
    by_item: dict[str, list[Any]] = {}
    for row in rows:
        by_item.setdefault(row.ItemRow.uid, []).append(row)
    found = [
        Disputed(
            uid=uid,
            stem=fields[0].stem,
            topic=fields[0].ItemRow.topic_id,
            state=fields[0].ItemRow.state,
            suspended=fields[0].ItemRow.suspended,
            fields=tuple(sorted((row.field for row in fields), key=ORDER.__getitem__)),
            found_at=min(row.found_at for row in fields),
        )
        for uid, fields in by_item.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.found_at, one.uid)))


def count_conflicts(session: Session) -> int:
    """How many questions wait for a decision."""
    query = (
        select(func.count(ItemRow.id.distinct()))
        .join(ItemConflictRow, ItemConflictRow.item_id == ItemRow.id)
        .where(ItemRow.state != "retired")
    )
    return session.execute(query).scalar_one()


def conflicts_of(session: Session, uid: str) -> tuple[Conflict, ...]:
    """The fields of a question that wait, in the order of the form; QuestionNotFoundError where there is none."""
    question = get_question(session, uid)
    rows = waiting_rows(session, question)
    if not rows:
        return ()
    base = base_of(session, question)
    content, theirs = content_from(base.content), theirs_of(question.content, rows)
    return tuple(
        Conflict(
            field=name,
            base=base.content.get(STATE, BUILT_STATE) if name == STATE else getattr(content, name),
            mine=question.state if name == STATE else getattr(question.content, name),
            theirs=rows[name].theirs["value"] if name == STATE else getattr(theirs, name),
            found_at=rows[name].found_at,
            version=question.number,
            fingerprint=rows[name].fingerprint,
        )
        for name in sorted(rows, key=ORDER.__getitem__)
    )


def theirs_of(content: Content, rows: Mapping[str, ItemConflictRow]) -> Content:
    """The question with every value of the generator that waits."""
    values = {name: row.theirs["value"] for name, row in rows.items() if name != STATE}
    return content_from(record_of(content) | values)


def waiting_rows(session: Session, question: Question) -> dict[str, ItemConflictRow]:
    """What waits for a decision, by field."""
    rows = session.scalars(
        select(ItemConflictRow)
        .where(ItemConflictRow.item_id == question.id)
        .execution_options(populate_existing=True)
    )
    return {row.field: row for row in rows}


def base_of(session: Session, question: Question) -> ItemBaseRow:
    """What the generator last said of the question."""
    return session.scalars(
        select(ItemBaseRow)
        .where(ItemBaseRow.item_id == question.id)
        .execution_options(populate_existing=True)
    ).one()
