"""Mirroring: topics, documents, passages and facts of the seeds as rows, only the differences written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from question_bank.fact_base import FactBase
from quizapp.models.bank import DocumentRow, FactRow, PassageRow, PassageTextRow, TopicRow
from quizapp.models.base import Base

_PARTICULARS = (
    "id", "letter", "sha256", "name", "frame", "title", "kind", "about", "written", "as_of", "as_of_because",
)  # fmt: skip


def mirror(session: Session, base: FactBase, now: dt.datetime) -> None:
    """Make the rows say what the seeds say; what the seeds no longer hold is no longer mirrored.

    The text of a passage that is changed or gone is kept apart, so that old results can show what was quoted from it.
    """
    _sync(session, TopicRow, _topics(base))
    _sync(session, DocumentRow, _documents(base))
    gone = _keep_replaced(session, base, now)
    _sync(session, PassageRow, _passages(base))
    _sync(session, FactRow, _facts(base))
    stale = [fact for fact in session.scalars(select(FactRow.id)) if fact not in base.facts]
    if stale:
        session.execute(delete(FactRow).where(FactRow.id.in_(stale)))
    for row in gone:
        session.delete(row)
    session.flush()


def _keep_replaced(session: Session, base: FactBase, now: dt.datetime) -> list[PassageRow]:
    """Keep every text that is about to be replaced, with the time; answers the passages that are gone."""
    wanted = {(one["document_id"], one["n"]): one["text"] for one in _passages(base)}
    replaced = [
        row for row in session.scalars(select(PassageRow)) if wanted.get((row.document_id, row.n)) != row.text
    ]
    for row in replaced:
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        place = {"document_id": row.document_id, "paragraph": row.n, "sha256": digest}
        kept = session.scalars(select(PassageTextRow).filter_by(**place)).first()
        if kept is None:
            session.add(PassageTextRow(**place, text=row.text, replaced_at=now))
        else:
            kept.replaced_at = now  # it came back meanwhile, and is replaced once more
    return [row for row in replaced if (row.document_id, row.n) not in wanted]


def _sync(session: Session, table: type[Base], wanted: Iterable[dict[str, Any]]) -> None:
    """Insert what is missing and change what differs."""
    columns = [column.name for column in inspect(table).primary_key]
    known = {tuple(getattr(row, name) for name in columns): row for row in session.scalars(select(table))}
    for values in wanted:
        row = known.get(tuple(values[name] for name in columns))
        if row is None:
            session.add(table(**values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    session.flush()


def _topics(base: FactBase) -> Iterable[dict[str, Any]]:
    for topic in base.topics:
        yield {"id": topic.id, "title": topic.title, "covers": topic.covers, "position": topic.order}


def _documents(base: FactBase) -> Iterable[dict[str, Any]]:
    for document in base.documents:
        yield {name: getattr(document, name) for name in _PARTICULARS}


def _passages(base: FactBase) -> Iterable[dict[str, Any]]:
    for document in base.documents:
        for passage in document.passage:
            yield {"document_id": document.id, "n": passage.n, "sha256": passage.sha256, "text": passage.text}


def _facts(base: FactBase) -> Iterable[dict[str, Any]]:
    for fact in base.facts.values():
        yield {
            "id": fact.id,
            "document_id": fact.document,
            "paragraph": fact.paragraph,
            "topic_id": fact.topic,
            "use": fact.use,
            "stance": fact.stance,
            "statement": fact.statement,
            "content": fact.model_dump(mode="json", exclude={"line"}),
        }
