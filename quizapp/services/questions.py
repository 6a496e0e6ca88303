"""A question as it stands: its particulars and its current version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.items import Origin, State
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.problems import QuestionNotFoundError
from quizapp.services.versions import Content, content_of_row


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its current version, whose number is ``number``."""

    id: int
    uid: str
    origin: Origin
    state: State
    suspended: str | None
    number: int
    series: int
    content: Content
    made_by: str
    made_at: dt.datetime
    updated_at: dt.datetime


def get_question(session: Session, uid: str) -> Question:
    """The question with this uid; QuestionNotFoundError where there is none."""
    row = session.execute(
        select(ItemRow, ItemVersionRow)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.uid == uid)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise QuestionNotFoundError
    return question_of(row.ItemRow, row.ItemVersionRow)


def question_of(item: ItemRow, version: ItemVersionRow) -> Question:
    """A question from its rows."""
    return Question(
        id=item.id,
        uid=item.uid,
        origin=item.origin,  # type: ignore[arg-type]  # the table's own check admits nothing else
        state=item.state,  # type: ignore[arg-type]
        suspended=item.suspended,
        number=version.number,
        series=version.series,
        content=content_of_row(version),
        made_by=version.made_by,
        made_at=version.made_at,
        updated_at=item.updated_at,
    )


def lock_question(session: Session, uid: str) -> Question:
    """The question, with everybody else's changes of it waiting until this transaction ends.

    SQLite has one writer at a time anyway. The row is locked before it is read, so that what is read is the newest.
    """
    session.execute(select(ItemRow.id).where(ItemRow.uid == uid).with_for_update())
    return get_question(session, uid)
