"""Meetings: a learner's first answers in the order in which they were given, read off the stored responses.

Progress is never stored beside them: it is worked out from here, so that a corrected key, a merged history or a
deletion needs nothing more to be put right.
"""

from __future__ import annotations

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from quizapp.learning.meetings import Meeting
from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow
from quizapp.models.bank import ItemVersionRow


def meetings_of(session: Session, learner: str | None) -> tuple[Meeting, ...]:
    """The learner's first answers, oldest first; none of a test that is still open, since they would tell its keys."""
    if learner is None:
        return ()
    query = (
        select(
            ResponseRow.responded_at,
            ResponseRow.correct,
            ResponseRow.certainty,
            AttemptItemRow.item_id,
            AttemptItemRow.topic_id,
            ItemVersionRow.facts,
        )
        .join(AttemptItemRow, AttemptItemRow.id == ResponseRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        .where(
            AttemptRow.learner == learner, or_(AttemptRow.mode != "test", AttemptRow.closed_at.is_not(None))
        )
        .order_by(ResponseRow.responded_at, AttemptItemRow.id)
    )
    return tuple(
        Meeting(
            at=row.responded_at,
            item=row.item_id,
            topic=row.topic_id,
            facts=tuple(row.facts),
            correct=row.correct,
            certainty=row.certainty,
        )
        for row in session.execute(query)
    )


def has_used_certainty(session: Session, learner: str) -> bool:
    """Whether the learner has ever said how sure an answer was."""
    said = (
        select(ResponseRow.attempt_item_id)
        .join(AttemptItemRow, AttemptItemRow.id == ResponseRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .where(AttemptRow.learner == learner, ResponseRow.certainty.is_not(None))
    )
    return bool(session.execute(select(exists(said))).scalar())
