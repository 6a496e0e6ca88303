"""Counting: how often each option was chosen, one row an option, so that statistics never read all responses."""

from __future__ import annotations

from sqlalchemy import case, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow, ResponseRow
from quizapp.models.base import Base
from quizapp.models.statistics import OptionCountRow
from quizapp.services import search


def upsert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may say what to do where the row is there."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)


def count_choice(session: Session, *, attempt_item_id: int, token: str, learner: str) -> None:
    """Count a response that was just stored; as a first one where the learner had not answered the item before."""
    here, earlier = aliased(AttemptItemRow), aliased(AttemptItemRow)
    answered_before = exists(
        select(ResponseRow.attempt_item_id)
        .join(earlier, earlier.id == ResponseRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == earlier.attempt_id)
        .where(AttemptRow.learner == learner, earlier.item_id == here.item_id, earlier.id != here.id)
        .correlate(here)
    )
    choice = (
        select(here.item_version_id, AttemptOptionRow.option, literal(1), case((answered_before, 0), else_=1))
        .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == here.id)
        .where(here.id == attempt_item_id, AttemptOptionRow.token == token)
    )
    statement = upsert(session, OptionCountRow).from_select(
        ["item_version_id", "option", "chosen", "chosen_first"], choice
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[OptionCountRow.item_version_id, OptionCountRow.option],
            set_={
                OptionCountRow.chosen: OptionCountRow.chosen + 1,
                OptionCountRow.chosen_first: OptionCountRow.chosen_first + statement.excluded.chosen_first,
            },
        )
    )
    search.count_answer(session, attempt_item_id)
