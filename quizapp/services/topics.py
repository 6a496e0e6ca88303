"""Topics as the home page offers them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemRow, TopicRow


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the number of questions that a quiz can draw from."""

    id: str
    title: str
    covers: str
    questions: int


def list_topics(session: Session) -> tuple[Topic, ...]:
    """Every topic in the order of the seeds."""
    counts = (
        select(ItemRow.topic_id, func.count().label("questions"))
        .where(ItemRow.state == "approved")
        .group_by(ItemRow.topic_id)
        .subquery()
    )
    rows = session.execute(
        select(
            TopicRow.id,
            TopicRow.title,
            TopicRow.covers,
            func.coalesce(counts.c.questions, 0).label("questions"),
        )
        .outerjoin(counts, counts.c.topic_id == TopicRow.id)
        .order_by(TopicRow.position)
    )
    return tuple(Topic(row.id, row.title, row.covers, row.questions) for row in rows)
