"""Mirroring: topics, documents, passages and facts of the seeds as rows, only the differences written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from question_bank.fact_base import FactBase
from quizapp.models.bank import DocumentRow, FactRow, PassageRow, TopicRow
from quizapp.models.base import Base

_PARTICULARS = (
    "id", "letter", "sha256", "name", "frame", "title", "kind", "about", "written", "as_of", "as_of_because",
)  # fmt: skip


def mirror(session: Session, base: FactBase) -> None:
    """Make the rows say what the seeds say; a fact that the seeds no longer hold is no longer mirrored."""
    _sync(session, TopicRow, _topics(base))
    _sync(session, DocumentRow, _documents(base))
    _sync(session, PassageRow, _passages(base))
    _sync(session, FactRow, _facts(base))
    kept = set(base.facts)
    gone = [fact for fact in session.scalars(select(FactRow.id)) if fact not in kept]
    if gone:
        session.execute(delete(FactRow).where(FactRow.id.in_(gone)))


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
