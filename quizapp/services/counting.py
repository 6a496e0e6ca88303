"""Counting: how often each option was chosen, one row an option, so that statistics never read all responses."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, case, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow, ResponseRow
from quizapp.models.base import Base
from quizapp.models.statistics import OptionCountRow
from quizapp.services import search


def upsert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may say what to do where the row is there."""
    return _upsert(session.get_bind().dialect.name, table)


def count_choice(session: Session, *, attempt_item_id: int, token: str, learner: str) -> None:
    """Count a response that was just stored; as a first one where the learner had not answered the item before."""
    counted = {"shown": attempt_item_id, "chosen_token": token, "by": learner}
    connection = session.connection()
    connection.execute(_choice_counted(connection.dialect.name), counted)
    search.count_answer(session, attempt_item_id)


def _upsert(dialect: str, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _choice_counted(dialect: str) -> postgresql.Insert | sqlite.Insert:
    """The statement, made once."""
    here, earlier = aliased(AttemptItemRow), aliased(AttemptItemRow)
    answered_before = exists(
        select(ResponseRow.attempt_item_id)
        .join(earlier, earlier.id == ResponseRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == earlier.attempt_id)
        .where(AttemptRow.learner == bindparam("by"), earlier.item_id == here.item_id, earlier.id != here.id)
        .correlate(here)
    )
    choice = (
        select(here.item_version_id, AttemptOptionRow.option, literal(1), case((answered_before, 0), else_=1))
        .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == here.id)
        .where(here.id == bindparam("shown"), AttemptOptionRow.token == bindparam("chosen_token"))
    )
    statement = _upsert(dialect, OptionCountRow).from_select(
        ["item_version_id", "option", "chosen", "chosen_first"], choice
    )
    return statement.on_conflict_do_update(
        index_elements=[OptionCountRow.item_version_id, OptionCountRow.option],
        set_={
            OptionCountRow.chosen: OptionCountRow.chosen + 1,
            OptionCountRow.chosen_first: OptionCountRow.chosen_first + statement.excluded.chosen_first,
        },
    )
